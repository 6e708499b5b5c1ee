package report

import "io"

// Writer writes a report in one format.
type Writer func(w io.Writer, r *Report) error

// Formats lists the formats of this package in the order in which help shows
// them. The large ones are packages of their own: page, decision, focus.
func Formats() []string {
	return []string{"table", "lines", "csv", "figures", "json", "markdown", "junit", "gobench", "smaller"}
}

// WriterOf returns the writer of a format.
func WriterOf(format string) (Writer, bool) {
	switch format {
	case "table":
		return Table, true
	case "lines":
		return Lines, true
	case "csv":
		return CSV, true
	case "json":
		return JSON, true
	case "figures":
		return FiguresCSV, true
	case "markdown":
		return Markdown, true
	case "junit":
		return JUnit, true
	case "gobench":
		return GoBench, true
	case "smaller":
		return Smaller, true
	}
	return nil, false
}
