package report

import (
	"fmt"
	"io"
	"slices"

	"frontdoor/gate"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// Change is two runs of one scenario: what the new one says against the old.
type Change struct {
	Old, New    Run
	Pricing     Choices
	Comparisons []Comparison // A is the old run's front, B the new run's: the same id
	Costs       []CostChange
	Cautions    []string
}

// CostChange is a front's month in both runs, under the same prices.
type CostChange struct {
	Front    string
	Old, New *Cost // nil: no bill
}

// NewChange compares two reports front by front. The rounds of two runs are no
// pairs: whatever differed between their hours is in the difference. The caller
// has made sure that they measured the same thing and are priced alike.
func NewChange(before, after *Report) (*Change, error) {
	c := &Change{Old: before.Run, New: after.Run, Pricing: after.Pricing}
	for _, metric := range after.ordered() {
		for i := range after.Fronts {
			f := &after.Fronts[i]
			old := before.front(f.ID)
			if old == nil {
				return nil, fmt.Errorf("run %q has no front %q", before.Run.ID, f.ID)
			}
			x := Comparison{Metric: metric, A: f.ID, B: f.ID, Family: slices.Contains(after.Pricing.Metrics, metric),
				Comparison: stats.CompareRuns(old.samples.warm, f.samples.warm, metrics()[metric], after.Run.Seed), Floor: after.Floor.Of(metric)}
			c.Comparisons = append(c.Comparisons, x)
		}
	}
	if err := judgeFamily(c.Comparisons, after.Pricing); err != nil {
		return nil, err
	}
	for i := range c.Comparisons {
		x := &c.Comparisons[i]
		x.Notes = slices.DeleteFunc(x.Notes, func(n string) bool { return n == stats.Apart }) // said once, by caution
		x.renamed("old run: ", "new run: ")
	}
	for i := range after.Fronts {
		f := &after.Fronts[i]
		c.Costs = append(c.Costs, CostChange{f.ID, billOf(before.front(f.ID)), billOf(f)})
	}
	c.caution(before, after)
	return c, nil
}

func billOf(f *Front) *Cost {
	if !f.Cost.Priced() {
		return nil
	}
	return &f.Cost
}

func (c *Change) caution(before, after *Report) {
	warn := func(format string, args ...any) { c.Cautions = append(c.Cautions, fmt.Sprintf(format, args...)) }
	if origin(after) == origin(before) && after.Run.Source == "lab" {
		warn("LAB: loopback on one machine. These latencies compare handlers and machinery, never AWS's network.")
	}
	for _, r := range []*Report{before, after} {
		if d := r.Run.Distance; d != nil {
			warn("Run %s: %s", r.Run.ID, simulated(d))
		}
	}
	for _, x := range c.Comparisons {
		if x.belowFloor() {
			warn("%s is %s than before at %s by less than the noise floor (±%s).", x.A, x.Verdict, x.Metric, words.Percent(*x.Floor))
		}
	}
	warn("Two runs differ by their time too: what else happened in either hour is in each difference. Of four equal fronts in hours that differ by 5 %%, some front is called slower in 30 %% of simulated comparisons (docs/error-rates.md).")
	if before.Run.Tool != after.Run.Tool {
		warn("The runs were made by different versions of bench: %s and %s.", before.Run.Tool, after.Run.Tool)
	}
	if after.Floor == nil {
		warn("No A/A run is known: how far equal things come apart here was not measured (bench run --aa).")
	}
}

// Outcome is fail when a front became slower at a metric that decides, and
// inconclusive when that cannot be told.
func (c *Change) Outcome() gate.Outcome {
	worst := gate.Pass
	for _, x := range c.Comparisons {
		switch {
		case x.Family && x.Verdict == stats.Slower:
			return gate.Fail
		case x.Family && x.Verdict == stats.Inconclusive:
			worst = gate.Inconclusive
		}
	}
	return worst
}

// Sentences say what the outcome rests on.
func (c *Change) Sentences() []string {
	by := map[stats.Verdict][]string{}
	for _, x := range c.Comparisons {
		if x.Family {
			what := x.A + " " + x.Metric
			if x.Verdict == stats.Faster || x.Verdict == stats.Slower {
				what += " (" + words.Change(x.Ratio.Point) + ")"
			}
			by[x.Verdict] = append(by[x.Verdict], what)
		}
	}
	var out []string
	for _, v := range []stats.Verdict{stats.Slower, stats.Faster, stats.Equivalent, stats.Inconclusive} {
		if len(by[v]) > 0 {
			out = append(out, fmt.Sprintf("%s: %s", v, words.And(by[v])))
		}
	}
	return out
}

// grids are the tables of a change.
func (c *Change) grids() (latency, money Grid, notes []string) {
	marks := &footnotes{}
	latency = Grid{Header: []string{"front", "metric", "new / old", "rounds", "p", "wins", "noise floor", "verdict"}, Left: 2}
	for _, x := range c.Comparisons {
		latency.Rows = append(latency.Rows, comparisonRow(x, x.A, c.Comparisons, marks))
	}
	money = Grid{Header: []string{"front", "USD/million old", "new", "USD/month old", "new"}, Left: 1}
	for _, x := range c.Costs {
		row := []string{x.Front}
		for _, pick := range []func(*Cost) string{millionOf, monthOf} {
			row = append(row, pick(x.Old), pick(x.New))
		}
		money.Rows = append(money.Rows, row)
	}
	return latency, money, marks.texts
}

func millionOf(c *Cost) string {
	if c == nil || c.Bill.PerMillion == nil {
		return "-"
	}
	return atLeast(c) + words.Dollars(*c.Bill.PerMillion)
}

func monthOf(c *Cost) string {
	if c == nil {
		return "-"
	}
	return atLeast(c) + words.Dollars(c.Bill.Total)
}

func atLeast(c *Cost) string {
	if c.Bill.LowerBound {
		return ">= "
	}
	return ""
}

// Change writes the comparison of two runs for a terminal.
func (s Style) Change(w io.Writer, c *Change) error {
	out := &printer{w: w, style: s}
	out.text("", "%s: run %s against run %s", c.New.Scenario, c.New.ID, c.Old.ID)
	out.decision(Decision{Sentences: c.Sentences(), Cautions: c.Cautions})
	latency, money, notes := c.grids()
	out.line("")
	out.table(latency)
	out.text("", "ratio of response times, warm environments [95 %% interval, rounds of each run drawn by themselves]; p: exact rank-sum test, adjusted (Holm) for those that decide, in brackets where exploratory")
	out.line("")
	out.table(money)
	out.text("", "USD list prices as of %s; free tier %s", c.Pricing.AsOf, c.Pricing.FreeTier)
	out.list("Notes", notes)
	return out.err
}
