// Package breakeven says which of several cost curves is the cheapest, where
// that changes, and how sure one can be of it.
//
//	[]pricing.Curve       -> Lower, Pair         exact: segments, crossings, ties
//	[]pricing.FloatCurve  -> FloatLower, Phase   float64: for charts
//	worlds drawn at random -> Simulate           shares, regret, intervals
//	one input at a time    -> Sensitivity        what would change the choice
//
// Everything is a pure function of its arguments. A quantity x is what a curve
// is a function of; which one, requests or milliseconds, this package does not
// know. docs/breakeven.md explains the algorithm.
package breakeven
