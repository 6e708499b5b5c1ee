package scenarios

import (
	"fmt"
	"math/big"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"frontdoor/gate"

	"go.yaml.in/yaml/v3"
)

// decoder walks YAML in file order and stops at the first mistake. Decoding into
// structs by yaml.v3 itself was not taken: it gives no column, turns numbers and
// dates into text without a word, and cannot suggest a name.
type decoder struct {
	file string
	at   map[string]*node // field path -> its value; only what the file itself says
}

// fail makes an error at n, which shows of n what may be shown.
func (d *decoder) fail(n *node, path, problem, want string) *Error {
	return &Error{File: d.file, Line: max(n.Line, 1), Column: n.Column, Field: path, Problem: discreet(n, path, problem), Want: want}
}

// position is where the value at path stands, or the nearest thing around it that does;
// line 1 of what was not parsed, whose decoder is nil.
func (d *decoder) position(path string) (line, column int) {
	if d == nil {
		return 1, 0
	}
	n := (&checker{at: d.at}).place(path)
	return max(n.Line, 1), n.Column
}

// mistake is an error about the value at path that was found after the file was read.
func (d *decoder) mistake(path, problem, want string) *Error {
	line, column := d.position(path)
	e := &Error{Line: line, Column: column, Field: path, Problem: problem, Want: want}
	if d != nil {
		e.File = d.file
	}
	return e
}

// field decodes n, the value of f, into f.into.
func (d *decoder) field(n *node, path string, f field) *Error {
	if err := d.plain(n, path); err != nil {
		return err
	}
	d.at[path] = n
	if _, nullable := f.into.(*Value); !nullable && n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return d.fail(n, path, "is empty", wanted(f)+", or leave the field out")
	}
	switch v := f.into.(type) {
	case record:
		return d.record(n, path, v)
	case custom:
		return v.decode(d, n, path)
	case ranged:
		return d.ranged(n, path, f, v)
	case scalar:
		return d.scalar(n, path, f, v)
	}
	v := reflect.ValueOf(f.into).Elem()
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.into = v.Interface()
		return d.field(n, path, f)
	case reflect.Slice:
		return d.list(n, path, f, v)
	case reflect.Map:
		return d.mapping(n, path, f, v)
	}
	return d.basic(n, path, f, v)
}

// plain refuses what YAML has beyond mappings, lists and scalars: a scenario must
// read the same to every tool, and an alias has its value in another place.
func (d *decoder) plain(n *node, path string) *Error {
	switch {
	case n.Kind == yaml.AliasNode:
		return d.fail(n, path, "is an alias, *"+n.Value, "the value itself: the format has no anchors and aliases")
	case n.Anchor != "":
		return d.fail(n, path, "has an anchor, &"+n.Anchor, "the value alone: the format has no anchors and aliases")
	case n.Style&yaml.TaggedStyle != 0:
		return d.fail(n, path, "has a YAML tag, "+n.Tag, "the value alone, in quotes if it is text")
	}
	return nil
}

func (d *decoder) scalar(n *node, path string, f field, v scalar) *Error {
	if n.Kind != yaml.ScalarNode {
		return d.fail(n, path, shape(n), wanted(f))
	}
	if err := v.set(literal{n.Value, n.ShortTag()}); err != nil {
		return d.fail(n, path, quoted(n)+" "+err.Error(), wanted(f))
	}
	return d.bounds(n, path, f)
}

// basic decodes text, whole numbers, numbers and truth values.
func (d *decoder) basic(n *node, path string, f field, v reflect.Value) *Error {
	wrong := d.fail(n, path, shape(n), wanted(f))
	if n.Kind != yaml.ScalarNode {
		return wrong
	}
	switch v.Kind() {
	case reflect.String:
		if n.ShortTag() != "!!str" {
			wrong.Want += ", in quotes if it is meant as text"
			return wrong
		}
		v.SetString(n.Value)
		return d.text(n, path, f)
	case reflect.Bool:
		if n.ShortTag() != "!!bool" {
			return wrong
		}
		v.SetBool(strings.EqualFold(n.Value, "true"))
		return nil
	}
	if tag := n.ShortTag(); tag != "!!int" && tag != "!!float" {
		return wrong
	}
	if !setNumber(v, n.Value) {
		wrong.Problem = n.Value + " is not " + basicWant(v.Kind())
		return wrong
	}
	return d.bounds(n, path, f)
}

func setNumber(v reflect.Value, text string) bool {
	var err error
	switch v.Kind() {
	case reflect.Int:
		var n int64
		n, err = strconv.ParseInt(text, 10, strconv.IntSize)
		v.SetInt(n)
		return err == nil && integer.MatchString(text)
	case reflect.Uint64:
		var n uint64
		n, err = strconv.ParseUint(text, 10, 64)
		v.SetUint(n)
		return err == nil && integer.MatchString(text)
	case reflect.Float64:
		var n float64
		n, err = strconv.ParseFloat(text, 64)
		v.SetFloat(n)
		return err == nil && decimal.MatchString(text)
	}
	panic("scenarios: a field of kind " + v.Kind().String() + " has no notation")
}

// text checks the enumeration and the pattern of a text.
func (d *decoder) text(n *node, path string, f field) *Error {
	for _, allowed := range f.enum {
		if n.Value == allowed {
			return nil
		}
	}
	if len(f.enum) > 0 {
		return d.fail(n, path, quoted(n)+" is not known"+gate.DidYouMean(n.Value, f.enum), wanted(f))
	}
	if f.pattern != "" && !regexp.MustCompile(f.pattern).MatchString(n.Value) {
		return d.fail(n, path, quoted(n)+" is not understood", wanted(f))
	}
	return nil
}

// bounds checks f.min and f.max, which are written in the notation of the field.
func (d *decoder) bounds(n *node, path string, f field) *Error {
	got := magnitude(f.into)
	if f.min != "" && got.Cmp(boundOf(f, f.min)) < 0 || f.max != "" && got.Cmp(boundOf(f, f.max)) > 0 {
		return d.fail(n, path, quoted(n)+" is out of range", wanted(f))
	}
	return nil
}

func boundOf(f field, text string) *big.Rat {
	v := reflect.New(reflect.TypeOf(f.into).Elem())
	(&decoder{at: map[string]*node{}}).field(fromText(text), "", field{into: v.Interface()})
	return magnitude(v.Interface())
}

// magnitude is the number that into points at, exactly.
func magnitude(into any) *big.Rat {
	if m, ok := into.(measurable); ok {
		return m.magnitude()
	}
	v, r := reflect.ValueOf(into).Elem(), new(big.Rat)
	switch {
	case v.CanInt():
		r.SetInt64(v.Int())
	case v.CanUint():
		r.SetUint64(v.Uint())
	case v.CanFloat():
		r.SetFloat64(v.Float())
	}
	return r
}

func (d *decoder) list(n *node, path string, f field, v reflect.Value) *Error {
	if n.Kind != yaml.SequenceNode {
		return d.fail(n, path, shape(n), wanted(f))
	}
	if err := d.length(n, path, f, len(n.Content)); err != nil {
		return err
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		f.into = v.Index(i).Addr().Interface()
		if err := d.field(item, path+"["+strconv.Itoa(i)+"]", f); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) length(n *node, path string, f field, got int) *Error {
	if got < f.least || f.most > 0 && got > f.most {
		return d.fail(n, path, fmt.Sprintf("has %d elements", got), wanted(f))
	}
	return nil
}
