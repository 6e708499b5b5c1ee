package dynamodb

import "slices"

// long is the type as DynamoDB's errors about operands name it.
func (k Kind) long() string {
	return map[Kind]string{
		Text: "STRING", Numeric: "NUMBER", Binary: "BINARY", Bool: "BOOLEAN", Null: "NULL", List: "LIST", Map: "MAP",
		TextSet: "STRING_SET", NumberSet: "NUMBER_SET", BinarySet: "BINARY_SET",
	}[k]
}

func wrongOperand() error {
	return validation("An operand in the update expression has an incorrect data type")
}

// both is what two results make together.
func both(a, b result, of func(a, b Value) (Value, error)) result {
	return func(i Item) (Value, error) {
		x, err := a(i)
		if err != nil {
			return Value{}, err
		}
		y, err := b(i)
		if err != nil {
			return Value{}, err
		}
		return of(x, y)
	}
}

// sum is a + b, or a - b.
func sum(a, b result, minus bool) result {
	return both(a, b, func(x, y Value) (Value, error) {
		if x.kind != Numeric || y.kind != Numeric {
			return Value{}, wrongOperand()
		}
		m := y.number()
		if minus {
			m = m.negate()
		}
		n, err := x.number().add(m)
		return numeric(n), err
	})
}

// appended is the function list_append.
func appended(a, b Value) (Value, error) {
	if a.kind != List || b.kind != List {
		return Value{}, wrongOperand()
	}
	return Value{kind: List, list: slices.Concat(a.list, b.list)}, nil
}

// added is the action ADD: a sum, or a set with further elements. What is not there
// counts as 0, or as the empty set.
func added(a, b Value) (Value, error) {
	switch {
	case a.none():
		return b, nil
	case a.kind != b.kind:
		return Value{}, wrongOperand()
	case a.kind == Numeric:
		n, err := a.number().add(b.number())
		return numeric(n), err
	}
	union := slices.Clone(a.list)
	for _, e := range b.list {
		if !a.holds(e) {
			union = append(union, e)
		}
	}
	return Value{kind: a.kind, list: union}, nil
}

// without is the action DELETE: a set less elements. A set does not stay empty.
func without(a, b Value) (Value, error) {
	if a.none() {
		return a, nil
	}
	if a.kind != b.kind {
		return Value{}, wrongOperand()
	}
	rest := slices.DeleteFunc(slices.Clone(a.list), b.holds)
	if len(rest) == 0 {
		return Value{}, nil
	}
	return Value{kind: a.kind, list: rest}, nil
}
