package scenarios

import (
	"errors"
	"regexp"
	"time"
)

// Duration is a span of time, written as Go writes it: "30s", "1m30s", "400ms".
type Duration time.Duration

var durationForm = regexp.MustCompile(durationPattern)

// durationPattern leaves out signs and units below the microsecond.
const durationPattern = `^([0-9]{1,9}(\.[0-9]{1,9})?(us|ms|s|m|h))+$`

func (d *Duration) set(l literal) error {
	if l.tag != "!!str" {
		return errNoUnit
	}
	if !durationForm.MatchString(l.text) {
		return errors.New("is not a duration")
	}
	v, err := time.ParseDuration(l.text)
	if err != nil {
		return errors.New("is not a duration")
	}
	*d = Duration(v)
	return nil
}

func (d *Duration) want() string { return "a duration such as 30s, 1m30s or 400ms" }

func (d *Duration) schema() *schema {
	return &schema{Type: "string", Pattern: durationPattern}
}

// String writes d as Go does.
func (d Duration) String() string { return time.Duration(d).String() }

func (d *Duration) text() literal { return literal{d.String(), "!!str"} }
