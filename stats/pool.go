package stats

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// pool is the values of rounds in one ascending order, each with the round that
// it came from. With it a resample of rounds needs no sort: it is a pass that
// counts each value as often as its round was drawn.
type pool struct {
	rounds [][]float64 // as given, in time order
	each   [][]float64 // rounds, each sorted
	sums   []float64   // of each round
	sorted []float64   // all values
	owner  []int32     // the round of each of them

	// Most of a pass skips whole blocks: tally holds how many values of each
	// round are in each block of sorted, by block and then by round.
	block int
	tally []int32
}

func newPool(rounds [][]float64) *pool {
	p := &pool{rounds: rounds, each: make([][]float64, len(rounds)), sums: make([]float64, len(rounds))}
	for i, round := range rounds {
		p.each[i] = Sorted(round)
		for _, v := range round {
			p.sums[i] += v
		}
	}
	p.sorted, p.owner = merge(p.each)
	// A block costs a step per round to skip and at most block steps to search.
	p.block = max(64, 4*len(rounds))
	p.tally = make([]int32, (len(p.sorted)/p.block+1)*len(rounds))
	for i, owner := range p.owner {
		p.tally[i/p.block*len(rounds)+int(owner)]++
	}
	return p
}

// merge puts sorted lists in one ascending order and says which list each value
// came from, by merging neighbours until one list is left.
func merge(lists [][]float64) (values []float64, owners []int32) {
	if len(lists) == 0 {
		return nil, nil
	}
	merged := make([]run, len(lists))
	for i, list := range lists {
		merged[i] = run{list, slices.Repeat([]int32{int32(i)}, len(list))}
	}
	for len(merged) > 1 {
		half := merged[:0:0]
		for pair := range slices.Chunk(merged, 2) {
			half = append(half, pair[0].with(pair[1:]))
		}
		merged = half
	}
	return merged[0].values, merged[0].owners
}

// run is sorted values with their owners.
type run struct {
	values []float64
	owners []int32
}

// with merges in the other run, when there is one.
func (a run) with(others []run) run {
	if len(others) == 0 {
		return a
	}
	b := others[0]
	n := len(a.values) + len(b.values)
	m := run{make([]float64, n), make([]int32, n)}
	i, j := 0, 0
	for k := range n {
		if j < len(b.values) && (i == len(a.values) || cmp.Less(b.values[j], a.values[i])) {
			m.values[k], m.owners[k] = b.values[j], b.owners[j]
			j++
		} else {
			m.values[k], m.owners[k] = a.values[i], a.owners[i]
			i++
		}
	}
	return m
}

// positive reports whether every value has a logarithm.
func (p *pool) positive() bool {
	n := len(p.sorted)
	return n > 0 && p.sorted[0] > 0 && !math.IsInf(p.sorted[n-1], 1)
}

// byRound is the figure of each round.
func (p *pool) byRound(f Figure) []float64 {
	figures := make([]float64, len(p.each))
	for i, round := range p.each {
		figures[i] = f.of(round)
	}
	return figures
}

// refusal says why the figure must not be shown, "" when it may.
func (p *pool) refusal(f Figure) string {
	if len(p.sorted) == 0 {
		return "no values"
	}
	if effective := p.effective(f); effective < float64(f.minSamples()) {
		return fmt.Sprintf("%d requests are worth %.0f independent ones and %s needs %d", len(p.sorted), effective, f.Name(), f.minSamples())
	}
	return ""
}

// effective is how many independent values the pool is worth for the figure.
func (p *pool) effective(f Figure) float64 {
	if f.q == 0 {
		return effectiveMean(p.rounds, Mean(p.sorted))
	}
	return effectiveBelow(p.rounds, f.of(p.sorted))
}

// drawn is each figure of the resample in which round i is drawn times[i] times,
// into out; NaN when only empty rounds were drawn. Figures must ascend by their
// quantile, the mean (zero) before them.
func (p *pool) drawn(times []int32, figures []Figure, out []float64) {
	n, sum := 0, 0.0
	for i, t := range times {
		n += int(t) * len(p.each[i])
		sum += float64(t) * p.sums[i]
	}
	k := 0
	for ; k < len(figures) && (n == 0 || figures[k].q == 0); k++ {
		out[k] = sum / float64(n)
	}
	below := 0 // drawn values before the block
	for b := 0; k < len(figures); b++ {
		weight := 0
		for i, count := range p.tally[b*len(times) : (b+1)*len(times)] {
			weight += int(count * times[i])
		}
		running := below
		for i := b * p.block; k < len(figures) && rank(figures[k].q, n) <= below+weight; i++ {
			running += int(times[p.owner[i]])
			for ; k < len(figures) && rank(figures[k].q, n) <= running; k++ {
				out[k] = p.sorted[i]
			}
		}
		below += weight
	}
}

// rank is the nearest rank of a quantile among n values, from 1.
func rank(q float64, n int) int {
	return min(max(int(math.Ceil(q*float64(n))), 1), n)
}
