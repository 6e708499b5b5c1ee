package breakeven

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The three numbers come back as the quantiles that they are.
func TestSpreadKeepsItsQuantiles(t *testing.T) {
	for name, c := range map[string]struct {
		fit    func() (Variable, error)
		values [3]float64
	}{
		"lognormal":     {Spread{5, 10, 20}.Positive, [3]float64{5, 10, 20}},
		"two pieces":    {Spread{7e6, 15e6, 90e6}.Positive, [3]float64{7e6, 15e6, 90e6}},
		"one side":      {Spread{10, 10, 20}.Positive, [3]float64{10, 10, 20}},
		"known":         {Spread{10, 10, 10}.Positive, [3]float64{10, 10, 10}},
		"zero":          {Spread{}.Positive, [3]float64{}},
		"share":         {Spread{0.01, 0.05, 0.5}.Share, [3]float64{0.01, 0.05, 0.5}},
		"share of none": {Spread{}.Share, [3]float64{}},
		"share of all":  {Spread{1, 1, 1}.Share, [3]float64{1, 1, 1}},
		"uniform":       {func() (Variable, error) { return Uniform(0, 10) }, [3]float64{1, 5, 9}},
	} {
		v, err := c.fit()
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(1, 1))
		const draws = 20_000
		below := 0
		for range draws {
			if v.Draw(rng) < c.values[1] {
				below++
			}
		}
		// 20,000 draws have a standard error of 0.35 points.
		if share := float64(below) / draws; c.values[0] < c.values[1] && math.Abs(share-0.5) > 0.014 || c.values[0] == c.values[1] && below > 0 && name != "known" && name != "one side" {
			t.Errorf("%s: %g of draws are below the expected value", name, share)
		}
		for i, p := range []float64{0.1, 0.5, 0.9} {
			if got := v.Quantile(p); math.Abs(got-c.values[i]) > 1e-12*c.values[i]+1e-15 {
				t.Errorf("%s: %g of values are below %g, want %g", name, p, got, c.values[i])
			}
		}
	}
}

// A lognormal quantity with median 10 and 90 % point 20 has 97.5 % point
// 10*exp(1.959964*ln(2)/1.281552) = 28.866, and a share with median 1/2 and
// 90 % point 3/4 has 1/(1+exp(-1.959964*ln(3)/1.281552)) = 0.84294 (Python).
func TestSpreadTails(t *testing.T) {
	quantity, _ := Spread{5, 10, 20}.Positive()
	part, _ := Spread{0.25, 0.5, 0.75}.Share()
	if got := quantity.Quantile(0.975); math.Abs(got-28.866) > 0.001 {
		t.Errorf("quantity: %g", got)
	}
	if got := part.Quantile(0.975); math.Abs(got-0.84294) > 0.00002 {
		t.Errorf("share: %g", got)
	}
}

func TestSpreadRefuses(t *testing.T) {
	for _, c := range []struct {
		fit  func() (Variable, error)
		want string
	}{
		{Spread{0, 1, 2}.Positive, "positive spread of 0, 1, 2: 0 must be above 0"},
		{Spread{1, 3, 2}.Positive, "positive spread of 1, 3, 2: the three must not fall"},
		{Spread{1, 2, math.Inf(1)}.Positive, "positive spread of 1, 2, +Inf: +Inf must be above 0"},
		{Spread{0.1, 0.5, 1}.Share, "share spread of 0.1, 0.5, 1: 1 must be between 0 and 1"},
		{Spread{0.5, 0.1, 0.6}.Share, "share spread of 0.5, 0.1, 0.6: the three must not fall"},
		{func() (Variable, error) { return Uniform(2, 1) }, "uniform between 2 and 1: the bounds must be finite and not fall"},
	} {
		if _, err := c.fit(); text(err) != c.want {
			t.Errorf("got %q, want %q", text(err), c.want)
		}
	}
	if got := (Variable{}).At(1); got != 0 {
		t.Errorf("the zero variable is %g", got)
	}
}
