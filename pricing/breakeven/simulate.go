package breakeven

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"frontdoor/pricing"
	"frontdoor/stats"
)

// Draw makes world i: what every front costs in it, and its x, such as the
// month's requests. All fronts share the world, so that what they have in
// common cancels in their differences. A curve without pieces is a front that
// cannot exist in the world.
type Draw func(rng *rand.Rand, i int) (curves []pricing.FloatCurve, x float64, err error)

// Simulation is what Simulate needs besides the worlds.
type Simulation struct {
	Draws int
	Seed  uint64
	// Pairs are those of which the crossing is wanted: where the second front
	// becomes cheaper than the first.
	Pairs [][2]int
	// Material is the difference in dollars from which on cost is a reason to
	// prefer a front.
	Material float64
}

// Outcome is what the worlds say.
type Outcome struct {
	Draws  int
	Fronts []Prospect
	Worlds []World
	Pairs  []Crossover // of Simulation.Pairs
	// Choice is the front with the least regret, among those that fail to exist in
	// the fewest worlds. When all exist in all, it has the lowest mean cost.
	Choice int
	// Close lists the other fronts whose mean cost is less than Material above
	// that of the choice: cost is no reason to prefer it to them.
	Close []int
}

// World is one that was drawn: its x, and what each front costs in it, +Inf for
// one that does not exist.
type World struct {
	X     float64
	Costs []float64
}

// Prospect is what choosing a front means. Regret, Mean and what is below are those
// of the worlds in which the front exists, and NaN when it exists in none.
type Prospect struct {
	Cheapest   float64 // share of worlds in which it is; fronts that tie have equal parts
	Immaterial float64 // share of worlds in which it costs less than Material above the cheapest
	Absent     float64 // share of worlds in which it does not exist
	Regret     float64 // mean cost above the cheapest
	Mean       float64
	Low, High  float64 // cost in all but the lowest and the highest 10 % of worlds
	// The same of the cost for each unit of x, such as a request.
	UnitLow, UnitHigh float64
}

// Crossover is where the second front of a pair first overtakes the first one.
// It counts as +Inf in a world in which it never is the cheaper one, and as 0
// where it is from the start and stays so: High = +Inf reads "above Low or never". Worlds in which
// one of the two does not exist are left out.
type Crossover struct {
	First, Second     int
	Low, Median, High float64 // 10 %, 50 % and 90 % of worlds are below
	Never, Start      float64 // shares of worlds
	Again             float64 // share of worlds in which it loses and wins again
}

// Simulate draws the worlds one after the other from one generator seeded with
// s.Seed, and judges the fronts by them.
func Simulate(s Simulation, draw Draw) (Outcome, error) {
	if s.Draws < 10 {
		return Outcome{}, fmt.Errorf("simulation of %d draws: it needs at least 10", s.Draws)
	}
	if !(s.Material >= 0) {
		return Outcome{}, fmt.Errorf("material difference of %g dollars: it must not be negative", s.Material)
	}
	rng := rand.New(rand.NewPCG(s.Seed, 0))
	t := tally{Simulation: s}
	for i := range s.Draws {
		curves, x, err := draw(rng, i)
		if err == nil {
			err = t.add(curves, x)
		}
		if err != nil {
			return Outcome{}, fmt.Errorf("world %d: %w", i, err)
		}
	}
	return t.outcome(), nil
}

// tally collects worlds.
type tally struct {
	Simulation
	worlds     []World
	costs      [][]float64 // of each front in each world in which it exists
	units      [][]float64 // the same divided by x
	cheapest   []float64
	immaterial []float64
	regret     []float64
	crossings  [][]float64 // of each pair in each world
	again      []int
	pair       sweep
}

func (t *tally) add(curves []pricing.FloatCurve, x float64) error {
	if err := t.admit(curves, x); err != nil {
		return err
	}
	least, winners := math.Inf(1), 0
	costs := make([]float64, len(curves)) // +Inf for a front that does not exist
	for k, c := range curves {
		costs[k] = math.Inf(1)
		if len(c.From) > 0 {
			costs[k] = c.At(x)
			t.costs[k] = append(t.costs[k], costs[k])
			if x > 0 {
				t.units[k] = append(t.units[k], costs[k]/x)
			}
		}
		switch {
		case costs[k] < least:
			least, winners = costs[k], 1
		case costs[k] == least:
			winners++
		}
	}
	for k, c := range curves {
		if len(c.From) == 0 {
			continue
		}
		over := costs[k] - least
		t.regret[k] += over
		if over == 0 {
			t.cheapest[k] += 1 / float64(winners)
		}
		if over < t.Material || over == 0 {
			t.immaterial[k]++
		}
	}
	t.worlds = append(t.worlds, World{x, costs})
	t.cross(curves)
	return nil
}

// cross follows the pairs that exist in this world.
func (t *tally) cross(curves []pricing.FloatCurve) {
	for p, pair := range t.Pairs {
		if len(curves[pair[0]].From) == 0 || len(curves[pair[1]].From) == 0 {
			continue
		}
		x, again := t.pair.firstWin(&curves[pair[0]], &curves[pair[1]])
		t.crossings[p] = append(t.crossings[p], x)
		if again {
			t.again[p]++
		}
	}
}

func (t *tally) admit(curves []pricing.FloatCurve, x float64) error {
	if len(curves) == 0 {
		return errors.New("no cost curves to compare")
	}
	for i := range curves {
		if len(curves[i].From) == 0 && len(curves[i].Intercept) == 0 && len(curves[i].Slope) == 0 {
			continue
		}
		if err := checkCurve(&curves[i]); err != nil {
			return fmt.Errorf("cost curve %d: %w", i, err)
		}
	}
	if !(x >= 0 && finite(x)) {
		return fmt.Errorf("x of %g: it must be finite and not negative", x)
	}
	n := len(curves)
	if t.costs == nil {
		t.costs, t.units, t.crossings, t.again = make([][]float64, n), make([][]float64, n), make([][]float64, len(t.Pairs)), make([]int, len(t.Pairs))
		t.cheapest, t.immaterial, t.regret = make([]float64, n), make([]float64, n), make([]float64, n)
		for _, p := range t.Pairs {
			if min(p[0], p[1]) < 0 || max(p[0], p[1]) >= n || p[0] == p[1] {
				return fmt.Errorf("pair %v: it must name two of the fronts 0 to %d", p, n-1)
			}
		}
	}
	if len(t.costs) != n {
		return fmt.Errorf("%d cost curves, and the worlds before had %d: each needs those of all fronts", n, len(t.costs))
	}
	return nil
}

func (t *tally) outcome() Outcome {
	draws := float64(t.Draws)
	o := Outcome{Draws: t.Draws, Worlds: t.worlds}
	for k, costs := range t.costs {
		n := float64(len(costs))
		p := Prospect{Cheapest: t.cheapest[k] / draws, Immaterial: t.immaterial[k] / draws, Absent: (draws - n) / draws,
			Regret: math.NaN(), Mean: math.NaN(), Low: math.NaN(), High: math.NaN(), UnitLow: math.NaN(), UnitHigh: math.NaN()}
		if n > 0 {
			sorted := stats.Sorted(costs)
			p.Regret, p.Mean, p.Low, p.High = t.regret[k]/n, stats.Mean(costs), stats.Quantile(sorted, 0.1), stats.Quantile(sorted, 0.9)
			units := stats.Sorted(t.units[k])
			p.UnitLow, p.UnitHigh = stats.Quantile(units, 0.1), stats.Quantile(units, 0.9)
		}
		o.Fronts = append(o.Fronts, p)
		if best := o.Fronts[o.Choice]; p.Absent < best.Absent || p.Absent == best.Absent && p.Regret < best.Regret {
			o.Choice = k
		}
	}
	for k, f := range o.Fronts {
		if k != o.Choice && f.Absent == o.Fronts[o.Choice].Absent && f.Mean-o.Fronts[o.Choice].Mean < t.Material {
			o.Close = append(o.Close, k)
		}
	}
	for p, pair := range t.Pairs {
		o.Pairs = append(o.Pairs, crossover(pair, t.crossings[p], t.again[p]))
	}
	return o
}

func crossover(pair [2]int, crossings []float64, again int) Crossover {
	n := float64(len(crossings))
	if n == 0 {
		return Crossover{First: pair[0], Second: pair[1], Low: math.Inf(1), Median: math.Inf(1), High: math.Inf(1), Never: 1}
	}
	c := Crossover{First: pair[0], Second: pair[1], Again: float64(again) / n}
	for _, x := range crossings {
		switch {
		case x == 0:
			c.Start++
		case math.IsInf(x, 1):
			c.Never++
		}
	}
	c.Start, c.Never = c.Start/n, c.Never/n
	sorted := stats.Sorted(crossings)
	c.Low, c.Median, c.High = stats.Quantile(sorted, 0.1), stats.Quantile(sorted, 0.5), stats.Quantile(sorted, 0.9)
	return c
}
