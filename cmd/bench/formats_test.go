package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/reporttest"
)

// The command that shows a run again has the same gates, prices and rules; what is
// as it is without a flag has none.
func TestCommand(t *testing.T) {
	const plain = "bench report my/runs/x --as-of 2026-11-22 --free-tier none"
	tests := []struct {
		name   string
		change func(*viewOptions)
		want   string
	}{
		{"plain", func(*viewOptions) {}, plain},
		{"rules", func(v *viewOptions) {
			v.rules.delta, v.rules.material, v.rules.reference, v.rules.metrics, v.rules.floor = "10%", "25", "alb", []string{"p50"}, "none"
		}, plain + " --delta 10% --material 25 --reference alb --metrics p50 --floor none"},
		{"invalid", func(v *viewOptions) { v.countInvalid = true }, plain + " --count-invalid"},
		{"prices", func(v *viewOptions) { v.book, v.init = "my prices.json", initFlags{"no", "yes"} },
			plain + " --book 'my prices.json' --lambda-init no --edge-init yes"},
		{"gate", func(v *viewOptions) { v.rules.gates = []string{"p(95)<60"} },
			"bench report my/runs/x --gate 'p(95)<60' --as-of 2026-11-22 --free-tier none"},
	}
	for _, test := range tests {
		v := viewOptions{rules: ruleOptions{delta: "5%", material: "10", metrics: []string{"p50", "p99"}}}
		test.change(&v)
		if got := v.command("my/runs/x", report.Choices{AsOf: pricing.NewDate(2026, time.November, 22), FreeTier: pricing.FreeNone}); got != test.want {
			t.Errorf("%s: %s\nwant %s", test.name, got, test.want)
		}
	}
}

// gate refuses a run without gates: the command is then the one that shows it.
func TestGateCommand(t *testing.T) {
	r := &report.Report{Run: report.Run{Again: "bench report runs/x --as-of 2026-11-22"}}
	if got := gateCommand(r); got != "bench report runs/x --as-of 2026-11-22" {
		t.Errorf("without gates: %s", got)
	}
	r.Gates = make([]report.Gate, 1)
	if got := gateCommand(r); got != "bench gate runs/x --as-of 2026-11-22" {
		t.Errorf("with a gate: %s", got)
	}
}

// A shell reads a quoted word as the word.
func TestQuoted(t *testing.T) {
	for _, word := range []string{"5%", "plain", "a b", "it's", `p(95)[alb] <= p(95)["x"] + 5ms`, "$HOME", "`id`", "*", `\`, "été\nzwei", "#x", "~"} {
		out, err := exec.Command("sh", "-c", "printf %s "+quoted(word)).Output()
		if err != nil || string(out) != word {
			t.Errorf("%q is quoted as %s, which sh reads as %q (%v)", word, quoted(word), out, err)
		}
	}
	if got := quoted("p50-x_1./:%"); got != "p50-x_1./:%" {
		t.Errorf("a plain word is quoted as %s", got)
	}
}

// Options of single formats are refused before a run is spent.
func TestDocumentOptions(t *testing.T) {
	whole := documentOptions{focus: "1.4", template: "madr"}
	if err := whole.check(); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*documentOptions){
		`--focus-version: "2.0": want one of 1.2, 1.4`: func(o *documentOptions) { o.focus = "2.0" },
		"--adr-template: ": func(o *documentOptions) { o.template = "x" },
		"--supersedes: -1: want the number of a decision record": func(o *documentOptions) { o.supersedes = -1 },
	} {
		o := whole
		change(&o)
		if err := o.check(); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v; want %s", err, want)
		}
	}
}

// --github adds to what the step's summary holds already, and says nothing to it
// outside of Actions.
func TestGitHub(t *testing.T) {
	r := reporttest.Sample(t)
	summary := filepath.Join(t.TempDir(), "summary.md")
	if err := os.WriteFile(summary, []byte("before\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	e := world(map[string]string{"GITHUB_STEP_SUMMARY": summary})
	e.stderr = &said
	for range 2 {
		if err := (&documents{env: e, r: r}).github(); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(summary)
	if err != nil {
		t.Fatal(err)
	}
	var once strings.Builder
	if err := report.Markdown(&once, r); err != nil {
		t.Fatal(err)
	}
	if string(text) != "before\n"+once.String()+once.String() {
		t.Error("the summary is not what it was and the report twice")
	}
	if n := strings.Count(said.String(), "::notice "); n != 2 {
		t.Errorf("%d notices on stderr, want 2:\n%s", n, said.String())
	}
}

// Pictures are linked as seen from the document, wherever either of them lies.
func TestLinked(t *testing.T) {
	here := t.TempDir()
	t.Chdir(here)
	here, err := os.Getwd() // without links
	if err != nil {
		t.Fatal(err)
	}
	r := reporttest.Sample(t)
	for _, test := range []struct{ dir, document, want string }{
		{"pics", "", "pics/percentiles.svg"},
		{"pics", "report.md", "pics/percentiles.svg"},
		{"pics", "docs/report.md", "../pics/percentiles.svg"},
		{"pics", filepath.Join(here, "docs", "report.md"), "../pics/percentiles.svg"},
		{filepath.Join(here, "pics"), "report.md", "pics/percentiles.svg"},
		{filepath.Join(here, "pics"), "", "pics/percentiles.svg"},
	} {
		list := (&documents{r: r, dir: test.dir}).linked(test.document)
		if len(list) == 0 || !slices.ContainsFunc(list, func(p report.Picture) bool { return p.Path == test.want }) {
			t.Errorf("%s from %q: %+v, want %s", test.dir, test.document, list, test.want)
		}
	}
	if list := (&documents{r: r}).linked("report.md"); list != nil {
		t.Errorf("without pictures there are %d", len(list))
	}
}
