package offload

import (
	"io"

	"frontdoor/report"
)

// Writer writes a report in one format.
type Writer func(w io.Writer, r *Report) error

// Formats lists the formats in the order in which help shows them.
func Formats() []string { return []string{"table", "csv", "json", "markdown", "html"} }

// WriterOf returns the writer of a format; of "table" without a terminal's style.
func WriterOf(format string) (Writer, bool) {
	switch format {
	case "table":
		return Table(report.Style{}), true
	case "csv":
		return CSV, true
	case "json":
		return JSON, true
	case "markdown":
		return Markdown, true
	case "html":
		return HTML, true
	}
	return nil, false
}

// Table writes the report for a terminal.
func Table(s report.Style) Writer {
	return func(w io.Writer, r *Report) error {
		d := document(r)
		return s.Document(w, d)
	}
}

// document is the report as sections of text and tables.
func document(r *Report) report.Document {
	d := report.Document{Title: r.title(), About: r.Description, Lead: r.lead(), Verdict: r.sentences(), Claims: r.Claims}
	for _, s := range r.sections() {
		d.Sections = append(d.Sections, report.Section{ID: s.id, Title: s.title, Note: s.note, Table: s.grid})
	}
	d.Notes = r.notes()
	return d
}

// Markdown writes the report as GitHub-flavoured Markdown.
func Markdown(w io.Writer, r *Report) error { return report.MarkdownDocument(w, document(r)) }
