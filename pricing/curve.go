package pricing

import "sort"

// Curve is a front's cost of a month as a function of one quantity x: its
// requests, or the billed milliseconds of an invocation. It is continuous and
// piecewise linear, since every price is a graduated tier.
type Curve struct {
	Front  string
	Pieces []Piece // by From, the first at 0
}

// At is the cost at x, which must not be below the first piece.
func (c Curve) At(x Quantity) USD {
	after := sort.Search(len(c.Pieces), func(i int) bool { return c.Pieces[i].From.Cmp(x) > 0 })
	return c.Pieces[after-1].At(x)
}

// Float is the curve in float64, each number within 2 units in the last place.
func (c Curve) Float() FloatCurve {
	n := len(c.Pieces)
	all := make([]float64, 3*n)
	f := FloatCurve{From: all[:n:n], Intercept: all[n : 2*n : 2*n], Slope: all[2*n:]}
	for i := range c.Pieces {
		f.From[i], f.Intercept[i], f.Slope[i] = c.Pieces[i].From.Float(), c.Pieces[i].Intercept.Float(), c.Pieces[i].Slope.Float()
	}
	return f
}

// Piece is Intercept + Slope*x for x from From to the next piece.
type Piece struct {
	From             Quantity
	Intercept, Slope USD
}

// At is the cost at x on the line that the piece is a part of.
func (p Piece) At(x Quantity) USD { return p.Intercept.Add(p.Slope.Mul(x)) }

// Meets is the x at which the lines of both pieces cost the same, whether or
// not the pieces reach that far; false when the lines are parallel.
func (p Piece) Meets(q Piece) (Quantity, bool) {
	slope := p.Slope.Sub(q.Slope)
	if slope.Sign() == 0 {
		return Quantity{}, false
	}
	return Quantity{q.Intercept.Sub(p.Intercept).n.div(slope.n)}, true
}

// FloatCurve is a Curve in float64, for sweeps and simulations only: no printed
// bill comes from it. The slices have one element for each piece.
type FloatCurve struct {
	From, Intercept, Slope []float64
}

// At is the cost at x, which must not be below the first piece.
func (c FloatCurve) At(x float64) float64 {
	last := 0
	for last+1 < len(c.From) && c.From[last+1] <= x {
		last++
	}
	return c.Intercept[last] + c.Slope[last]*x
}
