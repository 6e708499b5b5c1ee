package chart

import (
	"math"
	"math/rand/v2"
	"strconv"
)

// samples are charts of every kind, of made-up figures.
func samples() map[string]*Chart {
	return map[string]*Chart{
		"percentiles": percentilesSample(),
		"forest":      forestSample(),
		"cost":        costSample(),
		"phase":       phaseSample(),
		"tornado":     tornadoSample(),
		"timeline":    timelineSample(),
		"dots":        dotsSample(),
	}
}

func fourSeries() []Series {
	return []Series{{"alb", 0}, {"http-api", 1}, {"function-url", 2}, {"lambda-edge", 3}}
}

func percentilesSample() *Chart {
	c := &Chart{ID: "p", Title: "Latency by percentile", Desc: "Four lines that meet on the right.", Source: "LAB, loopback", Series: fourSeries(),
		X: Axis{Scale: Percentile(0.9999), Title: "percentile of requests"}}
	var marks []Mark
	for i := range c.Series {
		var b Band
		var l Line
		for _, q := range []float64{0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999} {
			y := 10*math.Pow(1+float64(i)/3, 1-q*q) - 3*math.Log(1-q)*(2-q)
			l.Points = append(l.Points, Point{q, y})
			b.X, b.Lo, b.Hi = append(b.X, q), append(b.Lo, y*(1-0.1*q*q)), append(b.Hi, y*(1+0.1*q*q))
		}
		b.Series, l.Series = i, i
		marks = append(marks, b, l)
	}
	c.Panels = []Panel{{Y: Axis{Scale: Log(5, 100), Title: "response time, ms (log)"}, Marks: marks}}
	return c
}

func forestSample() *Chart {
	return &Chart{ID: "f", Title: "Differences", Desc: "Three comparisons.", X: Axis{Scale: Log(0.5, 1.6), Title: "ratio of p99 (log)"},
		Panels: []Panel{{Y: Axis{Scale: Category(
			Row{"http-api / alb, p50", "slower", false},
			Row{"function-url / alb, p50", "equivalent", false},
			Row{"lambda-edge / alb, p99", "inconclusive", true})},
			Marks: []Mark{
				Range{From: 0.95, To: 1.05},
				Rule{At: 1, Class: Ink},
				Whisker{At: 0, Point: 1.3, Lo: 1.21, Hi: 1.39, Class: Bad},
				Whisker{At: 1, Point: 1.01, Lo: 0.99, Hi: 1.03, Class: Ink},
				Whisker{At: 2, Point: 0.8, Lo: 0.3, Hi: math.Inf(1), Class: Muted, Pale: true},
			}}}}
}

func costSample() *Chart {
	c := &Chart{ID: "c", Title: "Cost by volume", Desc: "A curve that falls below flat lines.", Series: fourSeries(),
		X: Axis{Scale: Log(1e5, 3e9), Title: "requests a month (log)", Format: short}}
	var marks []Mark
	marks = append(marks, Range{From: 7e6, To: 32e6, Text: "forecast"})
	for i, flat := range []float64{0.8, 1.7, 1.6, 2.2} {
		l := Line{Series: i}
		for x := 1e5; x <= 3.1e9; x *= 1.3 {
			y := flat
			if i == 0 {
				y += 18e6 / x
			}
			l.Points = append(l.Points, Point{x, y})
		}
		marks = append(marks, l)
	}
	marks = append(marks,
		Note{At: Point{18e6 / 0.8, 1.6}, Text: "alb is cheaper than function-url from 22.5M\n80 % of worlds: 18M to 31M", Circle: true, XLo: 18e6, XHi: 31e6},
		Note{At: Point{20e6, 1.7}, Text: "alb is cheaper than http-api from 20M", Circle: true},
		Strip{Title: "cheapest:", Parts: []Part{{2, 1e5, 22.5e6}, {0, 22.5e6, 3e9}}})
	c.Panels = []Panel{{Y: Axis{Scale: Linear(0, 6), Title: "USD per million requests", Format: func(v float64) string { return "$" + plain(v) }}, Marks: marks}}
	return c
}

func short(v float64) string {
	switch {
	case v >= 1e9:
		return plain(v/1e9) + "B"
	case v >= 1e6:
		return plain(v/1e6) + "M"
	}
	return plain(v/1e3) + "k"
}

func phaseSample() *Chart {
	c := &Chart{ID: "d", Title: "Cheapest front", Desc: "Three areas.", Series: fourSeries()[:3],
		X: Axis{Scale: Log(1e5, 1e10), Title: "requests a month (log)", Format: short}}
	var spans [3][]Span
	for i := range 60 {
		y0, y1 := math.Pow(10, 4*float64(i)/60), math.Pow(10, 4*float64(i+1)/60)
		edge, under := 1e7*math.Exp(-y0/900), 0
		if y0 >= 500 {
			edge, under = 5e6, 2
		}
		spans[under] = append(spans[under], Span{y0, y1, 1e5, edge})
		spans[1] = append(spans[1], Span{y0, y1, edge, 1e10})
	}
	var marks []Mark
	for i, s := range spans {
		marks = append(marks, Region{Series: i, Spans: s})
	}
	marks = append(marks, Note{At: Point{15e6, 20}, XLo: 7e6, XHi: 32e6, YLo: 10, YHi: 60, Circle: true, Text: "you are here: 15M x 20 ms"})
	c.Panels = []Panel{{Y: Axis{Scale: Log(1, 1e4), Title: "billed duration, ms (log)"}, Marks: marks}}
	return c
}

func tornadoSample() *Chart {
	return &Chart{ID: "t", Title: "What moves the decision", Desc: "Two bars.", X: Axis{Scale: Linear(-15, 15), Title: "USD a month to the next front"},
		Panels: []Panel{{Y: Axis{Scale: Category(
			Row{"requests a month, 7M to 32M", "-$11.30 to $10.36", false},
			Row{"response size, 2 to 20 kB", "$2.28 to $7.43", false},
			Row{"billed duration, 15 to 60 ms", "moves nothing", true})},
			Marks: []Mark{
				Bar{Row: 0, From: -11.3, To: 0, Class: Bad},
				Bar{Row: 0, From: 0, To: 10.36, Class: Good},
				Bar{Row: 1, From: 2.28, To: 7.43, Class: Good},
				Rule{At: 0, Class: Ink},
				Rule{At: 3.43, Dashed: true, Class: Ink},
			}}}}
}

func timelineSample() *Chart {
	rng := rand.New(rand.NewPCG(1, 2))
	c := &Chart{ID: "tl", Title: "The run", Desc: "Noise, and a peak.", Series: fourSeries()[:2], X: Axis{Scale: Clock(0, 754), Title: "time of the run, mm:ss"}}
	var marks, late []Mark
	for i := range 2 {
		l, s := Line{Series: i}, Line{Series: i, Step: true}
		for k := range 4000 * (1 - i) { // one line of many points, one of none
			y := 20 + 10*float64(i) + 3*rng.NormFloat64()
			if k == 1234 {
				y = 190
			}
			l.Points = append(l.Points, Point{float64(k) * 754 / 4000, y})
		}
		for k := range 12 {
			s.Points = append(s.Points, Point{float64(k) * 65, 0.2 + 0.1*rng.Float64()})
		}
		if i == 1 {
			l.Points = []Point{{10, 30}, {300, 35}, {700, 31}}
		}
		marks, late = append(marks, l), append(late, s)
	}
	c.Panels = []Panel{
		{Y: Axis{Scale: Log(10, 200), Title: "response time, ms (log)"}, Marks: marks},
		{Y: Axis{Scale: Linear(0, 0.5), Title: "send lateness p99, ms"}, Height: 90, Marks: late},
	}
	return c
}

func dotsSample() *Chart {
	c := &Chart{ID: "e", Title: "Eras", Desc: "Dots in rows.", X: Axis{Scale: Linear(0, 120), Title: "USD a month"}}
	var rows []Row
	var marks []Mark
	for i := range 9 {
		c.Series = append(c.Series, Series{"front number " + strconv.Itoa(i), i})
	}
	for era, name := range []string{"until 2020-11-30, 100 ms", "2020-12-01 to 2025-07-31, 1 ms", "from 2025-08-01, with Init"} {
		rows = append(rows, Row{Label: name})
		for i := range c.Series {
			marks = append(marks, Dots{Series: i, Points: []Point{{float64(10*i + 3*era + 8), float64(era) + float64(i-4)*0.08}}})
		}
	}
	c.Panels = []Panel{{Y: Axis{Scale: Category(rows...)}, Height: 60, Marks: marks}}
	return c
}
