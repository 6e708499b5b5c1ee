package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/words"
)

// Style is how a table may look: as wide as a terminal, 0 for as wide as it is,
// and in colour or not. Colour never says what words do not.
type Style struct {
	Columns int
	Colour  bool
}

// Table writes the comparison as wide as it is, without colour.
func Table(w io.Writer, r *Report) error { return Style{}.Table(w, r) }

// Table writes the comparison for a terminal: the verdict, tables of latencies,
// comparisons, durations and cost, the gates, and notes on what weakens any of it.
func (s Style) Table(w io.Writer, r *Report) error {
	out := &printer{w: w, style: s}
	out.text("", "%s", headline(r))
	out.text("", "%s", design(r))
	out.decision(r.Decision)
	t := TablesOf(r)
	out.line("")
	out.table(t.Latency)
	out.text("", "ms, response time from %s, warm environments, [95 %% interval over rounds]; cold starts apart", r.Since())
	out.captioned("Connections", t.Connections, connectionCaption)
	out.captioned("By edge location and cache state", t.Parts, partCaption)
	out.comparisons(r, t)
	out.line("")
	out.table(t.Function)
	out.text("", "function: duration from CloudWatch, ms, and seen: invocations of requests sent, both with warm-ups and trials that do not count; billed: mean ms, rounded up per invocation, INIT left out")
	if r.Reading != nil {
		out.text("", "%s", r.Reading)
	}
	out.titled("", t.Counts)
	out.line("")
	out.table(t.Money)
	out.text("", "%s", priceLine(r))
	if r.Itself != nil {
		out.text("", "%s", r.Itself)
	}
	switch {
	case r.alone != nil: // nothing to be the cheapest of
		out.text("", "[80 %% of drawn months]")
	case r.uncertain():
		out.text("", "[80 %% of drawn months]; cheapest in: share of them; regret: mean USD a month above the cheapest of each; a difference below %s a month is no reason", words.USD(r.Pricing.Material))
	}
	out.titled("Where fronts change places", t.Crossings)
	out.titled("Gates", t.Gates)
	out.titled("What would change the cheapest front", t.Flips)
	out.claims(r.Claims)
	if r.Pricing.Eras {
		out.eras(r.Eras)
	}
	out.list("Notes", t.Notes)
	out.list("Missing", r.Missing)
	out.list("Warnings", r.Warnings)
	return out.err
}

// Gates writes the gates alone.
func (s Style) Gates(w io.Writer, r *Report) error {
	out := &printer{w: w, style: s}
	out.text("", "%s", headline(r))
	out.line("")
	out.table(TablesOf(r).Gates)
	return out.err
}

// uncertain reports whether months were drawn.
func (r *Report) uncertain() bool { return r.Estimate != nil && r.Estimate.Uncertainty != nil }

func (p *printer) decision(d Decision) {
	if len(d.Sentences)+len(d.Cautions) == 0 {
		return
	}
	p.line("")
	for _, s := range d.Sentences {
		p.text("  ", "%s", s)
	}
	for _, c := range d.Cautions {
		p.text("  ", "! %s", c)
	}
}

func (p *printer) comparisons(r *Report, t Tables) {
	if len(t.Comparisons.Rows) == 0 {
		return
	}
	p.line("")
	p.table(t.Comparisons)
	p.text("", "ratio of response times [95 %% interval, rounds in pairs]; p: exact signed-rank test, adjusted (Holm) for the comparisons that decide, in brackets where exploratory; wins: pairs of requests in which the first is faster")
}

// titled is a table under a title, when it has rows.
func (p *printer) titled(title string, g Grid) {
	if len(g.Rows) == 0 {
		return
	}
	p.line("")
	if title != "" {
		p.line("%s", title)
	}
	p.table(g)
}

// captioned is a table under a title and above its caption, when it has rows.
func (p *printer) captioned(title string, g Grid, caption string) {
	if len(g.Rows) > 0 {
		p.titled(title, g)
		p.text("", "%s", caption)
	}
}

// headline says what the figures are and, above all, where they come from.
func headline(r *Report) string {
	return fmt.Sprintf("%s, run %s: %s", r.Run.Scenario, r.Run.ID, origin(r))
}

func origin(r *Report) string {
	switch r.Run.Source {
	case record.SourceLab:
		if r.Run.Distance != nil {
			return "LAB figures (this machine, loopback with simulated distance), not AWS latencies"
		}
		return "LAB figures (this machine, loopback), not AWS latencies"
	case record.SourceAWS:
		var regions []string
		for _, f := range r.Fronts {
			regions = append(regions, f.Region)
		}
		slices.Sort(regions)
		return fmt.Sprintf("AWS figures (%s; %s; from this machine)", strings.Join(slices.Compact(regions), ", "), pricing.DateOf(r.Run.Started))
	}
	if r.Imported() {
		return "figures that other tools measured, imported; not known to be AWS's, nor where from"
	}
	return "figures of the URLs given, from this machine; not known to be AWS's"
}

func design(r *Report) string {
	what := "its handler"
	if r.Run.Handler != "" {
		what = fmt.Sprintf("handler %q", r.Run.Handler)
	}
	if r.Imported() {
		return fmt.Sprintf("%s behind %s, %s, imported from what other tools measured", what, words.Plural(len(r.Fronts), "front"), words.Plural(r.Run.Rounds, "round"))
	}
	return fmt.Sprintf("%s behind %s, %s in random order (seed %d), %s requests/s %s",
		what, words.Plural(len(r.Fronts), "front"), words.Plural(r.Run.Rounds, "round"), r.Run.Seed, words.Figure(r.Run.Rate), r.Run.Arrivals)
}

func latencyTable(r *Report, notes *footnotes) Grid {
	g := Grid{Header: []string{"front", "requests", "failed", "p50", "p90", "p99", "cold", "cold p50"}, Left: 1}
	for _, f := range r.Fronts {
		failed := words.Group(int64(f.Failed))
		if f.Failed > 0 {
			failed += notes.add("%s: failed: %s", f.ID, failures(f.Errors))
		}
		requests := words.Group(int64(f.Requests))
		if f.Rounds != r.Run.Rounds {
			requests += notes.add("%s: %d of %s counted", f.ID, f.Rounds, words.Plural(r.Run.Rounds, "round"))
		}
		row := []string{f.ID + generatorNotes(f, notes), requests, failed}
		for _, q := range f.Response {
			row = append(row, words.Interval(q.Estimate)+quantileNote(q, notes)+tailNote(f, q, notes))
		}
		g.Rows = append(g.Rows, append(row, coldCells(f)...))
	}
	return g
}

// generatorNotes says in which rounds the generator itself was the trouble.
func generatorNotes(f Front, notes *footnotes) string {
	mark := ""
	if len(f.Invalid) > 0 {
		mark += notes.add("%s: not counted: %s", f.ID, weakRounds(f.Invalid))
	}
	items, late := parted(f.Disturbed, func(w Weakness) bool { return strings.HasPrefix(w.Why, record.Items) })
	if len(late) > 0 {
		mark += notes.add("%s: counted although disturbed, so the upper quantiles hold the generator's lateness too: %s", f.ID, weakRounds(late))
	}
	if len(items) > 0 {
		mark += notes.add("%s: counted although disturbed, so that some answers are another version's: %s", f.ID, weakRounds(items))
	}
	return mark
}

// parted divides a list by whether its values are so.
func parted[T any](list []T, is func(T) bool) (so, others []T) {
	for _, v := range list {
		if is(v) {
			so = append(so, v)
		} else {
			others = append(others, v)
		}
	}
	return so, others
}

// weakRounds lists the rounds and the first reason in full; JSON has them all.
func weakRounds(list []Weakness) string {
	var rounds []string
	seen := map[int]bool{}
	for _, w := range list {
		if !seen[w.Round] {
			seen[w.Round] = true
			rounds = append(rounds, fmt.Sprint(w.Round))
		}
	}
	if len(rounds) == 1 {
		return fmt.Sprintf("a trial of round %s (%s)", rounds[0], list[0].Why)
	}
	return fmt.Sprintf("trials of rounds %s (in round %d %s)", strings.Join(rounds, ", "), list[0].Round, list[0].Why)
}

// tailTrial is the least number of requests of a trial with which the intervals of
// a p99 were found to hold what they promise in most worlds (docs/error-rates.md).
const tailTrial = 500

// tailNote says what short trials leave out of a p99's interval: bursts that they
// did not meet.
func tailNote(f Front, q Quantile, notes *footnotes) string {
	if q.Q < 0.99 || q.Refused != "" || !q.HasInterval() || f.Requests >= tailTrial*f.Rounds {
		return ""
	}
	mend := "lengthen load.duration"
	if f.imported { // the scenario's load says nothing of it
		mend = "longer files, or a longer --split, mend it"
	}
	return notes.add("p99 of trials shorter than %d requests: where slow requests come in bursts its interval promises too much, since few trials meet one; %s", tailTrial, mend)
}

func quantileNote(q Quantile, notes *footnotes) string {
	switch {
	case q.N == 0:
		return ""
	case q.Refused != "":
		return notes.add("too few: a quantile needs more independent requests than these are worth; report.json has the counts")
	case q.Note != "":
		return notes.add("%s", q.Note)
	}
	return ""
}

func coldCells(f Front) []string {
	if !f.Cold.Known {
		return []string{"-", "-"}
	}
	p50 := "-"
	if f.Cold.Count > 0 {
		p50 = words.Figure(f.Cold.P50.Point) // of a handful: shown as what it is, the middle one
	}
	return []string{words.Group(int64(f.Cold.Count)), p50}
}

func failures(kinds []Failure) string {
	var parts []string
	for _, k := range kinds {
		parts = append(parts, fmt.Sprintf("%s x %s", words.Group(int64(k.Count)), k.What))
	}
	return strings.Join(parts, ", ")
}

// capacity reports whether a problem is that CloudWatch did not say how many capacity units
// a load balancer had: it is no matter of the function's, and the bill does without.
func capacity(problem string) bool {
	return strings.HasPrefix(problem, "AWS/ApplicationELB ConsumedLCUs ")
}

func functionTable(r *Report, notes *footnotes) Grid {
	g := Grid{Header: []string{"front", "function p50", "p99", "billed@100ms", "@50ms", "@1ms", "seen"}, Left: 1}
	for _, f := range r.Fronts {
		fn := f.Function
		row := []string{f.ID, words.Optional(fn.P50), words.Optional(fn.P99),
			words.PerRequest(fn.WithoutInit.MS100, fn.Reports), words.PerRequest(fn.WithoutInit.MS50, fn.Reports), words.PerRequest(fn.WithoutInit.MS1, fn.Reports), seen(f)}
		if f.Joined != nil {
			row[len(row)-1] += notes.add("%s: %s", f.ID, f.Joined)
		}
		if where := fn.ranIn(); where != "" {
			row[len(row)-1] += notes.add("%s: %s", f.ID, where)
		}
		for _, p := range f.Problems {
			if !capacity(p) { // see moneyTable
				row[1] += notes.add("%s: %s", f.ID, p)
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func moneyTable(r *Report, notes *footnotes) Grid {
	g := Grid{Header: []string{"front", "USD/million", "USD/month"}, Left: 1}
	if r.uncertain() {
		g.Header = append(g.Header, "cheapest in", "regret")
	}
	for _, f := range r.Fronts {
		row := append([]string{f.ID}, costCells(f, r.Traffic, notes)...)
		if w := f.Cost.Worlds; w != nil && r.uncertain() {
			row = append(row, words.Percent(w.Cheapest), words.USD(w.Regret))
		}
		for len(row) < len(g.Header) {
			row = append(row, "-")
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// seen is how many invocations CloudWatch saw of the requests sent, warm-ups
// included on both sides: it keeps metrics by the minute and not by the trial.
func seen(f Front) string {
	if f.Coverage.Invocations == nil {
		return "-"
	}
	return fmt.Sprintf("%s/%s", words.Group(*f.Coverage.Invocations), words.Group(int64(f.Coverage.Sent)))
}
