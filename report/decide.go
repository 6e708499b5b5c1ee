package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// validMonths is how long a decision may rest on a report: prices, quotas and the
// traffic itself move within half a year.
const validMonths = 6

// decide proposes a front. The rule is fixed before anybody looks: of the fronts
// that meet every gate the cheapest; among those that cost no more than a
// material difference above it, one that is clearly faster.
func (r *Report) decide() {
	d := &r.Decision
	end := r.Run.Ended
	if end.IsZero() {
		end = r.Run.Started
	}
	d.Expires = pricing.DateOf(end.AddDate(0, validMonths, 0))
	d.Flips = r.flips()
	if r.Run.AA {
		r.decideFloor()
		return
	}
	r.choose()
	if d.Choice == "" {
		d.say("No front is proposed: %s.", d.Because)
	} else {
		d.say("%s is proposed: %s.", d.Choice, d.Because)
	}
	r.sayMoney()
	r.sayLatency()
	r.sayFailovers()
	r.sayGates()
	r.caution()
}

func (d *Decision) warn(format string, args ...any) {
	d.Cautions = append(d.Cautions, fmt.Sprintf(format, args...))
}

func (r *Report) choose() {
	d := &r.Decision
	if early := r.neverTried(); len(early) > 0 && len(early) < len(r.Fronts) {
		d.Because = "the run ended before a round of " + words.Or(early) + " was through"
		return
	}
	candidates := r.candidates()
	if len(candidates) == 0 {
		d.Because = r.whyNone()
		return
	}
	best, others := r.cheapest(candidates)
	if best == nil {
		d.Because = "the lowest bill is a lower bound, a meter was not read, so that no front can be called the cheapest"
		return
	}
	d.Choice = best.ID
	meets := r.meets(best.ID)
	near := others[:0:0]
	for _, f := range others {
		if r.expected(f)-r.expected(best) < r.Pricing.Material {
			near = append(near, f)
		}
	}
	if f, c := r.faster(best, near); f != nil {
		d.Choice = f.ID
		d.Because = fmt.Sprintf("%sit costs less than %s a month more than %s, the cheapest, and is faster at %s (ratio %s)",
			r.meets(f.ID), words.USD(r.Pricing.Material), best.ID, c.Metric, words.Interval(c.Ratio))
		return
	}
	d.Because = meets + "it costs the least"
	if byBill(best, others)[0] != best {
		d.Because += " on average of the drawn months, though not at the expected one"
	}
	switch {
	case len(candidates) == 1 && len(r.Fronts) > 1:
		d.Because = meets + "it is the only front that can be proposed"
	case len(candidates) == 1:
		d.Because = meets + "it is the only front of the run"
	case len(near) > 0:
		d.Because += r.whyNot(best, near)
	}
}

// neverTried is the fronts of which no round came to its end, not even one that does
// not count: the run was stopped before.
func (r *Report) neverTried() []string {
	var ids []string
	for _, f := range r.Fronts {
		if f.Rounds == 0 && len(f.Invalid) == 0 {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// byBill is the fronts by their bills of the expected month. The rule goes by the
// mean of drawn months, and a tail of large ones can make that another order.
func byBill(best *Front, others []*Front) []*Front {
	all := append([]*Front{best}, others...)
	slices.SortStableFunc(all, func(a, b *Front) int { return a.Cost.Bill.Total.Cmp(b.Cost.Bill.Total) })
	return all
}

// meets says what the gates say of a front, to go before another reason.
func (r *Report) meets(id string) string {
	judged := func(o ...gate.Outcome) bool { return r.refused(id, o...) }
	switch {
	case judged(gate.Inconclusive):
		return "no gate fails for it, though not all can be decided, and "
	case judged(gate.Pass):
		return "it meets every gate and "
	}
	return ""
}

func (r *Report) whyNone() string {
	var failing []string
	for _, f := range r.Fronts {
		if r.refused(f.ID, gate.Fail, gate.Invalid) {
			failing = append(failing, f.ID)
		}
	}
	if len(failing) > 0 {
		return fmt.Sprintf("no front both has a bill and meets every gate; %s not meet them", listDo(failing))
	}
	if slices.ContainsFunc(r.Fronts, func(f Front) bool { return f.failsOften() }) {
		return "no front with a round that counts and a bill fails less than one request in ten"
	}
	return "no front has both a round that counts and a bill"
}

// whyNot says of fronts that cost about as little what keeps them from being
// proposed: they were not found faster, or were not compared with the cheapest
// at a metric that decides, since another front is the reference.
func (r *Report) whyNot(best *Front, near []*Front) string {
	var compared, not []*Front
	for _, f := range near {
		if slices.ContainsFunc(r.Comparisons, func(c Comparison) bool { _, ok := c.of(best.ID, f.ID); return ok }) {
			compared = append(compared, f)
		} else {
			not = append(not, f)
		}
	}
	text := ""
	if len(compared) > 0 {
		text += fmt.Sprintf("; %s within %s a month, and not clearly faster", namesAre(compared), words.USD(r.Pricing.Material))
	}
	if len(not) > 0 {
		text += fmt.Sprintf("; %s within %s a month, and not compared with it", namesAre(not), words.USD(r.Pricing.Material))
	}
	return text
}

// faster is the front close to the best in cost that is clearly faster at a
// metric that decides, and slower at none: the one with the lowest ratio.
func (r *Report) faster(best *Front, near []*Front) (found *Front, by Comparison) {
	for _, f := range near {
		for i := range r.Comparisons {
			c, ok := r.Comparisons[i].of(best.ID, f.ID)
			if !ok || c.Verdict != stats.Faster || r.slower(best.ID, f.ID) {
				continue
			}
			if found == nil || c.Ratio.Point < by.Ratio.Point {
				found, by = f, c
			}
		}
	}
	return found, by
}

// slower reports whether b is slower than a at a metric that decides.
func (r *Report) slower(a, b string) bool {
	return slices.ContainsFunc(r.Comparisons, func(c Comparison) bool {
		c, ok := c.of(a, b)
		return ok && c.Verdict == stats.Slower
	})
}

// of is the ratio and the verdict of b against a at a metric that decides,
// whichever of them was the reference; not ok when c is no such comparison.
func (c Comparison) of(a, b string) (turned Comparison, ok bool) {
	if c.Family && c.A == b && c.B == a && a != b {
		c.A, c.B = a, b
		c.Ratio.Point, c.Ratio.Lo, c.Ratio.Hi = 1/c.Ratio.Point, 1/c.Ratio.Hi, 1/c.Ratio.Lo
		switch c.Verdict {
		case stats.Faster:
			c.Verdict = stats.Slower
		case stats.Slower:
			c.Verdict = stats.Faster
		}
	}
	return c, c.Family && c.A == a && c.B == b
}

// flips are where another front becomes the cheapest, the nearest first. The
// errors of measured means are drawn and never flip anything worth a line.
func (r *Report) flips() []Flip {
	if r.Estimate == nil || r.Estimate.Sensitivity == nil {
		return nil
	}
	var out []Flip
	for _, e := range r.Estimate.Sensitivity.Effects {
		if strings.HasPrefix(e.Name, ErrorOf) {
			continue
		}
		name := inputName(e.Name)
		if e.FlipsBelow != nil {
			out = append(out, Flip{name, e.Base, *e.FlipsBelow, false})
		}
		if e.FlipsAbove != nil {
			out = append(out, Flip{name, e.Base, *e.FlipsAbove, true})
		}
	}
	far := func(f Flip) float64 { return math.Abs(math.Log(f.At / f.Expected)) }
	slices.SortStableFunc(out, func(a, b Flip) int { return cmp.Compare(far(a), far(b)) })
	return out
}

// inputName is an input as people say it.
func inputName(name string) string {
	if name == "requests_per_month" {
		return "requests a month"
	}
	return strings.Replace(name, "(factor)", "(times as measured)", 1)
}
