package breakeven

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"frontdoor/pricing"
)

// probes are places where the envelope is looked at: random ones, every
// breakpoint and crossing, and a hair to both sides of each.
func probes(rng *rand.Rand, curves []pricing.Curve, e Envelope, from, to pricing.Quantity, n int) []pricing.Quantity {
	hair := pricing.Ratio(1, 1e12)
	var all []pricing.Quantity
	for range n {
		all = append(all, from.Add(to.Sub(from).Mul(pricing.Ratio(rng.Int64N(1e9), 1e9))))
	}
	around := func(x pricing.Quantity) { all = append(all, x, x.Add(hair), x.Sub(hair)) }
	around(from)
	for _, c := range curves {
		for _, p := range c.Pieces {
			around(p.From)
		}
	}
	for _, c := range e.Crossings {
		around(c.X)
	}
	return slices.DeleteFunc(all, func(x pricing.Quantity) bool { return x.Cmp(from) < 0 || x.Cmp(to) >= 0 })
}

// checkEnvelope holds e against the definition at the probes and returns what
// is wrong, "" when nothing is.
func checkEnvelope(curves []pricing.Curve, e Envelope, from, to pricing.Quantity, at []pricing.Quantity, jumps bool) string {
	if len(e.Segments) != len(e.Crossings)+1 || !e.Segments[0].From.Equal(from) || !e.Segments[len(e.Segments)-1].To.Equal(to) {
		return fmt.Sprintf("%d segments and %d crossings do not cover %s to %s", len(e.Segments), len(e.Crossings), from, to)
	}
	for i, c := range e.Crossings {
		a, b := e.Segments[i], e.Segments[i+1]
		before, after := inForce(curves[c.From], c.X), inForce(curves[c.To], c.X)
		equal := before.At(c.X).Equal(after.At(c.X))
		switch {
		case a.From.Cmp(a.To) >= 0 || !a.To.Equal(c.X) || !b.From.Equal(c.X):
			return fmt.Sprintf("segments %d and %d do not meet at %s", i, i+1, c.X)
		case c.From == c.To || c.From != a.Curve || c.To != b.Curve:
			return fmt.Sprintf("crossing %d is from %d to %d, the segments are of %d and %d", i, c.From, c.To, a.Curve, b.Curve)
		case equal == c.Jump || c.Jump && !jumps:
			return fmt.Sprintf("crossing at %s: costs equal %t, jump %t", c.X, equal, c.Jump)
		case !c.SlopeFrom.Equal(before.Slope) || !c.SlopeTo.Equal(after.Slope):
			return fmt.Sprintf("crossing at %s: slopes %s and %s", c.X, c.SlopeFrom, c.SlopeTo)
		}
	}
	for _, x := range at {
		want := cheapest(curves, x)
		if got := winner(e, x); got != want {
			return fmt.Sprintf("at %s curve %d wins, not %d", x, got, want)
		}
		p := inForce(curves[want], x)
		for i := range curves {
			q := inForce(curves[i], x)
			same := i != want && p.Slope.Equal(q.Slope) && p.Intercept.Equal(q.Intercept)
			if tied(e, want, i, x) != same {
				return fmt.Sprintf("at %s curve %d and the cheapest, %d, are one line: %t, the envelope says otherwise", x, i, want, same)
			}
		}
	}
	return ""
}

// TestLowerIsTheDefinition compares the envelope with the definition, exactly,
// at more than 100,000 places of random worlds.
func TestLowerIsTheDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	probed, crossings, ties, again := 0, 0, 0, 0
	for n := range 2000 {
		coarse, jumps := n%2 == 0, n%5 == 0
		curves := world(rng, coarse, jumps)
		from, to := pricing.Quantity{}, reach(coarse)
		if n%3 == 0 {
			from = to.Mul(pricing.Ratio(rng.Int64N(50), 100))
		}
		e, err := Lower(curves, from, to)
		if err != nil {
			t.Fatal(err)
		}
		at := probes(rng, curves, e, from, to, 40)
		if problem := checkEnvelope(curves, e, from, to, at, jumps); problem != "" {
			t.Fatalf("world %d: %s\n%v\n%v", n, problem, curves, e)
		}
		probed, crossings, ties, again = probed+len(at), crossings+len(e.Crossings), ties+len(e.Ties), again+len(e.Again())
	}
	if probed < 100_000 || crossings < 1000 || ties < 100 || again < 20 {
		t.Errorf("worlds too plain: %d probes, %d crossings, %d ties, %d came back", probed, crossings, ties, again)
	}
}

// What float64 decides must be what exact arithmetic decides.
func TestFilterChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range 400 {
		coarse := n%2 == 0
		curves := world(rng, coarse, n%5 == 0)
		filtered, err := Lower(curves, pricing.Quantity{}, reach(coarse))
		if err != nil {
			t.Fatal(err)
		}
		s := sweep{wantTies: true}
		if err := s.load(curves); err != nil {
			t.Fatal(err)
		}
		s.unit = math.Inf(1)
		if exact := s.lower(pricing.Quantity{}, reach(coarse)); !reflect.DeepEqual(filtered, exact) {
			t.Fatalf("world %d: filtered %v\nexact %v", n, filtered, exact)
		}
	}
}

// Numbers that differ by less than float64 can hold are told apart, and so are
// some that are outside of its range.
func TestLowerBeyondFloat64(t *testing.T) {
	huge, tiny := pricing.Ratio(1, 1), pricing.Ratio(1, 1)
	for range 25 {
		huge = huge.Mul(pricing.Count(1e18))
		tiny = tiny.Div(pricing.Count(1e18))
	}
	one := usd(t, "1")
	for name, scale := range map[string]pricing.Quantity{"as bills": pricing.Count(1), "above 1e308": huge, "below 1e-308": tiny} {
		// 16 + x against 16.00000000000000000001 + 0.99999999999999999999 x: they meet at 1.
		line := func(intercept, slope string) pricing.Curve {
			return pricing.Curve{Pieces: []pricing.Piece{{Intercept: usd(t, intercept).Mul(scale), Slope: usd(t, slope).Mul(scale)}}}
		}
		curves := []pricing.Curve{line("16", "1"), line("16.00000000000000000001", "0.99999999999999999999")}
		e, err := Lower(curves, pricing.Quantity{}, pricing.Count(2))
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Crossings) != 1 || !e.Crossings[0].X.Equal(pricing.Count(1)) || e.Crossings[0].From != 0 || e.Crossings[0].To != 1 ||
			e.Crossings[0].Jump || len(e.Ties) != 0 || !e.Crossings[0].SlopeFrom.Equal(one.Mul(scale)) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// A curve that is nowhere below the cheapest changes nothing, wherever it
// stands; and the order of curves does not matter where none are tied.
func TestLowerOfMoreAndOfOthers(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for n := range 300 {
		curves := world(rng, n%2 == 0, false)
		to := reach(n%2 == 0)
		e, _ := Lower(curves, pricing.Quantity{}, to)
		dearer := pricing.Curve{Front: "dearer"}
		for _, p := range curves[rng.IntN(len(curves))].Pieces {
			p.Intercept = p.Intercept.Add(dollars(1, 1e6))
			dearer.Pieces = append(dearer.Pieces, p)
		}
		if more, _ := Lower(append(slices.Clone(curves), dearer), pricing.Quantity{}, to); !reflect.DeepEqual(e, more) {
			t.Fatalf("world %d: %v\nwith a dearer curve: %v", n, e, more)
		}
		order := rng.Perm(len(curves))
		shuffled := make([]pricing.Curve, len(curves))
		for i, k := range order {
			shuffled[i] = curves[k]
		}
		other, _ := Lower(shuffled, pricing.Quantity{}, to)
		for _, x := range probes(rng, curves, e, pricing.Quantity{}, to, 10) {
			a, b := winner(e, x), order[winner(other, x)]
			if a != b && !(tied(e, a, b, x) && tied(other, slices.Index(order, b), slices.Index(order, a), x)) {
				t.Fatalf("world %d: at %s curve %d wins, shuffled %d, and they are not tied", n, x, a, b)
			}
		}
	}
}

func TestLowerRefuses(t *testing.T) {
	flat := func(froms ...int64) pricing.Curve {
		c := pricing.Curve{Front: "door"}
		for _, f := range froms {
			c.Pieces = append(c.Pieces, pricing.Piece{From: pricing.Count(f)})
		}
		return c
	}
	for _, c := range []struct {
		curves   []pricing.Curve
		from, to int64
		want     string
	}{
		{nil, 0, 1, "no cost curves to compare"},
		{[]pricing.Curve{flat()}, 0, 1, `cost curve of front "door": it has no pieces`},
		{[]pricing.Curve{flat(1)}, 0, 1, `cost curve of front "door": its first piece begins at 1, not at 0`},
		{[]pricing.Curve{flat(0, 5, 5)}, 0, 1, `cost curve of front "door": piece 3 begins at 5, not above 5, where piece 2 begins`},
		{[]pricing.Curve{flat(0)}, 1, 1, "range of 1 to 1: it must begin at 0 or more and end above its beginning"},
		{[]pricing.Curve{flat(0)}, -1, 1, "range of -1 to 1: it must begin at 0 or more and end above its beginning"},
	} {
		if _, err := Lower(c.curves, pricing.Count(c.from), pricing.Count(c.to)); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if _, err := Pair(flat(0), flat(2)); err == nil || !strings.Contains(err.Error(), "begins at 2, not at 0") {
		t.Errorf("Pair: %v", err)
	}
}

// FuzzLower: whatever the curves are, the envelope is the definition.
func FuzzLower(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed, seed%2 == 0, seed%3 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, coarse, jumps bool) {
		rng := rand.New(rand.NewPCG(seed, 9))
		curves := world(rng, coarse, jumps)
		e, err := Lower(curves, pricing.Quantity{}, reach(coarse))
		if err != nil {
			t.Fatal(err)
		}
		at := probes(rng, curves, e, pricing.Quantity{}, reach(coarse), 20)
		if problem := checkEnvelope(curves, e, pricing.Quantity{}, reach(coarse), at, jumps); problem != "" {
			t.Fatalf("%s\n%v\n%v", problem, curves, e)
		}
	})
}
