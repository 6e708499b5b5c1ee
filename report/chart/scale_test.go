package chart

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// labelsOf are a scale's ticks with room for so many labels of five characters.
func labelsOf(s Scale, room int) string {
	a := Axis{Scale: s}
	set := choose(s.ticks(), func(set []tick) []tick {
		var kept []tick
		last := math.Inf(-1)
		for _, t := range set {
			if at := s.at(t.value); at-last >= 1/float64(room)-1e-9 {
				kept, last = append(kept, t), at
			}
		}
		return kept
	})
	var names []string
	for _, t := range set {
		names = append(names, a.name(t))
	}
	return strings.Join(names, " ")
}

// The rules by hand: 1-2-5 steps, as fine as there is room for.
func TestTicks(t *testing.T) {
	for _, c := range []struct {
		scale Scale
		room  int
		want  string
	}{
		{Linear(0, 6), 7, "0 1 2 3 4 5 6"},
		{Linear(0, 6), 4, "0 2 4 6"},
		{Linear(0, 6), 2, "0 5"},
		{Linear(-15, 15), 8, "-15 -10 -5 0 5 10 15"},
		{Linear(0.05, 0.43), 10, "0.05 0.1 0.15 0.2 0.25 0.3 0.35 0.4"}, // and not 0.30000000000000004
		{Linear(1e9, 1.000001e9), 3, "1000000000 1000000500 1000001000"},
		{Whole(1, 12), 12, "1 2 3 4 5 6 7 8 9 10 11 12"},
		{Whole(1, 12), 6, "2 4 6 8 10 12"},
		{Whole(1, 2), 20, "1 2"},
		{Whole(0.2, 0.9), 20, ""},
		{Linear(3, 3), 5, "2.6 2.8 3 3.2 3.4"},
		{Linear(5, 0), 6, "0 1 2 3 4 5"},
		{Linear(math.NaN(), 3), 2, "0 0.5 1"},
		{Log(1, 1000), 12, "1 2 5 10 20 50 100 200 500 1000"},
		{Log(1, 1000), 5, "1 10 100 1000"},
		{Log(1, 1e6), 3, "1 100 10000 1000000"},
		{Log(10, 1e7), 3, "100 10000 1000000"}, // exponents that two divides, wherever the axis begins
		{Log(0.001, 0.1), 8, "0.001 0.002 0.005 0.01 0.02 0.05 0.1"},
		{Log(0.8, 1.25), 6, "0.8 0.9 1 1.1 1.2"}, // no decade in it: even steps
		{Log(40, 150), 4, "50 100 150"},
		{Log(0, 100), 9, "0.1 1 10 100"},
		{Log(-2, -1), 5, "1 2 5 10"},
		{Percentile(0.9999), 20, "0 p50 p90 p95 p99 p99.9 p99.99"},
		{Percentile(0.9999), 8, "0 p90 p99 p99.9 p99.99"},
		{Percentile(0.999), 3, "0 p90 p99 p99.9"},
		{Percentile(0.99), 20, "0 p50 p90 p95 p99"},
		{Percentile(2), 20, "0 p50 p90 p95 p99"},
		{Clock(0, 754), 15, "00:00 01:00 02:00 03:00 04:00 05:00 06:00 07:00 08:00 09:00 10:00 11:00 12:00"},
		{Clock(0, 754), 3, "00:00 05:00 10:00"},
		{Clock(0, 9000), 6, "00:00 30:00 1:00:00 1:30:00 2:00:00 2:30:00"},
		{Clock(0, 20), 5, "00:00 00:05 00:10 00:15 00:20"},
		{Category(Row{Label: "a"}, Row{Label: "b"}), 2, "a b"},
	} {
		if got := labelsOf(c.scale, c.room); got != c.want {
			t.Errorf("%#v with room for %d: %s\nwant %s", c.scale, c.room, got, c.want)
		}
	}
}

// Places computed by hand.
func TestAt(t *testing.T) {
	for _, c := range []struct {
		scale Scale
		v     float64
		want  float64
	}{
		{Linear(10, 20), 12.5, 0.25},
		{Linear(10, 20), 30, 2},
		{Log(1, 100), 10, 0.5},
		{Log(1, 100), 0.1, -0.5},
		{Log(1, 100), 0, math.Inf(-1)},
		{Percentile(0.9999), 0.99, 0.5}, // log 100 / log 10000
		{Percentile(0.9999), 0, 0},
		{Percentile(0.9999), 0.9, 0.25},
		{Percentile(0.9999), 1, math.Inf(1)},
		{Clock(0, 60), 15, 0.25},
		{Category(make([]Row, 4)...), 1, 0.375},
	} {
		if got := c.scale.at(c.v); got != c.want && math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%#v at %g: %g, want %g", c.scale, c.v, got, c.want)
		}
	}
}

// A label moves as little as it must.
func TestPush(t *testing.T) {
	for _, c := range []struct{ want, got []float64 }{
		{nil, nil},
		{[]float64{50}, []float64{50}},
		{[]float64{-5}, []float64{0}},
		{[]float64{200}, []float64{100}},
		{[]float64{20, 60}, []float64{20, 60}},
		{[]float64{50, 50}, []float64{45, 55}},
		{[]float64{50, 52, 90}, []float64{46, 56, 90}},
		{[]float64{98, 99, 100}, []float64{80, 90, 100}},
		{[]float64{40, 44, 48, 52}, []float64{31, 41, 51, 61}},
	} {
		if got := push(c.want, 10, 0, 100); !slices.Equal(got, c.got) {
			t.Errorf("%v went to %v, want %v", c.want, got, c.got)
		}
	}
}

// The law: the order is kept, neighbours are a line apart, and all lie inside
// when there is room at all.
func FuzzPush(f *testing.F) {
	f.Add([]byte{1, 2, 3}, 10.0)
	f.Add([]byte{200, 200, 200, 0}, 60.0)
	f.Add([]byte{}, 1.0)
	f.Fuzz(func(t *testing.T, raw []byte, gap float64) {
		if !(gap > 0.01 && gap < 1e4) {
			return
		}
		var want []float64
		for _, b := range raw {
			want = append(want, float64(b))
		}
		slices.Sort(want)
		got := push(want, gap, 0, 255)
		if len(got) != len(want) {
			t.Fatalf("%d positions for %d", len(got), len(want))
		}
		for i, y := range got {
			if i > 0 && y-got[i-1] < gap*(1-1e-9) {
				t.Errorf("%v: less than %g apart", got, gap)
			}
			if room := float64(len(want)-1) * gap; y < -1e-9 || room <= 255 && y > 255+1e-6 {
				t.Errorf("%v leaves 0 to 255", got)
			}
		}
	})
}

// Each column keeps its extremes and the middle; no point off the axis counts.
func TestDownsample(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		points []Point
		want   []Column
	}{
		{nil, nil},
		{[]Point{{1, 5}, {2, 9}, {3, 1}, {4, 2}}, []Column{{2.5, 1, 3.5, 9}}},
		{[]Point{{3, 1}, {1, 5}, {2, 90}}, []Column{{2, 1, 5, 90}}},
		{[]Point{{1, 5}, {99, 7}, {100, 8}, {101, 1}, {-1, 1}, {2, nan}}, []Column{{1, 5, 5, 5}, {99.5, 7, 7.5, 8}}},
	} {
		if got := Downsample(c.points, 10, Linear(0, 100).at); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.points, got, c.want)
		}
	}
}

// A peak of one among many thousands stays in the drawing, at its height.
func TestPeakIsDrawn(t *testing.T) {
	c := timelineSample()
	d := c.render(Wide())
	peak, found := d.plots[0].y(190), false
	for _, m := range regexp.MustCompile(` d="([^"]*)"`).FindAllStringSubmatch(c.SVG(Wide()), -1) {
		for _, q := range places(t, m[1]) {
			found = found || math.Abs(q.Y-peak) <= 0.05
		}
	}
	if !found {
		t.Errorf("nothing is at the height %.1f of the peak", peak)
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		s    string
		room float64
		fit  string
		wrap []string
	}{
		{"one two three", 20, "one two three", []string{"one two three"}},
		{"one two three", 5, "one tw…", []string{"one two", "three"}}, // 612+634+616+318+393+818+1090 thousandths
		{"one\ntwo", 20, "one two", []string{"one", "two"}},
		{"MMMMMM", 3, "MM…", []string{"MM…"}}, // 0.863 each, … 1.09
		{"", 5, "", nil},
		{"abc", 0.1, "", nil},
	} {
		if got, lines := fit(c.s, c.room, false), wrap(c.s, c.room); got != c.fit || !slices.Equal(lines, c.wrap) {
			t.Errorf("%q in %g: %q and %q, want %q and %q", c.s, c.room, got, lines, c.fit, c.wrap)
		}
	}
	if got := fmt.Sprintf("%.3f %.3f", width("Wide 12", false), width("Wide 12", true)); got != "4.110 4.583" { // 989+278+635+616+318+2*637 and 1104+343+716+679+349+2*696
		t.Errorf("widths %s", got)
	}
}
