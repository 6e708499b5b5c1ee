package estimate

import (
	"fmt"
	"math"
	"slices"

	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// SweepInput names what a sweep runs over.
type SweepInput string

// The inputs that can be swept.
const (
	SweepRequests     SweepInput = "requests"      // of a month
	SweepDuration     SweepInput = "duration"      // of each invocation, in microseconds
	SweepResponseSize SweepInput = "response_size" // in bytes
)

// SweepInputs lists them in the order in which help shows them.
func SweepInputs() []SweepInput {
	return []SweepInput{SweepRequests, SweepDuration, SweepResponseSize}
}

// round makes whole what has no fractions; requests of a mean month may have.
func (s SweepInput) round(value float64) float64 {
	if s == SweepRequests {
		return value
	}
	return math.Round(value)
}

// Sweep is a range of one input, in its unit.
type Sweep struct {
	Over     SweepInput
	From, To pricing.Quantity
}

// Sweep1 is costs at points along one input.
type Sweep1 struct {
	Sweep
	Fronts  []string
	Samples []Sample
}

// Sample is what each front costs at one value of the input. Costs are for
// display: they come from float64 curves.
type Sample struct {
	X        float64
	Requests float64
	Costs    []float64 // dollars a month, in the order of the fronts
	Cheapest int       // -1 when no front can carry it
}

// Phase is the cheapest front over requests and another input.
type Phase struct {
	X, Y    Sweep
	YAxis   breakeven.Axis
	Fronts  []string
	Diagram breakeven.Diagram
}

// samples is how many points a sweep of one input shows, and cells how fine a
// diagram is.
const (
	samples = 13
	cells   = 240
)

func sweepOf(sweeps []Sweep, over SweepInput) (Sweep, bool) {
	for _, s := range sweeps {
		if s.Over == over {
			return s, true
		}
	}
	return Sweep{}, false
}

// CheckSweeps refuses ranges that do not rise, and sweeps that do not go
// together.
func CheckSweeps(sweeps []Sweep) error {
	for i, s := range sweeps {
		switch {
		case i > 0 && s.Over == sweeps[0].Over:
			return fmt.Errorf("two sweeps run over %s: want one of each", s.Over)
		case s.From.Sign() <= 0 || s.From.Cmp(s.To) >= 0:
			return fmt.Errorf("the sweep over %s runs from %s to %s: want a range that begins above 0 and ends above its beginning", s.Over, s.From, s.To)
		}
	}
	_, requests := sweepOf(sweeps, SweepRequests)
	switch {
	case len(sweeps) > 2:
		return fmt.Errorf("%d sweeps: want one or two", len(sweeps))
	case len(sweeps) == 2 && !requests:
		return fmt.Errorf("two sweeps over %s and %s: want requests as one of two", sweeps[0].Over, sweeps[1].Over)
	}
	return nil
}

// sweep follows the fronts that exist, also those that cannot carry the workload
// as it is: along the sweep they may.
func (e *Estimate) sweep(in Input, candidates []candidate) error {
	_, duration := sweepOf(in.Sweeps, SweepDuration)
	if len(in.Sweeps) == 0 || len(candidates) < 2 || e.DifferentMonths || !duration && !timed(candidates) {
		return nil
	}
	if gap, err := gapOf(in, candidates); gap != "" || err != nil {
		return err
	}
	var err error
	switch len(in.Sweeps) {
	case 1:
		e.Sweep, err = sweep1(in, candidates, in.Sweeps[0])
	case 2:
		x, _ := sweepOf(in.Sweeps, SweepRequests)
		y := in.Sweeps[0]
		if y.Over == SweepRequests {
			y = in.Sweeps[1]
		}
		e.Phase, err = newPhase(in, candidatesOf(candidates), x, y, cells, cells)
	}
	return err
}

func candidatesOf(candidates []candidate) []pricing.Workload {
	var workloads []pricing.Workload
	for _, c := range candidates {
		workloads = append(workloads, c.Workload)
	}
	return workloads
}

// sweep1 samples the costs along one input on a logarithmic scale.
func sweep1(in Input, candidates []candidate, s Sweep) (*Sweep1, error) {
	out := &Sweep1{Sweep: s}
	axis := breakeven.Axis{From: s.From.Float(), To: s.To.Float(), Cells: samples - 1, Log: true}
	for _, c := range candidates {
		out.Fronts = append(out.Fronts, c.Workload.Front)
	}
	expected := float64(candidates[0].Workload.Traffic.RequestsPerMonth)
	for i := range samples {
		sample := Sample{X: s.Over.round(axis.At(float64(i))), Requests: expected, Cheapest: -1}
		if s.Over == SweepRequests {
			sample.Requests = sample.X
		}
		curves, err := row(in, candidatesOf(candidates), s.Over, sample.X)
		if err != nil {
			return nil, err
		}
		for j, c := range curves {
			sample.Costs = append(sample.Costs, c.At(sample.Requests))
			if !Unable(sample.Costs[j]) && (sample.Cheapest < 0 || sample.Costs[j] < sample.Costs[sample.Cheapest]) {
				sample.Cheapest = j
			}
		}
		out.Samples = append(out.Samples, sample)
	}
	return out, nil
}

// newPhase is the diagram over requests and y.
func newPhase(in Input, workloads []pricing.Workload, x, y Sweep, columns, rows int) (*Phase, error) {
	p := &Phase{X: x, Y: y, YAxis: breakeven.Axis{From: y.From.Float(), To: y.To.Float(), Cells: rows, Log: true}}
	for _, w := range workloads {
		p.Fronts = append(p.Fronts, w.Front)
	}
	var err error
	var empty []int // rows that no front can carry
	xAxis := breakeven.Axis{From: x.From.Float(), To: x.To.Float(), Cells: columns, Log: true}
	p.Diagram, err = breakeven.Phase(xAxis, rows, func(i int) ([]pricing.FloatCurve, error) {
		curves, err := row(in, workloads, y.Over, p.YAxis.At(float64(i)+0.5))
		if err == nil && !slices.ContainsFunc(curves, func(c pricing.FloatCurve) bool { return !Unable(c.Intercept[0]) }) {
			empty = append(empty, i)
		}
		return curves, err
	})
	for _, i := range empty {
		p.Diagram.Rows[i] = breakeven.Row{Cells: slices.Repeat([]int{nobody}, columns)}
	}
	return p, err
}

// nobody fills the cells of a diagram in which no front can carry the workload;
// such a row has no segments.
const nobody = -1

// The span of the diagram that every month gets: requests from a thousandth to a
// thousand times the expected ones, durations from 0.1 ms to 10 s: a
// small function takes less than a millisecond, and the run must be on the diagram.
const (
	phaseBelow, phaseAbove       = 1000, 1000
	phaseShortestUS, phaseLongUS = 100, 10_000_000
)

// NewPhase is the diagram of the cheapest front over requests and duration, as
// many cells wide as high, around the month of the fronts.
func NewPhase(in Input, cells int) (*Phase, error) {
	var workloads []pricing.Workload
	for _, f := range in.Fronts {
		workloads = append(workloads, f.Workload)
	}
	expected := pricing.Count(workloads[0].Traffic.RequestsPerMonth)
	low := expected.Div(pricing.Count(phaseBelow))
	if one := pricing.Count(1); low.Cmp(one) < 0 {
		low = one
	}
	return newPhase(in, workloads, Sweep{SweepRequests, low, expected.Mul(pricing.Count(phaseAbove))},
		Sweep{SweepDuration, pricing.Count(phaseShortestUS), pricing.Count(phaseLongUS)}, cells, cells)
}

// NewMap is the diagram of a phase with another number of cells.
func NewMap(in Input, p *Phase, columns, rows int) (*Phase, error) {
	var workloads []pricing.Workload
	for _, f := range in.Fronts {
		if slices.Contains(p.Fronts, f.Workload.Front) {
			workloads = append(workloads, f.Workload)
		}
	}
	return newPhase(in, workloads, p.X, p.Y, columns, rows)
}

// row is the cost curves over requests with one input set.
func row(in Input, workloads []pricing.Workload, over SweepInput, value float64) ([]pricing.FloatCurve, error) {
	rules, err := in.Book.Rules(in.Options.AsOf, in.Options.Init)
	if err != nil {
		return nil, err
	}
	curves := make([]pricing.FloatCurve, len(workloads))
	for i, w := range workloads {
		switch over {
		case SweepDuration:
			w.Duration = pricing.WithWarm(w.Duration, pricing.Constant(over.round(value)))
		case SweepResponseSize:
			size := pricing.Count(int64(over.round(value)))
			w.Traffic.ResponseBytes, w.Increments = &size, nil
		}
		u, err := pricing.UsageOf(w, rules)
		if err != nil {
			return nil, err
		}
		if why, err := cannot(w, u); err != nil {
			return nil, err
		} else if why != "" {
			curves[i] = never()
			continue
		}
		if curves[i], err = in.Book.FloatCurve(u, pricing.AlongRequests, in.Options); err != nil {
			return nil, err
		}
	}
	return curves, nil
}
