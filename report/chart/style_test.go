package chart

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// luminance and contrast as WCAG 2.2 defines them
// (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance, 2026-11-22).
func luminance(t *testing.T, hex string) float64 {
	rgb, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("colour %q", hex)
	}
	part := func(shift int) float64 {
		c := float64(rgb>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	if got := contrast(t, "#777777", "#ffffff"); math.Abs(got-4.48) > 0.005 { // https://webaim.org/resources/contrastchecker/
		t.Fatalf("the contrast of #777777 on white is %.2f, want 4.48", got)
	}
	all := palette()
	for _, n := range neutrals() {
		all = append(all, n.colour)
	}
	for _, c := range all {
		for _, pair := range []struct {
			what, colour, on string
			least            float64
		}{
			{"line on light", c.line, LightBackground, 3},
			{"text on light", c.text, LightBackground, 4.5},
			{"line and text on dark", c.dark, DarkBackground, 4.5},
		} {
			if got := contrast(t, pair.colour, pair.on); got < pair.least {
				t.Errorf("%s, %s: contrast %.2f, want %.1f", pair.what, pair.colour, got, pair.least)
			}
		}
	}
	if len(palette()) != 8 || len(dashes()) != 8 {
		t.Errorf("%d colours and %d patterns, want 8", len(palette()), len(dashes()))
	}
}

// On a dark screen every colour is the dark one: a light rule that is more
// specific than any dark one would stay.
func TestDarkReplacesEachColour(t *testing.T) {
	light, dark, found := strings.Cut(Style(), "@media screen and (prefers-color-scheme:dark){")
	if !found {
		t.Fatal("there is no style for dark screens")
	}
	n := 0
	for line := range strings.SplitSeq(light, "\n") {
		selector, body, _ := strings.Cut(line, "{")
		if !strings.HasPrefix(body, "color:") {
			continue
		}
		n++
		if !strings.Contains(dark, "\n"+selector+"{color:") {
			t.Errorf("%s keeps its light colour", selector)
		}
	}
	if n != 2*(len(palette())+len(neutrals())) {
		t.Errorf("%d rules of colour", n)
	}
}

// No two of the first series look the same: colour, pattern and shape together.
func TestSeriesDiffer(t *testing.T) {
	lines := map[string]int{}
	for i := range 24 {
		key := colorClass(i) + "|" + dashes()[dash(i)]
		if other, ok := lines[key]; ok {
			t.Errorf("lines of series %d and %d look the same", other, i)
		}
		lines[key] = i
	}
}

// A property of any chart: the checker's rules hold for random ones.
func FuzzChart(f *testing.F) {
	for seed := range uint64(60) {
		f.Add(seed, "front")
	}
	f.Add(uint64(7), "a much longer name of a front that somebody gave")
	f.Add(uint64(8), "\xff<&>\"'\x00")
	f.Fuzz(func(t *testing.T, seed uint64, name string) {
		if len(name) > 200 {
			return
		}
		check(t, random(rand.New(rand.NewPCG(seed, 1)), name))
	})
}

// random is a chart of anything.
func random(rng *rand.Rand, name string) *Chart {
	value := func() float64 {
		switch rng.IntN(12) {
		case 0:
			return math.NaN()
		case 1:
			return math.Inf(rng.IntN(3) - 1)
		case 2:
			return 0
		}
		return math.Exp(8 * (rng.Float64() - 0.3))
	}
	scale := func() Scale {
		return []Scale{Linear(value(), value()), Log(value(), value()), Percentile(rng.Float64()), Clock(0, value()), nil}[rng.IntN(5)]
	}
	c := &Chart{ID: name, Title: name, Source: name, X: Axis{Scale: scale(), Title: name}}
	for i := range rng.IntN(10) {
		c.Series = append(c.Series, Series{name[:rng.IntN(len(name)+1)] + strconv.Itoa(i), i})
	}
	for range rng.IntN(3) {
		p := Panel{Y: Axis{Scale: scale(), Title: name}, Height: float64(rng.IntN(3)) * 80}
		if rng.IntN(3) == 0 {
			p.Y.Scale = Category(Row{name, "end", false}, Row{"row", name, true}, Row{})
		}
		if rng.IntN(4) == 0 {
			p.X = &Axis{Scale: scale(), Title: name}
		}
		for range rng.IntN(14) {
			p.Marks = append(p.Marks, mark(rng, rng.IntN(11)-1, name, value))
		}
		c.Panels = append(c.Panels, p)
	}
	return c
}

func mark(rng *rand.Rand, series int, name string, value func() float64) Mark {
	var points []Point
	var band Band
	var spans []Span
	for range rng.IntN(12) {
		points = append(points, Point{value(), value()})
		band.X, band.Lo, band.Hi = append(band.X, value()), append(band.Lo, value()), append(band.Hi, value())
		spans = append(spans, Span{value(), value(), value(), value()})
	}
	band.Series = series
	return []Mark{
		Line{Series: series, Points: points, Step: rng.IntN(2) == 0, Dots: true}, Line{Series: series, Points: points},
		band, Dots{Series: series, Points: points},
		Whisker{Series: series, At: float64(rng.IntN(3)), Point: value(), Lo: value(), Hi: value(), Upright: rng.IntN(2) == 0},
		Bar{Series: series, Row: float64(rng.IntN(3)), From: value(), To: value()},
		Region{Series: series, Spans: spans},
		Strip{Title: name, Parts: []Part{{series, value(), value()}}},
		Rule{At: value(), Text: name, Level: rng.IntN(2) == 0}, Range{From: value(), To: value(), Text: name, Level: rng.IntN(2) == 0},
		Note{At: Point{value(), value()}, Text: name + " " + name, Circle: true, XLo: value(), XHi: value(), YLo: value(), YHi: value()},
	}[rng.IntN(11)]
}
