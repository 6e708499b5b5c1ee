package report

import (
	"fmt"
	"strings"

	"frontdoor/front"
	"frontdoor/record"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// caution is what a reader must know before quoting the verdict.
func (r *Report) caution() {
	d := &r.Decision
	if r.Run.Source == record.SourceLab {
		d.warn("LAB: loopback on one machine. These latencies compare handlers and machinery, never AWS's network; the bills are AWS's list prices of the measured durations and sizes.")
	}
	r.cautionPlace()
	r.cautionDistance()
	for _, x := range r.Disagreements {
		d.warn("%s and %s disagree: %s puts %s before %s, %s the other way round (as measured; not tested).", x.Metrics[0], x.Metrics[1], x.Metrics[0], x.Fronts[0], x.Fronts[1], x.Metrics[1])
	}
	for _, f := range r.Fronts {
		if s := f.Settling; s.Unsettled > s.Checked/2 && s.Checked > 0 {
			d.warn("%s had not settled when measuring began in %d of %d rounds: lengthen load.warmup.", f.ID, s.Unsettled, s.Checked)
		}
		if f.Failed > 0 && 100*f.Failed >= f.Requests { // as many as lie above the p99
			d.warn("%s failed %s of its requests: its response times are of those that succeeded.", f.ID, words.Percent(float64(f.Failed)/float64(f.Requests)))
		}
		if n, of := f.Uncounted.Failed, f.Uncounted.Requests; n > 0 && 100*n >= of {
			d.warn("%s failed %s of %s in trials that do not count, mostly %q: what disturbed them may have been the front's own starts.",
				f.ID, words.Count(int64(n)), words.Plural(of, "request"), f.Uncounted.Errors[0].What)
		}
		if f.Cost.Cannot != "" {
			d.warn("%s cannot carry this month: %s.", f.ID, f.Cost.Cannot)
		}
	}
	r.cautionFloor()
	r.cautionUnmeasured()
	r.cautionRounds()
	if r.Traffic.Assumed {
		d.warn("The month of %s requests is assumed: the scenario gives no forecast.", words.Count(r.Traffic.Expected))
	}
	if d.Choice != "" {
		if f := r.front(d.Choice); len(unconfirmed(f.Cost.Bill)) > 0 {
			d.warn("The bill of %s rests on what AWS does not confirm: %s.", f.ID, words.And(unconfirmed(f.Cost.Bill)))
		}
		if names := r.lacking(d.Choice); len(names) > 0 {
			d.warn("%s has no %s, which other fronts of this run have: price and latency do not weigh that.", d.Choice, words.Or(names))
		}
	}
}

// fewRounds is the share of rounds below which a front's figures rest on what was
// left of a disturbed run.
const fewRounds = 0.9

// cautionRounds names fronts of which many rounds do not count.
func (r *Report) cautionRounds() {
	var few []string
	verb, sum := "count", 0
	for _, f := range r.Fronts {
		if f.Rounds > 0 && float64(f.Rounds) < fewRounds*float64(r.Run.Rounds) {
			few, sum = append(few, fmt.Sprintf("%d of %s", f.Rounds, f.ID)), sum+f.Rounds
		}
	}
	if sum == 1 {
		verb = "counts"
	}
	if sum > 0 {
		r.Decision.warn("Of %s only %s %s: the others were disturbed by the machine, or did not get to their end.", words.Plural(r.Run.Rounds, "round"), words.And(few), verb)
	}
}

// cautionUnmeasured names fronts of which no round counts where another has some: what
// is proposed was not held against them.
func (r *Report) cautionUnmeasured() {
	var without []string
	for _, f := range r.Fronts {
		if f.Rounds == 0 {
			without = append(without, f.ID)
		}
	}
	if len(without) > 0 && len(without) < len(r.Fronts) {
		r.Decision.warn("No round of %s counts: %s in no comparison, and cannot be proposed.", words.Or(without), itIs(len(without)))
	}
}

func itIs(n int) string {
	if n == 1 {
		return "it is"
	}
	return "they are"
}

// lacking is what the front has not and another front of the run has, as the matrix
// of abilities has it.
func (r *Report) lacking(id string) []string {
	missing := map[string]bool{}
	chosen := r.front(id)
	for _, a := range front.Abilities(chosen.Kind) {
		missing[a.Name] = without(a.Value) && !(a.Name == front.CachingAbility && chosen.cached)
	}
	var names []string
	for _, f := range r.Fronts {
		for _, a := range front.Abilities(f.Kind) {
			if missing[a.Name] && !strings.HasPrefix(a.Value, "no") {
				names = append(names, a.Name)
				missing[a.Name] = false
			}
		}
	}
	for i, name := range names {
		if what, ok := strings.CutPrefix(name, "function: "); ok {
			names[i] = what + " for the function"
		}
	}
	return names
}

// without reports whether an ability is "no", by AWS's own word.
func without(value string) bool {
	return (value == "no" || strings.HasPrefix(value, "no ") || strings.HasPrefix(value, "no,") || strings.HasPrefix(value, "no:")) && !strings.HasSuffix(value, "(unconfirmed)")
}

// cautionFloor names verdicts that equal things might have given too.
func (r *Report) cautionFloor() {
	for _, c := range r.Comparisons {
		if c.belowFloor() {
			r.Decision.warn("%s is %s than %s at %s by less than the noise floor (±%s).", c.B, c.Verdict, c.A, c.Metric, words.Percent(*c.Floor))
		}
	}
}

// belowFloor reports whether equal things came as far apart as what decides here.
func (c Comparison) belowFloor() bool {
	return c.Family && c.Floor != nil && (c.Verdict == stats.Faster || c.Verdict == stats.Slower) && max(c.Ratio.Point, 1/c.Ratio.Point)-1 < *c.Floor
}

// decideFloor is what an A/A run says: how far equal things come apart here.
func (r *Report) decideFloor() {
	d := &r.Decision
	d.Because = "this is an A/A run: every front is compared with itself, to measure the noise floor"
	d.say("No front is proposed: %s.", d.Because)
	if r.Floor == nil {
		return
	}
	for _, metric := range r.Pricing.Metrics {
		floor := r.Floor.Of(metric)
		if floor == nil {
			d.say("Noise floor at %s: not known, no front has an interval.", metric)
			continue
		}
		d.say("Noise floor at %s: equal things may come apart by up to ±%s.", metric, words.Percent(*floor))
	}
	for _, e := range r.Floor.Entries {
		if e.Family && (e.Verdict == stats.Faster || e.Verdict == stats.Slower) {
			d.warn("%s is called %s than itself at %s (%s): this set-up finds differences where there are none.", e.A, e.Verdict, e.Metric, fmt.Sprint("ratio ", words.Interval(e.Ratio)))
		}
	}
	if r.Run.Source == record.SourceLab {
		d.warn("LAB: loopback on one machine.")
	}
	r.cautionDistance()
}

// cautionPlace says whose viewers the figures of deployed fronts are.
func (r *Report) cautionPlace() {
	if r.Run.Source != record.SourceLab {
		r.Decision.warn("The viewers are where the machine is that sent the requests: its way to each front is in every response time, and viewers elsewhere have another.")
	}
}
