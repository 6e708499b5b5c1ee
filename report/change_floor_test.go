package report

import (
	"strings"
	"testing"

	"frontdoor/stats"
)

// A change that equal things might have shown too is cautioned, as the verdict of
// one run is.
func TestChangeBelowTheFloor(t *testing.T) {
	floor := 0.36
	slower := func(metric string, ratio float64) Comparison {
		c := Comparison{Metric: metric, A: "url", B: "url", Family: true, Floor: &floor}
		c.Verdict, c.Ratio.Point = stats.Slower, ratio
		return c
	}
	c := &Change{Comparisons: []Comparison{slower("p50", 1.32), slower("p99", 1.4)}}
	r := &Report{Floor: &Floor{}}
	before := &Report{Floor: &Floor{}}
	c.caution(before, r)
	got := strings.Join(c.Cautions, "\n")
	if !strings.Contains(got, "url is slower than before at p50 by less than the noise floor (±36.0 %).") || strings.Contains(got, "p99") {
		t.Errorf("cautions:\n%s", got)
	}
}
