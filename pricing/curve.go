package pricing

// Curve is a front's cost of a month as a function of one quantity x: its
// requests, or the billed milliseconds of an invocation. It is continuous and
// piecewise linear, since every price is a graduated tier.
type Curve struct {
	Front  string
	Pieces []Piece // by From, the first at 0
}

// Piece is Intercept + Slope*x for x from From to the next piece.
type Piece struct {
	From             Quantity
	Intercept, Slope USD
}

// FloatCurve is a Curve in float64, for sweeps and simulations only: no printed
// bill comes from it. The slices have one element for each piece.
type FloatCurve struct {
	From, Intercept, Slope []float64
}
