package report

import "io"

// Writer writes a report in one format.
type Writer func(w io.Writer, r *Report) error

// Formats lists the formats in the order in which help shows them.
func Formats() []string { return []string{"table", "lines", "csv", "json"} }

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
	}
	return nil, false
}
