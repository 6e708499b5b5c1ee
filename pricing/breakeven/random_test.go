package breakeven

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"frontdoor/pricing"
)

func usd(t testing.TB, s string) pricing.USD {
	t.Helper()
	u, err := pricing.ParseUSD(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func quantity(t testing.TB, s string) pricing.Quantity {
	t.Helper()
	q, err := pricing.ParseQuantity(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// dollars is num/den dollars.
func dollars(num, den int64) pricing.USD {
	one, _ := pricing.ParseUSD("1")
	return one.Mul(pricing.Ratio(num, den))
}

// tiered is the continuous curve that begins at fixed and has the slopes
// between the breakpoints; breaks[0] is 0.
func tiered(front string, fixed pricing.USD, breaks []pricing.Quantity, slopes []pricing.USD) pricing.Curve {
	c := pricing.Curve{Front: front}
	intercept := fixed
	for i, from := range breaks {
		if i > 0 {
			intercept = intercept.Add(slopes[i-1].Sub(slopes[i]).Mul(from))
		}
		c.Pieces = append(c.Pieces, pricing.Piece{From: from, Intercept: intercept, Slope: slopes[i]})
	}
	return c
}

// world draws a set of curves. Coarse ones have few different numbers, so that
// ties, shared breakpoints and crossings at breakpoints are common; fine ones
// look like months of requests. A first slope of 0 is a free band.
func world(rng *rand.Rand, coarse, jumps bool) []pricing.Curve {
	curves := make([]pricing.Curve, 1+rng.IntN(7))
	for i := range curves {
		breaks := []pricing.Quantity{{}}
		var slopes []pricing.USD
		for range 1 + rng.IntN(5) {
			last := breaks[len(breaks)-1]
			if coarse {
				breaks = append(breaks, last.Add(pricing.Ratio(1+rng.Int64N(4), 1+rng.Int64N(2))))
				slopes = append(slopes, dollars(rng.Int64N(5), 1+rng.Int64N(2)))
			} else {
				breaks = append(breaks, last.Add(pricing.Ratio(1+rng.Int64N(1e10), 1+rng.Int64N(9))))
				slopes = append(slopes, dollars(1+rng.Int64N(1e4), 1e10))
			}
		}
		breaks = breaks[:len(slopes)]
		if rng.IntN(3) == 0 {
			slopes[0] = pricing.USD{}
		}
		fixed := dollars(rng.Int64N(4), 1)
		if !coarse {
			fixed = dollars(rng.Int64N(1e7), 1e4)
		}
		curves[i] = tiered("f"+strconv.Itoa(i), fixed, breaks, slopes)
		if jumps && rng.IntN(2) == 0 {
			k := rng.IntN(len(breaks))
			curves[i].Pieces[k].Intercept = curves[i].Pieces[k].Intercept.Add(dollars(rng.Int64N(5)-2, 1))
		}
	}
	return curves
}

// reach is a place right of which nothing of a world happens but crossings.
func reach(coarse bool) pricing.Quantity {
	if coarse {
		return pricing.Count(30)
	}
	return pricing.Count(2e11)
}

// inForce is the piece of c right of x, found by looking at all of them.
func inForce(c pricing.Curve, x pricing.Quantity) pricing.Piece {
	found := c.Pieces[0]
	for _, p := range c.Pieces {
		if p.From.Cmp(x) <= 0 {
			found = p
		}
	}
	return found
}

// cheapest is the definition that Lower must meet: least cost, then least
// slope, then first.
func cheapest(curves []pricing.Curve, x pricing.Quantity) int {
	best := 0
	for i := range curves {
		p, q := inForce(curves[i], x), inForce(curves[best], x)
		c := p.At(x).Cmp(q.At(x))
		if c < 0 || c == 0 && p.Slope.Cmp(q.Slope) < 0 {
			best = i
		}
	}
	return best
}

// winner reads the cheapest curve at x from the envelope's segments.
func winner(e Envelope, x pricing.Quantity) int {
	for i := len(e.Segments) - 1; i >= 0; i-- {
		if e.Segments[i].From.Cmp(x) <= 0 {
			return e.Segments[i].Curve
		}
	}
	return -1
}

// tied reports whether the envelope says that from x on curve i costs what the
// cheapest, curve, does.
func tied(e Envelope, curve, i int, x pricing.Quantity) bool {
	for _, t := range e.Ties {
		if t.Curve == curve && t.With == i && t.From.Cmp(x) <= 0 && x.Cmp(t.To) < 0 {
			return true
		}
	}
	return false
}

func sortQuantities(xs []pricing.Quantity) {
	slices.SortFunc(xs, pricing.Quantity.Cmp)
}
