// Package reporttest makes whole reports for the tests of everything that writes
// one: recordings with a clock, ids and versions of their own, through the files
// of package record.
package reporttest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
)

// The sample's size.
const (
	Rounds   = 12
	Requests = 150 // of a trial, warm-up left out
)

// shape is how a front of the sample answers, in milliseconds.
type shape struct {
	front.Kind
	id            string
	median, sigma float64 // of a lognormal response time
	us            int64   // function's duration
	cold          int     // cold starts in the whole run
}

func shapes() []shape {
	return []shape{
		{front.APIGatewayREST, "rest", 42, 0.35, 9_400, 3},
		{front.APIGatewayHTTP, "http-api", 36, 0.35, 9_300, 2},
		{front.ALB, "alb", 31, 0.30, 9_500, 2},
		{front.FunctionURL, "url", 30.8, 0.30, 9_400, 4},
		{front.EdgeViewerRequest, "edge", 21, 0.55, 9_200, 6},
	}
}

func began() time.Time { return time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC) }

// Recording is a run of five fronts in twelve rounds, one trial of which is
// invalid and visited again, and one disturbed.
func Recording(t testing.TB) *record.Recording {
	t.Helper()
	return once(t, false)
}

// AA is an A/A run of the same fronts: each is visited twice in every round.
func AA(t testing.TB) *record.Recording {
	t.Helper()
	return once(t, true)
}

// written keeps the two recordings for the tests of a package: nobody changes them,
// and 120 trials on disk take a second.
var written sync.Map

func once(t testing.TB, aa bool) *record.Recording {
	t.Helper()
	if rec, ok := written.Load(aa); ok {
		return rec.(*record.Recording)
	}
	rec := write(t, aa)
	written.Store(aa, rec)
	return rec
}

// writer writes trials one after the other.
type writer struct {
	t   testing.TB
	w   *record.Writer
	rng *rand.Rand
	n   int
}

func write(t testing.TB, aa bool) *record.Recording {
	t.Helper()
	run := record.Run{ID: "20261122T150000Z-sample", Scenario: "sample", Tool: "v0.4.0", Source: record.SourceLab, Seed: 42, Rounds: Rounds, AA: aa,
		Host: record.Host{OS: "linux", Arch: "amd64", CPUs: 2, Go: "go1.26"}, Started: began()}
	if aa {
		run.ID = "20261122T140000Z-sample"
	}
	for _, s := range shapes() {
		run.Fronts = append(run.Fronts, record.Front{ID: s.id, Kind: s.Kind, Region: "us-east-1", Function: "sample-" + s.id, FunctionIn: "us-east-1", MemoryMB: 128, Architecture: "x86_64"})
	}
	out, err := record.Create(t.TempDir(), run, []byte("version: 1\n"))
	check(t, err)
	w := &writer{t, out, rand.New(rand.NewPCG(1, 2)), 0}
	for round := 1; round <= Rounds; round++ {
		w.round(round, aa)
	}
	check(t, out.WriteMeters(record.Meters{}))
	check(t, out.WriteCounters([]record.Counter{
		{Front: "edge", Name: "dynamodb.read_units", Region: "ap-northeast-1", Value: 917.5},
		{Front: "alb", Name: "dynamodb.read_units", Region: "us-east-1", Value: 1000},
	}))
	check(t, out.Close(w.clock(), ""))
	rec, err := record.Open(out.Dir())
	check(t, err)
	rec.Sum = strings.Repeat("5a", 32) // Parquet files of the same rows differ now and then in bytes that hold nothing
	return rec
}

// clock is when the next trial begins.
func (w *writer) clock() time.Time {
	return began().Add(time.Duration(w.n) * 1200 * time.Millisecond)
}

func (w *writer) round(round int, aa bool) {
	for _, i := range w.rng.Perm(len(shapes())) {
		s, trial := shapes()[i], record.Trial{Round: round, Attempt: 1}
		switch {
		case aa:
			w.trial(s, trial)
			trial.Arm = 1
		case round == 4 && s.id == "alb":
			trial.Invalid = []string{"requests were 12.0 ms late at p99: over 10 ms"}
			w.trial(s, trial)
			trial = record.Trial{Round: round, Attempt: 2}
		case round == 9 && s.id == "rest":
			trial.Disturbed = []string{"requests were 2.10 ms late at p99: over 1 ms"}
		}
		w.trial(s, trial)
	}
}

func (w *writer) trial(s shape, trial record.Trial) {
	w.t.Helper()
	trial.Front, trial.State, trial.Started = s.id, record.Done, w.clock()
	trial.Ended = trial.Started.Add(1100 * time.Millisecond)
	hits, reports := trialOf(w.rng, s, trial)
	check(w.t, w.w.Add(w.n, record.Trial{Round: trial.Round, Attempt: trial.Attempt, Arm: trial.Arm, Front: s.id, State: record.Planned}))
	check(w.t, w.w.Finish(w.n, trial, hits, reports))
	w.n++
}

// trialOf draws the requests of a trial: lognormal, with an effect of the round
// that all fronts share and one of the trial.
func trialOf(rng *rand.Rand, s shape, trial record.Trial) ([]record.Hit, []record.Report) {
	var hits []record.Hit
	var reports []record.Report
	effect := 0.04*math.Sin(float64(trial.Round)) + 0.02*rng.NormFloat64()
	for i := range Requests + 30 {
		due := int64(i) * 6_000_000
		ms := s.median * math.Exp(effect+s.sigma*rng.NormFloat64())
		us := int64(float64(s.us) * math.Exp(0.2*rng.NormFloat64()))
		h := record.Hit{Seq: int64(i), Warmup: i < 30, Due: due, Launched: due + int64(30_000*rng.ExpFloat64()), Status: 200, BytesOut: 512, BytesIn: 2048,
			NewConn: i%10 == 0, RequestID: fmt.Sprintf("%s-%d-%d-%d-%d", s.id, trial.Round, trial.Attempt, trial.Arm, i)}
		r := record.Report{RequestID: h.RequestID, DurationUS: us, InitUS: -1, MemoryMB: 128, MaxMemMB: 64, LogBytes: 512}
		if s.cold > 0 && trial.Attempt == 1 && trial.Round%3 == 1 && i >= 30 && i < 30+(s.cold+trial.Round/3)/4 {
			h.Cold, r.InitUS = 1, 180_000
			ms += 220 * math.Exp(0.2*rng.NormFloat64())
		}
		r.BilledMS = (r.DurationUS + max(r.InitUS, 0) + 999) / 1000
		h.Sent, h.Done = h.Launched+20_000, due+int64(ms*1e6)
		h.FirstByte = h.Done - 50_000
		connected(&h, s, trial.Round, i)
		if i == 77 && trial.Round == 6 && s.id == "rest" {
			h.Status, h.Error = 502, "status 502"
		}
		hits, reports = append(hits, h), append(reports, r)
	}
	return hits, reports
}

// connected gives a hit the phases of its connection, and CloudFront's words. The
// variation is a sawtooth and not of rng, whose draws the requests have.
func connected(h *record.Hit, s shape, round, i int) {
	h.Protocol = "HTTP/2.0"
	if h.NewConn {
		saw := int64((i*7919 + round*104_729) % 1000)
		h.DNS, h.Connect, h.TLS = 1_500_000+900*saw, int64(s.median*0.2e6)+1500*saw, int64(s.median*0.45e6)+2500*saw
	}
	if s.Kind.CloudFront() {
		h.Pop, h.Cache = "FRA56-P7", "Miss from cloudfront"
		if i%3 == 0 {
			h.Pop = "FRA60-P2"
		}
		if i%40 == 39 { // too few for a p99
			h.Cache = "Hit from cloudfront"
		}
	}
}

// Input prices the recording at 15 million requests a month, 7 to 32 expected.
func Input(t testing.TB, rec *record.Recording) report.Input {
	t.Helper()
	book, err := pricing.Shipped()
	check(t, err)
	share, life := pricing.Ratio(1, 10), pricing.Count(60)
	return report.Input{
		Recording: rec, Description: "One status function behind five front doors.", Handler: "status", Rate: 160, Arrivals: "poisson", Book: book,
		Duration: 900 * time.Millisecond, Warmup: 180 * time.Millisecond, Connections: 64,
		Forecast: pricing.Forecast{NewConnectionShare: &share, ConnectionSeconds: &life},
		Traffic:  report.Traffic{Low: 7_000_000, Expected: 15_000_000, High: 32_000_000},
		Choices: report.Choices{AsOf: pricing.NewDate(2026, time.November, 22), FreeTier: pricing.FreeNone,
			Material: 10, Delta: 0.05, Alpha: 0.05, Metrics: []string{"p50", "p99"}, Eras: true},
	}
}

// Sample is the report of the recording. It is the caller's to change.
func Sample(t testing.TB) *report.Report {
	t.Helper()
	in := Input(t, Recording(t))
	in.Floor = AA(t)
	for _, text := range []string{"p(95) < 60", "rate < 1%", "usd_per_million[alb] < 2.50", "p(95)[edge] <= p(95)[alb] - 1ms"} {
		g, err := gate.Parse(text)
		check(t, err)
		in.Gates = append(in.Gates, g)
	}
	r, err := report.New(in)
	check(t, err)
	return r
}

// Hostile is the sample with names that would break a format which does not
// escape them.
func Hostile(t testing.TB) *report.Report {
	t.Helper()
	r := Sample(t)
	rename(r, "url", Name)
	return r
}

// Name is the hostile front's: markup, quotes, a pipe, a comma, a line break, a
// formula of spreadsheets, and bytes that are no UTF-8.
const Name = "=<script>alert(\"x\")</script>'|,*_`[a](b)\n\x00\xff]]>"

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
