package gate

import (
	"fmt"
	"slices"
	"strings"
)

// Proof is what CanFail found.
type Proof struct {
	Fails    bool
	Step     Step   // the smallest change found that makes the gate fail; the zero Step when none is needed
	Sentence string // "fails when latencies are 1.5 times as long", or "cannot fail: ..."
}

// CanFail looks for the smallest change of a record that makes g fail, since a
// gate that nothing makes fail guards nothing. judge judges g on the same record
// with a step applied; an error of it is returned. A step never changes more than
// one front when g names fronts, as a change of all would leave their order alone.
//
// Only what moves g's metrics is tried: latencies for times, failures for shares,
// prices for money, fewer and more requests for counts. A larger step in the same
// direction is taken to fail too, so that a ladder of n steps takes about log2(n)
// calls of judge.
func CanFail(g Gate, judge func(Step) ([]Result, error)) (Proof, error) {
	t := trial{judge: judge}
	if failed, err := t.fails(Step{}); err != nil || failed {
		return Proof{Fails: failed, Sentence: "fails as it is"}, err
	}
	best, found, shortest := Step{}, false, -1
	for _, ladder := range g.ladders() {
		if shortest >= 0 {
			ladder = ladder[:min(shortest, len(ladder))] // only a smaller change is of interest
		}
		i, err := t.first(ladder)
		if err != nil {
			return Proof{}, err
		}
		if i < len(ladder) {
			best, found, shortest = ladder[i], true, i
		}
	}
	if !found {
		return Proof{Sentence: "cannot fail: " + t.refuted()}, nil
	}
	return Proof{true, best, "fails when " + best.String()}, nil
}

// ladders are those of g's dimension, for each front that g names.
func (g Gate) ladders() [][]Step {
	fronts := g.Fronts()
	if len(fronts) == 0 {
		fronts = []string{""}
	}
	slices.Sort(fronts)
	var all [][]Step
	for _, front := range slices.Compact(fronts) {
		for _, ladder := range g.Dimension().ladders() {
			for i := range ladder {
				ladder[i].Front = front
			}
			all = append(all, ladder)
		}
	}
	return all
}

// trial tries steps and remembers what became of the furthest of each ladder.
type trial struct {
	judge func(Step) ([]Result, error)
	last  Outcome
	ends  []string
}

func (t *trial) fails(s Step) (bool, error) {
	results, err := t.judge(s)
	if err != nil {
		return false, fmt.Errorf("judge the gate where %s: %w", s, err)
	}
	t.last = Worst(results)
	return slices.ContainsFunc(results, func(r Result) bool { return r.Outcome == Fail }), nil
}

// first is the index of the first step of the ladder that fails, or its length.
// The far end may be invalid without telling anything (no request is left): then
// the next smaller step speaks for the ladder.
func (t *trial) first(ladder []Step) (int, error) {
	for end := len(ladder) - 1; end >= 0; end-- {
		failed, err := t.fails(ladder[end])
		if err != nil {
			return 0, err
		}
		if failed {
			return t.bisect(ladder[:end])
		}
		if t.last != Invalid || end == 0 {
			t.ends = append(t.ends, fmt.Sprintf("%s when %s", t.last, ladder[end]))
			break
		}
	}
	return len(ladder), nil
}

// bisect is the index of the first step that fails; the one after the last is
// known to.
func (t *trial) bisect(ladder []Step) (int, error) {
	low, high := 0, len(ladder)
	for low < high {
		middle := (low + high) / 2
		failed, err := t.fails(ladder[middle])
		if err != nil {
			return 0, err
		}
		if failed {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low, nil
}

// refuted says what was tried in vain.
func (t *trial) refuted() string {
	if len(t.ends) == 0 {
		return "it has no metric that anything moves"
	}
	return "it is " + strings.Join(t.ends, ", ")
}
