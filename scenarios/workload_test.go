package scenarios

import (
	"math/big"
	"reflect"
	"slices"
	"testing"
	"time"

	"frontdoor/front"
)

func parseWorkload(t *testing.T, text string) *Workload {
	t.Helper()
	w, err := ParseWorkload("f.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// timingOf is the duration of the first front of doors, written as yaml.
func timingOf(t *testing.T, yaml string) Timing {
	t.Helper()
	return *parseWorkload(t, workloadText(t, mistake{old: "52ms", new: yaml})).Fronts[0].Duration
}

func decimalOf(t *testing.T, text string) Decimal {
	t.Helper()
	var d Decimal
	if err := d.set(literal{text: text, tag: "!!float"}); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d
}

func portionOf(t *testing.T, text string) Portion {
	t.Helper()
	var p Portion
	if err := p.set(literal{text: text, tag: "!!float"}); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

func certain[T Decimal | Whole | Portion | Bytes | Duration](v T) Range[T] { return Range[T]{v, v, v} }

// TestDecimalIsExact has numbers that a float64 changes: 0.1 + 0.2 is not 0.3 in one,
// and 9007199254740993 is 2^53 + 1.
func TestDecimalIsExact(t *testing.T) {
	for text, want := range map[string]string{
		"0.1": "1/10", "0.30000000000000004": "7500000000000001/25000000000000000", "9007199254740993": "9007199254740993/1",
		"3M": "3000000/1", "1.5K": "1500/1", "2G": "2000000000/1", "2B": "2000000000/1", "1.5e9": "1500000000/1", "1E-7": "1/10000000",
		"0.000000001B": "1/1", "1e3K": "1000000/1", "0": "0/1",
	} {
		d := decimalOf(t, text)
		if got := d.Rat().String(); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
		if again := decimalOf(t, d.String()); again.Cmp(d) != 0 {
			t.Errorf("%s is written %s, which is another number", text, d)
		}
	}
	w := parseWorkload(t, "version: 1\nusage: {a.b: 0.1, a.c: 0.2, a.d: 0.3}\n")
	sum := new(big.Rat).Add(w.Usage[0].Quantity.Rat(), w.Usage[1].Quantity.Rat())
	if sum.Cmp(w.Usage[2].Quantity.Rat()) != 0 {
		t.Errorf("0.1 + 0.2 is %s", sum)
	}
	if got := portionOf(t, "33.3%").Rat().String(); got != "333/1000" {
		t.Errorf("33.3%% is %s", got)
	}
}

// TestDecimalKeepsItsValue changes what Rat returned.
func TestDecimalKeepsItsValue(t *testing.T) {
	d, p := decimalOf(t, "2"), portionOf(t, "0.5")
	d.Rat().SetInt64(7)
	p.Rat().SetInt64(7)
	if d.String() != "2" || p.String() != "0.5" || (Decimal{}).String() != "0" {
		t.Errorf("2 is %s, 0.5 is %s, nothing is %s", d, p, Decimal{})
	}
}

func TestWorkloadUsage(t *testing.T) {
	w := parseWorkload(t, counted)
	want := []Amount{
		{"lambda.requests", "", decimalOf(t, "3M"), "usage.lambda.requests"},
		{"lambda.gb_seconds.x86", "", decimalOf(t, "540000"), "usage.lambda.gb_seconds.x86"},
	}
	account := []Amount{{"egress.internet_gb", "us-east-1", decimalOf(t, "20480"), "account.egress.internet_gb@us-east-1"}}
	if !reflect.DeepEqual(w.Usage, want) || !reflect.DeepEqual(w.Account, account) || w.Region != "eu-west-1" || w.Fronts != nil || w.RequestsPerMonth != nil {
		t.Errorf("%+v", w)
	}
	w = parseWorkload(t, workloadText(t, mistake{old: "region: eu-west-1", new: "requests_per_month: 1e6"}))
	if w.Region != "us-east-1" || w.RequestsPerMonth == nil || *w.RequestsPerMonth != 1e6 {
		t.Errorf("%+v", w)
	}
}

// TestWorkloadFrontDefaults has what the definitions promise of a front that says
// nothing, the fields of other kinds left at zero.
func TestWorkloadFrontDefaults(t *testing.T) {
	oneKB := certain(Bytes(1000))
	for kind, change := range map[front.Kind]func(*WorkloadFront){
		front.APIGatewayREST: func(*WorkloadFront) {},
		front.APIGatewayHTTP: func(*WorkloadFront) {},
		front.FunctionURL:    func(*WorkloadFront) {},
		front.ALB:            func(f *WorkloadFront) { f.Rules, f.AvailabilityZones = 1, 2 },
		front.EdgeViewerRequest: func(f *WorkloadFront) {
			f.Region, f.Viewers, f.HTTPS = "us-east-1", map[string]Portion{"us": portionOf(t, "100%")}, portionOf(t, "100%")
			f.CacheHitRatio, f.Events = certain(portionOf(t, "0")), []string{"viewer-request"}
		},
		front.EdgeOriginRequest: func(f *WorkloadFront) {
			f.Region, f.Viewers, f.HTTPS = "us-east-1", map[string]Portion{"us": portionOf(t, "100%")}, portionOf(t, "100%")
			f.CacheHitRatio, f.Events = certain(portionOf(t, "0")), []string{"origin-request"}
		},
		front.CloudFrontFunction: func(f *WorkloadFront) {
			f.Region, f.Viewers, f.HTTPS = "us-east-1", map[string]Portion{"us": portionOf(t, "100%")}, portionOf(t, "100%")
			f.CacheHitRatio, f.Events = certain(portionOf(t, "0")), []string{"viewer-request"}
		},
	} {
		want := WorkloadFront{
			ID: "f", Kind: kind, Region: "eu-west-1", Architecture: "x86_64", Memory: 128,
			RequestsPerMonth: certain(Whole(1)), RequestSize: &oneKB, HourlyProfile: slices.Repeat([]Decimal{decimalOf(t, "1")}, 24), HoursPerMonth: decimalOf(t, "730"),
			RequestsPerConnection: certain(decimalOf(t, "10")), ConnectionLifetime: Duration(time.Minute),
		}
		change(&want)
		w := parseWorkload(t, "version: 1\nregion: eu-west-1\nfronts: [{id: f, kind: "+string(kind)+", requests_per_month: 1}]\n")
		if got := w.Fronts[0]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n got %+v\nwant %+v", kind, got, want)
		}
	}
}

// TestWorkloadDefaultsAreInherited has a default of each class: overridden, inherited,
// of another kind, and fixed by AWS at the edge.
func TestWorkloadDefaultsAreInherited(t *testing.T) {
	w := parseWorkload(t, `version: 1
defaults:
  requests_per_month: {low: 1M, expected: 2M}
  region: eu-west-1
  architecture: arm64
  rules: 20
  https: 40%
  cold: {share: 1%, init: 250ms}
  dynamodb: {reads: 0.5, writes: 2}
  duration: {run: runs/r}
fronts:
  - {id: lb, kind: alb, requests_per_month: 3M}
  - {id: edge, kind: edge-origin-request, memory: 512MB, dynamodb: {writes: 1, region: eu-west-1}, duration: {run: runs/r, front: other}}
`)
	lb, _ := w.Front("lb")
	edge, ok := w.Front("edge")
	if _, found := w.Front("nobody"); found || !ok {
		t.Errorf("fronts are not found by id")
	}
	if lb.RequestsPerMonth != certain(Whole(3e6)) || lb.Region != "eu-west-1" || lb.Architecture != "arm64" || lb.Rules != 20 || lb.HTTPS.String() != "0" || lb.DynamoDB.Region != "eu-west-1" || lb.DynamoDB.Reads.String() != "0.5" || lb.Duration.Run.Front != "lb" || lb.Memory != 128 {
		t.Errorf("lb: %+v", lb)
	}
	if edge.RequestsPerMonth != (Range[Whole]{1e6, 2e6, 2e6}) || edge.Region != "us-east-1" || edge.Architecture != "x86_64" || edge.Rules != 0 || edge.HTTPS.String() != "0.4" || edge.DynamoDB.Reads.Sign() != 0 || edge.DynamoDB.Region != "eu-west-1" || edge.Duration.Run.Front != "other" || edge.Memory != 512 {
		t.Errorf("edge: %+v", edge)
	}
	if lb.Cold == edge.Cold || lb.Cold.Init != Duration(250*time.Millisecond) || edge.Cold.Share.High.String() != "0.01" || !edge.Cold.Share.Certain() {
		t.Errorf("cold: %+v, %+v", lb.Cold, edge.Cold)
	}
}

func TestTimingForms(t *testing.T) {
	ms := func(n float64) Duration { return Duration(n * float64(time.Millisecond)) }
	at := func(n float64) *Duration { d := ms(n); return &d }
	cases := map[string]Timing{
		"52ms": {Constant: &Range[Duration]{ms(52), ms(52), ms(52)}},
		"{low: 40ms, expected: 52ms, high: 80ms}": {Constant: &Range[Duration]{ms(40), ms(52), ms(80)}},
		"{expected: 52ms, high: 80ms}":            {Constant: &Range[Duration]{ms(52), ms(52), ms(80)}},
		"{mean: 52ms, min: 1ms, max: 9s, p50: 50ms, p90: 60ms, p95: 70ms, p99: 80ms, p99.9: 90ms}": {Summary: &Summary{
			Mean: at(52), Min: at(1), Max: at(9000), P50: at(50), P90: at(60), P95: at(70), P99: at(80), P999: at(90)}},
		"{max: 52.5us}":                       {Summary: &Summary{Max: at(0.0525)}},
		"{lognormal: {mean: 52ms, cv: 0.5}}":  {Lognormal: &Lognormal{ms(52), decimalOf(t, "0.5")}},
		"{exponential: {mean: 52ms}}":         {Exponential: &Exponential{ms(52)}},
		"{uniform: {low: 0ms, high: 9ms}}":    {Uniform: &Uniform{0, ms(9)}},
		"{normal: {mean: 52ms, sd: 3ms}}":     {Normal: &Normal{ms(52), ms(3)}},
		"{buckets: {50ms: 800, 100ms: 1.5K}}": {Buckets: []Bucket{{ms(50), 800}, {ms(100), 1500}}},
		"{run: runs/a, front: alb}":           {Run: &RecordedRun{"runs/a", "alb"}},
		"{front: alb, run: runs/a}":           {Run: &RecordedRun{"runs/a", "alb"}},
		"{run: runs/a}":                       {Run: &RecordedRun{"runs/a", "lb"}},
		"{mixture: [{share: 70%, duration: 30ms}, {share: 0.3, duration: {exponential: {mean: 8ms}}}]}": {Mixture: []Component{
			{portionOf(t, "70%"), Timing{Constant: &Range[Duration]{ms(30), ms(30), ms(30)}}},
			{portionOf(t, "0.3"), Timing{Exponential: &Exponential{ms(8)}}}}},
	}
	for yaml, want := range cases {
		if got := timingOf(t, yaml); !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n got %+v\nwant %+v", yaml, got, want)
		}
	}
	got := timingOf(t, "{p50: 1ms, p99.9: 3ms}").Summary.Percentiles()
	if want := []Percentile{{500, ms(1)}, {999, ms(3)}}; !slices.Equal(got, want) {
		t.Errorf("percentiles %v, want %v", got, want)
	}
}

func TestRangeCertain(t *testing.T) {
	for text, want := range map[string]bool{
		"1.5": true, "{expected: 1.5}": true, "{low: 1.50, expected: 1.5}": true, "{low: 1, expected: 1.5}": false, "{expected: 1.5, high: 2}": false,
	} {
		w := parseWorkload(t, workloadText(t, mistake{old: "kind: alb", new: "kind: alb\n    requests_per_connection: " + text}))
		if got := w.Fronts[0].RequestsPerConnection; got.Certain() != want || got.Expected.String() != "1.5" {
			t.Errorf("%s: %+v certain: %t", text, got, got.Certain())
		}
	}
}

// TestWorkloadPositions has a caller's own errors: an unknown meter at its key, an
// inherited value where defaults has it, and what the file does not say at the nearest
// thing around it.
func TestWorkloadPositions(t *testing.T) {
	usage, fronts := parseWorkload(t, counted), parseWorkload(t, doors)
	for _, c := range []struct {
		w            *Workload
		path         string
		line, column int
	}{
		{usage, "usage.lambda.requests", 4, 3},
		{usage, "account.egress.internet_gb@us-east-1", 7, 3},
		{usage, "usage.nobody", 4, 3},
		{usage, "region", 2, 9},
		{usage, "", 1, 1},
		{fronts, "fronts[1].duration", 12, 15},
		{fronts, "fronts[1].memory", 5, 11},
		{fronts, "fronts[1].region", 10, 5},
		{fronts, "fronts[0].duration.p99.9", 9, 15},
		{fronts, "nobody", 1, 1},
		{&Workload{}, "usage", 1, 0},
	} {
		if line, column := c.w.Position(c.path); line != c.line || column != c.column {
			t.Errorf("%s is at %d:%d, want %d:%d", c.path, line, column, c.line, c.column)
		}
	}
	err := usage.Error(usage.Usage[0].Path, `no meter "lambda.requests"`, "one of the book's")
	if want := `f.yaml:4:3: usage.lambda.requests: no meter "lambda.requests": want one of the book's`; err.Error() != want {
		t.Errorf("error\n got %s\nwant %s", err, want)
	}
}

// TestTimingWithinTheLimit has durations that a function at viewer-request may take,
// 5 s at most, though their forms name longer ones.
func TestTimingWithinTheLimit(t *testing.T) {
	for _, yaml := range []string{
		"5s", "{p50: 1s, max: 5s}", "{buckets: {1s: 5, 6s: 0, 7s: 0}}", "{buckets: {5s: 1, 60s: 1}}", "{lognormal: {mean: 5s, cv: 1}}",
	} {
		parseWorkload(t, workloadText(t, mistake{old: "duration: 5ms", new: "duration: " + yaml}))
	}
}

// A Lambda@Edge function is made in us-east-1; the table that it reads is where
// the workload is, unless the file says otherwise.
func TestWorkloadTableOfAnEdgeFunction(t *testing.T) {
	w := parseWorkload(t, "version: 1\nregion: eu-central-1\ndefaults: {requests_per_month: 1, dynamodb: {reads: 1}}\nfronts: [{id: e, kind: edge-viewer-request}, {id: h, kind: apigw-http, region: eu-west-1}]\n")
	if e, h := w.Fronts[0], w.Fronts[1]; e.Region != "us-east-1" || e.DynamoDB.Region != "eu-central-1" || h.DynamoDB.Region != "eu-west-1" {
		t.Errorf("edge in %s reads in %s, HTTP API reads in %s", e.Region, e.DynamoDB.Region, h.DynamoDB.Region)
	}
}
