package pricing

import (
	"fmt"
	"strings"
)

// NotYetError says that something did not exist at the date asked for, or
// that the book begins later. A bill turns it into Unavailable.
type NotYetError struct {
	What   string // "front apigw-http", "meter lambda.gb_seconds.arm in us-east-1"
	AsOf   Date
	Begins Date // first date for which there is an answer
	Mark   Mark // what Begins rests on, "" when the book does not say
}

func (e *NotYetError) Error() string {
	text := fmt.Sprintf("%s did not exist on %s: it begins on %s", e.What, e.AsOf, e.Begins)
	if e.Mark != "" && !e.Mark.Confirmed() {
		text += " (day unconfirmed)"
	}
	return text
}

// UnknownRateError says that the book holds no rate for a meter in a Region,
// at any date or at the date asked for.
type UnknownRateError struct {
	Meter   Meter
	Region  string
	AsOf    Date
	Meters  []Meter  // what the book does know, nearest first, when the meter is unknown
	Regions []string // what the book does know, when the Region is unknown
}

func (e *UnknownRateError) Error() string {
	switch {
	case len(e.Meters) > 0:
		names := make([]string, len(e.Meters))
		for i, m := range e.Meters {
			names[i] = string(m)
		}
		return fmt.Sprintf("unknown meter %q: near ones are %s", e.Meter, strings.Join(names, ", "))
	case len(e.Regions) > 0:
		return fmt.Sprintf("no rate of meter %q in region %q: known are %s", e.Meter, e.Region, strings.Join(e.Regions, ", "))
	}
	return fmt.Sprintf("no rate of meter %q in region %q on %s", e.Meter, e.Region, e.AsOf)
}
