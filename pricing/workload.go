package pricing

import (
	"fmt"
	"slices"

	"frontdoor/front"
	"frontdoor/record"
)

// Workload is a month of one front door: how it is set up, what a request to
// it causes, and the traffic. It is measured (Measured.Workload) or assumed.
// What is nil is not known, and its meter is missing from the bill.
type Workload struct {
	Front          string
	Kind           front.Kind
	Region         string // of the front
	FunctionRegion string // that runs the function; "" is Region
	MemoryMB       int64
	Architecture   string // x86_64 or arm64

	Duration    Durations // of an invocation, INIT included where it is billed
	NoDuration  string    // why there is none, and no log bytes; "" for no special reason
	NoInit      string    // why INIT is not in Duration though it may be billed; "": it is, or there is none
	LogBytes    *Quantity // per invocation
	NoLogs      string    // why log bytes are left out on purpose; "" and no LogBytes: their meter is missing
	Invocations *Quantity // of functions at the edge, per request; Regional fronts invoke once
	Further     *Quantity // invocations of Lambda@Edge, per request, beside a CloudFront Function; nil: there is none
	Scripts     *Quantity // invocations of CloudFront Functions, per request, as CloudWatch counted them; nil: it did not
	ScriptLogs  *Quantity // bytes that they logged, per request; with Scripts
	Fetched     *Fetched  // what CloudFront asked of a bucket; nil: it has none, or the lab counted
	Increments  *Quantity // of 512 KB that an HTTP API counts per request; nil: of the mean sizes
	DynamoDB    *DynamoDB // what the handler reads and writes; nil: nothing
	Counted     []Counted // what the lab counted behind the front, or
	Said        bool      // the functions themselves did
	DNS         *DNS      // nil: the front has no name of its own

	Traffic Forecast
	Missing []Gap    // known to be metered, not known how much
	Notes   []string // what was assumed
}

// DynamoDB is the on-demand request units that a request causes. A read unit is
// 4 KB strongly consistent, half of one eventually consistent; a write unit is
// 1 KB (https://aws.amazon.com/dynamodb/pricing/on-demand/).
type DynamoDB struct {
	Region                          string // "" is the function's
	Reads, Writes, ReplicatedWrites Quantity
}

// Workload is the month of the forecast with what was measured for what the
// forecast leaves open.
func (m *Measured) Workload(f Forecast) Workload {
	w := Workload{
		Front: m.Front, Kind: m.Kind, Region: m.Region, FunctionRegion: m.FunctionRegion,
		MemoryMB: m.MemoryMB, Architecture: m.Architecture, Traffic: f, Notes: m.Problems,
	}
	switch {
	case m.WithReport == 0:
		w.NoDuration = "no measured request has a report"
	case len(m.Reports) > 0:
		w.Duration = Recorded(m.Reports)
		if m.LogBytes > 0 { // an invocation logs START, END and REPORT at least: none is not measured
			w.LogBytes = mean(m.LogBytes, int64(len(m.Reports))-m.Unlogged)
		}
	}
	if f.RequestBytes == nil && f.ResponseBytes == nil && !m.lacks(record.LacksResponseBytes) {
		w.Increments = mean(m.Increments, m.Answered)
	}
	w.Traffic.RequestBytes = orMean(f.RequestBytes, m.BytesOut, m.over(m.Answered, record.LacksRequestBytes))
	w.Traffic.ResponseBytes = orMean(f.ResponseBytes, m.BytesIn, m.over(m.Answered, record.LacksResponseBytes))
	w.Traffic.NewConnectionShare = orMean(f.NewConnectionShare, m.NewConnections, m.over(m.Requests, record.LacksConnections))
	if m.Kind.CloudFront() {
		w.Invocations = m.invocations()
	}
	if m.Kind == front.CloudFrontFunction && len(m.Reports) > 0 {
		w.Further = m.perRequest()
	}
	if lost := m.Coverage.WithoutReport; lost > 0 && m.WithReport > 0 {
		w.Missing = append(w.Missing, Gap{w.durationMeter(),
			fmt.Sprintf("%d of %d measured requests have no REPORT line: what they caused, if anything, is in no line", lost, m.Requests)})
	}
	if refused := m.Coverage.Refused; refused > 0 {
		w.Notes = append(slices.Clip(w.Notes), fmt.Sprintf("%d of %d measured requests were answered 403 or 429 by the API itself, which AWS does not charge for; the month is priced as if all of its requests were let in", refused, m.Requests))
	}
	if m.untold {
		w.Notes = append(slices.Clip(w.Notes), m.untoldNote())
	}
	if given := m.Coverage.Assigned; given > 0 {
		w.Notes = append(w.Notes, fmt.Sprintf("%d requests without an answer were given the REPORT lines that no request names", given))
	}
	return w
}

// over is n, or none where the record does not say what is to be averaged.
func (m *Measured) over(n int64, l record.Lack) int64 {
	if m.lacks(l) {
		return 0
	}
	return n
}

// invocations is the edge functions' invocations per request. At viewer-request
// there is one, unless requests are redirected or there are further functions; at the
// origin events there is one when the cache has no answer, at viewer-response one when
// there is no error, and the measured share decides, over the requests whose
// invocation is known.
func (m *Measured) invocations() *Quantity {
	if m.Kind == front.CloudFrontFunction || m.Kind == front.EdgeViewerRequest && m.Coverage.NotInvoked == 0 && int64(len(m.Reports)) <= m.WithReport {
		one := Count(1)
		return &one
	}
	return m.perRequest()
}

// perRequest is the invocations that were read for a request: where answers do not name
// theirs, all of the run's for all of its requests.
func (m *Measured) perRequest() *Quantity {
	if m.untold {
		return mean(int64(len(m.Reports)), m.sent())
	}
	return mean(int64(len(m.Reports)), m.WithReport)
}

// EdgeInvocations is the invocations that a request causes at the edge: viewer
// events come with each request, origin events with those that the cache does
// not answer, a share of 1-hits. The error names an event that there is not.
func EdgeInvocations(events []string, hits Quantity) (Quantity, error) {
	var sum Quantity
	for _, event := range events {
		switch event {
		case "viewer-request", "viewer-response":
			sum = sum.Add(Count(1))
		case "origin-request", "origin-response":
			sum = sum.Add(Count(1).Sub(hits))
		default:
			return Quantity{}, fmt.Errorf("unknown event %q: want viewer-request, origin-request, origin-response or viewer-response", event)
		}
	}
	return sum, nil
}

// durationMeter is the meter of the function's GB-seconds.
func (w *Workload) durationMeter() Meter { return DurationMeter(w.Kind, w.Architecture) }

// DurationMeter is the meter of the GB-seconds of functions behind a kind of front;
// behind CloudFront they are of Lambda@Edge.
func DurationMeter(k front.Kind, architecture string) Meter {
	switch {
	case k.CloudFront():
		return EdgeGBSeconds
	case architecture == "arm64":
		return LambdaGBSecondsARM
	}
	return LambdaGBSecondsX86
}

// functionRegion is where the function runs.
func (w *Workload) functionRegion() string {
	if w.FunctionRegion != "" {
		return w.FunctionRegion
	}
	return w.Region
}

// mean is sum/n, nil when there is nothing to average.
func mean(sum, n int64) *Quantity {
	if n == 0 {
		return nil
	}
	q := Ratio(sum, n)
	return &q
}

// orMean is the given quantity, or else sum/n.
func orMean(given *Quantity, sum, n int64) *Quantity {
	if given != nil {
		return given
	}
	return mean(sum, n)
}
