package reconcile

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Read streams the lines of an export: CSV, CSV compressed with gzip, or Parquet,
// told apart by their first bytes. It holds one row, or one batch of a Parquet
// file, at a time. The error names the file, and the row and column of a cell that
// is wrong, with what would be right; it passes on an error of each.
func Read(name string, each func(Charge) error) (Export, error) {
	x := Export{Name: name}
	f, err := os.Open(name)
	if err != nil {
		return x, fmt.Errorf("read bill: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return x, fmt.Errorf("read bill: %w", err)
	}
	if info.IsDir() {
		return x, fmt.Errorf("read bill %q: it is a folder: want a file of it", name)
	}
	x.Modified = info.ModTime().UTC()
	sink := func(c Charge) error {
		c.File = name
		x.Charges++
		if c.Until.After(x.Until) {
			x.Until = c.Until
		}
		return each(c)
	}
	if x.Format, err = readAny(f, info.Size(), sink); err != nil {
		return x, fmt.Errorf("read bill %q: %w", name, err)
	}
	return x, nil
}

// readAny tells the kinds of file apart.
func readAny(f *os.File, size int64, each func(Charge) error) (string, error) {
	in := bufio.NewReaderSize(f, 1<<16)
	magic, _ := in.Peek(4) // a file of fewer bytes is no export either way
	switch {
	case string(magic) == "PAR1":
		return readParquet(f, size, each)
	case len(magic) > 1 && magic[0] == 0x1f && magic[1] == 0x8b:
		z, err := gzip.NewReader(in)
		if err != nil {
			return "", err
		}
		defer z.Close()
		return readCSV(z, each)
	}
	return readCSV(in, each)
}

// readCSV streams rows below a header.
func readCSV(r io.Reader, each func(Charge) error) (string, error) {
	in := bufio.NewReader(r)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" { // spreadsheets write one
		_, _ = in.Discard(3) // they were peeked
	}
	rows := csv.NewReader(in)
	rows.FieldsPerRecord, rows.ReuseRecord = -1, true
	header, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return "", errors.New("the file is empty: want an export with a header")
	}
	if err != nil {
		return "", err
	}
	f, columns, err := recognise(slices.Clone(header))
	if err != nil {
		return "", err
	}
	width := len(header)
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return f.name, nil
		}
		if err != nil {
			return f.name, err
		}
		line, _ := rows.FieldPos(0)
		at := fmt.Sprintf("line %d", line)
		if len(cells) != width {
			return f.name, fmt.Errorf("%s: it has %d columns: want %d as in the header", at, len(cells), width)
		}
		if err := f.give(&row{at: at, columns: columns, cells: cells}, each); err != nil {
			return f.name, err
		}
	}
}

// give hands on the charge of a row.
func (f format) give(r *row, each func(Charge) error) error {
	c := f.charge(r)
	c.At = r.at
	if r.err == nil && c.Until.Before(c.From) {
		r.err = fmt.Errorf("%s: it ends at %s, before it begins", r.at, c.Until.Format("2006-01-02T15:04:05Z"))
	}
	if r.err != nil {
		return r.err
	}
	return each(c)
}
