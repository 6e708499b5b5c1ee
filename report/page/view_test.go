package page

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
)

// What a report has is on the page, and what it has not is not.
func TestSections(t *testing.T) {
	for name, c := range map[string]struct {
		change    func(r *report.Report)
		has, lack []string
	}{
		"whole": {func(*report.Report) {},
			[]string{`<span class="source">LAB</span> 5 fronts × 12 rounds, 22 November 2026, 15:00 UTC`, `<h1>sample</h1>`, `<strong>url</strong>`, `id="gates"`, `id="figure-percentiles"`, `id="figure-eras"`,
				`id="bills"`, `id="eras"`, `id="parity"`, "P1 Repeated", "P8 Cost", "Nothing: the lab", "seed 42", "bench v0.4.0", "linux/amd64, 2 CPUs", "160 requests/s poisson, 0.900 s a trial after 0.180 s of warm-up",
				"SHA-256 of run.json 5a5a", "alb, round 4, attempt 1: requests were 12.0 ms late", "rest, round 9, attempt 1: requests were 2.10 ms late", "20261122T140000Z-sample: p50 ±", `<tr class="choice"><th scope="row">`, `id="notes"`, `id="sources"`},
			[]string{`id="missing"`, `id="warnings"`, "no bill", "ZgotmplZ", "<nil>", "%!", "NaN"}},
		"aws": {func(r *report.Report) { r.Run.Source = record.SourceAWS },
			[]string{`<span class="source">AWS</span>`, "AWS figures (us-east-1; 2026-11-22; from this machine)", "Not known here: the rounds that count sent 10,800 requests"}, []string{`<span class="source">LAB`, "Nothing: the lab"}},
		"url": {func(r *report.Report) { r.Run.Source = record.SourceURL }, []string{`<span class="source">URL</span>`}, nil},
		"no choice": {func(r *report.Report) { r.Decision = report.Decision{Because: "nothing was measured"} },
			[]string{`<section class="verdict open" aria-label="Verdict">` + "\n<p>nothing was measured</p>"}, []string{"<strong>", `class="choice"`}},
		"no decision":   {func(r *report.Report) { r.Decision = report.Decision{} }, []string{"<p>No front is proposed.</p>"}, nil},
		"no gates":      {func(r *report.Report) { r.Gates = nil }, nil, []string{`id="gates"`, `href="#gates"`}},
		"no comparison": {func(r *report.Report) { r.Comparisons = nil }, []string{"Nothing was compared."}, []string{"A ratio below 1", `id="figure-differences"`}},
		"no eras":       {func(r *report.Report) { r.Eras = nil }, nil, []string{`id="eras"`, `id="figure-eras"`, `href="#eras"`}},
		"no floor":      {func(r *report.Report) { r.Floor = nil }, []string{"no A/A run: how far equal things come apart"}, []string{"20261122T140000Z-sample"}},
		"own floor": {func(r *report.Report) {
			r.Run.AA, r.Floor = true, &report.Floor{Same: true, Entries: r.Comparisons[:2]}
		},
			[]string{"this run is an A/A run: p50 ±", "every front twice", "Each front against itself"}, []string{"A ratio below 1"}},
		"empty floor": {func(r *report.Report) { r.Run.AA, r.Floor, r.Comparisons = true, &report.Floor{Same: true}, nil },
			[]string{"this run is an A/A run: no interval could be given"}, []string{"Each front against itself"}},
		"no bill": {func(r *report.Report) { r.Fronts[1].Cost = report.Cost{Err: "no <prices>"} },
			[]string{"<p><b>http-api</b>: API Gateway HTTP API, us-east-1: no bill: no &lt;prices&gt;</p>"}, []string{"Bill of http-api"}},
		"lower bound": {func(r *report.Report) { r.Fronts[1].Cost.Bill.LowerBound = true }, []string{"<b>http-api</b>: API Gateway HTTP API, us-east-1: at least $24.47 a month"}, nil},
		"missing": {func(r *report.Report) { r.Missing, r.Warnings = []string{"a <meter>"}, []string{"few & far"} },
			[]string{`id="missing"`, "<li>a &lt;meter&gt;", `href="#missing"`, `id="warnings"`, "<li>few &amp; far"}, nil},
		"warm-up": {func(r *report.Report) { r.Fronts[0].Settling = report.Settling{Checked: 12, Unsettled: 3, Cut: 40} },
			[]string{"rest: 3 of 12 rounds had not settled when measuring began; up to 40 requests would be cut off"}, nil},
		"reference": {func(r *report.Report) { r.Pricing.Reference, r.Pricing.Book = "alb", "mine.csv" },
			[]string{"; compared with alb", "book: mine.csv"}, nil},
		"no worlds": {func(r *report.Report) {
			for i := range r.Fronts {
				r.Fronts[i].Cost.Worlds = nil
			}
		}, []string{"[at the ends of the forecast]"}, []string{"regret is the mean"}},
		"nothing at all": {func(r *report.Report) {
			*r = report.Report{Pricing: report.Choices{AsOf: pricing.NewDate(2026, 11, 22)}}
		},
			[]string{"<p>No front is proposed.</p>", "Nothing was compared.", "</html>"}, []string{"<figure>", `id="sources"`, `<script`, "script-src"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := *sample(t)
			r.Fronts = slices.Clone(r.Fronts)
			c.change(&r)
			html := page(t, &r)
			for _, text := range c.has {
				if !strings.Contains(html, text) {
					t.Errorf("%q is not on the page", text)
				}
			}
			for _, text := range c.lack {
				if strings.Contains(html, text) {
					t.Errorf("%q is on the page", text)
				}
			}
			for _, b := range breaches(t, html) {
				t.Error(b)
			}
		})
	}
}

// A table under a figure that could not be drawn has a section of its own.
func TestTablesWithoutFigures(t *testing.T) {
	r := sample(t)
	figures, rest := place(nil, parts(r, report.TablesOf(r)))
	if len(figures) != 0 || len(rest) < 3 {
		t.Fatalf("%d figures and %d tables", len(figures), len(rest))
	}
	var html strings.Builder
	check(t, render(&html, r, nil))
	for _, p := range rest {
		if !strings.Contains(html.String(), `<section id="`+p.ID+`"><h2>`+p.Title+`</h2>`) {
			t.Errorf("%s has no section", p.Title)
		}
	}
}
