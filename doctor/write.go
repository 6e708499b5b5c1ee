package doctor

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"frontdoor/report/words"
)

// width of the text on a terminal.
const width = 100

// Formats lists the formats that WriterOf knows.
func Formats() []string { return []string{"table", "json"} }

// WriterOf is the writer of a format, and false for an unknown one.
func WriterOf(format string) (func(io.Writer, *Report) error, bool) {
	write, ok := map[string]func(io.Writer, *Report) error{"table": Table, "json": JSON}[format]
	return write, ok
}

//go:embed schema.json
var schema string

// Schema is the JSON Schema of what JSON writes.
func Schema() []byte { return []byte(schema) }

// JSON writes the report as data.
func JSON(w io.Writer, r *Report) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// Table writes the report for a terminal.
func Table(w io.Writer, r *Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "account %s, as %s\n", r.Account, r.ARN)
	for _, f := range r.Findings {
		b.WriteString(words.Wrap(width, "  "+mark(f.Level)+" ", "    ", f.About+": "+f.Text))
		if f.Help != "" {
			b.WriteString(words.Wrap(width, "    do: ", "        ", f.Help))
		}
	}
	b.WriteString(r.verdict() + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func mark(l Level) string {
	return map[Level]string{OK: "✓", Warning: "!", Unknown: "?", Missing: "✗"}[l]
}

func (r *Report) verdict() string {
	missing, unknown := r.Count(Missing), r.Count(Unknown)
	switch {
	case missing > 0:
		return fmt.Sprintf("Not ready: %s missing.", words.Plural(missing, "thing"))
	case unknown > 0:
		return fmt.Sprintf("Nothing is known to be missing; %s could not be looked at.", words.Plural(unknown, "thing"))
	}
	return "Ready."
}
