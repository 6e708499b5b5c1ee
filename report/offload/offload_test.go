package offload_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"frontdoor/offload"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
	written "frontdoor/report/offload"
)

func input(t *testing.T) written.Input {
	t.Helper()
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	day, err := pricing.ParseDate("2026-11-01")
	if err != nil {
		t.Fatal(err)
	}
	p := offload.Defaults()
	p.Size = 1 << 30 // the binary GB that egress is billed in
	p.Schedule.Margin = time.Hour
	return written.Input{
		Run:         record.Run{ID: "20261101T000000Z-o", Scenario: "o <b>&", Seed: 3, Started: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)},
		Description: "An object.", Params: p, Region: "us-east-1", Book: book, AsOf: day, FreeTier: pricing.FreeNone,
		Claims: []report.Claim{{ID: "C9", Text: "All of it.", Verdict: "conditional", Boundary: "not the bytes", Evidence: []report.ClaimLine{{Kind: "simulation", Text: "so it is"}}}},
		Observed: &record.Offload{Source: "lab", PurgeTakes: time.Second, Options: []record.OffloadOption{{
			Option: "b", Changes: []record.OffloadChange{{Fresh: true, After: 1100 * time.Millisecond, Attempts: []record.OffloadAttempt{{BilledMS: 40}}}}, BilledMS: 40,
		}}},
	}
}

func newReport(t *testing.T, in written.Input) *written.Report {
	t.Helper()
	r, err := written.New(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// An object of a binary GB, a change and a fetch each day, at us-east-1's list prices:
// 30 PUTs of $0.000005, 30 GETs of $0.0000004, 30 GB of $0.09
// (https://aws.amazon.com/s3/pricing/), to the last digit.
func TestBillOfA(t *testing.T) {
	r := newReport(t, input(t))
	for _, b := range r.Bills {
		if b.Option != offload.A {
			continue
		}
		if got := b.Total.String(); got != "2.700162" {
			t.Errorf("total %s, want 2.700162", got)
		}
		if !b.LowerBound || len(b.Missing) != 3 {
			t.Errorf("Akamai's part is in a contract: %v", b.Missing)
		}
		return
	}
	t.Error("there is no bill of a")
}

// Option B's lines: a GET and a HEAD, an upload of a binary GB, one invocation of 128 MB
// for each of 30 changes, and two replicas.
func TestUsageOfB(t *testing.T) {
	r := newReport(t, input(t))
	out, _ := r.Result.Of(offload.B)
	want := map[pricing.Meter]string{
		pricing.S3Puts: "30", pricing.S3Gets: "60", pricing.EgressGB: "30", pricing.LambdaRequests: "30",
		pricing.LambdaGBSecondsX86: pricing.Ratio(out.BilledMS, 8000).String(),
	}
	for _, b := range r.Bills {
		if b.Option != offload.B {
			continue
		}
		for _, l := range b.Lines {
			if w, ok := want[l.Meter]; ok && l.Quantity.String() != w {
				t.Errorf("%s: %s, want %s", l.Meter, l.Quantity, w)
			}
			delete(want, l.Meter)
		}
	}
	if len(want) > 0 {
		t.Errorf("no line of %v", want)
	}
}

// Break-even prices are those at which the sums are equal: what b saves, over what
// NetStorage keeps; what an option saves against S3 alone, over what Akamai delivers.
func TestBreakEven(t *testing.T) {
	in := input(t)
	in.Params.Parents = 0 // twenty edges fetch it from S3
	r := newReport(t, in)
	total := map[offload.Option]pricing.USD{}
	for _, b := range r.Bills {
		total[b.Option] = b.Total
	}
	if r.BreakEven.NetStorage == nil {
		t.Fatal("no price of NetStorage")
	}
	gb := pricing.Ratio(2<<30, 1e9) // two replicas, in the decimal GB of the meter
	if left := total[offload.A].Sub(total[offload.B]).Sub(r.BreakEven.NetStorage.Mul(gb)); left.Sign() != 0 {
		t.Errorf("at that price b costs %s more or less than a", left)
	}
	out, _ := r.Result.Of(offload.TTLOnly)
	delivered := pricing.Ratio(out.BytesRead, 1e9)
	price := r.BreakEven.Delivered[offload.TTLOnly]
	if left := total[offload.Direct].Sub(total[offload.TTLOnly]).Sub(price.Mul(delivered)); left.Sign() != 0 {
		t.Errorf("at that price ttl costs %s more or less than S3 alone", left)
	}
	if _, ok := r.BreakEven.Delivered[offload.Direct]; ok {
		t.Error("S3 alone has a price of Akamai")
	}
}

// Every format has the labels, a row for each option, and no price of Akamai's.
func TestFormats(t *testing.T) {
	r := newReport(t, input(t))
	for _, format := range written.Formats() {
		write, ok := written.WriterOf(format)
		if !ok {
			t.Fatalf("no writer of %s", format)
		}
		var first, second bytes.Buffer
		if err := write(&first, r); err != nil {
			t.Fatal(err)
		}
		if err := write(&second, r); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: the same report has other bytes: %v", format, err)
		}
		text := first.String()
		want := []string{"b-published", "contract"}
		if format != "csv" {
			want = append(want, "SIMULATED", "C9")
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s has no %q", format, w)
			}
		}
		if format == "html" && (strings.Contains(text, "<b>&") || !strings.Contains(text, "default-src 'none'") || strings.Count(text, `<svg class="chart"`) != 4) {
			t.Errorf("the page: %d drawings", strings.Count(text, `<svg class="chart"`))
		}
	}
	if _, ok := written.WriterOf("junit"); ok {
		t.Error("there is a writer of junit")
	}
}

// CSV and JSON are what their readers expect, and missing is not zero.
func TestData(t *testing.T) {
	r := newReport(t, input(t))
	var text bytes.Buffer
	if err := written.CSV(&text, r); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&text).ReadAll()
	if err != nil || len(rows) < 30 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	gaps := 0
	for _, row := range rows[1:] {
		if strings.HasPrefix(row[4], "akamai.") {
			gaps++
			if row[8] != "" || row[13] == "" {
				t.Errorf("a price of Akamai's: %v", row)
			}
		}
	}
	if want := 6*3 + 3; gaps != want { // requests, GB and purges of six options, NetStorage of three
		t.Errorf("%d gaps, want %d", gaps, want)
	}
	text.Reset()
	if err := written.JSON(&text, r); err != nil {
		t.Fatal(err)
	}
	var d struct {
		Label    string
		Params   offload.Params
		Options  []struct{ Option string }
		Loopback record.Offload
	}
	if err := json.Unmarshal(text.Bytes(), &d); err != nil || d.Label != "SIMULATED" || len(d.Options) != 7 || d.Loopback.Source != "lab" || d.Params != r.Params {
		t.Errorf("%+v, %v", d, err)
	}
}

// A run that was cut before anything was observed says so.
func TestWithoutLoopback(t *testing.T) {
	in := input(t)
	in.Observed = nil
	var text bytes.Buffer
	if err := written.Table(report.Style{})(&text, newReport(t, in)); err != nil || !strings.Contains(text.String(), "the run on loopback is missing") || strings.Contains(text.String(), "LAB") {
		t.Errorf("%v\n%s", err, text.String())
	}
}
