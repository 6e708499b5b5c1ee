package pricing

import "math"

// seriesError is how much of the sum may be left to the estimate of its tail.
const seriesError = 1e-13

// billedUS is step times the sum over k >= 0 of P(D > k*step): each multiple of
// step that a duration exceeds is one more step to pay.
//
// The sum is taken term by term until the rest of it is known well enough: a
// heavy tail would need more than 10^9 terms.
func (d Distribution) billedUS(step int64) float64 {
	g := float64(step)
	k := d.laterUS / step
	x, end := float64(k*step-d.laterUS), d.end(step)
	terms := compensated{sum: float64(k)} // no duration is as short as what Later added
	for before := 1.0; x < end; x += g {
		p := d.longer(x)
		if x-g >= d.convexFrom && (before-p)/8 <= seriesError*terms.sum {
			return g*terms.sum + d.tail(x, g) - d.tail(end, g)
		}
		terms.add(p)
		before = p
	}
	return g * terms.sum
}

// end is the first point of the series that no duration exceeds; +Inf without
// a timeout.
func (d Distribution) end(step int64) float64 {
	if d.atMostUS == 0 {
		return math.Inf(1)
	}
	steps := (d.atMostUS + d.laterUS + step - 1) / step
	return float64(steps*step - d.laterUS)
}

func (d Distribution) longer(us float64) float64 {
	if us <= 0 {
		return 1
	}
	return d.above(us)
}

// tail is g times the sum of P(D > x), P(D > x+g) and so on. Where P is convex
// the sum is not below the integral from x plus half of the first term
// (trapezoids lie above a convex curve), and not above the integral from x-g/2
// (a rectangle around its middle lies below). The estimate is half way: its
// error is at most g/8 times what P falls from x-g to x.
func (d Distribution) tail(x, g float64) float64 {
	if math.IsInf(x, 1) {
		return 0
	}
	return (d.excess(x) + g*d.above(x)/2 + d.excess(x-g/2)) / 2
}

// compensated is a sum that carries on what rounding loses (Kahan): there may
// be a million terms.
type compensated struct{ sum, lost float64 }

func (c *compensated) add(term float64) {
	y := term - c.lost
	sum := c.sum + y
	c.lost = (sum - c.sum) - y
	c.sum = sum
}
