package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/stats"
)

// Input is what a report is made of.
type Input struct {
	Recording   *record.Recording
	Description string
	Handler     string
	Rate        float64
	Arrivals    string
	Duration    time.Duration
	Warmup      time.Duration
	Connections int
	Again       string // the command that shows the report again
	Book        *pricing.Book
	Forecast    pricing.Forecast // RequestsPerMonth is overwritten by Traffic
	Traffic     Traffic
	Choices     Choices
	Init        pricing.InitSwitch
	Warnings    []string
	Missing     []string                 // beside what the record knows
	Elsewhere   []string                 // ids of fronts whose viewers are not where the forecast has them
	Buckets     map[string]string        // Region of the bucket that is the origin of a front, by its id; of those that the lab did not serve
	Calls       map[string]pricing.Calls // what is known of each front's functions; none: the lab counted what they call
	// Itself is the bill of the run itself; nil when nobody counted.
	Itself *pricing.Bill
	// CountInvalid counts trials that the generator spoiled, as disturbed ones.
	CountInvalid bool
	// Gates are judged on the figures.
	Gates []gate.Gate
	// Claims are what others made of the recording.
	Claims []Claim
	// Floor is an A/A run of the same scenario, or the recording itself when it is
	// one; nil when there is none.
	Floor *record.Recording
}

// quantiles are those that reports show.
func quantiles() []float64 { return []float64{0.5, 0.9, 0.99} }

// New judges and prices a recording. It is a pure function of its input: the
// resampling is seeded by the run's seed.
func New(in Input) (*Report, error) {
	rec := in.Recording
	r := &Report{
		Run: Run{
			ID: rec.ID, Scenario: rec.Scenario, Description: in.Description, Handler: in.Handler, Source: rec.Source,
			Tool: rec.Tool, Started: rec.Started, Ended: rec.Ended, Seed: rec.Seed, Rounds: rec.Rounds,
			Rate: in.Rate, Arrivals: in.Arrivals, Host: rec.Host, Duration: in.Duration, Warmup: in.Warmup, Connections: in.Connections,
			AA: rec.AA, Distance: rec.Distance, Speed: rec.Speed, Sum: rec.Sum, Again: in.Again,
		},
		Traffic: in.Traffic, Pricing: in.Choices, Claims: in.Claims,
		Missing: slices.Concat(rec.Missing, in.Missing), Warnings: slices.Clone(in.Warnings),
	}
	switch {
	case rec.Stopped != "":
		r.Missing = slices.Insert(r.Missing, 0, "the run was stopped before its end: "+rec.Stopped)
	case rec.Ended.IsZero():
		r.Missing = slices.Insert(r.Missing, 0, "the run did not get to its end")
	}
	r.Warnings = append(r.Warnings, importedFrom(rec.Fronts)...)
	var err error
	r.Itself = itselfOf(in.Itself, rec.Source)
	if r.Reading, err = readingOf(rec, in.Book); err != nil {
		return nil, err
	}
	rules, err := in.Book.Rules(in.Choices.AsOf, in.Init)
	if err != nil {
		return nil, err
	}
	for _, f := range rec.Fronts {
		door, err := front.Of(f.Kind)
		if err != nil {
			return nil, fmt.Errorf("front %q: %w", f.ID, err)
		}
		r.Fronts = append(r.Fronts, measured(in, f, door.Name, rules.Of(f.Kind), rec.Seed)) // one seed: rounds are drawn for all fronts together
	}
	if r.Reading != nil {
		r.Missing = append(r.Missing, r.Reading.unasked(r.Fronts)...)
	}
	if err := r.judge(in); err != nil {
		return nil, err
	}
	return r, r.eras(in)
}

// eras prices the same durations under the rules of each era. Where that fails,
// as with a book that does not reach back, it is an error only if it was asked for.
func (r *Report) eras(in Input) error {
	var workloads []pricing.Workload
	for _, f := range r.Fronts {
		if f.workload != nil {
			workloads = append(workloads, *f.workload)
		}
	}
	eras, err := in.Book.EraTable(workloads, pricing.BillOptions{AsOf: in.Choices.AsOf, FreeTier: in.Choices.FreeTier})
	if err != nil {
		if in.Choices.Eras {
			return err
		}
		return nil
	}
	r.Eras = eras
	return nil
}

func measured(in Input, f record.Front, name string, rule pricing.Billing, seed uint64) Front {
	out := Front{ID: f.ID, Kind: f.Kind, Name: name, Region: f.Region, MemoryMB: f.MemoryMB, Architecture: f.Architecture,
		Failover: failoverOf(in.Recording, f.ID), dns: f.DNS, cached: f.Cached, imported: f.Imported != nil}
	var rounds, spoiled []record.Measured
	trials := in.Recording.Of(f.ID)
	counts := counted(trials, in.CountInvalid)
	for i, trial := range trials {
		switch {
		case counts[i]:
			rounds = append(rounds, trial)
			out.Disturbed = append(out.Disturbed, weaknesses(trial, trial.Disturbed)...)
			for _, why := range trial.Invalid {
				out.Disturbed = append(out.Disturbed, Weakness{trial.Round, trial.Attempt, "invalid, and counted on request: " + why})
			}
		case trial.State == record.Done: // an interrupted one is kept on disk, and compared with nothing
			out.Invalid = append(out.Invalid, weaknesses(trial, trial.Invalid)...)
			spoiled = append(spoiled, trial)
		}
	}
	out.Rounds = distinctRounds(rounds)
	out.count(rounds)
	out.Uncounted, _ = tally(spoiled)
	out.samples = samplesOf(in.Recording.Rounds, rounds, billedBy(rule), unjoined(f))
	out.latencies(seed)
	out.Phases = phasesOf(in.Recording.Rounds, rounds, seed)
	out.Parts = partsOf(in.Recording.Rounds, rounds, seed)
	out.series(in.Recording, rounds)
	out.readMeters(in.Recording.Meters, f.ID)
	out.Counts = countsOf(in.Recording, f.ID)
	out.price(in, f, rounds)
	return out
}

func distinctRounds(trials []record.Measured) int {
	seen := map[int]bool{}
	for _, t := range trials {
		seen[t.Round] = true
	}
	return len(seen)
}

func weaknesses(trial record.Measured, why []string) []Weakness {
	var list []Weakness
	for _, w := range why {
		list = append(list, Weakness{trial.Round, trial.Attempt, w})
	}
	return list
}

// visit is what a plan wants once: a front in a round, in an A/A run twice.
type visit struct{ round, arm int }

// counted says which trials count, one for each visit at most: the attempt that
// may be believed, or, where invalid ones are counted on request and there is no
// other, the last.
func counted(trials []record.Measured, invalidToo bool) map[int]bool {
	best := map[visit]int{}
	for i, t := range trials {
		valid := len(t.Invalid) == 0
		if t.State != record.Done || !valid && !invalidToo {
			continue
		}
		v := visit{t.Round, t.Arm}
		if before, ok := best[v]; !ok || valid || len(trials[before].Invalid) > 0 {
			best[v] = i
		}
	}
	counts := map[int]bool{}
	for _, i := range best {
		counts[i] = true
	}
	return counts
}

// counting are the trials that count, in the order visited.
func counting(trials []record.Measured, invalidToo bool) []record.Measured {
	counts := counted(trials, invalidToo)
	var out []record.Measured
	for i, t := range trials {
		if counts[i] {
			out = append(out, t)
		}
	}
	return out
}

// count counts requests and failures by kind.
func (f *Front) count(rounds []record.Measured) {
	all, warmup := tally(rounds)
	f.Requests, f.Failed, f.Errors, f.Warmup = all.Requests, all.Failed, all.Errors, warmup
}

// tally counts the measured requests of trials and how they failed, and the warm-ups.
func tally(trials []record.Measured) (t Tally, warmup int) {
	byKind := map[string]int{}
	for _, trial := range trials {
		for _, h := range trial.Hits {
			if h.Warmup {
				warmup++
				continue
			}
			t.Requests++
			if h.Error != "" {
				t.Failed++
				byKind[h.Error]++
			}
		}
	}
	for what, n := range byKind {
		t.Errors = append(t.Errors, Failure{what, n})
	}
	slices.SortFunc(t.Errors, func(a, b Failure) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.What, b.What)
	})
	return t, warmup
}

// latencies splits cold from warm.
func (f *Front) latencies(seed uint64) {
	f.Response = estimates(f.samples.warm, quantiles(), seed)
	f.Service = estimates(f.samples.service, quantiles(), seed)
	f.Curve = estimates(f.samples.warm, curveGrid(), seed)
	f.averages(seed)
	f.settle()
	count := len(slices.Concat(f.samples.cold...))
	f.Cold = Cold{
		Known: f.samples.known > 0, Count: count, Rate: f.coldRate(count),
		P50: stats.Quantiles(f.samples.cold, []float64{0.5}, seed)[0], Init: math.NaN(),
	}
}

// coldRate is the share of cold starts with Wilson's interval, or the one of the
// rounds where that is wider: cold starts come together.
func (f *Front) coldRate(count int) stats.Estimate {
	rate := stats.Proportion(count, f.samples.known)
	shares := make([][]float64, len(f.samples.all))
	for i, all := range f.samples.all {
		for k := range all {
			shares[i] = append(shares[i], map[bool]float64{true: 1}[k < len(f.samples.cold[i])])
		}
	}
	if filled(shares) < 3 || count == 0 || f.samples.known != total(shares) {
		return rate
	}
	_, draws := stats.NewResample(len(shares), gateDraws, 1).Draws(shares, []stats.Figure{stats.MeanOf()})
	lo, hi := stats.Interval(rate.Point, draws[0], filled(shares))
	rate.Lo, rate.Hi = max(0, min(rate.Lo, lo)), min(1, max(rate.Hi, hi))
	return rate
}

func estimates(rounds [][]float64, qs []float64, seed uint64) []Quantile {
	var out []Quantile
	for i, e := range stats.Quantiles(rounds, qs, seed) {
		out = append(out, Quantile{qs[i], e})
	}
	return out
}

// curveGrid is the quantiles of a chart on a log(1/(1-p)) axis: evenly spaced on
// it, 16 to each tenth of the requests that is left, up to p99.99. It begins
// above 0, which is not a quantile.
func curveGrid() []float64 {
	var qs []float64
	for i := range 4 * 16 {
		qs = append(qs, 1-math.Pow(10, -float64(i+1)/16))
	}
	return qs
}
