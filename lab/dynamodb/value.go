package dynamodb

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Kind is a data type, by the name that the protocol gives it.
type Kind string

const (
	Text      Kind = "S"
	Numeric   Kind = "N"
	Binary    Kind = "B"
	Bool      Kind = "BOOL"
	Null      Kind = "NULL"
	List      Kind = "L"
	Map       Kind = "M"
	TextSet   Kind = "SS"
	NumberSet Kind = "NS"
	BinarySet Kind = "BS"
)

// Value is an attribute's value. The zero Value is none. Values are never changed
// once they are made, so items may share them.
type Value struct {
	kind  Kind
	text  string // of S, N and B; a number in its plain form
	truth bool
	list  []Value // of L, and the elements of a set
	items Item    // of M
}

// Item is an item: its attributes by name.
type Item map[string]Value

// Of is the attribute value of a plain one: text, a json.Number, a whole number, true
// or false, nil, bytes, a list of such or a mapping of such.
func Of(plain any) (Value, error) {
	switch v := plain.(type) {
	case nil:
		return Value{kind: Null, truth: true}, nil
	case string:
		return Value{kind: Text, text: v}, nil
	case bool:
		return Value{kind: Bool, truth: v}, nil
	case int:
		return Of(json.Number(fmt.Sprint(v)))
	case []byte:
		return Value{kind: Binary, text: string(v)}, nil
	case json.Number:
		n, err := parseNumber(string(v))
		return Value{kind: Numeric, text: n.String()}, err
	case []any:
		return listOf(v)
	case map[string]any:
		items, err := ItemOf(v)
		return Value{kind: Map, items: items}, err
	}
	return Value{}, fmt.Errorf("a %T is no attribute value", plain)
}

func listOf(plain []any) (Value, error) {
	list := make([]Value, 0, len(plain))
	for _, p := range plain {
		v, err := Of(p)
		if err != nil {
			return Value{}, err
		}
		list = append(list, v)
	}
	return Value{kind: List, list: list}, nil
}

// ItemOf is the item of a mapping of plain values, as Of takes them.
func ItemOf(plain map[string]any) (Item, error) {
	item := make(Item, len(plain))
	for _, name := range slices.Sorted(maps.Keys(plain)) {
		v, err := Of(plain[name])
		if err != nil {
			return nil, fmt.Errorf("attribute %q: %w", name, err)
		}
		item[name] = v
	}
	return item, nil
}

func (v Value) none() bool { return v.kind == "" }

// number is the value of an N, which was parsed when it was made.
func (v Value) number() number {
	n, _ := parseNumber(v.text)
	return n
}

func numeric(n number) Value { return Value{kind: Numeric, text: n.String()} }

// set reports whether the value is a set, and of what.
func (v Value) set() (Kind, bool) {
	switch v.kind {
	case TextSet, NumberSet, BinarySet:
		return v.kind[:1], true
	}
	return "", false
}

// equal compares values as DynamoDB does: sets without regard to order.
func (v Value) equal(w Value) bool {
	if v.kind != w.kind || v.text != w.text || v.truth != w.truth || len(v.list) != len(w.list) || len(v.items) != len(w.items) {
		return false
	}
	if _, set := v.set(); set {
		return !slices.ContainsFunc(v.list, func(e Value) bool { return !w.holds(e) })
	}
	return slices.EqualFunc(v.list, w.list, Value.equal) && maps.EqualFunc(v.items, w.items, Value.equal)
}

// holds reports whether a list or set has an element.
func (v Value) holds(e Value) bool { return slices.ContainsFunc(v.list, e.equal) }

// compare orders two texts, numbers or binaries; other pairs have no order.
func (v Value) compare(w Value) (order int, ok bool) {
	if v.kind != w.kind {
		return 0, false
	}
	switch v.kind {
	case Text, Binary:
		return cmp.Compare(v.text, w.text), true // UTF-8 and bytes alike by unsigned bytes
	case Numeric:
		return v.number().compare(w.number()), true
	}
	return 0, false
}

// contains is the function of that name in conditions.
func (v Value) contains(e Value) bool {
	switch v.kind {
	case Text, Binary:
		return e.kind == v.kind && strings.Contains(v.text, e.text)
	}
	return v.holds(e)
}

// raw is the bytes of a B.
func (v Value) raw() []byte { return bytes.Clone([]byte(v.text)) }
