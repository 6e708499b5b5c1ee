package report

import (
	"math"
	"slices"
	"strings"

	"frontdoor/record"
	"frontdoor/stats"
)

// AllPairs is the reference that makes every pair a comparison.
const AllPairs = "all"

// metrics are those that comparisons can be about.
func metrics() map[string]stats.Figure {
	return map[string]stats.Figure{"p50": stats.QuantileOf(0.5), "p90": stats.QuantileOf(0.9), "p99": stats.QuantileOf(0.99), "mean": stats.MeanOf()}
}

// Metrics lists them in the order in which help shows them.
func Metrics() []string { return []string{"p50", "p90", "p99", "mean"} }

// compare compares the fronts with the reference, or each with each. The metrics
// that decide are a family; the rest is exploratory.
func (r *Report) compare() error {
	for _, metric := range r.ordered() {
		decides := slices.Contains(r.Pricing.Metrics, metric)
		for _, pair := range r.pairs() {
			a, b := &r.Fronts[pair[0]], &r.Fronts[pair[1]]
			c := Comparison{Metric: metric, A: a.ID, B: b.ID, Family: decides,
				Comparison: stats.Compare(a.samples.warm, b.samples.warm, metrics()[metric], r.Run.Seed), Floor: r.Floor.Of(metric)}
			r.Comparisons = append(r.Comparisons, c)
		}
	}
	if err := judgeFamily(r.Comparisons, r.Pricing); err != nil {
		return err
	}
	for i := range r.Comparisons {
		c := &r.Comparisons[i]
		c.renamed(c.A+": ", c.B+": ")
	}
	return nil
}

// renamed puts names into notes that say A and B.
func (c *Comparison) renamed(a, b string) {
	names := strings.NewReplacer("A: ", a, "B: ", b)
	for i, n := range c.Notes {
		c.Notes[i] = names.Replace(n)
	}
	for _, e := range []*stats.Estimate{&c.Ratio, &c.Shift} {
		e.Refused, e.Note = names.Replace(e.Refused), names.Replace(e.Note)
	}
}

// judgeFamily gives the comparisons that decide their verdicts. The others were not
// chosen before anybody looked, and have none.
func judgeFamily(list []Comparison, o Choices) error {
	var family []*stats.Comparison
	for i := range list {
		if list[i].Family {
			family = append(family, &list[i].Comparison)
		} else {
			list[i].Verdict = ""
		}
	}
	if len(family) == 0 {
		return nil
	}
	return stats.Judge(family, stats.Rule{Alpha: o.Alpha, Delta: o.Delta})
}

// ordered is the metrics, those that decide first.
func (r *Report) ordered() []string {
	out := slices.Clone(r.Pricing.Metrics)
	for _, m := range []string{"p50", "p99", "mean"} {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// pairs are indexes of a reference and of a front to compare with it. Of every
// pair the front that decide starts from comes first, as when it is the reference.
func (r *Report) pairs() [][2]int {
	var pairs [][2]int
	first := r.reference()
	for i := range r.Fronts {
		for j := range r.Fronts {
			if i != j && (r.Pricing.Reference == r.Fronts[i].ID || r.Pricing.Reference == AllPairs && i < j) {
				if r.Pricing.Reference == AllPairs && r.Fronts[j].ID == first {
					pairs = append(pairs, [2]int{j, i})
				} else {
					pairs = append(pairs, [2]int{i, j})
				}
			}
		}
	}
	return pairs
}

// disagree finds pairs of fronts that two metrics rank differently, each by more
// than the margin.
func (r *Report) disagree() {
	names := []string{"p50", "mean", "p99"}
	for i := range r.Fronts {
		for j := i + 1; j < len(r.Fronts); j++ {
			r.disagreeOn(&r.Fronts[i], &r.Fronts[j], names)
		}
	}
}

func (r *Report) disagreeOn(a, b *Front, names []string) {
	margin := math.Log1p(r.Pricing.Delta)
	for k, first := range names {
		for _, second := range names[k+1:] {
			x, y := logRatio(a, b, first), logRatio(a, b, second)
			switch {
			case x > margin && y < -margin: // b is above a by the first metric
				r.Disagreements = append(r.Disagreements, Disagreement{[2]string{first, second}, [2]string{a.ID, b.ID}})
			case x < -margin && y > margin:
				r.Disagreements = append(r.Disagreements, Disagreement{[2]string{first, second}, [2]string{b.ID, a.ID}})
			default:
				continue
			}
			return // one is enough to warn of the pair
		}
	}
}

// logRatio is ln(b/a) of a metric; NaN when one of them is not known.
func logRatio(a, b *Front, metric string) float64 {
	return math.Log(b.metric(metric) / a.metric(metric))
}

func (f *Front) metric(name string) float64 {
	e := f.Mean
	if name != "mean" {
		e = f.quantile(map[string]float64{"p50": 0.5, "p99": 0.99}[name])
	}
	if e.Refused != "" || e.N == 0 {
		return math.NaN()
	}
	return e.Point
}

// floorOf compares each front of an A/A run with itself: its first visits of
// rounds with its second ones.
func floorOf(aa *record.Recording, in Input, o Choices) (*Floor, error) {
	floor := &Floor{Run: aa.ID, Same: aa.ID == in.Recording.ID}
	for _, f := range aa.Fronts {
		s := samplesOf(aa.Rounds, counting(aa.Of(f.ID), in.CountInvalid), func(record.Report) float64 { return 0 }, false)
		for _, metric := range Metrics() {
			floor.Entries = append(floor.Entries, Comparison{Metric: metric, A: f.ID, B: f.ID, Family: slices.Contains(o.Metrics, metric),
				Comparison: stats.Compare(s.arms[0], s.arms[1], metrics()[metric], aa.Seed)})
		}
	}
	err := judgeFamily(floor.Entries, o)
	for i := range floor.Entries {
		floor.Entries[i].renamed("first visits: ", "second visits: ")
	}
	return floor, err
}

// A trial is checked for warming up when it has settleLeast requests, and has not
// settled when more than settleShare of them would be cut off. In steady series of
// 300, with 3 % of values four times as long, that is wrong of 18 % of trials, of
// 500 of 10 %, and of more than half of twelve trials in 2 of 1,000 runs
// (simulated); in series of 160 it is wrong of 28 %.
const (
	settleLeast = 300
	settleShare = 0.1
)

// settle checks whether measuring began before the front had settled.
func (f *Front) settle() {
	for _, values := range slices.Concat(f.samples.arms[0], f.samples.arms[1]) { // each visit by itself
		s := stats.WarmUp(values)
		if !s.Known || len(values) < settleLeast {
			continue
		}
		f.Settling.Checked++
		if !s.Reached || float64(s.Cut) > settleShare*float64(len(values)) {
			f.Settling.Unsettled++
			f.Settling.Cut = max(f.Settling.Cut, s.Cut)
		}
	}
}

// averages fills the mean of the response time.
func (f *Front) averages(seed uint64) {
	rounds := f.samples.warm
	n := total(rounds)
	f.Mean = stats.Estimate{Point: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), N: n, Rounds: filled(rounds)}
	if n == 0 {
		f.Mean.Refused = "no values"
		return
	}
	points, draws := stats.NewResample(len(rounds), gateDraws, seed).Draws(rounds, []stats.Figure{stats.MeanOf()})
	f.Mean.Point = points[0]
	if f.Mean.Rounds < 3 {
		f.Mean.Note = "no interval: it needs 3 rounds"
		return
	}
	f.Mean.Lo, f.Mean.Hi = stats.LogInterval(points[0], draws[0], f.Mean.Rounds)
}
