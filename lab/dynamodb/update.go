package dynamodb

import (
	"cmp"
	"slices"
	"strings"
)

// update changes an item as an UpdateExpression says:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html.
// Every value is taken from the item as it was before.
type update []change

// change is one action on one path.
type change struct {
	way path
	end result // what stands there after; nil takes it out
}

// result is a value that an item gives, or why it cannot.
type result func(Item) (Value, error)

// update parses an UpdateExpression: sections in any order, each once.
func (e *expressions) update(text *string) (update, error) {
	p, err := e.of("UpdateExpression", text)
	if p == nil || err != nil {
		return nil, err
	}
	var u update
	var seen []string
	for p.peek().kind != tokenEnd {
		name := strings.ToUpper(p.peek().text)
		action := p.section(name)
		switch {
		case action == nil:
			return nil, p.unexpected()
		case slices.Contains(seen, name):
			return nil, p.invalid("The %q section can only be used once in an update expression;", name)
		}
		seen = append(seen, name)
		p.next()
		for more := true; more; more = p.sign(",") {
			c, err := action()
			if err != nil {
				return nil, err
			}
			u = append(u, c)
		}
	}
	return u, p.disjoint(u.paths())
}

// section is what reads an action of the section, nil when there is none of the name.
func (p *parser) section(name string) func() (change, error) {
	switch name {
	case "SET":
		return p.set
	case "REMOVE":
		return p.remove
	case "ADD":
		return func() (change, error) { return p.combine("ADD", added, Numeric, TextSet, NumberSet, BinarySet) }
	case "DELETE":
		return func() (change, error) { return p.combine("DELETE", without, TextSet, NumberSet, BinarySet) }
	}
	return nil
}

func (u update) paths() []path {
	var ways []path
	for _, c := range u {
		ways = append(ways, c.way)
	}
	return ways
}

// of is the item after the update. Elements are taken out of lists at the end and
// from the back, so that the places in the expression are those of the item before.
func (u update) of(before Item) (Item, error) {
	after := Value{kind: Map, items: before}
	var out []path
	for _, c := range u {
		if c.end == nil {
			out = append(out, c.way)
			continue
		}
		end, err := c.end(before)
		if err != nil {
			return nil, err
		}
		if after, err = after.with(c.way, end); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b path) int { return cmp.Compare(b[len(b)-1].place, a[len(a)-1].place) })
	for _, way := range out {
		var err error
		if after, err = after.with(way, Value{}); err != nil {
			return nil, err
		}
	}
	return after.items, nil
}

func (p *parser) remove() (change, error) {
	way, err := p.path()
	return change{way, nil}, err
}

// set is path = value, or the sum or difference of two.
func (p *parser) set() (change, error) {
	way, err := p.path()
	if err != nil {
		return change{}, err
	}
	if err := p.want("="); err != nil {
		return change{}, err
	}
	a, err := p.result()
	if err != nil {
		return change{}, err
	}
	minus := p.sign("-")
	if !minus && !p.sign("+") {
		return change{way, a}, nil
	}
	b, err := p.result()
	return change{way, sum(a, b, minus)}, err
}

// result is what SET takes: a path, a :value, if_not_exists or list_append.
func (p *parser) result() (result, error) {
	switch {
	case p.peek().kind == tokenValueOf:
		v, err := p.value()
		return func(Item) (Value, error) { return v, nil }, err
	case p.function():
		return p.resultOf()
	}
	way, err := p.path()
	return func(i Item) (Value, error) {
		v := way.in(i)
		if v.none() {
			return v, validation("The provided expression refers to an attribute that does not exist in the item")
		}
		return v, nil
	}, err
}

func (p *parser) resultOf() (result, error) {
	name := p.next().text
	p.next() // the bracket
	switch name {
	case "if_not_exists":
		way, err := p.path()
		if err != nil {
			return nil, err
		}
		if err := p.want(","); err != nil {
			return nil, err
		}
		other, err := p.result()
		if err != nil {
			return nil, err
		}
		return func(i Item) (Value, error) {
			if v := way.in(i); !v.none() {
				return v, nil
			}
			return other(i)
		}, p.want(")")
	case "list_append":
		a, err := p.result()
		if err != nil {
			return nil, err
		}
		if err := p.want(","); err != nil {
			return nil, err
		}
		b, err := p.result()
		if err != nil {
			return nil, err
		}
		return both(a, b, appended), p.want(")")
	}
	return nil, p.invalid("Invalid function name; function: %s", name)
}

// combine is path :value of the sections ADD and DELETE, whose values are of certain
// types.
func (p *parser) combine(section string, of func(a, b Value) (Value, error), kinds ...Kind) (change, error) {
	way, err := p.path()
	if err != nil {
		return change{}, err
	}
	if p.peek().kind != tokenValueOf {
		return change{}, p.unexpected()
	}
	v, err := p.value()
	if err != nil {
		return change{}, err
	}
	if !slices.Contains(kinds, v.kind) {
		return change{}, p.invalid("Incorrect operand type for operator or function; operator: %s, operand type: %s, typeSet: ALLOWED_FOR_%s_OPERAND", section, v.kind.long(), section)
	}
	return change{way, func(i Item) (Value, error) { return of(way.in(i), v) }}, nil
}
