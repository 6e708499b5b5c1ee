package chart

import (
	"math"
	"slices"
	"strconv"
)

// Scale places values on an axis.
type Scale interface {
	// at is where v lies, 0 at the beginning of the axis and 1 at its end; outside
	// of these off the axis, and NaN nowhere.
	at(v float64) float64
	// ticks are sets of ticks, the finest first, each rising. Any set will do.
	ticks() [][]tick
}

// tick is a value with a label of its own; "" takes the axis' format.
type tick struct {
	value float64
	label string
}

var (
	_ Scale = linear{}
	_ Scale = whole{}
	_ Scale = logarithm{}
	_ Scale = percentile{}
	_ Scale = clock{}
	_ Scale = category{}
)

type linear struct{ from, to float64 }

// Linear runs from one value to another. Ends that are no range, or no numbers,
// are widened to one.
func Linear(from, to float64) Scale { return newLinear(from, to) }

func newLinear(from, to float64) linear {
	switch {
	case !finite(from) || !finite(to) || math.IsInf(to-from, 0):
		return linear{0, 1}
	case from > to:
		from, to = to, from
	}
	if to-from <= 1e-9*math.Max(math.Abs(from), math.Abs(to)) {
		half := math.Max(math.Abs(from)/10, 0.5)
		return linear{from - half, to + half}
	}
	return linear{from, to}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func (l linear) at(v float64) float64 { return (v - l.from) / (l.to - l.from) }

func (l linear) ticks() [][]tick {
	var sets [][]tick
	power := int(math.Floor(math.Log10(l.to-l.from))) - 2
	for k := power; k < power+4; k++ {
		for _, m := range []float64{1, 2, 5} {
			if set := multiples(l.from, l.to, m, k); len(set) >= 2 && len(set) <= 25 {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

type whole struct{ linear }

// Whole is Linear with ticks at whole numbers only.
func Whole(from, to float64) Scale { return whole{newLinear(from, to)} }

func (w whole) ticks() [][]tick {
	var sets [][]tick
	for _, set := range w.linear.ticks() {
		if !slices.ContainsFunc(set, func(t tick) bool { return t.value != math.Trunc(t.value) }) {
			sets = append(sets, set)
		}
	}
	if len(sets) == 0 {
		return [][]tick{multiples(w.from, w.to, 1, 0)}
	}
	return sets
}

// multiples are the multiples of m times ten to the power k within a range. They
// are the floats nearest to the decimal numbers: 0.3, not 0.30000000000000004.
func multiples(from, to, m float64, k int) []tick {
	step := m * math.Pow10(k)
	if step == 0 || (to-from)/step > 1000 {
		return nil
	}
	var set []tick
	for i := math.Ceil(from/step - 1e-9); i <= math.Floor(to/step+1e-9); i++ {
		v := i * m * math.Pow10(k)
		if k < 0 {
			v = i * m / math.Pow10(-k)
		}
		set = append(set, tick{value: v + 0}) // + 0: no negative zero
	}
	return set
}

// plain is a number as a tick shows it when nothing else is asked for.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
