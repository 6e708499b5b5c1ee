package worlds

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"frontdoor/stats"
)

// The claims of docs/error-rates.md, at fewer sessions and with fixed seeds. The
// bounds leave room for chance: with 400 sessions a share of 5 % has a standard
// error of 1.1 points.

// falseWinnersOf counts sessions of two equal fronts that end with a winner.
func falseWinnersOf(w World, s session, f stats.Figure, times int) Cell {
	e := Experiment{Title: "claims", Columns: []string{"false"}, Times: times, Rows: []Row{{w.Name, func(rng *rand.Rand) []Outcome {
		return []Outcome{winner(s.run(w, rng), f, rng.Uint64())}
	}}}}
	return e.Measure(1)[0][0]
}

func TestFalseWinnersAreRare(t *testing.T) {
	times := 150
	if raced {
		times = 20 // enough to look for races; the claim is held without them
	}
	for _, w := range Worlds() {
		c := falseWinnersOf(w, equal(2, 10, 100, blocks), p50(), times)
		if c.Of != times || !raced && c.Share() > 0.07 {
			t.Errorf("%s: %d of %d sessions of equal fronts have a winner", w.Name, c.Yes, c.Of)
		}
	}
}

// What the claims are worth shows in what is caught: the same sessions judged by
// requests name a winner in a quarter of them where requests are correlated, and
// in nearly all that drift and are not shuffled.
func TestHabitsAreCaught(t *testing.T) {
	for _, c := range []struct {
		world World
		order order
		least float64
	}{
		{Worlds()[1], blocks, 0.15}, {Worlds()[2], blocks, 0.5}, {Worlds()[5], sequential, 0.8},
	} {
		e := Experiment{Columns: []string{"false"}, Times: 60, Rows: []Row{{c.world.Name, func(rng *rand.Rand) []Outcome {
			times := equal(2, 10, 400, c.order).run(c.world, rng)
			return []Outcome{outcome(stats.RankSum(flat(times[0]), flat(times[1])) < rule().Alpha)}
		}}}}
		if got := e.Measure(1)[0][0].Share(); got < c.least {
			t.Errorf("%s: tests of requests are wrong in %.0f %% of sessions, and were in more than %.0f %%", c.world.Name, 100*got, 100*c.least)
		}
	}
}

// heavy skips what takes some twenty seconds of a processor.
func heavy(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("simulations: not with -short, nor under the race detector")
	}
}

func TestFalseWinnersAreRareInLongSessions(t *testing.T) {
	heavy(t)
	for _, w := range Worlds() {
		if c := falseWinnersOf(w, equal(2, 10, 200, blocks), p50(), 400); c.Share() > 0.07 {
			t.Errorf("%s, p50: %d of %d sessions of equal fronts have a winner", w.Name, c.Yes, c.Of)
		}
	}
	for _, w := range Worlds()[2:5] {
		if c := falseWinnersOf(w, equal(2, 10, 400, blocks), p99(), 150); c.Share() > 0.07 {
			t.Errorf("%s, p99: %d of %d sessions of equal fronts have a winner", w.Name, c.Yes, c.Of)
		}
	}
}

func TestFalseWinnersAreRareInFamilies(t *testing.T) {
	heavy(t)
	e := families(150)
	e.Rows = e.Rows[4:6]
	for i, cells := range e.Measure(1) {
		for k := range 2 {
			if cells[k].Share() > 0.07 {
				t.Errorf("%s, %s: %d of %d sessions have a false winner", e.Rows[i].Name, e.Columns[k], cells[k].Yes, cells[k].Of)
			}
		}
		if cells[2].Share() < 0.15 {
			t.Errorf("%s: ten tests at 5 %% are wrong in %.0f %% of sessions only: the families are no test of Holm", e.Rows[i].Name, 100*cells[2].Share())
		}
	}
}

// Intervals of one front at 12 rounds of 500; where bursts are, p99 is refused in
// many sessions, and the bound is on those that are left.
func TestIntervalsCoverTheTruth(t *testing.T) {
	heavy(t)
	for _, w := range Worlds()[:5] {
		e := Experiment{Title: "own", Columns: make([]string, 4), Times: 200, Rows: []Row{{w.Name, func(rng *rand.Rand) []Outcome {
			return ownCovered(w, size{12, 500}, rng)
		}}}}
		cells := e.Measure(1)[0]
		t.Logf("%s: p50 %.3f of %d, p99 %.3f of %d", w.Name, cells[0].Share(), cells[0].Of, cells[1].Share(), cells[1].Of)
		if cells[0].Of != 200 || cells[0].Share() < 0.9 {
			t.Errorf("%s: intervals of p50 hold the truth in %d of %d sessions", w.Name, cells[0].Yes, cells[0].Of)
		}
		if cells[1].Of > 100 && cells[1].Share() < 0.88 {
			t.Errorf("%s: intervals of p99 hold the truth in %d of %d sessions", w.Name, cells[1].Yes, cells[1].Of)
		}
	}
}

func TestRatiosCoverTheTruth(t *testing.T) {
	heavy(t)
	for _, c := range []struct {
		world World
		size  size
		times int
	}{
		{Worlds()[4], size{12, 500}, 200}, {Worlds()[5], size{6, 500}, 200}, {Worlds()[3], size{6, 2000}, 150},
	} {
		e := Experiment{Title: "ratios", Columns: make([]string, 6), Times: c.times, Rows: []Row{{c.world.Name, func(rng *rand.Rand) []Outcome {
			return ratioCovered(c.world, c.size, rng)
		}}}}
		cells := e.Measure(1)[0]
		what := fmt.Sprintf("%s, %s", c.world.Name, c.size)
		for k, least := range []float64{0.9, 0.9, 0.86, 0.86} {
			t.Logf("%s: %.3f of %d", what, cells[k].Share(), cells[k].Of)
			if cells[k].Of < c.times/2 || cells[k].Share() < least {
				t.Errorf("%s: interval %d holds the true ratio in %d of %d sessions", what, k, cells[k].Yes, cells[k].Of)
			}
		}
	}
}

// A difference of just more than the margin is called equivalent in 2.5 % of
// sessions, and one of 10 % is found in most of ten rounds.
func TestVerdictsOfUnequalFronts(t *testing.T) {
	heavy(t)
	for _, w := range []World{Worlds()[0], Worlds()[4], Worlds()[7]} {
		e := Experiment{Title: "unequal", Columns: make([]string, 2), Times: 250, Rows: []Row{{w.Name, func(rng *rand.Rand) []Outcome {
			return []Outcome{equivalent(w, pair(12, 500, outside), rng), found(w, pair(10, 400, 1.1), rng)[0]}
		}}}}
		cells := e.Measure(1)[0]
		if cells[0].Share() > 0.05 {
			t.Errorf("%s: %d of %d pairs outside of the margin are called equivalent", w.Name, cells[0].Yes, cells[0].Of)
		}
		if cells[1].Share() < 0.6 {
			t.Errorf("%s: 10 %% is found in %d of %d sessions", w.Name, cells[1].Yes, cells[1].Of)
		}
	}
}
