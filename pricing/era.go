package pricing

import (
	"errors"
	"fmt"
	"io"

	"frontdoor/front"
)

// era is a billing rule over a span of days.
type era struct {
	name    string
	inForce Span
	value   int64
	mark    Mark
	source  string
}

// Rule is a billing rule as it stands on a day.
type Rule struct {
	Name       string     `json:"name"` // "lambda.granularity_ms"
	Value      int64      `json:"value"`
	InForce    Span       `json:"in_force"`
	Mark       Mark       `json:"mark,omitempty"`
	Confidence Confidence `json:"confidence"`
	Source     string     `json:"source"`
	Overridden bool       `json:"overridden,omitempty"` // the caller's word, not the book's
}

// Billing is how the duration of one invocation becomes billed milliseconds.
type Billing struct {
	Granularity Rule `json:"granularity_ms"` // durations are rounded up to a multiple of it
	Init        Rule `json:"init_billed"`    // 1: the INIT phase is billed as duration
}

// Rules is the billing rules of a day, for functions in a Region and at the edge.
type Rules struct {
	AsOf   Date    `json:"as_of"`
	Lambda Billing `json:"lambda"`
	Edge   Billing `json:"edge"`
}

// Of is the billing of functions behind a kind of front.
func (r Rules) Of(k front.Kind) Billing {
	if k.CloudFront() {
		return r.Edge
	}
	return r.Lambda
}

// InitSwitch decides on INIT in place of the book. Nil leaves the book's word.
type InitSwitch struct {
	Lambda *bool // custom runtimes and container images paid for INIT before 2025-08-01
	Edge   *bool // no AWS text says whether Lambda@Edge bills INIT
}

// Rules returns the billing rules of a day. Lambda@Edge is left zero before it
// existed; the error is *NotYetError before Lambda did.
func (b *Book) Rules(day Date, init InitSwitch) (Rules, error) {
	lambda, err := b.billing("lambda", day, init.Lambda)
	if err != nil {
		return Rules{}, err
	}
	rules := Rules{AsOf: day, Lambda: lambda}
	var early *NotYetError
	rules.Edge, err = b.billing("edge", day, init.Edge)
	if err != nil && !errors.As(err, &early) {
		return Rules{}, err
	}
	return rules, nil
}

func (b *Book) billing(service string, day Date, init *bool) (Billing, error) {
	granularity, err := b.rule(service+".granularity_ms", day)
	if err != nil {
		return Billing{}, err
	}
	billed, err := b.rule(service+".init_billed", day)
	if err != nil {
		return Billing{}, err
	}
	if init != nil {
		billed.Value, billed.Overridden, billed.Source = 0, true, "switched by the caller"
		billed.Mark, billed.Confidence = "", Unconfirmed
		if *init {
			billed.Value = 1
		}
	}
	return Billing{granularity, billed}, nil
}

func (b *Book) rule(name string, day Date) (Rule, error) {
	var first Date
	for _, e := range b.eras {
		if e.name != name {
			continue
		}
		if e.inForce.Has(day) {
			return Rule{Name: name, Value: e.value, InForce: e.inForce, Mark: e.mark,
				Confidence: confidence(e.mark.Confirmed()), Source: e.source}, nil
		}
		if first.IsZero() || e.inForce.From.Before(first) {
			first = e.inForce.From
		}
	}
	if first.IsZero() || !day.Before(first) {
		return Rule{}, fmt.Errorf("the book has no rule %q on %s", name, day)
	}
	return Rule{}, &NotYetError{What: "rule " + name, AsOf: day, Begins: first}
}

func parseEras(name string, r io.Reader) ([]era, error) {
	rows, err := readTable(name, r, []string{"rule", "from", "until", "value", "confidence", "source"})
	if err != nil {
		return nil, err
	}
	var eras []era
	for _, row := range rows {
		e := era{name: row.text("rule"), inForce: row.span("from", "until"), value: row.whole("value"),
			mark: one(row, "confidence", parseMark), source: row.text("source")}
		for _, other := range eras {
			if other.name == e.name && other.inForce.overlaps(e.inForce) {
				row.fail("from", fmt.Errorf("rule %q is given twice for a day", e.name))
			}
		}
		if row.err != nil {
			return nil, row.err
		}
		eras = append(eras, e)
	}
	return eras, nil
}
