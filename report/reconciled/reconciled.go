// Package reconciled writes a run that was held against its bill, for people and for
// programs: the same figures in each format.
package reconciled

import (
	"io"

	"frontdoor/pricing"
	"frontdoor/reconcile"
	"frontdoor/report"
)

// Report is everything that the formats show: values only.
type Report struct {
	*reconcile.Result
	Scenario string
	Book     string       // which price book; "shipped"
	Day      pricing.Date // of the run, whose list prices estimates have
}

// Writer writes a report in one format.
type Writer func(w io.Writer, r *Report) error

// Formats lists the formats in the order in which help shows them.
func Formats() []string { return []string{"table", "csv", "json", "markdown"} }

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
	}
	return nil, false
}

// Table writes the report for a terminal.
func Table(s report.Style) Writer {
	return func(w io.Writer, r *Report) error { return s.Document(w, document(r)) }
}

// Markdown writes the report as GitHub-flavoured Markdown.
func Markdown(w io.Writer, r *Report) error { return report.MarkdownDocument(w, document(r)) }

// document is the report as sections of text and tables.
func document(r *Report) report.Document {
	d := report.Document{Title: r.title(), Lead: r.lead(), Verdict: r.sentences(), Notes: r.notes()}
	for _, s := range []report.Section{r.residuals(), r.lines(), r.explanations(), r.apart(), r.unplaced()} {
		if len(s.Table.Rows) > 0 {
			d.Sections = append(d.Sections, s)
		}
	}
	return d
}
