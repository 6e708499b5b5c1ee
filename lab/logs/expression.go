package logs

import (
	"math"
	"regexp"
	"strings"
)

// expression has a value in every row.
type expression interface{ eval(*row) value }

type (
	field    string // its name
	constant value
	binary   struct {
		operator    string
		left, right expression
	}
	negation struct{ of expression }
	match    struct { // like and =~
		of      expression
		pattern *regexp.Regexp
	}
	membership struct {
		of   expression
		list []expression
	}
)

func (f field) eval(r *row) value    { return r.get(string(f)) }
func (c constant) eval(*row) value   { return value(c) }
func (n negation) eval(r *row) value { return truth(!n.of.eval(r).true()) }

func (m match) eval(r *row) value {
	v := m.of.eval(r)
	return truth(v.there() && m.pattern.MatchString(v.String()))
}

func (m membership) eval(r *row) value {
	v := m.of.eval(r)
	for _, one := range m.list {
		if v.there() && v.compare(one.eval(r)) == 0 {
			return truth(true)
		}
	}
	return truth(false)
}

// eval compares, and a comparison with a field that is not there is false; arithmetic
// with one has no value.
func (b binary) eval(r *row) value {
	left := b.left.eval(r)
	switch b.operator {
	case "and":
		return truth(left.true() && b.right.eval(r).true())
	case "or":
		return truth(left.true() || b.right.eval(r).true())
	}
	right := b.right.eval(r)
	if strings.ContainsAny(b.operator, "=<>") {
		return truth(left.there() && right.there() && holds(b.operator, left.compare(right)))
	}
	x, xIs := left.float()
	y, yIs := right.float()
	if !xIs || !yIs {
		return value{}
	}
	return calculate(b.operator, x, y)
}

func holds(operator string, order int) bool {
	switch operator {
	case "=":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

func calculate(operator string, x, y float64) value {
	switch operator {
	case "+":
		return numberOf(x + y)
	case "-":
		return numberOf(x - y)
	case "*":
		return numberOf(x * y)
	}
	if y == 0 {
		return value{}
	}
	if operator == "%" {
		return numberOf(math.Mod(x, y))
	}
	return numberOf(x / y)
}

// precedence of the binary operators, from the loosest on.
func precedence() [][]string {
	return [][]string{{"or"}, {"and"}, {"=", "!=", "<", "<=", ">", ">="}, {"+", "-"}, {"*", "/", "%"}}
}

// comparisons is the level of like, in and the operators beside them.
const comparisons = 2

func (p *parser) expression() (expression, error) { return p.level(0) }

// level reads operators of one precedence, their operands being of the next.
func (p *parser) level(n int) (expression, error) {
	if n == len(precedence()) {
		return p.operand()
	}
	left, err := p.level(n + 1)
	for err == nil {
		operator := p.operator(precedence()[n])
		if operator == "" {
			if n == comparisons {
				return p.test(left)
			}
			return left, nil
		}
		if err = p.advance(); err != nil {
			break
		}
		var right expression
		right, err = p.level(n + 1)
		left = binary{operator, left, right}
	}
	return nil, err
}

func (p *parser) operator(among []string) string {
	for _, o := range among {
		if p.isSymbol(o) || p.is(o) {
			return o
		}
	}
	return ""
}

// test reads what follows an operand: [not] like, =~ and [not] in.
func (p *parser) test(of expression) (expression, error) {
	not, err := p.take("not")
	if err != nil {
		return nil, err
	}
	var tested expression
	switch {
	case p.is("like") || p.isSymbol("=~"):
		tested, err = p.like(of)
	case p.is("in"):
		tested, err = p.in(of)
	case not:
		return nil, p.unexpected("like or in")
	default:
		return of, nil
	}
	if not && err == nil {
		tested = negation{tested}
	}
	return tested, err
}

func (p *parser) like(of expression) (expression, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	source := p.token.text
	switch p.token.kind {
	case literal:
		source = regexp.QuoteMeta(source)
	case regex:
	default:
		return nil, p.unexpected("a string or /a regular expression/")
	}
	pattern, err := regexp.Compile(source)
	if err != nil {
		return nil, malformedQuery(p.token.start, p.token.end, "the regular expression is wrong: %v", err)
	}
	return match{of, pattern}, p.advance()
}

func (p *parser) in(of expression) (expression, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	if err := p.expect("["); err != nil {
		return nil, err
	}
	list, err := p.arguments("]")
	return membership{of, list}, err
}

// operand reads what operators stand between.
func (p *parser) operand() (expression, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.unexpected("less depth")
	}
	defer func() { p.depth-- }()
	t := p.token
	switch {
	case t.kind == literal:
		return constant(textOf(t.text)), p.advance()
	case t.kind == numeral:
		return constant(numberOf(t.number)), p.advance()
	case p.is("not"):
		if err := p.advance(); err != nil {
			return nil, err
		}
		of, err := p.level(comparisons)
		return negation{of}, err
	case p.isSymbol("-"):
		if err := p.advance(); err != nil {
			return nil, err
		}
		if p.token.kind != numeral {
			return nil, p.unexpected("a number")
		}
		n := p.token.number
		return constant(numberOf(-n)), p.advance()
	case p.isSymbol("("):
		return p.parentheses()
	case t.kind == name:
		if err := p.advance(); err != nil {
			return nil, err
		}
		if p.isSymbol("(") {
			return p.call(t)
		}
		return field(t.text), nil
	}
	return nil, p.unexpected("a field, a value or a function")
}

func (p *parser) parentheses() (expression, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	e, err := p.expression()
	if err != nil {
		return nil, err
	}
	return e, p.expect(")")
}

// arguments reads a list up to its closing symbol.
func (p *parser) arguments(closing string) ([]expression, error) {
	var list []expression
	for !p.isSymbol(closing) {
		if len(list) > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
		}
		e, err := p.expression()
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, p.advance()
}
