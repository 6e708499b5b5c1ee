package scenarios

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"frontdoor/gate"

	"go.yaml.in/yaml/v3"
)

// record decodes a mapping with fixed fields and fills in the defaults of those
// that the file leaves out.
func (d *decoder) record(n *node, path string, r record) *Error {
	fields := r.fields()
	if n.Kind != yaml.MappingNode {
		want := "a mapping with " + strings.Join(names(fields), ", ")
		if _, ok := fieldNamed(fields, "env"); ok {
			want += ": put it into a variable and name that: {env: FRONT_TOKEN}"
		}
		return d.fail(n, path, shape(n), want)
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if err := d.key(key, path, seen); err != nil {
			return err
		}
		f, ok := fieldNamed(fields, key.Value)
		if !ok {
			return d.fail(key, path, "unknown field "+quoted(key)+gate.DidYouMean(key.Value, names(fields)),
				"one of "+strings.Join(names(fields), ", "))
		}
		if err := d.field(value, join(path, f.name), f); err != nil {
			return err
		}
	}
	return d.absent(n, path, fields, seen)
}

// key checks that n is a plain name that was not given before.
func (d *decoder) key(n *node, path string, seen map[string]int) *Error {
	if err := d.plain(n, path); err != nil {
		return err
	}
	if n.Kind != yaml.ScalarNode {
		return d.fail(n, path, "a key "+shape(n), "a name before the colon")
	}
	if n.ShortTag() == "!!merge" {
		return d.fail(n, path, "has a merge key, <<", "the fields themselves: the format has no anchors and aliases")
	}
	if n.ShortTag() != "!!str" {
		return d.fail(n, path, "a key "+shape(n), "a name before the colon, in quotes if it is meant as text")
	}
	if line, ok := seen[n.Value]; ok {
		return d.fail(n, path, fmt.Sprintf("%s is given twice, first on line %d", quoted(n), line), "each name once")
	}
	seen[n.Value] = n.Line
	return nil
}

// absent fills in defaults, or reports the first required field that is missing
// at the place of the mapping that lacks it.
func (d *decoder) absent(n *node, path string, fields []field, seen map[string]int) *Error {
	for _, f := range fields {
		if _, ok := seen[f.name]; ok {
			continue
		}
		if f.required {
			return d.fail(n, path, fmt.Sprintf("field %q is missing", f.name), wanted(f))
		}
		if err := d.fill(n, join(path, f.name), f); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) fill(n *node, path string, f field) *Error {
	value := &node{Kind: yaml.MappingNode, Line: n.Line, Column: n.Column}
	if _, ok := f.into.(record); !ok {
		if f.def == "" {
			return nil
		}
		value = fromText(f.def)
	}
	quiet := &decoder{file: d.file, at: map[string]*node{}} // the file does not say it, so it has no place
	return quiet.field(value, path, f)
}

// mapping decodes a mapping whose keys the user chooses.
func (d *decoder) mapping(n *node, path string, f field, v reflect.Value) *Error {
	if n.Kind != yaml.MappingNode {
		return d.fail(n, path, shape(n), wanted(f))
	}
	if err := d.length(n, path, f, len(n.Content)/2); err != nil {
		return err
	}
	v.Set(reflect.MakeMap(v.Type()))
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, item := n.Content[i], reflect.New(v.Type().Elem())
		if err := d.key(key, path, seen); err != nil {
			return err
		}
		if err := d.name(key, path, f); err != nil {
			return err
		}
		f.into = item.Interface()
		if err := d.field(n.Content[i+1], path+"["+strconv.Quote(key.Value)+"]", f); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(key.Value), item.Elem())
	}
	return nil
}

// name checks a key of a mapping whose keys the user chooses.
func (d *decoder) name(key *node, path string, f field) *Error {
	if len(f.keyEnum) > 0 && !slices.Contains(f.keyEnum, key.Value) {
		return d.fail(key, path, quoted(key)+" is not known"+gate.DidYouMean(key.Value, f.keyEnum), "keys out of "+strings.Join(f.keyEnum, ", "))
	}
	if f.keys != "" && !regexp.MustCompile(f.keys).MatchString(key.Value) {
		return d.fail(key, path, quoted(key)+" is not understood", f.keysWant)
	}
	return nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
