package pricing

import (
	"fmt"
	"io"

	"frontdoor/front"
)

// opening is the day from which a kind of front can be had.
type opening struct {
	kind   front.Kind
	from   Date
	mark   Mark
	source string
}

// Began returns the day from which a kind of front can be had, and what that
// day rests on.
func (b *Book) Began(k front.Kind) (Date, Mark, error) {
	for _, o := range b.fronts {
		if o.kind == k {
			return o.from, o.mark, nil
		}
	}
	return Date{}, "", fmt.Errorf("the book does not say when front %q began", k)
}

// exists returns *NotYetError when the kind of front came after day.
func (b *Book) exists(k front.Kind, day Date) error {
	from, mark, err := b.Began(k)
	if err != nil {
		return err
	}
	if day.Before(from) {
		return &NotYetError{What: fmt.Sprintf("front %s", k), AsOf: day, Begins: from, Mark: mark}
	}
	return nil
}

func parseFronts(name string, r io.Reader) ([]opening, error) {
	rows, err := readTable(name, r, []string{"kind", "from", "confidence", "source"})
	if err != nil {
		return nil, err
	}
	var openings []opening
	for _, row := range rows {
		o := opening{kind: one(row, "kind", front.ParseKind), from: one(row, "from", ParseDate),
			mark: one(row, "confidence", parseMark), source: row.text("source")}
		if row.err != nil {
			return nil, row.err
		}
		openings = append(openings, o)
	}
	return openings, nil
}
