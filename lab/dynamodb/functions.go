package dynamodb

import (
	"strings"
)

// predicates are the functions that are conditions, with what they ask of their
// operands.
func predicates() map[string]struct {
	operands int
	holds    func(a, b Value) bool
} {
	type function = struct {
		operands int
		holds    func(a, b Value) bool
	}
	return map[string]function{
		"attribute_exists":     {1, func(a, _ Value) bool { return !a.none() }},
		"attribute_not_exists": {1, func(a, _ Value) bool { return a.none() }},
		"attribute_type":       {2, func(a, b Value) bool { return !a.none() && string(a.kind) == b.text }},
		"contains":             {2, func(a, b Value) bool { return a.contains(b) }},
		"begins_with": {2, func(a, b Value) bool {
			return a.kind == b.kind && (a.kind == Text || a.kind == Binary) && strings.HasPrefix(a.text, b.text)
		}},
	}
}

// predicate is a function that is a condition.
func (p *parser) predicate() (condition, error) {
	name := p.peek().text
	f, ok := predicates()[name]
	if !ok {
		return nil, p.invalid("Invalid function name; function: %s", name)
	}
	arguments, err := p.call(f.operands)
	if err != nil {
		return nil, err
	}
	return func(i Item) bool {
		var values [2]Value
		for n, a := range arguments {
			values[n] = a(i)
		}
		return f.holds(values[0], values[1])
	}, nil
}

// size is the one function that is an operand.
func (p *parser) size() (operand, error) {
	name := p.peek().text
	switch _, known := predicates()[name]; {
	case known:
		return nil, p.invalid("The function is not allowed to be used this way in an expression; function: %s", name)
	case name != "size":
		return nil, p.invalid("Invalid function name; function: %s", name)
	}
	arguments, err := p.call(1)
	if err != nil {
		return nil, err
	}
	return func(i Item) Value { return arguments[0](i).length() }, nil
}

// call takes a function's name and its operands. Those that ask about an attribute
// and not its value want a path.
func (p *parser) call(operands int) ([]operand, error) {
	name := p.next().text
	p.next() // the bracket
	if strings.HasPrefix(name, "attribute_") && p.peek().kind == tokenValueOf {
		return nil, p.invalid("Operator or function requires a document path; operator or function: %s", name)
	}
	arguments, err := p.operands()
	if err == nil && len(arguments) != operands {
		err = p.invalid("Incorrect number of operands for operator or function; operator or function: %s, number of operands: %d", name, len(arguments))
	}
	return arguments, err
}

// length is the function size: of a text its bytes, of a set, list or map its
// elements; other values have none.
func (v Value) length() Value {
	n := len(v.list)
	switch v.kind {
	case Text, Binary:
		n = len(v.text)
	case Map:
		n = len(v.items)
	case List, TextSet, NumberSet, BinarySet:
	default:
		return Value{}
	}
	size, _ := Of(n)
	return size
}
