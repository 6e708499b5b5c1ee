package gate

import (
	"fmt"
	"math"
	"slices"
)

// combination is a sum of samples, a plain number being an exact one: one side of
// a gate for one front, or the difference of both.
type combination struct {
	unit  Dimension
	parts []part
}

type part struct {
	sign   float64 // 1 or -1
	metric bool    // measured, not a plain number
	Sample
}

// gather asks s for the figures of sum; metrics that name no front are meant for front.
func gather(sum Sum, unit Dimension, front string, s Source) (combination, error) {
	c := combination{unit: unit}
	for _, t := range sum {
		p := part{sign: 1, Sample: Sample{Point: t.Quantity}}
		if t.Minus {
			p.sign = -1
		}
		if m := t.Metric; m != nil {
			of := front
			if m.Front != "" {
				of = m.Front
			}
			var err error
			p.metric = true
			if p.Sample, err = s.Sample(of, *m); err != nil {
				return c, fmt.Errorf("%s: %w", m.of(of), err)
			}
			if err := p.check(unit); err != nil {
				return c, fmt.Errorf("%s %w", m.of(of), err)
			}
		}
		c.parts = append(c.parts, p)
	}
	return c, nil
}

// minus is c - d.
func (c combination) minus(d combination) combination {
	difference := combination{c.unit, slices.Clone(c.parts)}
	for _, p := range d.parts {
		p.sign = -p.sign
		difference.parts = append(difference.parts, p)
	}
	return difference
}

// measured says whether a metric is in c.
func (c combination) measured() bool {
	return slices.ContainsFunc(c.parts, func(p part) bool { return p.metric })
}

// from says whether a part has draws by that method.
func (c combination) from(m Method) bool {
	return slices.ContainsFunc(c.parts, func(p part) bool { return p.From == m })
}

func (c combination) exact() bool { return !c.from(Rounds) && !c.from(Worlds) }

// lone says whether c is one metric and nothing else.
func (c combination) lone() bool { return len(c.parts) == 1 && c.parts[0].sign > 0 }

func (c combination) point() float64 {
	sum := 0.0
	for _, p := range c.parts {
		sum += p.sign * p.Point
	}
	return sum
}

// draws adds up the parts draw by draw, which keeps what they have in common, and
// leaves out draws of nothing but rounds without values, as stats.Interval does.
// The error says why they cannot be.
func (c combination) draws() ([]float64, error) {
	var sum []float64
	for _, p := range c.parts {
		switch {
		case p.From == Exact:
			continue
		case len(p.Draws) < 2:
			return nil, fmt.Errorf("no interval: a figure has %d draws and needs 2 or more", len(p.Draws))
		case sum == nil:
			sum = make([]float64, len(p.Draws))
		case len(sum) != len(p.Draws):
			return nil, fmt.Errorf("no interval: one figure has %d draws and another %d", len(sum), len(p.Draws))
		}
	}
	for i := range sum {
		for _, p := range c.parts {
			if p.From == Exact {
				sum[i] += p.sign * p.Point
			} else {
				sum[i] += p.sign * p.Draws[i]
			}
		}
	}
	some := slices.DeleteFunc(sum, math.IsNaN)
	if sum != nil && len(some) < 2 {
		return nil, fmt.Errorf("no interval: %d draws hold values and 2 or more are needed", len(some))
	}
	return some, nil
}

// rounds is the smallest number of rounds that a part was drawn from; 0 without any.
func (c combination) rounds() int {
	return c.least(func(p part) (int, bool) { return p.Rounds, p.From == Rounds })
}

// values is the smallest number of values that a metric rests on.
func (c combination) values() int {
	return c.least(func(p part) (int, bool) { return p.N, p.metric })
}

func (c combination) least(of func(part) (n int, counts bool)) int {
	least, found := 0, false
	for _, p := range c.parts {
		if n, counts := of(p); counts && (!found || n < least) {
			least, found = n, true
		}
	}
	return least
}
