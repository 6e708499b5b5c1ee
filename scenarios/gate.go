package scenarios

import (
	"errors"

	"frontdoor/gate"
)

// Gate is a condition that decides the exit code. This package checks that it
// reads well and that its fronts are known; package report judges it.
type Gate struct{ gate.Gate }

func (g *Gate) set(l literal) error {
	parsed, err := gate.Parse(l.text)
	var wrong *gate.Error
	if errors.As(err, &wrong) {
		return errors.New(wrong.Problem) // the decoder quotes the text
	}
	g.Gate = parsed
	return err
}

func (g *Gate) want() string {
	return `a gate such as "p(95)<200", "rate<0.01" or "p(95)[alb] <= p(95)[http-api] + 5ms"`
}

func (g *Gate) schema() *schema {
	return &schema{Type: "string", Pattern: `^[^<>=!]+(<|<=|>|>=|==|!=)[^<>=!]+$`}
}
