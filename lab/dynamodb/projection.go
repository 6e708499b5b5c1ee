package dynamodb

// projection is what a ProjectionExpression leaves of an item; nil leaves all:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html.
// It changes nothing about what a read costs.
type projection []path

func (e *expressions) projection(text *string) (projection, error) {
	p, err := e.of("ProjectionExpression", text)
	if p == nil || err != nil {
		return nil, err
	}
	var ways projection
	for {
		w, err := p.path()
		if err != nil {
			return nil, err
		}
		if ways = append(ways, w); !p.sign(",") {
			break
		}
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	return ways, p.disjoint(ways)
}

// of is the attributes of the item that the projection names, at their places; of a
// list the named elements alone, in order.
func (ways projection) of(i Item) Item {
	if ways == nil || i == nil {
		return i
	}
	return kept(Value{kind: Map, items: i}, ways).items
}

// kept is what the paths leave of a value; a path that ends leaves all of it.
func kept(v Value, ways []path) Value {
	for _, w := range ways {
		if len(w) == 0 {
			return v
		}
	}
	switch v.kind {
	case Map:
		out := Value{kind: Map, items: Item{}}
		for name, inside := range v.items {
			if k := keptAt(inside, ways, step{name: name}); !k.none() {
				out.items[name] = k
			}
		}
		return out
	case List:
		out := Value{kind: List}
		for place, inside := range v.list {
			if k := keptAt(inside, ways, step{place: place, inList: true}); !k.none() {
				out.list = append(out.list, k)
			}
		}
		return out
	}
	return Value{}
}

// keptAt is what the paths that go by a step leave of the value there, none where
// they lead to nothing.
func keptAt(v Value, ways []path, s step) Value {
	var rest []path
	for _, w := range ways {
		if w[0] == s {
			rest = append(rest, w[1:])
		}
	}
	if rest == nil {
		return Value{}
	}
	k := kept(v, rest)
	if (k.kind == Map && len(k.items) == 0 || k.kind == List && len(k.list) == 0) && !ends(rest) {
		return Value{}
	}
	return k
}

func ends(ways []path) bool {
	for _, w := range ways {
		if len(w) == 0 {
			return true
		}
	}
	return false
}
