package dynamodb

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// path is the way to an attribute: its name, then names in maps and places in lists.
type path []step

type step struct {
	name   string
	place  int
	inList bool
}

// path takes a document path.
func (p *parser) path() (path, error) {
	first, err := p.attribute()
	if err != nil {
		return nil, err
	}
	way := path{{name: first}}
	for {
		switch {
		case p.sign("."):
			name, err := p.attribute()
			if err != nil {
				return nil, err
			}
			way = append(way, step{name: name})
		case p.sign("["):
			place, err := strconv.Atoi(p.peek().text)
			if p.peek().kind != tokenWhole || err != nil {
				return nil, p.unexpected()
			}
			p.next()
			if err := p.want("]"); err != nil {
				return nil, err
			}
			way = append(way, step{place: place, inList: true})
		default:
			return way, nil
		}
	}
}

// attribute takes the name of an attribute, or a #name for it.
func (p *parser) attribute() (string, error) {
	t := p.peek()
	switch t.kind {
	case tokenName:
		if reserved(t.text) {
			return "", p.invalid("Attribute name is a reserved keyword; reserved keyword: %s", t.text)
		}
		p.next()
		return t.text, nil
	case tokenNameOf:
		name, ok := p.ExpressionAttributeNames[t.text]
		if !ok {
			return "", p.invalid("An expression attribute name used in the document path is not defined; attribute name: %s", t.text)
		}
		p.used[t.text] = true
		p.next()
		return name, nil
	}
	return "", p.unexpected()
}

// String is the path as DynamoDB's errors show it.
func (w path) String() string {
	var steps []string
	for _, s := range w {
		if s.inList {
			steps = append(steps, "["+strconv.Itoa(s.place)+"]")
		} else {
			steps = append(steps, s.name)
		}
	}
	return "[" + strings.Join(steps, ", ") + "]"
}

// overlaps reports whether one path leads into the other.
func (w path) overlaps(v path) bool {
	n := min(len(w), len(v))
	return slices.Equal(w[:n], v[:n])
}

// disjoint refuses paths of which one leads into another.
func (p *parser) disjoint(ways []path) error {
	for n, w := range ways {
		for _, v := range ways[:n] {
			if w.overlaps(v) {
				return p.invalid("Two document paths overlap with each other; must remove or rewrite one of these paths; path one: %s, path two: %s", v, w)
			}
		}
	}
	return nil
}

// in is the value at the end of the path, none where the item has none.
func (w path) in(i Item) Value {
	v := Value{kind: Map, items: i}
	for _, s := range w {
		switch {
		case !s.inList && v.kind == Map:
			v = v.items[s.name]
		case s.inList && v.kind == List && s.place < len(v.list):
			v = v.list[s.place]
		default:
			return Value{}
		}
	}
	return v
}

// with is v with another value, or none at all, at the end of the path. What the
// path leads through must be there. An element beyond the end of a list is added at
// its end.
func (v Value) with(w path, end Value) (Value, error) {
	if len(w) == 0 {
		return end, nil
	}
	s := w[0]
	switch {
	case !s.inList && v.kind == Map:
		inside, err := v.items[s.name].with(w[1:], end)
		if err != nil {
			return Value{}, err
		}
		items := maps.Clone(orEmptyItem(v.items))
		if delete(items, s.name); !inside.none() {
			items[s.name] = inside
		}
		return Value{kind: Map, items: items}, nil
	case s.inList && v.kind == List:
		place, old := min(s.place, len(v.list)), Value{}
		if place < len(v.list) {
			old = v.list[place]
		}
		inside, err := old.with(w[1:], end)
		if err != nil {
			return Value{}, err
		}
		return Value{kind: List, list: replaced(v.list, place, inside)}, nil
	}
	return Value{}, validation("The document path provided in the update expression is invalid for update")
}

// replaced is the list with another element in a place: none takes it out.
func replaced(list []Value, place int, v Value) []Value {
	out := append([]Value{}, list[:place]...)
	if !v.none() {
		out = append(out, v)
	}
	if place < len(list) {
		out = append(out, list[place+1:]...)
	}
	return out
}
