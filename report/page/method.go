package page

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/words"
)

// method says how the figures came about: the eight principles of the SPEC
// Research Group with what this run did about each, and the run's own data.
type method struct {
	Principles []pair
	Facts      []pair
}

type pair struct{ Name, Text string }

// newMethod answers the principles of Papadopoulos et al., "Methodological
// Principles for Reproducible Performance Evaluation in Cloud Computing", IEEE
// Transactions on Software Engineering 47 (8), 2021, 10.1109/TSE.2019.2927908.
func newMethod(r *report.Report) method {
	return method{
		Principles: []pair{
			{"P1 Repeated experiments", repeated(r)},
			{"P2 Workload and configuration coverage", coverage(r)},
			{"P3 Description of the set-up", setup(r)},
			{"P4 Open artifact", fmt.Sprintf("The folder of run %s holds every request, the scenario byte for byte and what AWS or the lab reported. This page is computed from it and from the price book, and from nothing else.", r.Run.ID)},
			{"P5 Probabilistic description of results", "Quantiles of all requests pooled, each with its 95 % interval over rounds, and the whole distribution as a chart. Cold starts are a population of their own. A quantile that the requests cannot carry is refused."},
			{"P6 Statistical evaluation", evaluation(r)},
			{"P7 Units of measurement", "Response time in milliseconds from the moment a request was due; durations of the function in milliseconds as billed; money in US dollars at list prices without tax; traffic in requests a month."},
			{"P8 Cost of the experiment", cost(r)},
		},
		Facts: facts(r),
	}
}

func repeated(r *report.Report) string {
	visits := "once"
	if r.Run.AA {
		visits = "twice"
	}
	var counted []string
	for _, f := range r.Fronts {
		counted = append(counted, fmt.Sprintf("%s %d", f.ID, f.Rounds))
	}
	return fmt.Sprintf("%s; each visits every front %s, in an order drawn anew (seed %d). A sample is a round, never a request. Rounds that count: %s.",
		words.Plural(r.Run.Rounds, "round"), visits, r.Run.Seed, strings.Join(counted, ", "))
}

func coverage(r *report.Report) string {
	return fmt.Sprintf("One workload (%s) on %s. Nothing else was measured; other volumes and durations are computed from it.", load(r), strings.Join(configurations(r), "; "))
}

// load is the workload in a phrase.
func load(r *report.Report) string {
	text := fmt.Sprintf("%s requests/s %s", words.Figure(r.Run.Rate), r.Run.Arrivals)
	if r.Run.Handler != "" {
		text = fmt.Sprintf("handler %q, ", r.Run.Handler) + text
	}
	if r.Run.Duration > 0 {
		text += fmt.Sprintf(", %s s a trial after %s s of warm-up", words.Figure(r.Run.Duration.Seconds()), words.Figure(r.Run.Warmup.Seconds()))
	}
	if r.Run.Connections > 0 {
		text += fmt.Sprintf(", %s at most", words.Plural(r.Run.Connections, "connection"))
	}
	return text
}

// configurations are the fronts' functions, each kind of them once.
func configurations(r *report.Report) []string {
	var list []string
	for _, f := range r.Fronts {
		if text := fmt.Sprintf("%d MB %s in %s", f.MemoryMB, f.Architecture, f.Region); !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

func setup(r *report.Report) string {
	var fronts []string
	for _, f := range r.Fronts {
		fronts = append(fronts, fmt.Sprintf("%s is %s", f.ID, f.Name))
	}
	return fmt.Sprintf("Load from %s with bench %s. %s.", host(r.Run.Host), r.Run.Tool, strings.Join(fronts, "; "))
}

func host(h record.Host) string {
	text := fmt.Sprintf("%s/%s, %s", h.OS, h.Arch, words.Plural(h.CPUs, "CPU"))
	if h.CPUModel != "" {
		text += " (" + h.CPUModel + ")"
	}
	return text + ", " + h.Go
}

func evaluation(r *report.Report) string {
	family, tests := 0, []string{}
	for _, c := range r.Comparisons {
		if c.Family {
			family++
		}
		if c.Test != "" && !slices.Contains(tests, c.Test) {
			tests = append(tests, c.Test)
		}
	}
	if len(r.Comparisons) == 0 {
		return "Nothing was compared."
	}
	return fmt.Sprintf("%s that decide and %d exploratory. Ratios with intervals from rounds drawn jointly; exact %s test over rounds, adjusted by Holm's method, at a level of %s for all that decide. Faster and slower need interval and test; equivalent needs the whole interval within ±%s; anything else is inconclusive.",
		words.Plural(family, "comparison"), len(r.Comparisons)-family, strings.Join(tests, " and "), words.Percent(r.Pricing.Alpha), words.Percent(r.Pricing.Delta))
}

// cost is what the run itself cost.
func cost(r *report.Report) string {
	sent := 0
	for _, f := range r.Fronts {
		sent += f.Requests + f.Warmup
	}
	if r.Run.Source == record.SourceLab {
		return "Nothing: the lab runs on this machine and no AWS resource was used."
	}
	return fmt.Sprintf("Not known here: the rounds that count sent %s requests, warm-ups included, and the account's own bill has what they cost.", words.Group(int64(sent)))
}

func facts(r *report.Report) []pair {
	list := []pair{
		{"Run", r.Run.ID},
		{"Record", "SHA-256 of run.json " + r.Run.Sum},
		{"Tool", "bench " + r.Run.Tool},
		{"Seed", fmt.Sprint(r.Run.Seed)},
		{"Load", load(r)},
		{"Load came from", host(r.Run.Host)},
		{"Prices", prices(r)},
		{"Thresholds", thresholds(r)},
		{"Noise floor", floor(r)},
	}
	for _, f := range r.Fronts {
		list = append(list, trials("Left out", f.ID, f.Invalid)...)
		list = append(list, trials("Disturbed", f.ID, f.Disturbed)...)
		if s := f.Settling; s.Unsettled > 0 {
			list = append(list, pair{"Warm-up too short", fmt.Sprintf("%s: %d of %s had not settled when measuring began; up to %s would be cut off", f.ID, s.Unsettled, words.Plural(s.Checked, "round"), words.Plural(s.Cut, "request"))})
		}
	}
	if !r.Decision.Expires.IsZero() {
		list = append(list, pair{"Look again by", r.Decision.Expires.String()})
	}
	return list
}

func prices(r *report.Report) string {
	book := r.Pricing.Book
	if book == "" {
		book = "shipped"
	}
	return fmt.Sprintf("as of %s, book: %s, free tier: %s", r.Pricing.AsOf, book, r.Pricing.FreeTier)
}

func thresholds(r *report.Report) string {
	text := fmt.Sprintf("differences under %s a month are no reason; equivalent within ±%s; level %s", words.USD(r.Pricing.Material), words.Percent(r.Pricing.Delta), words.Percent(r.Pricing.Alpha))
	if r.Pricing.Reference != "" {
		text += "; compared with " + r.Pricing.Reference
	}
	return text
}

// floor says how far equal things may come apart, or that nobody looked.
func floor(r *report.Report) string {
	if r.Floor == nil {
		return "no A/A run: how far equal things come apart on this machine was not measured"
	}
	var metrics, parts []string
	for _, e := range r.Floor.Entries {
		if !slices.Contains(metrics, e.Metric) {
			metrics = append(metrics, e.Metric)
		}
	}
	for _, m := range metrics {
		if far := r.Floor.Of(m); far != nil && !math.IsNaN(*far) {
			parts = append(parts, fmt.Sprintf("%s ±%s", m, words.Percent(*far)))
		}
	}
	if len(parts) == 0 {
		parts = []string{"no interval could be given"}
	}
	where := "A/A run " + r.Floor.Run
	if r.Floor.Same {
		where = "this run is an A/A run"
	}
	return where + ": " + strings.Join(parts, ", ")
}

func trials(what, front string, list []report.Weakness) []pair {
	var pairs []pair
	for _, w := range list {
		pairs = append(pairs, pair{what, fmt.Sprintf("%s, round %d, attempt %d: %s", front, w.Round, w.Attempt, w.Why)})
	}
	return pairs
}
