package report

import (
	"cmp"
	"strings"

	"frontdoor/gate"
	"frontdoor/report/words"
)

// GateWords says a judged gate in one phrase, figures first: "p(95) of alb is
// 75.0 ms [72.8 ms, 77.3 ms], wanted < 60.0 ms".
func GateWords(g gate.Result) string {
	if g.Outcome == gate.Invalid {
		return cmp.Or(g.Why, "it could not be judged")
	}
	text := cmp.Or(g.What, "the value") + " is " + words.Measured(g.Value, g.Unit) + ", wanted " + g.Op + " " + words.Measured(g.Limit, g.Unit)
	if g.Against != "" {
		text += " (" + g.Against + ")"
	}
	if g.Why != "" {
		text += ": " + g.Why
	}
	return text
}

// gateFronts names the fronts of a judged gate.
func gateFronts(g gate.Result) string { return cmp.Or(g.Front, strings.Join(g.Named, ", ")) }
