package report

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"frontdoor/gate"
	"frontdoor/report/words"
	"frontdoor/stats"
)

func (d *Decision) say(format string, args ...any) {
	d.Sentences = append(d.Sentences, fmt.Sprintf(format, args...))
}

func (r *Report) sayMoney() {
	if r.Traffic.High == 0 {
		r.sayIdle()
		return
	}
	best, others := r.cheapest(r.priced())
	if best == nil || len(others) == 0 {
		return
	}
	bills := byBill(best, others)
	least, next := bills[0], bills[1]
	text := fmt.Sprintf("Cheapest at %s requests a month: %s, %s", words.Count(r.Traffic.Expected), least.ID, words.Dollars(least.Cost.Bill.Total))
	text += fmt.Sprintf("; next %s, %s", next.ID, words.Dollars(next.Cost.Bill.Total))
	if next.Cost.Bill.LowerBound {
		text += " or more"
	}
	it := "It"
	if least != best {
		it = best.ID
		text += fmt.Sprintf(". Cheapest on average of the drawn months: %s, %s", best.ID, words.USD(r.expected(best)))
	}
	if w := best.Cost.Worlds; w != nil {
		text += fmt.Sprintf(". %s is the cheapest in %s of the months drawn from the forecast", it, words.Percent(w.Cheapest))
		if w.Regret > 0 {
			text += fmt.Sprintf(", and choosing it costs %s a month more than the cheapest of each on average", words.USD(w.Regret))
		}
	}
	r.Decision.say("%s.", text)
	if e := r.Estimate; e != nil && e.Requests != nil && len(e.Requests.Envelope.Segments) > 1 {
		var parts []string
		for _, s := range e.Requests.Envelope.Segments {
			parts = append(parts, fmt.Sprintf("%s from %s", e.Requests.Fronts[s.Curve], words.Group(int64(math.Ceil(s.From.Float())))))
		}
		r.Decision.say("By requests a month the cheapest is %s.", strings.Join(parts, ", "))
	}
}

// sayIdle says what a month costs in which nobody calls: who is free, and who is not.
func (r *Report) sayIdle() {
	var free, paid []string
	for _, f := range r.priced() {
		if f.Cost.Bill.Total.Sign() == 0 {
			free = append(free, f.ID)
		} else {
			paid = append(paid, f.ID+" costs "+words.Dollars(f.Cost.Bill.Total))
		}
	}
	var parts []string
	if len(free) > 0 {
		parts = append(parts, "nothing is charged for "+strings.Join(free, ", "))
	}
	if parts = append(parts, paid...); len(parts) > 0 {
		r.Decision.say("In a month without requests %s.", strings.Join(parts, "; "))
	}
}

// sayableRounds is how many more rounds are worth saying: beyond, another design is
// called for. The table has the number.
const sayableRounds = 100

// against is the comparisons of every other front with one, turned where need be.
func (r *Report) against(reference string) []Comparison {
	var out []Comparison
	for i := range r.Fronts {
		for _, c := range r.Comparisons {
			if turned, ok := c.of(reference, r.Fronts[i].ID); ok && r.Fronts[i].ID != reference {
				out = append(out, turned)
			}
		}
	}
	return out
}

// sayLatency is one sentence for each metric that decides.
func (r *Report) sayLatency() {
	reference := r.Pricing.Reference
	if reference == AllPairs {
		if reference = r.Decision.Choice; reference == "" {
			reference = r.reference()
		}
	}
	for _, metric := range r.Pricing.Metrics {
		byWord := map[string][]string{}
		for _, c := range r.against(reference) {
			if c.Metric != metric {
				continue
			}
			word, what := string(c.Verdict), c.B
			switch c.Verdict {
			case stats.Faster, stats.Slower:
				what += fmt.Sprintf(" (%s)", words.Change(c.Ratio.Point))
			case stats.Inconclusive:
				if c.MoreRounds > 0 && c.MoreRounds <= sayableRounds {
					what += fmt.Sprintf(" (%s)", words.MoreRounds(c.MoreRounds))
				}
			}
			byWord[word] = append(byWord[word], what)
		}
		var parts []string
		for _, v := range []stats.Verdict{stats.Faster, stats.Equivalent, stats.Slower, stats.Inconclusive} {
			if len(byWord[string(v)]) == 0 {
				continue
			}
			word := string(v)
			if v == stats.Equivalent {
				word = "equivalent within " + words.Percent(r.Pricing.Delta)
			}
			parts = append(parts, word+": "+strings.Join(byWord[string(v)], ", "))
		}
		if len(parts) > 0 {
			r.Decision.say("Response time %s against %s: %s.", metric, reference, strings.Join(parts, "; "))
		}
	}
}

func (r *Report) sayGates() {
	if len(r.Gates) == 0 {
		return
	}
	counts := map[gate.Outcome]int{}
	var not []string
	for _, g := range r.Gates {
		counts[g.Outcome]++
		if g.Outcome == gate.Fail || g.Outcome == gate.Invalid {
			not = append(not, fmt.Sprintf("%s (%s) %s", g.Gate, cmp.Or(g.Front, strings.Join(g.Named, ", ")), map[gate.Outcome]string{gate.Fail: "fails", gate.Invalid: "cannot be judged"}[g.Outcome]))
		}
	}
	text := fmt.Sprintf("Gates: %d of %d pass", counts[gate.Pass], len(r.Gates))
	if n := counts[gate.Inconclusive]; n > 0 {
		text += fmt.Sprintf(", %d inconclusive", n)
	}
	if len(not) > 0 {
		text += "; " + strings.Join(not, ", ")
	}
	r.Decision.say("%s.", text)
}

// namesAre is "alb is" or "alb and url are".
func namesAre(fronts []*Front) string {
	var ids []string
	for _, f := range fronts {
		ids = append(ids, f.ID)
	}
	if len(ids) == 1 {
		return ids[0] + " is"
	}
	return words.And(ids) + " are"
}

func listDo(ids []string) string {
	if len(ids) == 1 {
		return ids[0] + " does"
	}
	return words.And(ids) + " do"
}
