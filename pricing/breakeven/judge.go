package breakeven

import (
	"cmp"
	"math"

	"frontdoor/pricing"
)

// Units of error, relative to the magnitudes that go into a number.
//
// roundoff covers what float64 can do to a decision about exact curves. Let
// u = 2^-53. A number of a pricing.FloatCurve made by Curve.Float is within 4u
// of the exact one. A cost I + S*x then has an error of at most 4u|I| from the
// intercept, 9u|S*x| from slope, x and the product, and u(|I|+|S*x|) from the
// sum: less than 11u(|I|+|S*x|), second-order terms included. A difference
// I-J of two numbers has less than 6u(|I|+|J|). 16u leaves room for the
// rounding of the bounds themselves. Fused multiply-add only makes it less.
//
// tolerance is for curves that are float64 from the beginning, whose own
// rounding errors, a few u for each tier, are not differences of cost.
const (
	roundoff  = 16.0 / (1 << 53)
	tolerance = 1e-12
)

// judge decides which of two numbers is the lesser: by float64 where the
// difference exceeds any error that float64 can have made, else by exact
// arithmetic. Without exact curves a closer difference counts as none.
type judge struct {
	lines []pricing.FloatCurve
	exact []pricing.Curve // nil: there is nothing but the lines
	piece []int           // the piece in force of each curve
	unit  float64         // +Inf: nothing is left to float64
}

// level holds the costs of all curves at one place, with bounds of their
// errors. At an endless place slopes stand in for costs.
type level struct {
	at            point
	value, margin []float64
}

func (l *level) reset(n int) {
	if cap(l.value) < n {
		l.value, l.margin = make([]float64, n), make([]float64, n)
	}
	l.value, l.margin = l.value[:n], l.margin[:n]
}

func (j *judge) reset(lines []pricing.FloatCurve, exact []pricing.Curve) {
	j.lines, j.exact, j.unit = lines, exact, tolerance
	if exact != nil {
		j.unit = roundoff
	}
	j.piece = j.piece[:0]
	for range lines {
		j.piece = append(j.piece, 0)
	}
}

func (j *judge) breakpoint(i int) point {
	p := point{f: j.lines[i].From[j.piece[i]+1]}
	if j.exact != nil {
		p.exact = j.exact[i].Pieces[j.piece[i]+1].From
	}
	return p
}

func (j *judge) evaluate(l *level, at point) {
	l.at = at
	for i := range j.lines {
		slope := j.lines[i].Slope[j.piece[i]]
		if at.endless {
			l.value[i], l.margin[i] = slope, j.unit*math.Abs(slope)
			continue
		}
		intercept := j.lines[i].Intercept[j.piece[i]]
		rest := slope * at.f
		l.value[i], l.margin[i] = intercept+rest, j.unit*(math.Abs(intercept)+math.Abs(rest))
	}
}

// decided is the sign of a difference when float64 can tell. No bound and no
// difference means that both are exactly zero.
func decided(difference, margin float64) (int, bool) {
	switch {
	case difference > margin:
		return 1, true
	case difference < -margin:
		return -1, true
	}
	return 0, margin == 0
}

// sign is that of cost a minus cost b at the level.
func (j *judge) sign(l *level, a, b int) int {
	sign, ok := decided(l.value[a]-l.value[b], l.margin[a]+l.margin[b])
	if ok || j.exact == nil {
		return sign
	}
	p, q := j.inForce(a), j.inForce(b)
	if l.at.endless {
		return p.Slope.Cmp(q.Slope)
	}
	return p.At(l.at.exact).Cmp(q.At(l.at.exact))
}

// slopes is the sign of slope a minus slope b.
func (j *judge) slopes(a, b int) int {
	sign, ok := decided(j.difference(a, b, slopeOf))
	if ok || j.exact == nil {
		return sign
	}
	return j.inForce(a).Slope.Cmp(j.inForce(b).Slope)
}

// same reports whether both are one and the same line.
func (j *judge) same(a, b int) bool {
	slope, slopeKnown := decided(j.difference(a, b, slopeOf))
	if slope != 0 {
		return false
	}
	intercept, interceptKnown := decided(j.difference(a, b, interceptOf))
	if intercept != 0 || j.exact == nil || slopeKnown && interceptKnown {
		return intercept == 0
	}
	p, q := j.inForce(a), j.inForce(b)
	return p.Slope.Equal(q.Slope) && p.Intercept.Equal(q.Intercept)
}

// order is the sign of p - q.
func (j *judge) order(p, q point) int {
	switch {
	case q.endless:
		return -1 // breakpoints have an end
	case j.exact == nil:
		return cmp.Compare(p.f, q.f)
	}
	if sign, ok := decided(p.f-q.f, j.unit*(p.f+q.f)); ok {
		return sign
	}
	return p.exact.Cmp(q.exact)
}

// roots is the sign of where a falls below leader minus where b does.
func (j *judge) roots(leader, a, b int) int {
	if j.exact == nil {
		return cmp.Compare(j.meeting(leader, a), j.meeting(leader, b))
	}
	lowA, highA := j.bounds(leader, a)
	lowB, highB := j.bounds(leader, b)
	switch {
	case highA < lowB:
		return -1
	case highB < lowA:
		return 1
	}
	// Both meet the leader: their slopes are lower.
	x, _ := j.inForce(leader).Meets(j.inForce(a))
	y, _ := j.inForce(leader).Meets(j.inForce(b))
	return x.Cmp(y)
}

// bounds encloses the x at which a, which has a lower slope, falls below the
// leader at an x that is not negative.
func (j *judge) bounds(leader, a int) (low, high float64) {
	rise, riseMargin := j.difference(a, leader, interceptOf)
	fall, fallMargin := j.difference(leader, a, slopeOf)
	low, high = (rise-riseMargin)/(fall+fallMargin), math.Inf(1)
	if fall > fallMargin {
		high = (rise + riseMargin) / (fall - fallMargin)
	}
	return low, high
}

func (j *judge) meeting(leader, a int) float64 {
	rise, _ := j.difference(a, leader, interceptOf)
	fall, _ := j.difference(leader, a, slopeOf)
	return rise / fall
}

// root is the place between x and end at which a falls below the leader.
func (j *judge) root(leader, a int, x, end point) point {
	if j.exact != nil {
		q, _ := j.inForce(leader).Meets(j.inForce(a))
		return point{f: q.Float(), exact: q}
	}
	f := max(x.f, j.meeting(leader, a))
	if !end.endless {
		f = min(f, end.f)
	}
	return point{f: f}
}

func slopeOf(c *pricing.FloatCurve, piece int) float64     { return c.Slope[piece] }
func interceptOf(c *pricing.FloatCurve, piece int) float64 { return c.Intercept[piece] }

// difference is a number of a less that of b, with a bound of its error.
func (j *judge) difference(a, b int, of func(*pricing.FloatCurve, int) float64) (difference, margin float64) {
	p, q := of(&j.lines[a], j.piece[a]), of(&j.lines[b], j.piece[b])
	return p - q, j.unit * (math.Abs(p) + math.Abs(q))
}

func (j *judge) inForce(i int) pricing.Piece { return j.exact[i].Pieces[j.piece[i]] }
