package report_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdoor/gate"
	"frontdoor/record"
	"frontdoor/report"
)

var command = regexp.MustCompile(`^::(error|warning|notice) title=([^:,\r\n]*)::([^\r\n]*)$`)

// commands reads the lines as a runner does.
func commands(t *testing.T, r *report.Report) [][3]string {
	t.Helper()
	data := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n")
	property := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	var list [][3]string
	for line := range strings.Lines(written(t, report.Annotations, r)) {
		m := command.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			t.Errorf("a runner does not read %q", line)
			continue
		}
		list = append(list, [3]string{m[1], property.Replace(m[2]), data.Replace(m[3])})
	}
	return list
}

func TestAnnotations(t *testing.T) {
	r := without(t)
	r.Gates = append(slices.Clone(r.Gates), report.Gate{Named: []string{"alb", "url"}, Result: gate.Result{Gate: "p(99)<1,5", Outcome: gate.Invalid, Why: "100 % of\r\nrounds: too few"}})
	for source, mark := range map[record.Source]string{record.SourceLab: "LAB: ", record.SourceAWS: ""} {
		r.Run.Source = source
		want := [][3]string{
			{"error", "invalid run: http-api", mark + "no round of http-api counts: a trial of round 1 (late)"},
			{"error", "fail: p(95)<60 at rest", mark + report.GateWords(r.Gates[0])},
			{"error", "invalid: p(99)<1,5 at alb, url", mark + "100 % of\r\nrounds: too few"},
			{"warning", "inconclusive: p(95)<60 at http-api", mark + report.GateWords(r.Gates[1])},
			{"notice", "sample", mark + r.Decision.Sentences[0]},
		}
		if got := commands(t, r); !slices.Equal(got, want) {
			t.Errorf("from %s: %q, want %q", source, got, want)
		}
	}
}

// GitHub shows ten of a kind: the tenth says how many more there are.
func TestAnnotationsAreFew(t *testing.T) {
	for n, shown := range map[int]int{0: 0, 9: 9, 10: 10, 11: 10, 40: 10} {
		r := sample(t)
		r.Gates = nil
		for i := range n {
			r.Gates = append(r.Gates, report.Gate{Result: gate.Result{Gate: fmt.Sprint("g", i), Front: "alb", Outcome: gate.Fail, Op: "<"}})
		}
		list := commands(t, r)
		errors := slices.DeleteFunc(slices.Clone(list), func(c [3]string) bool { return c[0] != "error" })
		if len(errors) != shown || len(list) != shown+1 {
			t.Errorf("of %d gates that fail %d errors are shown, %d commands in all", n, len(errors), len(list))
		}
		if n > 10 && errors[9][1] != fmt.Sprintf("%d more", n-9) {
			t.Errorf("of %d gates the last is %q", n, errors[9])
		}
	}
}

func TestAnnotationsOfHostileNames(t *testing.T) {
	r := hostile(t)
	r.Gates = slices.Clone(r.Gates)
	for i := range r.Gates {
		r.Gates[i].Outcome = gate.Fail
	}
	if got := commands(t, r); len(got) != 7 {
		t.Errorf("%d commands: %q", len(got), got)
	}
}
