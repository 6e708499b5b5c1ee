package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
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

// readParquet reads the file that parquetOf wrote, whose SHA-256 is sum.
func readParquet[T any](path, sum string) ([]T, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if got := sha256.Sum256(data); hex.EncodeToString(got[:]) != sum {
		return nil, fmt.Errorf("read %q: it was changed since it was written: its SHA-256 is not the one in %s", path, runFile)
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
	if n := len(data); n < 12 || int64(binary.LittleEndian.Uint32(data[n-8:])) > int64(n-12) {
		return nil, errors.New("not a whole Parquet file: it is shorter than its own footer")
	}
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
	promised := file.NumRows()
	for left := promised; left > 0; left = promised - int64(len(rows)) {
		part := make([]T, min(left, batch))
		n, err := reader.Read(part)
		rows = append(rows, part[:n]...)
		if n == 0 {
			return nil, fmt.Errorf("it promises %d rows and has %d: %v", promised, len(rows), err)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
	}
	return rows, nil
}
