package scenarios

import (
	"fmt"
	"strings"
)

// Error is the one mistake that Parse reports: where it stands, which field it
// is about, what is wrong and what was wanted instead. It prints as one line:
//
//	quickstart.yaml:12:9: load.rate: "0/s" is not a rate above zero: want requests per second such as 200/s, 90/m or 0.5/s
type Error struct {
	File    string // as given to Parse
	Line    int    // from 1
	Column  int    // from 1; 0 when the YAML parser did not say
	Field   string // "load.rate", "fronts[2].memory"; "" when it is about the file
	Problem string // what is wrong
	Want    string // what was wanted; "" when the problem says it
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:", e.File, e.Line)
	if e.Column > 0 {
		fmt.Fprintf(&b, "%d:", e.Column)
	}
	if e.Field != "" {
		fmt.Fprintf(&b, " %s:", e.Field)
	}
	fmt.Fprintf(&b, " %s", e.Problem)
	if e.Want != "" {
		fmt.Fprintf(&b, ": want %s", e.Want)
	}
	return b.String()
}

// Warning is something that Parse accepted and that weakens what the scenario
// can show.
type Warning struct {
	File  string
	Line  int
	Field string
	Text  string // what is weak
	Help  string // what would help
}

func (w Warning) String() string {
	return fmt.Sprintf("%s:%d: %s: %s: %s", w.File, w.Line, w.Field, w.Text, w.Help)
}
