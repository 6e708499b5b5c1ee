package claims

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"frontdoor/report/words"
)

// Page is claims with what they were judged by.
type Page struct {
	AsOf   string   `json:"as_of"`
	Book   string   `json:"book"`
	Claims []Judged `json:"claims"`
}

// Formats lists the formats that WriterOf knows.
func Formats() []string { return []string{"table", "json", "markdown"} }

// WriterOf is the writer of a format, and false for an unknown one.
func WriterOf(format string) (func(io.Writer, Page) error, bool) {
	write, ok := map[string]func(io.Writer, Page) error{"table": Table, "json": JSON, "markdown": Markdown}[format]
	return write, ok
}

//go:embed schema.json
var schema string

// Schema is the JSON Schema of what JSON writes.
func Schema() []byte { return []byte(schema) }

// JSON writes the page as data.
func JSON(w io.Writer, p Page) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(p)
}

// width of the text on a terminal.
const width = 100

// Table writes claims for a terminal.
func Table(w io.Writer, p Page) error {
	var b strings.Builder
	for i, j := range p.Claims {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(words.Wrap(width, fmt.Sprintf("%-4s", j.ID), "    ", j.Text))
		for _, s := range j.Said {
			b.WriteString(words.Wrap(width, "    said     ", "             ", s.Words()))
		}
		b.WriteString(words.Wrap(width, "    verdict  ", "             ", j.sentence()))
		for _, l := range j.Lines {
			b.WriteString(words.Wrap(width, fmt.Sprintf("    %-11s", l.Kind), "               ", l.words()))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Words is who said it, when and where.
func (s Said) Words() string { return fmt.Sprintf("%s: %s, %s", s.Date, s.Who, s.URL) }

// sentence is the verdict with its boundary, and with what was recorded where that
// is another one.
func (j Judged) sentence() string {
	text := strings.ToUpper(string(j.Word))
	if j.Boundary != "" {
		text += ": " + j.Boundary
	}
	if j.Changed() {
		text += fmt.Sprintf(" (CHANGED: %s was recorded)", j.Expected)
	}
	return text
}

func (l Line) words() string {
	if l.Source == "" {
		return l.Text
	}
	return l.Text + " (" + l.Source + ")"
}

// Markdown writes the page of the documentation.
func Markdown(w io.Writer, p Page) error {
	var b strings.Builder
	b.WriteString("# Claims\n\n")
	fmt.Fprintf(&b, "What the systems behind this project said of themselves, and what the evidence says. This page is written by `bench claims -o markdown=docs/claims.md --as-of %s`: nothing on it is stored, every figure is computed from the price book, from the rules that the lab enforces, from simulations and from runs. The recorded word alone is kept, and `bench claims` ends with exit code 3 when a verdict is another.\n\n", p.AsOf)
	b.WriteString("Bills are AWS's list prices. Simulations rest on the measurements or assumptions that they name. Runs are of the lab: they show relations, not AWS's times.\n\n")
	b.WriteString("| claim | verdict | boundary |\n| --- | --- | --- |\n")
	for _, j := range p.Claims {
		fmt.Fprintf(&b, "| [%s](#%s) %s | **%s** | %s |\n", j.ID, strings.ToLower(j.ID), words.Cell(j.Text), j.Word, words.Cell(j.Boundary))
	}
	for _, j := range p.Claims {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", j.ID, escape(j.Text))
		for _, s := range j.Said {
			fmt.Fprintf(&b, "Said: %s, %s, %s.\n", s.Date, escape(s.Who), s.URL)
		}
		fmt.Fprintf(&b, "\n**%s**\n\n", escape(j.sentence()))
		for _, l := range j.Lines {
			fmt.Fprintf(&b, "- *%s* %s\n", l.Kind, escape(l.words()))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// escape is text outside of tables; addresses stay as they are, for no markup is in
// them.
func escape(s string) string {
	parts := strings.Fields(words.Printable(s))
	for i, word := range parts {
		if !strings.Contains(word, "://") {
			parts[i] = words.Cell(word)
		}
	}
	return strings.Join(parts, " ")
}
