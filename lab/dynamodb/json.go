package dynamodb

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// MarshalJSON writes the value in the protocol's form, {"S": "text"}:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html#Programming.LowLevelAPI.DataTypeDescriptors
func (v Value) MarshalJSON() ([]byte, error) {
	var inside any
	switch v.kind {
	case Text, Numeric:
		inside = v.text
	case Binary:
		inside = v.raw()
	case Bool, Null:
		inside = v.truth
	case List:
		inside = orEmpty(v.list)
	case Map:
		inside = orEmptyItem(v.items)
	case TextSet, NumberSet:
		inside = texts(v.list)
	case BinarySet:
		inside = raws(v.list)
	default:
		return nil, errors.New("encode an attribute value that is none")
	}
	return json.Marshal(map[Kind]any{v.kind: inside})
}

// Lists and maps without elements are written as such and not as null.
func orEmpty(list []Value) []Value {
	if list == nil {
		return []Value{}
	}
	return list
}

func orEmptyItem(i Item) Item {
	if i == nil {
		return Item{}
	}
	return i
}

func texts(list []Value) []string {
	out := make([]string, 0, len(list))
	for _, v := range list {
		out = append(out, v.text)
	}
	return out
}

func raws(list []Value) [][]byte {
	out := make([][]byte, 0, len(list))
	for _, v := range list {
		out = append(out, v.raw())
	}
	return out
}

// UnmarshalJSON reads the protocol's form. What is not a mapping of one data type is
// refused with DynamoDB's own texts (github.com/architect/dynalite recorded them).
func (v *Value) UnmarshalJSON(text []byte) error {
	var fields map[Kind]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return serialization(err)
	}
	switch len(fields) {
	case 0:
		return validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
	case 1:
	default:
		return validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")
	}
	for kind, inside := range fields {
		v.kind = kind
		return v.inside(inside)
	}
	return nil
}

// inside reads what stands below the data type.
func (v *Value) inside(text []byte) error {
	switch v.kind {
	case Text:
		return read(text, &v.text)
	case Numeric:
		if err := read(text, &v.text); err != nil {
			return err
		}
		n, err := parseNumber(v.text)
		v.text = n.String()
		return err
	case Binary:
		return v.binary(text)
	case Bool:
		return read(text, &v.truth)
	case Null:
		if err := read(text, &v.truth); err != nil {
			return err
		}
		if !v.truth {
			return validation("One or more parameter values were invalid: Null attribute value types must have the value of true")
		}
		return nil
	case List:
		return read(text, &v.list)
	case Map:
		return read(text, &v.items)
	case TextSet, NumberSet, BinarySet:
		return v.elements(text)
	}
	return validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
}

func (v *Value) binary(text []byte) error {
	var encoded string
	if err := read(text, &encoded); err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return serialization(err)
	}
	v.text = string(raw)
	return nil
}

// elements reads a set, which is neither empty nor has an element twice.
func (v *Value) elements(text []byte) error {
	kind, _ := v.set()
	var list []json.RawMessage
	if err := read(text, &list); err != nil {
		return err
	}
	if len(list) == 0 {
		return validation("One or more parameter values were invalid: An %s set may not be empty",
			map[Kind]string{Text: "string", Numeric: "number", Binary: "binary"}[kind])
	}
	for _, e := range list {
		element := Value{kind: kind}
		if err := element.inside(e); err != nil {
			return err
		}
		v.list = append(v.list, element)
	}
	for n, element := range v.list {
		if slices.ContainsFunc(v.list[:n], element.equal) {
			return v.duplicates()
		}
	}
	return nil
}

// duplicates is DynamoDB's refusal, with its three ways to word it.
func (v *Value) duplicates() error {
	const invalid = "One or more parameter values were invalid: Input collection ["
	switch v.kind {
	case NumberSet:
		return validation("Input collection contains duplicates")
	case TextSet:
		return validation("%s%s] contains duplicates.", invalid, strings.Join(texts(v.list), ", "))
	}
	var encoded []string
	for _, raw := range raws(v.list) {
		encoded = append(encoded, base64.StdEncoding.EncodeToString(raw))
	}
	return validation("%s%s]of type BS contains duplicates.", invalid, strings.Join(encoded, ", "))
}

// read is json.Unmarshal with the protocol's error, but for errors of our own.
func read(text []byte, into any) error {
	err := json.Unmarshal(text, into)
	var known *Error
	if err != nil && !errors.As(err, &known) {
		return serialization(err)
	}
	return err
}
