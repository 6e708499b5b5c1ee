package reconcile

import (
	"maps"
	"slices"
	"strings"
	"time"

	"frontdoor/pricing"
)

// Result concludes, once every line of every file was added. The error is for a bill
// that has no line of the run: it is another one's, or another's lines were looked for.
func (r *Reconciler) Result(exports []Export) (*Result, error) {
	if err := r.comparable(); err != nil {
		return nil, err
	}
	res := &Result{Run: r.in.Spent.Run, Lab: r.in.Lab, Hours: r.hours, Scope: r.in.Scope, Tolerance: r.in.Tolerance, Exports: exports, Missing: r.in.Spent.Missing}
	pairs := r.pairs()
	for _, p := range pairs {
		res.Lines = append(res.Lines, r.line(p))
	}
	res.neighbours()
	for _, kind := range slices.Sorted(maps.Keys(r.apart)) {
		res.Apart = append(res.Apart, *r.apart[kind])
	}
	for _, u := range r.unplaced {
		if r.tagged && !u.Own {
			r.others.Charges, r.others.USD = r.others.Charges+u.Charges, r.others.USD.Add(u.USD)
			continue
		}
		res.Unplaced = append(res.Unplaced, *u)
	}
	slices.SortFunc(res.Unplaced, func(a, b Unplaced) int { return strings.Compare(a.Name()+a.Region, b.Name()+b.Region) })
	res.Others = r.others
	res.total()
	res.Warnings = r.warnings(pairs, exports)
	return res, nil
}

// span is the run's hours in words.
func (r *Reconciler) span() string {
	return Span(r.hours[0], r.hours[len(r.hours)-1].Add(time.Hour))
}

// neighbours explains what AWS counted in the hour beside: residuals of quantity in
// hours that follow each other, and that cancel.
func (res *Result) neighbours() {
	for i := 0; i < len(res.Lines); {
		chain := res.chain(i)
		i += max(1, len(chain))
		if len(chain) < 2 {
			continue
		}
		var sum, size pricing.USD
		for _, l := range chain {
			sum, size = sum.Add(l.Residual), size.Add(l.size())
		}
		if magnitude(sum).Cmp(size.Mul(res.Tolerance)) > 0 {
			continue
		}
		for j := range chain {
			l := &chain[j]
			l.Explained = append(slices.Clip(l.Explained), Explanation{Neighbour, l.Residual, "counted in the hour beside it: together they are as estimated"})
			l.Residual, l.Over, l.Why = pricing.USD{}, false, ""
		}
	}
}

// chain is the lines from i on of one meter and Region in hours that follow each
// other, in each of which a quantity alone is wrong.
func (res *Result) chain(i int) []Line {
	n := i
	for n < len(res.Lines) && res.Lines[n].moved() && (n == i || res.Lines[n-1].before(res.Lines[n])) {
		n++
	}
	return res.Lines[i:n]
}

// moved reports whether a line's residual is one of quantity, and too large.
func (l Line) moved() bool {
	return l.Over && l.Estimate != nil && l.Billed != nil && l.Residual.Equal(l.QuantityPart)
}

func (l Line) before(next Line) bool {
	return l.Meter == next.Meter && l.Region == next.Region && l.Until.Equal(next.From)
}

// total adds up the lines, and what is the run's and counts no meter.
func (res *Result) total() {
	t := Line{Estimate: &Side{}, Billed: &Side{}}
	reasons := map[Reason]pricing.USD{}
	for _, l := range res.Lines {
		if l.Estimate != nil {
			t.Estimate.Cost = t.Estimate.Cost.Add(l.Estimate.Cost)
			t.Estimate.AtLeast = t.Estimate.AtLeast || l.Estimate.AtLeast
		}
		if l.Billed != nil {
			t.Billed.Cost = t.Billed.Cost.Add(l.Billed.Cost)
		}
		t.Difference = t.Difference.Add(l.Difference)
		t.QuantityPart, t.RatePart = t.QuantityPart.Add(l.QuantityPart), t.RatePart.Add(l.RatePart)
		t.Residual = t.Residual.Add(l.Residual)
		for _, e := range l.Explained {
			reasons[e.Reason] = reasons[e.Reason].Add(e.USD)
		}
	}
	for _, u := range res.Unplaced {
		if u.Own {
			t.Billed.Cost = t.Billed.Cost.Add(u.USD)
			t.Difference, t.RatePart, t.Residual = t.Difference.Add(u.USD), t.RatePart.Add(u.USD), t.Residual.Add(u.USD)
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		t.Explained = append(t.Explained, Explanation{Reason: reason, USD: reasons[reason]})
	}
	if t.judge(res.Tolerance); t.Over {
		t.Why = "the residuals of all lines together are beyond the tolerance"
	}
	res.Total = t
}
