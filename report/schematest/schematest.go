// Package schematest holds what is written as JSON, and the Go types that it is written
// from, to a JSON Schema. Only tests import it.
package schematest

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Follow holds documents of a type to a schema: each is taken, an object with a field
// that the schema does not know is refused wherever it stands, and schema and type name
// and require the same fields.
func Follow(t *testing.T, schema []byte, goType reflect.Type, documents ...[]byte) {
	t.Helper()
	s := Compile(t, schema)
	for _, text := range documents {
		if err := s.Validate(Parse(t, text)); err != nil {
			t.Errorf("%#v\n%s", err, text)
		}
	}
	if Exact(t, s, documents...) == 0 {
		t.Error("no document has an object")
	}
	Match(t, goType, schema, nil)
}

// Compile reads a schema of draft 2020-12, whose formats count.
func Compile(t testing.TB, text []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("schema.json", Parse(t, text)); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("schema.json")
}

// Parse reads a document.
func Parse(t testing.TB, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Exact gives one object of each place in the documents a field that the schema does not
// know, which must be refused, and returns how many places there are.
func Exact(t testing.TB, schema *jsonschema.Schema, documents ...[]byte) int {
	t.Helper()
	tried := map[string]bool{}
	for _, text := range documents {
		doc := Parse(t, text)
		walk(doc, "", func(at string, o map[string]any) {
			if tried[at] {
				return
			}
			tried[at] = true
			o["nobody_knows"] = "x"
			if schema.Validate(doc) == nil {
				t.Errorf("a field that the schema does not know is taken in %s", at)
			}
			delete(o, "nobody_knows")
		})
	}
	return len(tried)
}

func walk(v any, at string, visit func(at string, o map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(at, v)
		for key, inner := range v {
			walk(inner, at+"/"+key, visit)
		}
	case []any:
		for _, inner := range v {
			walk(inner, at+"[]", visit)
		}
	}
}

// Match wants a schema to name and require the fields of a Go type, and to describe each;
// without says which fields the type has and no document. It returns how many it compared.
func Match(t testing.TB, goType reflect.Type, schema []byte, without func(at, name string) bool) int {
	t.Helper()
	doc := Parse(t, schema).(map[string]any)
	m := &matcher{t: t, without: without}
	m.defs, _ = doc["$defs"].(map[string]any)
	m.match(goType, doc, "")
	return m.fields
}

type matcher struct {
	t       testing.TB
	defs    map[string]any
	without func(at, name string) bool
	fields  int
}

func (m *matcher) match(goType reflect.Type, node map[string]any, at string) {
	node = m.resolve(node)
	if goType.Kind() == reflect.Pointer {
		goType = goType.Elem()
	}
	_, isText := reflect.New(goType).Interface().(interface{ MarshalText() ([]byte, error) })
	switch {
	case isText:
	case goType.Kind() == reflect.Slice || goType.Kind() == reflect.Array:
		m.match(goType.Elem(), node["items"].(map[string]any), at+"[]")
	case goType.Kind() == reflect.Struct:
		m.object(goType, node, at)
	}
}

func (m *matcher) object(goType reflect.Type, node map[string]any, at string) {
	properties, _ := node["properties"].(map[string]any)
	var names, required, wanted []string
	for _, f := range reflect.VisibleFields(goType) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || !f.IsExported() || name == "-" || m.without != nil && m.without(at, name) {
			continue
		}
		m.fields++
		names = append(names, name)
		if !strings.Contains(options, "omit") {
			wanted = append(wanted, name)
		}
		p, ok := properties[name].(map[string]any)
		if !ok {
			m.t.Errorf("%s/%s is not in the schema", at, name)
			continue
		}
		if m.resolve(p)["description"] == nil && p["description"] == nil {
			m.t.Errorf("%s/%s has no description", at, name)
		}
		if f.Type != reflect.PointerTo(goType) { // a bill's upper bound is a bill
			m.match(f.Type, p, at+"/"+name)
		}
	}
	list, _ := node["required"].([]any)
	for _, name := range list {
		required = append(required, name.(string))
	}
	slices.Sort(names)
	slices.Sort(required)
	slices.Sort(wanted)
	if known := slices.Sorted(maps.Keys(properties)); !slices.Equal(known, names) {
		m.t.Errorf("%s: the schema has %q, the type %q", at, known, names)
	}
	if !slices.Equal(required, wanted) {
		m.t.Errorf("%s: the schema requires %q, the type always has %q", at, required, wanted)
	}
	if node["additionalProperties"] != false {
		m.t.Errorf("%s: additionalProperties is not false", at)
	}
}

// resolve follows a $ref, alone or beside null.
func (m *matcher) resolve(node map[string]any) map[string]any {
	if choices, ok := node["anyOf"].([]any); ok {
		node = choices[0].(map[string]any)
	}
	if ref, ok := node["$ref"].(string); ok {
		return m.resolve(m.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any))
	}
	return node
}
