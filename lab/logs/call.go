package logs

import (
	"math"
	"slices"
	"strings"
)

// rowCall is a function of one row: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html.
type rowCall struct {
	of        func(...value) value
	arguments []expression
}

func (c rowCall) eval(r *row) value {
	var list []value
	for _, a := range c.arguments {
		list = append(list, a.eval(r))
	}
	return c.of(list...)
}

// bin rounds the time of an event down.
type bin struct{ milliseconds float64 }

func (b bin) eval(r *row) value {
	return momentOf(math.Floor(r.get("@timestamp").number/b.milliseconds) * b.milliseconds)
}

// aggregate is a function of many rows.
type aggregate struct {
	of       func(values []float64, n int, percent float64) value
	argument expression // nil: of the rows themselves
	percent  float64
}

// eval has no value in one row: statsCommand calls over.
func (a aggregate) eval(*row) value { return value{} }

// over calculates the aggregate of rows, those without a value left out.
func (a aggregate) over(rows []*row) value {
	if a.argument == nil {
		return numberOf(float64(len(rows)))
	}
	var numbers []float64
	n := 0
	for _, r := range rows {
		v := a.argument.eval(r)
		if v.there() {
			n++
		}
		if x, ok := v.float(); ok {
			numbers = append(numbers, x)
		}
	}
	return a.of(numbers, n, a.percent)
}

// aggregates reports whether an expression is one value for many rows.
func aggregates(e expression) bool {
	switch e := e.(type) {
	case aggregate:
		return true
	case constant:
		return true
	case binary:
		return aggregates(e.left) && aggregates(e.right)
	}
	return false
}

// functions are those of one row, each with its number of arguments.
func functions() map[string]struct {
	arguments int
	of        func(...value) value
} {
	type function = struct {
		arguments int
		of        func(...value) value
	}
	numeric := func(f func(float64) float64) function {
		return function{1, func(v ...value) value {
			n, ok := v[0].float()
			if !ok {
				return value{}
			}
			return numberOf(f(n))
		}}
	}
	return map[string]function{
		"abs": numeric(math.Abs), "ceil": numeric(math.Ceil), "floor": numeric(math.Floor),
		"ispresent": {1, func(v ...value) value { return truth(v[0].there()) }},
	}
}

// summaries are the aggregates of numbers.
func summaries() map[string]func([]float64, int, float64) value {
	known := func(f func([]float64, float64) float64) func([]float64, int, float64) value {
		return func(values []float64, _ int, percent float64) value {
			if len(values) == 0 {
				return value{}
			}
			return numberOf(f(values, percent))
		}
	}
	return map[string]func([]float64, int, float64) value{
		"count": func(_ []float64, n int, _ float64) value { return numberOf(float64(n)) },
		"sum":   known(func(v []float64, _ float64) float64 { return sum(v) }),
		"avg":   known(func(v []float64, _ float64) float64 { return sum(v) / float64(len(v)) }),
		"min":   known(func(v []float64, _ float64) float64 { return slices.Min(v) }),
		"max":   known(func(v []float64, _ float64) float64 { return slices.Max(v) }),
		"pct":   known(nearestRank),
	}
}

func sum(values []float64) (total float64) {
	for _, v := range values {
		total += v
	}
	return total
}

func nearestRank(values []float64, percent float64) float64 {
	values = slices.Sorted(slices.Values(values))
	rank := int(math.Ceil(percent / 100 * float64(len(values))))
	return values[max(rank, 1)-1]
}

// call reads a function's arguments; the token is its "(".
func (p *parser) call(of token) (expression, error) {
	word := strings.ToLower(of.text)
	if err := p.advance(); err != nil {
		return nil, err
	}
	if word == "bin" {
		return p.bin()
	}
	if word == "count" && (p.isSymbol("*") || p.isSymbol(")")) {
		if p.isSymbol("*") {
			if err := p.advance(); err != nil {
				return nil, err
			}
		}
		return aggregate{}, p.expect(")")
	}
	list, err := p.arguments(")")
	if err != nil {
		return nil, err
	}
	if f, ok := functions()[word]; ok && len(list) == f.arguments {
		return rowCall{f.of, list}, nil
	}
	if f, ok := summaries()[word]; ok {
		if a, ok := aggregateOf(f, word, list); ok {
			return a, nil
		}
	}
	return nil, malformedQuery(of.start, p.last, "the lab's Logs Insights does not serve %s with %d arguments", of.text, len(list))
}

// aggregateOf checks the arguments: one, and for pct the percentage too.
func aggregateOf(f func([]float64, int, float64) value, word string, list []expression) (aggregate, bool) {
	if word != "pct" {
		return aggregate{of: f, argument: first(list)}, len(list) == 1
	}
	if len(list) != 2 {
		return aggregate{}, false
	}
	percent, ok := list[1].(constant)
	return aggregate{f, list[0], percent.number}, ok && percent.number > 0 && percent.number <= 100
}

func first(list []expression) expression {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// bin reads the length of a bin: a number and a unit, 30s, 5m, 1h or 1d.
func (p *parser) bin() (expression, error) {
	n := p.token
	if n.kind != numeral || n.number < 1 {
		return nil, p.unexpected("a length such as 5m")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	unit := map[string]float64{"ms": 1, "s": 1e3, "m": 60e3, "h": 3600e3, "d": 86400e3}[strings.ToLower(p.token.text)]
	if p.token.kind != name || unit == 0 {
		return nil, p.unexpected("a unit: ms, s, m, h or d")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	return bin{n.number * unit}, p.expect(")")
}
