package reconcile

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// batch is the number of rows of a Parquet file that are held at once.
const batch = 256

// readParquet streams the rows of a Parquet file as text, each cell exactly.
// Panics become errors: parquet-go indexes with offsets and counts of the file
// unchecked.
func readParquet(in io.ReaderAt, size int64, each func(Charge) error) (name string, err error) {
	var given error // by each, whose panics are not the file's
	defer func() {
		if p := recover(); p != nil && given == nil {
			err = fmt.Errorf("not a whole Parquet file: %v", p)
		}
	}()
	if err := whole(in, size); err != nil {
		return "", err
	}
	file, err := parquet.OpenFile(in, size)
	if err != nil {
		return "", fmt.Errorf("not a whole Parquet file: %w", err)
	}
	fields := fieldsOf(file.Root())
	header := make([]string, len(fields))
	for i, field := range fields {
		header[i] = field.name
	}
	f, columns, err := recognise(header)
	if err != nil {
		return "", err
	}
	p := parquetRows{format: f, columns: columns, fields: fields, leaves: leavesOf(fields)}
	for _, group := range file.RowGroups() {
		if err := p.group(group, each); err != nil {
			return f.name, err
		}
	}
	return f.name, nil
}

// whole refuses a file that is shorter than its own footer says.
func whole(in io.ReaderAt, size int64) error {
	var end [8]byte
	if size < 12 {
		return errors.New("not a whole Parquet file: it is shorter than a footer")
	}
	if _, err := in.ReadAt(end[:], size-8); err != nil {
		return err
	}
	if string(end[4:]) != "PAR1" || int64(binary.LittleEndian.Uint32(end[:4])) > size-12 {
		return errors.New("not a whole Parquet file: it does not end in a footer")
	}
	return nil
}

// parquetRows turns rows of leaves into rows of text.
type parquetRows struct {
	format  format
	columns map[string]int
	fields  []field
	leaves  map[int]leaf // by index of the leaf column
	n       int          // rows so far
}

// group streams one row group.
func (p *parquetRows) group(g parquet.RowGroup, each func(Charge) error) error {
	rows := g.Rows()
	defer rows.Close()
	buf := make([]parquet.Row, batch)
	for {
		n, err := rows.ReadRows(buf)
		for _, values := range buf[:n] {
			p.n++
			cells, bad := p.cells(values)
			at := fmt.Sprintf("row %d", p.n)
			if bad != nil {
				return fmt.Errorf("%s: %w", at, bad)
			}
			if err := p.format.give(&row{at: at, columns: p.columns, cells: cells}, each); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("not a whole Parquet file: it has %d rows and promises more", p.n)
		}
	}
}

// cells is the text of a row's values, one for each column at the top. A map is a
// JSON object.
func (p *parquetRows) cells(values []parquet.Value) ([]string, error) {
	cells := make([]string, len(p.fields))
	maps := map[int]*pairs{}
	for _, v := range values {
		at, ok := p.leaves[v.Column()]
		if !ok {
			continue
		}
		text, err := at.text(v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.fields[at.field].name, err)
		}
		if at.part == plain {
			cells[at.field] = text
			continue
		}
		if maps[at.field] == nil {
			maps[at.field] = &pairs{}
		}
		maps[at.field].add(at.part, text, v.IsNull())
	}
	for i, m := range maps {
		text, err := m.json()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.fields[i].name, err)
		}
		cells[i] = text
	}
	return cells, nil
}

// pairs collects a map: a value stands where its key does, and an absent map has
// one null in the place of each.
type pairs struct {
	keys, values []string
	null         []bool // of the key
}

func (p *pairs) add(part part, text string, null bool) {
	if part == key {
		p.keys, p.null = append(p.keys, text), append(p.null, null)
		return
	}
	p.values = append(p.values, text)
}

func (p *pairs) json() (string, error) {
	if len(p.keys) != len(p.values) {
		return "", fmt.Errorf("a map has %d keys and %d values", len(p.keys), len(p.values))
	}
	m := map[string]string{}
	for i, key := range p.keys {
		if !p.null[i] {
			m[key] = p.values[i]
		}
	}
	if len(m) == 0 {
		return "", nil
	}
	text, err := json.Marshal(m)
	return string(text), err
}
