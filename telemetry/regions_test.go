package telemetry

import (
	"strings"
	"testing"

	"frontdoor/front"
)

// A front that is one name for two Regions has the invocations of both: sums and
// extremes of all, steps of all, and no percentile, which nobody knows of all.
func TestFurtherRegions(t *testing.T) {
	f := everyFront(front.APIGatewayREST)
	w := newWorld(t, f)
	w.sent(f, 5)
	w.invoke(f, at("12:00:15"), 10, 20, 130)
	other := f
	other.Region, other.FunctionIn = "us-west-2", "us-west-2"
	w.invoke(other, at("12:03:15"), 5, 40)
	w.put(f, "Count", at("12:00:15"), 1, 1, 1)
	w.put(other, "Count", at("12:03:15"), 1, 1)
	w.run.Fronts[0].Also = []string{"us-west-2"}
	m := w.collect(t)[0]
	for _, c := range []struct {
		name, stat string
		want       float64
	}{
		{"Invocations", "Sum", 5}, {"Count", "Sum", 5}, {"Duration", "Sum", 205}, {"Duration", "SampleCount", 5},
		{"Duration", "Minimum", 5}, {"Duration", "Maximum", 130},
	} {
		wantValue(t, m, c.name, c.stat, c.want)
		if got, want := metric(t, m, c.name, c.stat).Region, f.Region+", us-west-2"; got != want {
			t.Errorf("%s of %q, want %q", c.name, got, want)
		}
	}
	for _, x := range m.Metrics {
		if strings.HasPrefix(x.Stat, "p") || x.Stat == "Average" {
			t.Errorf("%s of %s is there", x.Stat, x.Name)
		}
	}
	if *m.Coverage.Invocations != 5 || len(m.Steps) != 3 {
		t.Errorf("%d invocations, %d kinds of steps", *m.Coverage.Invocations, len(m.Steps))
	}
	if got := m.Steps[2].Counts; len(got) != 2 || got[0] != 4 || got[1] != 1 { // of 100 ms
		t.Errorf("%v", got)
	}
	for _, p := range m.Problems {
		if strings.Contains(p, "invocations") || strings.Contains(p, "steps") {
			t.Error(p)
		}
	}
}
