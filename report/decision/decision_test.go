package decision_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/decision"
	"frontdoor/report/reporttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// made keeps the sample, which takes a second to make.
var made struct {
	sync.Mutex
	sample *report.Report
}

func sample(t testing.TB) *report.Report {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	if made.sample == nil {
		made.sample = reporttest.Judged(t)
	}
	r := *made.sample
	r.Run.Sum = strings.Repeat("5a", 32) // the sample's files do not have the same bytes every time
	return &r
}

// hostile is the sample whose choice has a name that is markup.
func hostile(t testing.TB) *report.Report {
	r := sample(t)
	r.Fronts = slices.Clone(r.Fronts)
	for i := range r.Fronts {
		if r.Fronts[i].ID == r.Decision.Choice {
			r.Fronts[i].ID = reporttest.Name
		}
	}
	r.Decision.Choice, r.Run.Scenario, r.Run.Handler, r.Run.Description = reporttest.Name, reporttest.Name, reporttest.Name, "\n# a heading\n"
	return r
}

func undecided(t testing.TB) *report.Report {
	r := sample(t)
	r.Decision.Choice, r.Decision.Because = "", "two fronts are within the noise floor of each other"
	r.Decision.Sentences, r.Gates, r.Floor, r.Decision.Flips = nil, nil, nil, nil
	return r
}

func options(template decision.Template) decision.Options {
	return decision.Options{Template: template, Command: "bench gate runs/20261122T150000Z-sample --as-of 2026-11-22",
		Pictures: []decision.Picture{{Name: "p99-by-round", Title: "p99 by round", Alt: "edge is lowest in every round", SVG: []byte("<svg/>")}}}
}

func TestGoldens(t *testing.T) {
	for _, template := range decision.Templates() {
		for name, r := range map[string]*report.Report{"sample": sample(t), "undecided": undecided(t)} {
			path := filepath.Join("testdata", fmt.Sprintf("%s.%s.golden", name, template))
			got := decision.Render(r, options(template), 7)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("%s differs (-update writes it anew); it is now\n%s", path, got)
			}
		}
	}
}

// sections are the headings of a record, with their level.
func sections(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if m := regexp.MustCompile(`^(#+ .*)\n$`).FindStringSubmatch(line); m != nil {
			list = append(list, m[1])
		}
	}
	return list
}

// Each template has its sections, all of them and in their order, whatever was
// decided and whatever fronts are called. Sources: adr-template.md and
// adr-template-minimal.md of github.com/adr/madr at 4.0.0 (2024-09-17); Nygard,
// "Documenting Architecture Decisions", 2011-11-15.
func TestSections(t *testing.T) {
	for name, r := range map[string]*report.Report{"sample": sample(t), "undecided": undecided(t), "hostile": hostile(t)} {
		var pros []string
		for _, f := range r.Fronts {
			pros = append(pros, "### "+report.MarkdownText(f.ID+" ("+f.Name+")"))
		}
		for template, want := range map[decision.Template][]string{
			decision.MADR: slices.Concat([]string{"## Context and Problem Statement", "## Decision Drivers", "## Considered Options", "## Decision Outcome",
				"### Consequences", "### Confirmation", "## Pros and Cons of the Options"}, pros, []string{"## More Information"}),
			decision.Minimal: {"## Context and Problem Statement", "## Considered Options", "## Decision Outcome", "### Consequences"},
			decision.Nygard:  {"## Status", "## Context", "## Decision", "## Consequences"},
		} {
			text := string(decision.Render(r, options(template), 7))
			got := sections(text)
			if len(got) == 0 || !strings.HasPrefix(got[0], "# ") || !slices.Equal(got[1:], want) {
				t.Errorf("%s as %s has the sections %q, want a title and %q", name, template, got, want)
			}
			if strings.Contains(text, "accepted\n") || strings.Contains(text, "Accepted") {
				t.Errorf("%s as %s is accepted", name, template)
			}
			front := "---\nstatus: \"proposed\"\ndate: 2026-11-22\ndecision-makers:\n---\n\n# "
			if template == decision.Nygard {
				front = "# 7. "
			}
			if !strings.HasPrefix(text, front) {
				t.Errorf("%s as %s begins %q", name, template, text[:80])
			}
		}
	}
}

// Every argument names its figure and the run, and a lab's run is called one.
func TestArgumentsRestOnFigures(t *testing.T) {
	for _, source := range []record.Source{record.SourceLab, record.SourceAWS} {
		r := sample(t)
		r.Run.Source = source
		if source == record.SourceAWS {
			r.Decision.Cautions = nil
		}
		text := string(decision.Render(r, options(decision.MADR), 7))
		_, pros, _ := strings.Cut(text, "## Pros and Cons of the Options")
		pros, _, _ = strings.Cut(pros, "## More Information")
		n, sides := 0, map[string]int{}
		for line := range strings.Lines(pros) {
			argument, ok := strings.CutPrefix(line, "* ")
			if !ok {
				continue
			}
			n++
			side, _, _ := strings.Cut(argument, ", because ")
			sides[side]++
			if !strings.Contains(line, r.Label()) || !strings.ContainsAny(argument, "0123456789") {
				t.Errorf("an argument without figure or run: %s", line)
			}
		}
		// 2 latencies, a cost and cold starts of 5 fronts, 8 comparisons, all but the one
		// that is not told apart from both sides, 6 gates, a failure.
		if want := 5*4 + 8 + 7 + 6 + 1; n != want || len(sides) != 3 {
			t.Errorf("%d arguments, want %d; sides are %v", n, want, sides)
		}
		if strings.Contains(text, "LAB") != (source == record.SourceLab) {
			t.Errorf("from %s the record says LAB: %v", source, source != record.SourceLab)
		}
	}
}

// What an argument says on which side, for each verdict, seen from both fronts.
func TestArgumentsOfTheReference(t *testing.T) {
	text := string(decision.Render(sample(t), options(decision.MADR), 7))
	for _, want := range []string{
		"* Good, because its p50 is 31.0 % lower than that of url (ratio edge / url 0.690 [0.676, 0.704], adjusted p 0.0039, n = 1,800 in 12 rounds, LAB run",
		"* Bad, because the p50 of edge is 31.0 % lower (ratio edge / url 0.690",
		"* Bad, because its p50 is 37.0 % higher than that of url (ratio rest / url 1.37",
		"* Good, because the p50 of rest is 37.0 % higher (ratio rest / url 1.37",
		"* Neutral, because its p50 and that of url are equivalent within 5.00 % (ratio alb / url",
		"* Neutral, because its p99 and that of url are not told apart: about 9 more rounds would tell (ratio alb / url",
		"* Bad, because 1 of 1,800 requests failed (LAB run",
		"* Good, because a month of 15M requests costs $9.476",
		"* Bad, because a month of 15M requests costs $61.98",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the record lacks %q", want)
		}
	}
}

func TestCosts(t *testing.T) {
	usd := func(s string) pricing.USD {
		u, err := pricing.ParseUSD(s)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	for name, row := range map[string]struct {
		change func(*report.Front) // of edge; url costs $9.476
		want   string
	}{
		"no bill":            {func(f *report.Front) { f.Cost.Err = "no rates" }, "Neutral, because its cost is not known: no rates (LAB run"},
		"not material":       {func(f *report.Front) { f.Cost.Bill.Total = usd("15"); f.Cost.Worlds = nil }, "Neutral, because a month of 15M requests costs $15.00 [$14.46, $66.12], $5.524 more than url"},
		"material":           {func(f *report.Front) { f.Cost.Bill.Total = usd("20"); f.Cost.Worlds = nil }, "Bad, because a month of 15M requests costs $20.00 [$14.46, $66.12], $10.52 more than url"},
		"lower bound below":  {func(f *report.Front) { f.Cost.Bill.Total = usd("1"); f.Cost.Bill.LowerBound = true }, "Neutral, because a month of 15M requests costs \\>= $1.00"},
		"nothing counted":    {func(f *report.Front) { f.Rounds = 0 }, "Bad, because no round of it counts"},
		"cannot carry it":    {func(f *report.Front) { f.Cost.Bill.Total = usd("2"); f.Cost.Cannot = "answers of 2 MB" }, "Bad, because it cannot carry the month of 15M requests: answers of 2 MB (LAB run"},
		"and is no measure":  {func(f *report.Front) { f.Cost.Bill.Total = usd("2"); f.Cost.Cannot = "answers of 2 MB" }, "Neutral, because a month of 15M requests costs $2.00"},
		"the cheapest of it": {func(f *report.Front) { f.Cost.Bill.Total = usd("2") }, "Good, because a month of 15M requests costs $2.00"},
	} {
		r := sample(t)
		r.Fronts = slices.Clone(r.Fronts)
		row.change(&r.Fronts[4])
		_, pros, _ := strings.Cut(string(decision.Render(r, options(decision.MADR), 7)), "### edge")
		pros, _, _ = strings.Cut(pros, "## More Information")
		want := strings.ReplaceAll(row.want, `\>=`, ">=")
		if !strings.Contains(pros, "* "+want) {
			t.Errorf("%s: no %q in %s", name, want, pros)
		}
	}
}

func TestDecisionIsHonestWithoutAChoice(t *testing.T) {
	for _, template := range decision.Templates() {
		text := string(decision.Render(undecided(t), options(template), 7))
		if strings.Contains(text, "Chosen option") || !strings.Contains(text, "No option is proposed, because two fronts are within the noise floor of each other.") ||
			!strings.Contains(text, "# 7. Front door of status: not decided") && !strings.Contains(text, "# Front door of status: not decided") {
			t.Errorf("%s: %s", template, text)
		}
	}
}

func TestExpiryAndSupersedes(t *testing.T) {
	for _, template := range decision.Templates() {
		o := options(template)
		text := string(decision.Render(sample(t), o, 7))
		if !strings.Contains(text, "again by 2027-05-22") || strings.Contains(text, "supersedes") {
			t.Errorf("%s: the report's own expiry is not there, or it supersedes something", template)
		}
		o.Expiry, o.Supersedes = pricing.NewDate(2027, time.January, 2), 3
		if text := string(decision.Render(sample(t), o, 7)); !strings.Contains(text, "again by 2027-01-02") || !strings.Contains(text, "supersedes ADR-0003") {
			t.Errorf("%s: %s", template, text)
		}
	}
}

// Gates of every outcome argue on the right side.
// A gate of money rests on the forecast's worlds and on no round.
func TestGatesOfMoney(t *testing.T) {
	r := sample(t)
	r.Gates = slices.Clone(r.Gates)
	for i := range r.Gates {
		r.Gates[i].Value.N, r.Gates[i].Value.Rounds = 376, 0
	}
	if text := string(decision.Render(r, options(decision.MADR), 7)); len(r.Gates) == 0 || strings.Contains(text, "in 0 rounds") {
		t.Error("a figure rests on 0 rounds")
	}
}

func TestGates(t *testing.T) {
	for outcome, want := range map[gate.Outcome]string{
		gate.Pass: `Good, because the gate "g" holds: `, gate.Fail: `Bad, because the gate "g" does not hold: `,
		gate.Inconclusive: `Neutral, because the gate "g" is inconclusive: `, gate.Invalid: `Neutral, because the gate "g" could not be judged: too few`,
	} {
		r := sample(t)
		r.Gates = []report.Gate{{Result: gate.Result{Gate: "g", Outcome: outcome, Why: "too few"}, Named: []string{"edge", "alb"}}}
		text := string(decision.Render(r, options(decision.MADR), 7))
		if n := strings.Count(text, "* "+want); n != 2 || !strings.Contains(text, "* Gate g: 1 "+string(outcome)) {
			t.Errorf("%s: %d arguments %q", outcome, n, want)
		}
	}
}
