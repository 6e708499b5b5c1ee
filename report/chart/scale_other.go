package chart

import (
	"fmt"
	"math"
	"strings"
)

type percentile struct{ last float64 }

// Percentile runs from 0 to a last share of values below, such as 0.9999, by the
// logarithm of one over the share above: each step of the same width keeps a
// tenth. Values are shares from 0 to below 1.
func Percentile(last float64) Scale {
	if !(last > 0 && last < 1) {
		last = 0.99
	}
	return percentile{last}
}

func (p percentile) at(v float64) float64 {
	if !(v < 1) {
		return math.Inf(1)
	}
	return math.Log(1-v) / math.Log(1-p.last)
}

// ticks thin out from the whole list to the ends of it.
func (p percentile) ticks() [][]tick {
	var sets [][]tick
	for _, list := range [][]float64{
		{0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999},
		{0, 0.5, 0.9, 0.99, 0.999, 0.9999},
		{0, 0.9, 0.99, 0.999, 0.9999},
		{0.5, 0.99, 0.9999},
	} {
		var set []tick
		for _, v := range list {
			if v <= p.last+1e-12 {
				set = append(set, tick{v, quantileName(v)})
			}
		}
		sets = append(sets, set)
	}
	return sets
}

func quantileName(q float64) string {
	if q == 0 {
		return "0"
	}
	return "p" + strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.4f", q*100), "0"), ".")
}

type clock struct{ linear }

// Clock runs over seconds and is written as minutes and seconds, mm:ss.
func Clock(from, to float64) Scale { return clock{newLinear(from, to)} }

func (c clock) ticks() [][]tick {
	var sets [][]tick
	for _, step := range []float64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400} {
		if n := (c.to - c.from) / step; n > 25 {
			continue
		}
		var set []tick
		for i := math.Ceil(c.from / step); i*step <= c.to; i++ {
			set = append(set, tick{i * step, clockName(i * step)})
		}
		if len(set) >= 2 {
			sets = append(sets, set)
		}
	}
	if len(sets) == 0 {
		return c.linear.ticks()
	}
	return sets
}

func clockName(seconds float64) string {
	s, sign := int64(seconds), ""
	if s < 0 {
		s, sign = -s, "-"
	}
	if s >= 3600 {
		return fmt.Sprintf("%s%d:%02d:%02d", sign, s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%s%02d:%02d", sign, s/60, s%60)
}

// Row is a line of a chart by categories.
type Row struct {
	Label string
	End   string // what is written at the other end of the row
	Pale  bool   // less important than the others
}

type category struct{ rows []Row }

// Category has a place for each row: row i lies at the value i, the first on
// top when it is the y axis.
func Category(rows ...Row) Scale { return category{rows} }

func (c category) at(v float64) float64 { return (v + 0.5) / float64(max(len(c.rows), 1)) }

func (c category) ticks() [][]tick {
	var set []tick
	for i, r := range c.rows {
		set = append(set, tick{float64(i), r.Label})
	}
	return [][]tick{set}
}
