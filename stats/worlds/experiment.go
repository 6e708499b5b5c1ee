package worlds

import (
	"hash/fnv"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// Experiment is a table of shares: what happened in how many sessions.
type Experiment struct {
	Title, Text string
	Columns     []string
	Times       int // sessions of each row
	Rows        []Row
}

// Row is one world, or one size of session, and what one session of it shows: an
// Outcome for each column.
type Row struct {
	Name string
	once func(*rand.Rand) []Outcome
}

// Outcome is what one session says about one column.
type Outcome int8

// A session may have nothing to say: the coverage of an interval that was
// refused is not asked for.
const (
	No Outcome = iota
	Yes
	Silent
)

func outcome(yes bool) Outcome {
	if yes {
		return Yes
	}
	return No
}

// Cell counts outcomes; silent ones are in neither.
type Cell struct{ Yes, Of int }

// Share is Yes of Of, and NaN for nothing.
func (c Cell) Share() float64 { return float64(c.Yes) / float64(c.Of) }

// StandardError is that of the share.
func (c Cell) StandardError() float64 {
	p := c.Share()
	return math.Sqrt(p * (1 - p) / float64(c.Of))
}

// Measure runs every row, on all processors. The result depends on the seed and
// on nothing else: each session has random numbers of its own.
func (e Experiment) Measure(seed uint64) [][]Cell {
	cells := make([][]Cell, len(e.Rows))
	for i, row := range e.Rows {
		cells[i] = e.measure(row, mix(seed, e.Title+row.Name))
	}
	return cells
}

// measure runs one row's sessions.
func (e Experiment) measure(row Row, seed uint64) []Cell {
	cells := make([]Cell, len(e.Columns))
	var mu sync.Mutex
	var workers sync.WaitGroup
	turns := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for turn := range turns {
				outcomes := row.once(rand.New(rand.NewPCG(seed, uint64(turn))))
				mu.Lock()
				count(cells, outcomes)
				mu.Unlock()
			}
		})
	}
	for turn := range e.Times {
		turns <- turn
	}
	close(turns)
	workers.Wait()
	return cells
}

func count(cells []Cell, outcomes []Outcome) {
	for i, o := range outcomes {
		if o != Silent {
			cells[i].Of++
		}
		if o == Yes {
			cells[i].Yes++
		}
	}
}

// mix gives each row a seed of its own, so that rows are independent.
func mix(seed uint64, name string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, name)
	return seed ^ h.Sum64()
}
