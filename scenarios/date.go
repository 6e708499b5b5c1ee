package scenarios

import (
	"errors"
	"time"
)

// Date is a day. The zero Date is the day on which the question is asked.
type Date struct{ time time.Time }

// In returns the day at midnight UTC; today is the day of now.
func (d Date) In(now time.Time) time.Time {
	if d.time.IsZero() {
		return now.UTC().Truncate(24 * time.Hour)
	}
	return d.time
}

func (d *Date) set(l literal) error {
	if l.text == "today" {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, l.text)
	if err != nil {
		return errors.New("is not a date")
	}
	if t.Year() < 1 {
		return errors.New("is not a date")
	}
	*d = Date{t}
	return nil
}

func (d *Date) want() string { return "a day such as 2025-06-01, or today" }

func (d *Date) schema() *schema {
	return &schema{Type: "string", Pattern: `^(today|[0-9]{4}-[0-9]{2}-[0-9]{2})$`}
}

// String writes d as "2025-06-01" or "today".
func (d Date) String() string {
	if d.time.IsZero() {
		return "today"
	}
	return d.time.Format(time.DateOnly)
}
