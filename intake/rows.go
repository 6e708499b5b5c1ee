package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// eachRow hands on what is left of a CSV file, row by row with its line. Errors name the
// line.
func eachRow(rows *csv.Reader, take func(row []string, line int) error) error {
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := rows.FieldPos(0)
		if err := take(row, line); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}
