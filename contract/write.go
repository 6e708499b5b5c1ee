package contract

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"frontdoor/front"
	"frontdoor/report/words"
)

// width of the text on a terminal.
const width = 100

// Formats lists the formats that WriterOf knows.
func Formats() []string { return []string{"table", "json", "markdown"} }

// WriterOf is the writer of a format, and false for an unknown one.
func WriterOf(format string) (func(io.Writer, *Result) error, bool) {
	write, ok := map[string]func(io.Writer, *Result) error{"table": Table, "json": JSON, "markdown": Markdown}[format]
	return write, ok
}

//go:embed schema.json
var schema string

// Schema is the JSON Schema of what JSON writes.
func Schema() []byte { return []byte(schema) }

// JSON writes the result as data.
func JSON(w io.Writer, r *Result) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if r.Findings == nil { // an empty list is none, null would be nothing known
		r = &Result{r.Handler, r.Fronts, r.Cases, []Finding{}}
	}
	return e.Encode(r)
}

// Table writes the findings for a terminal: what, the rule, why, and what to do.
func Table(w io.Writer, r *Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", r.Handler, r.summary())
	for _, l := range []Level{Breaks, Differs, Note} {
		found := r.Of(l)
		if len(found) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", heading(l))
		for _, f := range found {
			text(&b, r, f)
		}
	}
	if sound := r.Sound(); len(sound) > 0 {
		b.WriteByte('\n')
		b.WriteString(words.Wrap(width, "", "", "Nothing breaks at "+kinds(sound)+"."))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// summary is the sentence above the findings.
func (r *Result) summary() string {
	return fmt.Sprintf("%d cases at %s; %d break, %d differ by front, %d to note (LAB: loopback on this machine)",
		r.Cases, words.Plural(len(r.Fronts), "front"), len(r.Of(Breaks)), len(r.Of(Differs)), len(r.Of(Note)))
}

func heading(l Level) string {
	switch l {
	case Breaks:
		return "What would break"
	case Differs:
		return "What is answered otherwise from front to front"
	}
	return "What to know"
}

// text is one finding on a terminal.
func text(b *strings.Builder, r *Result, f Finding) {
	b.WriteString(words.Wrap(width, mark(f.Level), "    ", f.subject()+": "+f.What))
	for _, line := range [][2]string{{"rule: ", f.Rule}, {"why:  ", f.Why}, {"do:   ", f.Do}, {"see:  ", f.Source}} {
		if line[1] != "" {
			b.WriteString(words.Wrap(width, "    "+line[0], "          ", line[1]))
		}
	}
}

func mark(l Level) string {
	return map[Level]string{Breaks: "  ✗ ", Differs: "  ≠ ", Note: "  ! "}[l]
}

// subject is where a finding was made.
func (f Finding) subject() string {
	cases := strings.Join(f.Cases, ", ")
	if f.All {
		cases = "every case"
	}
	switch {
	case f.Front == "" && cases == "":
		return "every front"
	case f.Front == "":
		return cases
	case cases == "":
		return string(f.Front)
	}
	return fmt.Sprintf("%s, %s", f.Front, cases)
}

// Markdown writes the findings as a section for a pull request.
func Markdown(w io.Writer, r *Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## Contract check of `%s`\n\n%s.\n", r.Handler, r.summary())
	for _, l := range []Level{Breaks, Differs, Note} {
		found := r.Of(l)
		if len(found) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n### %s\n\n| where | what | rule | why | what to do |\n| --- | --- | --- | --- | --- |\n", heading(l))
		for _, f := range found {
			fmt.Fprintf(&b, "| %s | %s | %s | %s ([AWS](%s)) | %s |\n", words.Cell(f.subject()), words.Cell(f.What), words.Cell(f.Rule), words.Cell(f.Why), f.Source, words.Cell(f.Do))
		}
	}
	if sound := r.Sound(); len(sound) > 0 {
		fmt.Fprintf(&b, "\nNothing breaks at %s.\n", kinds(sound))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func kinds(list []front.Kind) string {
	names := make([]string, 0, len(list))
	for _, k := range list {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}
