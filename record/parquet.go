package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"
)

// parquetOf writes rows as one Parquet file: columnar, typed, compressed with
// zstd, and readable by DuckDB, pandas, Polars and Athena without this program.
// docs/adr/0003 has the measured alternatives.
func parquetOf[T any](rows []T) func(io.Writer) error {
	return func(w io.Writer) error {
		pw := parquet.NewGenericWriter[T](w, parquet.Compression(&parquet.Zstd))
		if _, err := pw.Write(rows); err != nil {
			return err
		}
		return pw.Close()
	}
}

// readParquet reads what parquetOf wrote. A damaged file is an error.
func readParquet[T any](path string) ([]T, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rows, err := decode[T](data)
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", path, err)
	}
	return rows, nil
}

// batch is the number of rows read at once. Memory follows the rows that are
// there: parquet.Read allocates what the footer claims, and a flipped bit in it
// claims terabytes.
const batch = 8192

// decode turns panics into errors: parquet-go indexes with offsets and counts
// of the file unchecked.
func decode[T any](data []byte) (rows []T, err error) {
	defer func() {
		if p := recover(); p != nil {
			rows, err = nil, fmt.Errorf("not a whole Parquet file: %v", p)
		}
	}()
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	// A column that is not there would read as zeros, and missing is not zero.
	if want := parquet.SchemaOf(new(T)); !parquet.EqualNodes(want, file.Schema()) {
		return nil, fmt.Errorf("its columns are not those of %s", want.Name())
	}
	reader := parquet.NewGenericReader[T](file)
	defer reader.Close()
	for {
		part := make([]T, batch)
		n, err := reader.Read(part)
		rows = append(rows, part[:n]...)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if n := file.NumRows(); n != int64(len(rows)) {
		return nil, fmt.Errorf("it has %d rows and promises %d", len(rows), n)
	}
	return rows, nil
}
