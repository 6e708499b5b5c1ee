package pricing

import (
	"fmt"
	"slices"

	"frontdoor/front"
	"frontdoor/record"
)

// payloadStep is the increment in which an HTTP API meters payloads: 512 KB,
// with KB as 1024 bytes as in the API Gateway page's own arithmetic
// (docs.aws.amazon.com whitepaper best-practices-api-gateway-private-apis-
// integration, cost optimization: "metered in 512 KB increments").
const payloadStep = 512 << 10

// Measured is what the record of one front gives to pricing: sums over the
// requests that were measured, warm-up left out. Nothing in it is rounded.
type Measured struct {
	Front          string     `json:"front"`
	Kind           front.Kind `json:"kind"`
	Region         string     `json:"region"`          // of the front
	FunctionRegion string     `json:"function_region"` // that ran the function
	MemoryMB       int64      `json:"memory_mb"`
	Architecture   string     `json:"architecture"` // x86_64 or arm64

	Requests       int64 `json:"requests"` // sent
	NewConnections int64 `json:"new_connections"`

	Answered   int64 `json:"answered"`    // requests with an answer: the sums below are theirs
	BytesOut   int64 `json:"bytes_out"`   // requests: line, headers, body
	BytesIn    int64 `json:"bytes_in"`    // answers: line, headers, body
	Increments int64 `json:"increments"`  // of 512 KB, at least 1 for each request
	WithReport int64 `json:"with_report"` // requests whose invocation has a report

	Reports  []record.Report `json:"-"`                  // one for each invocation that a measured request caused
	LogBytes int64           `json:"log_bytes"`          // of these invocations, those of Unlogged left out
	Unlogged int64           `json:"unlogged,omitempty"` // invocations of which only the REPORT line was read

	Coverage Coverage      `json:"coverage"`
	Problems []string      `json:"problems,omitempty"`
	Lacks    []record.Lack `json:"lacks,omitempty"` // what the record does not say, of another tool's results
	untold   bool          // no answer told its invocation, or not all of them: the reports are those of all trials, warm-ups included
	partly   bool          // of these, some told one
	byCount  bool          // and the number of requests does not say how many there were

	consumption Consumption // of measured requests; invocations of the warm-up are known to it
	consumed    []Item      // by those of them whose functions all said so
	unsure      []Item      // by others
	told        int64       // of the measured requests, those whose functions all said so
}

// Coverage says how much of a record the sums rest on.
type Coverage struct {
	Hits           int64 `json:"hits"` // in the record, warm-up included
	Warmup         int64 `json:"warmup"`
	NotSent        int64 `json:"not_sent"`
	WithoutReport  int64 `json:"without_report"`        // measured requests with no report: refused by the front, or a log line lost
	Refused        int64 `json:"refused"`               // measured requests that API Gateway answered itself, for nothing: not among those
	Unanswered     int64 `json:"unanswered"`            // of those, requests that got no answer at all
	Assigned       int64 `json:"assigned"`              // measured requests without an answer that were given a report of no hit
	ReportsAlone   int64 `json:"reports_alone"`         // reports of no hit in the record, beyond those
	ReportsWarmup  int64 `json:"reports_warmup"`        // reports of warm-up hits
	NotInvoked     int64 `json:"not_invoked,omitempty"` // measured requests for which no function ran
	FromOtherCalls int64 `json:"from_other_call"`       // measured requests answered by an invocation that another request caused: a cached answer
}

// Measure joins the hits and the reports of one front by request id. The
// invocation of an id belongs to the first hit that bears it, warm-ups first:
// later ones were answered from a cache.
func Measure(f record.Front, hits []record.Hit, reports []record.Report) Measured {
	m := Measured{Front: f.ID, Kind: f.Kind, Region: f.Region, FunctionRegion: f.FunctionIn,
		MemoryMB: int64(f.MemoryMB), Architecture: f.Architecture}
	if m.FunctionRegion == "" {
		m.FunctionRegion = f.Region
	}
	// A request may have caused several invocations behind CloudFront, or none.
	byID := make(map[string]record.Report, len(reports))
	for _, r := range reports {
		if _, twice := byID[r.RequestID]; twice {
			m.Problems = append(m.Problems, fmt.Sprintf("request id %q has more than one report", r.RequestID))
			continue
		}
		byID[r.RequestID] = r
	}
	owned := m.warmup(hits, byID)
	m.consumption.forget(f, hits)
	for _, h := range hits {
		if h.Warmup {
			continue
		}
		m.addHit(h)
		m.join(h, byID, owned)
		if h.Sent >= 0 {
			m.consume(f, h)
		}
	}
	m.Coverage.Hits = int64(len(hits))
	if f.Imported != nil {
		m.Lacks = f.Imported.Lacks
	}
	if m.partly = handsOn(f, hits, byID); (m.partly || anonymous(f, hits)) && len(reports) > 0 {
		m.Lacks, m.untold = []record.Lack{record.LacksRequestIDs}, true
		m.byCount = f.Kind.CloudFront() && !(f.Kind == front.EdgeViewerRequest && len(f.Further) == 0)
	}
	if m.partly {
		owned = m.forget()
	}
	if m.lacks(record.LacksRequestIDs) || m.lacks(record.LacksHits) {
		m.take(reports, owned)
	}
	m.assign(reports, owned)
	m.Coverage.ReportsAlone = int64(len(byID) - len(owned))
	return m
}

// warmup counts the warm-up hits and returns the ids of their invocations.
func (m *Measured) warmup(hits []record.Hit, byID map[string]record.Report) map[string]bool {
	owned := make(map[string]bool)
	for _, h := range hits {
		if !h.Warmup {
			continue
		}
		m.Coverage.Warmup++
		ids, _ := h.Invocations()
		for _, id := range ids {
			if _, ok := byID[id]; ok {
				owned[id] = true
			}
		}
	}
	m.Coverage.ReportsWarmup = int64(len(owned))
	return owned
}

// addHit adds what the client saw.
func (m *Measured) addHit(h record.Hit) {
	if h.Sent < 0 {
		m.Coverage.NotSent++
		return
	}
	m.Requests++
	if h.NewConn {
		m.NewConnections++
	}
	if h.Status == 0 {
		return
	}
	m.Answered++
	m.BytesOut += h.BytesOut
	m.BytesIn += h.BytesIn
	m.Increments += Increments(h.BytesOut + h.BytesIn)
}

// Increments is the number of requests that an HTTP API counts for one of that many
// bytes: AWS does not say whether request and answer are metered together, so they
// are added here.
func Increments(bytes int64) int64 { return max(1, (bytes+payloadStep-1)/payloadStep) }

// join adds the invocation of a hit, once.
func (m *Measured) join(h record.Hit, byID map[string]record.Report, owned map[string]bool) {
	if h.Sent < 0 {
		return
	}
	if Refused(m.Kind, h) {
		m.Coverage.Refused++
		return
	}
	ids, known := h.Invocations()
	for _, id := range ids {
		_, ok := byID[id]
		known = known && ok
	}
	if !known {
		m.Coverage.WithoutReport++
		if h.Status == 0 {
			m.Coverage.Unanswered++
		}
		return
	}
	m.WithReport++
	if len(ids) == 0 {
		m.Coverage.NotInvoked++
	}
	for _, id := range ids {
		if owned[id] {
			m.Coverage.FromOtherCalls++
			continue
		}
		owned[id] = true
		m.addReport(byID[id])
	}
}

// Refused reports whether an answer came without an invocation and is one that API
// Gateway does not charge for: 403 for a key that is missing or invalid, 429 for a rate or a
// quota that is used up.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-pricing.html
// A 403 for a path that the API does not have is free too, by an AWS employee's word
// (https://repost.aws/questions/QU5y4fo-e3RWyU5r4VmyPIzA/pricing-clarification-for-api-gateway).
func Refused(k front.Kind, h record.Hit) bool {
	return h.RequestID == "" && (k.REST() || k == front.APIGatewayHTTP) && (h.Status == 403 || h.Status == 429)
}

func (m *Measured) addReport(r record.Report) {
	m.Reports = append(m.Reports, r)
	if r.LogBytes == record.NotKnown {
		m.Unlogged++
	} else {
		m.LogBytes += r.LogBytes
	}
	if m.MemoryMB == 0 {
		m.MemoryMB = int64(r.MemoryMB)
	}
	if r.MemoryMB != 0 && int64(r.MemoryMB) != m.MemoryMB {
		m.memoryDiffers(r)
	}
}

// assign gives the reports of no hit to measured requests without an answer. A client
// that gave up waiting never learns the id of the invocation that it caused, and
// AWS bills it all the same: those are the long ones. Where a warm-up request gave
// up too, one of its invocations may stand in for a measured one.
func (m *Measured) assign(reports []record.Report, owned map[string]bool) {
	for _, r := range reports {
		if m.Coverage.Assigned == m.Coverage.Unanswered {
			return
		}
		if owned[r.RequestID] {
			continue
		}
		owned[r.RequestID] = true
		m.Coverage.WithoutReport--
		m.Coverage.Assigned++
		m.WithReport++
		m.addReport(r)
	}
}

func (m *Measured) lacks(l record.Lack) bool { return slices.Contains(m.Lacks, l) }

// anonymous reports whether no answer of a front tells its invocation, as those of a
// function that knows nothing of bench.
func anonymous(f record.Front, hits []record.Hit) bool {
	answered := false
	for _, h := range hits {
		if _, known := h.Invocations(); known {
			return false
		}
		answered = answered || h.Status != 0
	}
	return answered && f.Imported == nil
}

// take counts the reports as those of the measured requests where no request names its own:
// the files that they were imported from are of the same calls. Without any requests each
// invocation is one.
func (m *Measured) take(reports []record.Report, owned map[string]bool) {
	for _, r := range reports {
		if !owned[r.RequestID] {
			owned[r.RequestID] = true
			m.addReport(r)
		}
	}
	n := int64(len(m.Reports))
	if m.lacks(record.LacksHits) {
		m.Requests = n
	}
	m.WithReport = min(n, m.Requests-m.Coverage.Refused)
	if sent := m.sent(); m.untold && sent > 0 { // the reports are those of the warm-up too
		m.WithReport = min(m.WithReport, n*(m.Requests-m.Coverage.Refused)/sent)
	}
	if m.byCount {
		m.WithReport = m.Requests - m.Coverage.Refused
	}
	m.Coverage.WithoutReport, m.Coverage.Unanswered = m.Requests-m.Coverage.Refused-m.WithReport, 0
}

// sent is the requests sent, warm-up included.
func (m *Measured) sent() int64 { return m.Coverage.Hits - m.Coverage.NotSent }

// memoryDiffers is reported once: the run's own word is kept.
func (m *Measured) memoryDiffers(r record.Report) {
	text := fmt.Sprintf("front %q is recorded with %d MB and its reports say %d MB", m.Front, m.MemoryMB, r.MemoryMB)
	for _, p := range m.Problems {
		if p == text {
			return
		}
	}
	m.Problems = append(m.Problems, text)
}
