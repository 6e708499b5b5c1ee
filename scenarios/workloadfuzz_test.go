package scenarios

import (
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// workloadLaw is what holds for every text: an error is an *Error with a line of the
// file, on one line; what is accepted says something, in order, and the schema accepts
// it too.
func workloadLaw(t *testing.T, schema *jsonschema.Schema, data []byte) {
	t.Helper()
	w, err := ParseWorkload("f.yaml", data)
	if err != nil {
		e, ok := err.(*Error)
		if !ok {
			t.Fatalf("error is a %T: %v", err, err)
		}
		// What YAML takes for the end of a line.
		lines := 1
		for _, end := range []string{"\n", "\r", "\u0085", "\u2028", "\u2029"} {
			lines += strings.Count(string(data), end)
		}
		if e.Line < 1 || e.Line > lines || e.Problem == "" || strings.ContainsAny(e.Error(), "\r\n") {
			t.Errorf("error %q has line %d of %d", err, e.Line, lines)
		}
		return
	}
	if (len(w.Usage) == 0) == (len(w.Fronts) == 0) {
		t.Errorf("accepted a workload with %d meters and %d fronts", len(w.Usage), len(w.Fronts))
	}
	for _, f := range w.Fronts {
		if n := f.RequestsPerMonth; n.Low < 1 || n.Low > n.Expected || n.Expected > n.High || len(f.HourlyProfile) != 24 {
			t.Errorf("accepted %+v", f)
		}
	}
	for _, a := range w.Usage {
		var again Decimal
		if err := again.set(literal{text: a.Quantity.String()}); len(a.Quantity.String()) <= 18 && (err != nil || again.Cmp(a.Quantity) != 0) {
			t.Errorf("%s is written %s, which reads as %s, %v", a.Path, a.Quantity, again, err)
		}
	}
	if err := schema.Validate(instance(t, data)); err != nil {
		t.Errorf("the schema refuses what ParseWorkload accepts: %v", err)
	}
}

func FuzzParseWorkload(f *testing.F) {
	f.Add([]byte(doors))
	f.Add([]byte(counted))
	for _, m := range workloadMistakes() {
		f.Add([]byte(workloadText(f, m)))
	}
	for _, info := range Workloads() {
		data, _ := WorkloadNamed(info.Name)
		f.Add(data)
	}
	schema := compile(f, WorkloadSchema)
	f.Fuzz(func(t *testing.T, data []byte) { workloadLaw(t, schema, data) })
}

// workloadSpots are places where a value of each notation fits.
func workloadSpots() []mistake {
	spots := []mistake{
		{old: "52ms", new: "@"},
		{old: "3M", new: "@"},
		{old: "lambda.requests:", new: "@:"},
		{old: "15M", new: "@"},
		{old: "15M", new: "{expected: @}"},
		{old: "region: eu-west-1", new: "requests_per_month: @"},
	}
	for _, field := range []string{"hours_per_month", "response_size", "requests_per_connection", "cold", "dynamodb", "rules", "log_kept_gb_months"} {
		spots = append(spots, mistake{old: "kind: alb", new: "kind: alb\n    " + field + ": @"})
	}
	for _, field := range []string{"viewers", "https", "cache_hit_ratio", "events"} {
		spots = append(spots, mistake{old: "kind: edge-viewer-request", new: "kind: edge-viewer-request\n    " + field + ": @"})
	}
	for _, shape := range []string{"{p50: @}", "{lognormal: {mean: 1ms, cv: @}}", "{buckets: {1ms: @}}", "{buckets: {@: 1}}", "{mixture: [{share: @, duration: 1ms}]}", "{mixture: [{share: 1, duration: @}]}", "{run: @}"} {
		spots = append(spots, mistake{old: "52ms", new: shape})
	}
	return spots
}

// FuzzWorkloadValue puts any text in the place of a value.
func FuzzWorkloadValue(f *testing.F) {
	for i, m := range workloadSpots() {
		workloadText(f, m)
		for _, value := range []string{
			"12", "-0", "007", "1_000", "0x1F", "1e3", "1E+99", "1.50", ".5", ".inf", "~", "true", "2025-06-01", "\"\"", "\"12\"",
			"1m30s", "6KiB", "15M", "1.5B", "20%", "100%", "128MB", "{us: 1}", "[viewer-request]", "{share: 1%, init: 1s}", "{reads: 1}",
			"{low: 1, expected: 2, high: 3}", "{low: 1ms, expected: 2ms}", "{p99.9: 1s}", "a.b@eu-west-1", "runs/a",
		} {
			f.Add(uint8(i), value)
		}
	}
	schema := compile(f, WorkloadSchema)
	f.Fuzz(func(t *testing.T, spot uint8, value string) {
		m := workloadSpots()[int(spot)%len(workloadSpots())]
		workloadLaw(t, schema, []byte(workloadText(t, mistake{old: m.old, new: strings.Replace(m.new, "@", value, 1)})))
	})
}
