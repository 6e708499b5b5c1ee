package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// Every recording here goes through the files of package record, and has its
// own clock, ids and versions.

func at(minute int) time.Time { return time.Date(2026, 11, 22, 15, minute, 0, 0, time.UTC) }

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// one is what a request looked like, before it becomes a hit and a report.
type one struct {
	ms     float64 // response time, from the due time; sent 1 ms after it
	failed string  // why, "" when it succeeded
	cold   bool
	us     int64 // function's Duration, 0 for no report
	initUS int64 // Init Duration of a cold start
	mute   bool  // the answer does not say whether its environment was cold
	warmup bool
}

// trialOf makes one hit, and one report, of each request. Sizes are 512 bytes
// out, 2 KiB in and 1 KiB of log.
func trialOf(front string, round, memory int, requests []one) ([]record.Hit, []record.Report) {
	var hits []record.Hit
	var reports []record.Report
	for i, q := range requests {
		due := int64(i) * 20_000_000
		h := record.Hit{Seq: int64(i), Warmup: q.warmup, Due: due, Launched: due + 500_000, Sent: due + 1_000_000,
			FirstByte: due + int64(q.ms*1e6) - 100_000, Done: due + int64(q.ms*1e6), Status: 200, BytesOut: 512, BytesIn: 2048,
			Cold: -1, Error: q.failed}
		if q.failed == "status 502" {
			h.Status = 502
		}
		if q.us > 0 {
			h.Cold, h.RequestID = 0, fmt.Sprintf("%s-%d-%d", front, round, i)
			r := record.Report{RequestID: h.RequestID, DurationUS: q.us, BilledMS: (q.us + 999) / 1000, InitUS: -1,
				MemoryMB: int32(memory), MaxMemMB: 64, LogBytes: 1024}
			if q.cold {
				h.Cold, r.InitUS = 1, q.initUS
			}
			if q.mute {
				h.Cold = -1
			}
			reports = append(reports, r)
		}
		hits = append(hits, h)
	}
	return hits, reports
}

// recorder writes a recording trial by trial.
type recorder struct {
	t testing.TB
	w *record.Writer
}

func newRecorder(t testing.TB, source record.Source, rounds int, fronts ...record.Front) *recorder {
	t.Helper()
	run := record.Run{
		ID: "20261122T150000Z-golden", Scenario: "golden", Tool: "v0.1.0", Source: source, Seed: 42, Rounds: rounds,
		Host: record.Host{OS: "linux", Arch: "amd64", CPUs: 2, Go: "go1.26"}, Started: at(0), Fronts: fronts,
	}
	w, err := record.Create(t.TempDir(), run, []byte("version: 1\n"))
	check(t, err)
	return &recorder{t, w}
}

// plan adds a trial that nothing has begun yet, and returns its place.
func (r *recorder) plan(id string, round, attempt int) int {
	r.t.Helper()
	i := len(r.w.Run().Trials)
	check(r.t, r.w.Add(i, record.Trial{Round: round, Attempt: attempt, Front: id, State: record.Planned}))
	return i
}

// trial adds a trial and runs it to its end.
func (r *recorder) trial(f record.Front, round int, change func(*record.Trial), requests []one) {
	r.t.Helper()
	t := record.Trial{Round: round, Attempt: 1, Front: f.ID, State: record.Done, Started: at(round), Ended: at(round).Add(30 * time.Second)}
	if change != nil {
		change(&t)
	}
	i := r.plan(f.ID, t.Round, t.Attempt)
	hits, reports := trialOf(f.ID, round*10+t.Attempt, f.MemoryMB, requests)
	check(r.t, r.w.Finish(i, t, hits, reports))
}

func (r *recorder) recording(stopped string) *record.Recording {
	r.t.Helper()
	check(r.t, r.w.Close(at(50), stopped))
	rec, err := record.Open(r.w.Dir())
	check(r.t, err)
	rec.Sum = strings.Repeat("5a", 32) // Parquet files of the same rows differ now and then in bytes that hold nothing
	return rec
}

func doorOf(id string, kind front.Kind, memory int, architecture string) record.Front {
	return record.Front{ID: id, Kind: kind, Region: "us-east-1", Function: "golden-" + id, FunctionIn: "us-east-1",
		MemoryMB: memory, Architecture: architecture}
}

func number10(t testing.TB, s string) *pricing.Quantity {
	t.Helper()
	q, err := pricing.ParseQuantity(s)
	check(t, err)
	return &q
}

// input prices 10 million requests a month, forecast between 5 and 20, on the
// day of the run and without free tier.
func input(t testing.TB, rec *record.Recording) Input {
	t.Helper()
	book, err := pricing.Shipped()
	check(t, err)
	return Input{
		Recording: rec, Description: "A golden run.", Handler: "hello", Rate: 50, Arrivals: "uniform", Book: book,
		Forecast: pricing.Forecast{NewConnectionShare: number10(t, "0.1"), ConnectionSeconds: number10(t, "60")},
		Traffic:  Traffic{Low: 5_000_000, Expected: 10_000_000, High: 20_000_000},
		Choices: Choices{AsOf: pricing.NewDate(2026, time.November, 22), FreeTier: pricing.FreeNone,
			Material: 10, Delta: 0.05, Alpha: 0.05, Metrics: []string{"p50", "p99"}},
	}
}

func reportOf(t testing.TB, in Input) *Report {
	t.Helper()
	r, err := New(in)
	check(t, err)
	return r
}

func render(t testing.TB, format string, r *Report) string {
	t.Helper()
	write, ok := WriterOf(format)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	var text strings.Builder
	check(t, write(&text, r))
	return text.String()
}
