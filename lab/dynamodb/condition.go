package dynamodb

import (
	"slices"
)

// condition says whether an item is as an expression wants it. The grammar:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
type condition func(Item) bool

// operand is a value that an item gives; none where it has no such attribute.
type operand func(Item) Value

// condition parses a ConditionExpression or FilterExpression; nil is fulfilled always.
func (e *expressions) condition(kind string, text *string) (condition, error) {
	p, err := e.of(kind, text)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return func(Item) bool { return true }, nil
	}
	c, err := p.either()
	if err != nil {
		return nil, err
	}
	return c, p.end()
}

// either is conditions between ORs, which bind less than AND.
func (p *parser) either() (condition, error) {
	a, err := p.both()
	if err != nil || !p.keyword("OR") {
		return a, err
	}
	b, err := p.either()
	return func(i Item) bool { return a(i) || b(i) }, err
}

func (p *parser) both() (condition, error) {
	a, err := p.not()
	if err != nil || !p.keyword("AND") {
		return a, err
	}
	b, err := p.both()
	return func(i Item) bool { return a(i) && b(i) }, err
}

func (p *parser) not() (condition, error) {
	if p.keyword("NOT") {
		c, err := p.not()
		return func(i Item) bool { return !c(i) }, err
	}
	if p.sign("(") {
		c, err := p.either()
		if err != nil {
			return nil, err
		}
		return c, p.want(")")
	}
	if p.function() && p.peek().text != "size" {
		return p.predicate()
	}
	return p.comparison()
}

// comparison is two operands with a sign between them, BETWEEN or IN.
func (p *parser) comparison() (condition, error) {
	a, err := p.operand()
	if err != nil {
		return nil, err
	}
	switch {
	case p.keyword("BETWEEN"):
		return p.between(a)
	case p.keyword("IN"):
		return p.among(a)
	}
	holds, ok := comparators()[p.peek().text]
	if !ok {
		return nil, p.unexpected()
	}
	p.next()
	b, err := p.operand()
	return func(i Item) bool { return holds(a(i), b(i)) }, err
}

// comparators say how two values stand to each other. Values of different types are
// not equal and have no order; one that is missing differs from every other.
func comparators() map[string]func(a, b Value) bool {
	ordered := func(holds func(order int) bool) func(a, b Value) bool {
		return func(a, b Value) bool {
			order, ok := a.compare(b)
			return ok && holds(order)
		}
	}
	same := func(a, b Value) bool { return !a.none() && a.equal(b) }
	return map[string]func(a, b Value) bool{
		"=":  same,
		"<>": func(a, b Value) bool { return !same(a, b) },
		"<":  ordered(func(o int) bool { return o < 0 }),
		"<=": ordered(func(o int) bool { return o <= 0 }),
		">":  ordered(func(o int) bool { return o > 0 }),
		">=": ordered(func(o int) bool { return o >= 0 }),
	}
}

func (p *parser) between(a operand) (condition, error) {
	low, err := p.operand()
	if err != nil {
		return nil, err
	}
	if !p.keyword("AND") {
		return nil, p.unexpected()
	}
	high, err := p.operand()
	return func(i Item) bool {
		over, ok := a(i).compare(low(i))
		under, ok2 := a(i).compare(high(i))
		return ok && ok2 && over >= 0 && under <= 0
	}, err
}

func (p *parser) among(a operand) (condition, error) {
	if err := p.want("("); err != nil {
		return nil, err
	}
	list, err := p.operands()
	return func(i Item) bool {
		v := a(i)
		return !v.none() && slices.ContainsFunc(list, func(b operand) bool { return v.equal(b(i)) })
	}, err
}

// operands is a list up to its closing bracket.
func (p *parser) operands() ([]operand, error) {
	var list []operand
	for {
		o, err := p.operand()
		if err != nil {
			return nil, err
		}
		if list = append(list, o); !p.sign(",") {
			return list, p.want(")")
		}
	}
}

// operand is a path, a :value or size(path).
func (p *parser) operand() (operand, error) {
	switch {
	case p.peek().kind == tokenValueOf:
		v, err := p.value()
		return func(Item) Value { return v }, err
	case p.function():
		return p.size()
	}
	w, err := p.path()
	return w.in, err
}
