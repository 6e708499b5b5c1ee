package scenarios

import (
	"errors"
	"time"
)

// moment is a point in time to the second, in UTC: 2026-11-29T07:00:00Z.
type moment time.Time

const momentForm = "2006-01-02T15:04:05Z"

func (m *moment) set(l literal) error {
	t, err := time.Parse(momentForm, l.text)
	if err != nil {
		return errors.New("is not a time")
	}
	*m = moment(t)
	return nil
}

func (m *moment) want() string { return "a time in UTC such as 2026-11-29T07:00:00Z" }

func (m *moment) schema() *schema {
	return &schema{Type: "string", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$`}
}

func (m *moment) text() literal {
	return literal{time.Time(*m).UTC().Format(momentForm), "!!timestamp"}
}
