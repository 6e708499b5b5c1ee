package dynamodb

import (
	"maps"
	"slices"
	"strings"
)

// expressions are those of one call, which share their names and values:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
type expressions struct {
	ExpressionAttributeNames  map[string]string
	ExpressionAttributeValues Item
	used                      map[string]bool // names and values that an expression refers to
	kinds                     []string        // those with values that the operation takes
}

// maxExpression is an expression's bytes:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
const maxExpression = 4096

// parser reads one expression.
type parser struct {
	*expressions
	kind   string // "UpdateExpression"
	text   string
	tokens []token
	at     int
}

// of is the parser of an expression of the kind, nil when there is none.
func (e *expressions) of(kind string, text *string) (*parser, error) {
	if kind != "ProjectionExpression" { // it has no values
		e.kinds = append(e.kinds, kind)
	}
	if text == nil {
		return nil, nil
	}
	if e.used == nil {
		e.used = map[string]bool{}
	}
	p := &parser{expressions: e, kind: kind, text: *text}
	if len(*text) > maxExpression {
		return nil, p.invalid("Expression size has exceeded the maximum allowed size; expression size: %d", len(*text))
	}
	if p.tokens = tokenise(*text); p.peek().kind == tokenEnd {
		return nil, p.invalid("The expression can not be empty;")
	}
	return p, nil
}

// check refuses names and values that no expression refers to. Call it when all
// expressions of the call are parsed.
func (e *expressions) check() error {
	if e.used == nil {
		if e.ExpressionAttributeNames != nil {
			return validation("ExpressionAttributeNames can only be specified when using expressions")
		}
		if e.ExpressionAttributeValues != nil {
			verb := " is null"
			if len(e.kinds) > 1 {
				verb = " are null"
			}
			return validation("ExpressionAttributeValues can only be specified when using expressions: %s%s", strings.Join(e.kinds, " and "), verb)
		}
	}
	if unused := e.unused(maps.Keys(e.ExpressionAttributeNames)); unused != "" {
		return validation("Value provided in ExpressionAttributeNames unused in expressions: keys: {%s}", unused)
	}
	if unused := e.unused(maps.Keys(e.ExpressionAttributeValues)); unused != "" {
		return validation("Value provided in ExpressionAttributeValues unused in expressions: keys: {%s}", unused)
	}
	return nil
}

func (e *expressions) unused(keys func(func(string) bool)) string {
	var unused []string
	for _, key := range slices.Sorted(keys) {
		if !e.used[key] {
			unused = append(unused, key)
		}
	}
	return strings.Join(unused, ", ")
}

func (p *parser) invalid(format string, a ...any) *Error {
	return validation("Invalid "+p.kind+": "+format, a...)
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.peek()
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

// unexpected is the error about the token at hand: with its neighbours, as DynamoDB
// words it.
func (p *parser) unexpected() *Error {
	t, from, to := p.peek(), p.peek(), p.peek()
	if p.at > 0 {
		from = p.tokens[p.at-1]
	}
	if p.at+1 < len(p.tokens) {
		to = p.tokens[p.at+1]
	}
	text := t.text
	if t.kind == tokenEnd {
		text = "<EOF>"
	}
	return p.invalid("Syntax error; token: %q, near: %q", text, strings.TrimSpace(p.text[from.start:to.end]))
}

// sign takes a sign when it is next.
func (p *parser) sign(text string) bool {
	found := p.peek().kind == tokenSign && p.peek().text == text
	if found {
		p.at++
	}
	return found
}

// keyword takes a keyword, in any case, when it is next.
func (p *parser) keyword(text string) bool {
	found := p.peek().kind == tokenName && strings.EqualFold(p.peek().text, text)
	if found {
		p.at++
	}
	return found
}

func (p *parser) want(sign string) error {
	if !p.sign(sign) {
		return p.unexpected()
	}
	return nil
}

func (p *parser) end() error {
	if p.peek().kind != tokenEnd {
		return p.unexpected()
	}
	return nil
}

// value takes a :value.
func (p *parser) value() (Value, error) {
	name := p.next().text
	v, ok := p.ExpressionAttributeValues[name]
	if !ok {
		return Value{}, p.invalid("An expression attribute value used in expression is not defined; attribute value: %s", name)
	}
	p.used[name] = true
	return v, nil
}

// function reports whether a function's name is next, before its bracket.
func (p *parser) function() bool {
	return p.peek().kind == tokenName && p.tokens[p.at+1].text == "("
}
