package report

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"frontdoor/report/words"
	"frontdoor/stats"
)

// smaller is an entry of the customSmallerIsBetter format of
// github-action-benchmark (github.com/benchmark-action/github-action-benchmark,
// README, 2026), which keeps a history of each name and warns when its value
// grows.
type smaller struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit"`
	Value float64 `json:"value"`
	Range string  `json:"range,omitempty"`
	Extra string  `json:"extra,omitempty"`
}

// Smaller writes p50, p99 and the cost of a million requests of each front. What
// is refused or not known has no entry: a history has no place for "too few".
func Smaller(w io.Writer, r *Report) error {
	entries := []smaller{}
	for _, f := range r.Fronts {
		for _, q := range []float64{0.5, 0.99} {
			if e, ok := r.smallerTime(f, q); ok {
				entries = append(entries, e)
			}
		}
		if e, ok := r.smallerCost(f); ok {
			entries = append(entries, e)
		}
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(entries)
}

// smallerName carries the source: a lab's history must not go on as AWS's.
func (r *Report) smallerName(f Front, what string) string {
	return r.marked(fmt.Sprintf("%s / %s / %s", r.Run.Scenario, f.ID, what))
}

func (r *Report) smallerTime(f Front, q float64) (smaller, bool) {
	e := f.quantile(q)
	if e.N == 0 || e.Refused != "" || math.IsNaN(e.Point) || math.IsInf(e.Point, 0) {
		return smaller{}, false
	}
	s := smaller{Name: r.smallerName(f, words.Quantile(q)), Unit: "ms", Value: e.Point,
		Extra: fmt.Sprintf("%s\nresponse time, warm environments\nn = %s in %s", r.Label(), words.Group(int64(e.N)), words.Plural(e.Rounds, "round"))}
	if e.HasInterval() {
		s.Range = halfWidth(e)
		s.Extra += fmt.Sprintf("\n95 %% interval [%s, %s]", words.Figure(e.Lo), words.Figure(e.Hi))
	}
	return s, true
}

// halfWidth is what the format has room for: intervals here are not symmetric, so
// that Extra has the ends.
func halfWidth(e stats.Estimate) string { return "± " + words.Figure((e.Hi-e.Lo)/2) }

func (r *Report) smallerCost(f Front) (smaller, bool) {
	b := f.Cost.Bill
	if !f.Cost.Priced() || b.PerMillion == nil {
		return smaller{}, false
	}
	s := smaller{Name: r.smallerName(f, "USD per million"), Unit: "USD/million", Value: b.PerMillion.Float(), Extra: r.Label() + "\n" + r.Prices()}
	if b.LowerBound {
		s.Name = r.smallerName(f, "USD per million, lower bound")
	}
	if w := f.Cost.Worlds; w != nil {
		s.Range = halfWidth(stats.Estimate{Lo: w.Million[0], Hi: w.Million[1]})
		s.Extra += fmt.Sprintf("\n80 %% of drawn months [%s, %s]", words.USD(w.Million[0]), words.USD(w.Million[1]))
	}
	return s, true
}
