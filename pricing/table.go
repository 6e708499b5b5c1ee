package pricing

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// row is one line of a book's table. The first field that does not parse sets
// err, which names file, line and field; later reads are harmless.
type row struct {
	file   string
	line   int
	fields map[string]string
	err    error
}

// readTable reads CSV with "#" comments whose first line must be columns.
func readTable(file string, r io.Reader, columns []string) ([]*row, error) {
	reader := csv.NewReader(r)
	reader.Comment = '#'
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read price book %q: no header line", file)
	}
	if err != nil {
		return nil, fmt.Errorf("read price book %q: %w", file, err)
	}
	if !slices.Equal(header, columns) {
		return nil, fmt.Errorf("read price book %q: columns are %q: want %q", file, header, columns)
	}
	var rows []*row
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read price book %q: %w", file, err)
		}
		line, _ := reader.FieldPos(0)
		fields := make(map[string]string, len(columns))
		for i, c := range columns {
			fields[c] = record[i]
		}
		rows = append(rows, &row{file: file, line: line, fields: fields})
	}
}

// fail keeps the first error of the row.
func (r *row) fail(field string, err error) {
	if r.err == nil {
		r.err = fmt.Errorf("read price book %q: line %d: %s: %w", r.file, r.line, field, err)
	}
}

// text is a field that must not be empty.
func (r *row) text(field string) string {
	s := r.fields[field]
	if s == "" || s != strings.TrimSpace(s) {
		r.fail(field, fmt.Errorf("%q is empty or has space around it", s))
	}
	return s
}

// one reads a field of type T with parse.
func one[T any](r *row, field string, parse func(string) (T, error)) T {
	v, err := parse(r.fields[field])
	if err != nil {
		r.fail(field, err)
	}
	return v
}

// span reads two date fields; an empty until has not ended.
func (r *row) span(from, until string) Span {
	s := Span{From: one(r, from, ParseDate)}
	if r.fields[until] != "" {
		s.Until = one(r, until, ParseDate)
		if s.Until.Before(s.From) {
			r.fail(until, fmt.Errorf("%s is before %s", s.Until, s.From))
		}
	}
	return s
}

// whole reads a count that is not negative.
func (r *row) whole(field string) int64 {
	return one(r, field, func(s string) (int64, error) {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 0 {
			return 0, fmt.Errorf("%q is not a whole number of 0 or more", s)
		}
		return n, nil
	})
}

// quantity reads a quantity that is not negative.
func (r *row) quantity(field string) Quantity {
	q := one(r, field, ParseQuantity)
	if q.Sign() < 0 {
		r.fail(field, fmt.Errorf("%s is negative", q))
	}
	return q
}
