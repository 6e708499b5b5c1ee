package chart

import "math"

type logarithm struct{ from, to float64 }

// Log runs from one positive value to another by equal ratios. An end that is
// not positive is brought to a thousandth of the other.
func Log(from, to float64) Scale {
	if !finite(from) || !finite(to) {
		return logarithm{1, 10}
	}
	if from > to {
		from, to = to, from
	}
	switch {
	case to <= 0:
		return logarithm{1, 10}
	case from <= 0:
		from = to / 1000
	}
	if to/from < 1+1e-9 {
		from, to = from/1.5, to*1.5
	}
	return logarithm{from, to}
}

func (l logarithm) at(v float64) float64 {
	if !(v > 0) {
		return math.Inf(-1)
	}
	return math.Log(v/l.from) / math.Log(l.to/l.from)
}

// ticks are at 1, 2 and 5 of each decade, then at decades, then at every second
// and so on; within less than a decade or so at even steps.
func (l logarithm) ticks() [][]tick {
	var sets [][]tick
	low, high := int(math.Floor(math.Log10(l.from)+1e-9)), int(math.Ceil(math.Log10(l.to)-1e-9))
	if fine := l.within([]float64{1, 2, 5}, low, high, 1); len(fine) >= 3 {
		sets = append(sets, fine)
	} else {
		sets = linear(l).ticks()
		if len(fine) == 2 {
			sets = append(sets, fine)
		}
	}
	for every := 1; every <= max(high-low, 1); every++ {
		if set := l.within([]float64{1}, low, high, every); len(set) >= 2 {
			sets = append(sets, set)
		}
	}
	return sets
}

func (l logarithm) within(digits []float64, low, high, every int) []tick {
	var set []tick
	for k := low; k <= high; k++ {
		if k%every != 0 {
			continue
		}
		for _, m := range digits {
			v := m * math.Pow10(k)
			if k < 0 {
				v = m / math.Pow10(-k)
			}
			if v >= l.from*(1-1e-9) && v <= l.to*(1+1e-9) {
				set = append(set, tick{value: v})
			}
		}
	}
	return set
}
