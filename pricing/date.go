package pricing

import (
	"fmt"
	"time"
)

// Date is a day in UTC, the grain of every price book. The zero value is no
// date. Dates compare with ==.
type Date struct{ t time.Time }

// NewDate is the day of year, month and day.
func NewDate(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// DateOf is the UTC day of t.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return NewDate(t.UTC().Date())
}

// ParseDate reads "2006-01-02".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a day such as 2018-01-01", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.t.IsZero() }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.t.Before(e.t) }

// Next is the day after d.
func (d Date) Next() Date { return Date{d.t.AddDate(0, 0, 1)} }

// Previous is the day before d.
func (d Date) Previous() Date { return Date{d.t.AddDate(0, 0, -1)} }

// String is "2006-01-02", or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.t.Format(time.DateOnly)
}

// MarshalText is String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Span is the days from From to Until, both included. A zero Until means that
// the span has not ended.
type Span struct {
	From  Date `json:"from"`
	Until Date `json:"until,omitzero"`
}

// Has reports whether d lies in the span.
func (s Span) Has(d Date) bool {
	return !d.Before(s.From) && (s.Until.IsZero() || !s.Until.Before(d))
}

// overlaps reports whether the spans share a day.
func (s Span) overlaps(o Span) bool { return s.Has(o.From) || o.Has(s.From) }
