package report

import (
	"errors"
	"fmt"
	"math"

	"frontdoor/gate"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// gateDraws is how often rounds are drawn for the gates' intervals.
const gateDraws = 1000

// source gives gates the figures that the report shows: times are response times
// of successful requests in warm environments, in seconds.
type source struct {
	r        *Report
	resample stats.Resample
	step     gate.Step // prices are changed here, hits before
}

var _ gate.Source = source{}

func newSource(r *Report) source {
	return source{r, stats.NewResample(r.Run.Rounds, gateDraws, r.Run.Seed), gate.Step{}}
}

// Fronts are those of the run.
func (s source) Fronts() []string {
	var ids []string
	for _, f := range s.r.Fronts {
		ids = append(ids, f.ID)
	}
	return ids
}

// Sample is the figure of a front.
func (s source) Sample(id string, m gate.Metric) (gate.Sample, error) {
	f := s.r.front(id)
	if f == nil {
		return gate.Sample{}, fmt.Errorf("there is no front %q", id)
	}
	if f.Rounds == 0 {
		return gate.Sample{}, errors.New("no round of it counts")
	}
	switch m.Name {
	case "p":
		return s.quantile(f.samples.warm, m.Percent/100)
	case "med":
		return s.quantile(f.samples.warm, 0.5)
	case "overhead_p":
		if total(f.samples.over) == 0 {
			return gate.Sample{}, errors.New("no request was joined to a REPORT line of its function")
		}
		return s.quantile(f.samples.over, m.Percent/100)
	case "avg":
		return s.drawn(f.samples.warm, stats.MeanOf())
	case "min", "max":
		return extreme(f.samples.warm, m.Name)
	case "rate":
		return s.rate(f)
	case "count":
		return gate.Sample{Point: float64(f.Requests), N: f.Requests}, nil
	}
	return s.money(f, m.Name)
}

func total(rounds [][]float64) int {
	n := 0
	for _, round := range rounds {
		n += len(round)
	}
	return n
}

func (s source) quantile(rounds [][]float64, q float64) (gate.Sample, error) {
	n, least := stats.EffectiveSamples(rounds, q), stats.MinSamples(q)
	if n < float64(least) {
		return gate.Sample{}, fmt.Errorf("%d requests are worth %.0f independent ones and %s needs %d: more rounds mend it", total(rounds), n, words.Quantile(q), least)
	}
	return s.drawn(rounds, stats.QuantileOf(q))
}

// drawn is a figure of times in milliseconds, over rounds drawn for all fronts
// together.
func (s source) drawn(rounds [][]float64, f stats.Figure) (gate.Sample, error) {
	n := total(rounds)
	if n == 0 {
		return gate.Sample{}, errors.New("no request succeeded in a warm environment")
	}
	points, draws := s.resample.Draws(rounds, []stats.Figure{f})
	out := gate.Sample{Point: points[0] / 1000, From: gate.Rounds, Rounds: filled(rounds), N: n}
	for _, d := range draws[0] {
		out.Draws = append(out.Draws, d/1000)
	}
	return out, nil
}

// filled is how many rounds hold values.
func filled(rounds [][]float64) int {
	n := 0
	for _, round := range rounds {
		if len(round) > 0 {
			n++
		}
	}
	return n
}

// extreme is the least or the largest value: it says what happened, and promises
// nothing, so that it has no interval.
func extreme(rounds [][]float64, name string) (gate.Sample, error) {
	least, largest := math.Inf(1), math.Inf(-1)
	for _, round := range rounds {
		for _, v := range round {
			least, largest = min(least, v), max(largest, v)
		}
	}
	n := total(rounds)
	if n == 0 {
		return gate.Sample{}, errors.New("no request succeeded in a warm environment")
	}
	if name == "min" {
		return gate.Sample{Point: least / 1000, N: n}, nil
	}
	return gate.Sample{Point: largest / 1000, N: n}, nil
}

// rate is the share of failed requests. Package gate widens its interval to
// Wilson's where rounds vary less than that.
func (s source) rate(f *Front) (gate.Sample, error) {
	if f.Requests == 0 {
		return gate.Sample{}, errors.New("it was sent no request")
	}
	points, draws := s.resample.Draws(f.samples.failed, []stats.Figure{stats.MeanOf()})
	return gate.Sample{Point: points[0], Draws: draws[0], From: gate.Rounds, Rounds: filled(f.samples.failed), N: f.Requests}, nil
}

// money is what the forecast month costs, over the drawn months.
func (s source) money(f *Front, name string) (gate.Sample, error) {
	c := f.Cost
	switch {
	case !c.Priced():
		return gate.Sample{}, errors.New("it has no bill: " + c.Why())
	case c.Bill.LowerBound:
		return gate.Sample{}, errors.New("its bill is a lower bound: a meter was not read")
	case name == "usd_per_million" && c.Bill.PerMillion == nil:
		return gate.Sample{}, errors.New("the month has no requests")
	}
	million, times := name == "usd_per_million", 1.0
	if s.step.What == "price" && (s.step.Front == "" || s.step.Front == f.ID) {
		times = s.step.Factor
	}
	out := gate.Sample{Point: times * c.Bill.Total.Float(), N: f.Requests}
	if million {
		out.Point = times * c.Bill.PerMillion.Float()
	}
	for _, w := range s.r.worldsOf(f.ID) {
		cost := times * w.cost
		if million {
			cost *= 1e6 / w.requests
		}
		out.From, out.Draws = gate.Worlds, append(out.Draws, cost)
	}
	return out, nil
}
