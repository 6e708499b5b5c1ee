package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"frontdoor/gate"
)

// perKind is how many annotations of a kind GitHub shows of a step
// (docs.github.com, workflow commands; the limit of 10 is that of the runner).
const perKind = 10

// annotation is a workflow command.
type annotation struct{ kind, title, message string }

// Annotations writes GitHub's workflow commands: an error for each gate that fails
// or cannot be judged and for each front of which no round counts, a warning for
// each inconclusive gate, and the verdict as a notice. GitHub drops what is beyond
// ten of a kind; here the tenth says how many more there are.
func Annotations(w io.Writer, r *Report) error {
	p := &printer{w: w}
	byKind := map[string][]annotation{}
	for _, a := range r.annotations() {
		byKind[a.kind] = append(byKind[a.kind], a)
	}
	for _, kind := range []string{"error", "warning", "notice"} {
		list := byKind[kind]
		if len(list) > perKind {
			more := len(list) - perKind + 1
			list = append(list[:perKind-1:perKind-1], annotation{kind, fmt.Sprintf("%d more", more), fmt.Sprintf("%d more of this kind are in the report of %s", more, r.Label())})
		}
		for _, a := range list {
			p.line("::%s title=%s::%s", a.kind, commandProperty(a.title), commandData(r.marked(a.message)))
		}
	}
	return p.err
}

func (r *Report) annotations() []annotation {
	var list []annotation
	for _, f := range r.Fronts {
		if f.Rounds == 0 {
			list = append(list, annotation{"error", "invalid run: " + f.ID, noRound(f)})
		}
	}
	for _, g := range r.Gates {
		kind := ""
		switch g.Outcome {
		case gate.Pass:
			continue
		case gate.Inconclusive:
			kind = "warning"
		default:
			kind = "error"
		}
		outcome := cmp.Or(string(g.Outcome), string(gate.Invalid))
		list = append(list, annotation{kind, fmt.Sprintf("%s: %s at %s", outcome, g.Gate, gateFronts(g)), GateWords(g)})
	}
	if len(r.Decision.Sentences) > 0 {
		list = append(list, annotation{"notice", r.Run.Scenario, r.Decision.Sentences[0]})
	}
	return list
}

// commandData escapes the message of a workflow command (actions/toolkit,
// packages/core/src/command.ts): a percent sign and what would end the line.
func commandData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(printable(s))
}

// commandProperty escapes a property, which a colon or a comma would end too.
func commandProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandData(s))
}

// printable is s without control characters, line breaks left.
func printable(s string) string {
	var out strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		for j, part := range strings.Split(line, "\r") {
			if j > 0 {
				out.WriteByte('\r')
			}
			out.WriteString(oneLine(part))
		}
	}
	return out.String()
}
