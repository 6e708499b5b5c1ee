package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiled(t testing.TB) *jsonschema.Schema { return compiledSchema(t, Schema()) }

func compiledSchema(t testing.TB, text []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	check(t, c.AddResource("schema.json", parsed(t, text)))
	return c.MustCompile("schema.json")
}

func parsed(t testing.TB, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	check(t, err)
	return v
}

func TestReportsFollowTheSchema(t *testing.T) {
	schema := compiled(t)
	for _, g := range goldens() {
		if err := schema.Validate(parsed(t, []byte(render(t, "json", g.made(t))))); err != nil {
			t.Errorf("%s: %#v", g.name, err)
		}
	}
}

// A field that the schema does not know, or one that is gone, is refused in
// every object of a report.
func TestSchemaIsExact(t *testing.T) {
	schema := compiled(t)
	text := render(t, "json", goldens()[0].made(t))
	doc := parsed(t, []byte(text))
	tried := map[string]bool{} // one object of each place
	walkObjects(doc, "", func(at string, o map[string]any) {
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
	if len(tried) < 40 {
		t.Errorf("only %d places in the report", len(tried))
	}
	refuses(t, schema, text, []swap{
		{`"latency_source": "lab"`, `"latency_source": "moon"`},
		{`"latency_source": "lab",`, ``},
		{`"schema_version": 2`, `"schema_version": 1`},
		{`"total_usd": "46.8183253515625"`, `"total_usd": 46.8183253515625`},
		{`"total_usd": "46.8183253515625"`, `"total_usd": "$46.82"`},
		{`"started": "2026-11-22T15:00:00Z"`, `"started": "yesterday"`},
		{`"as_of": "2026-11-22"`, `"as_of": "22.11.2026"`},
	})
}

// swap is what a document has and what it is to be refused with.
type swap struct{ was, is string }

func refuses(t testing.TB, schema *jsonschema.Schema, text string, swaps []swap) {
	t.Helper()
	for _, c := range swaps {
		if !strings.Contains(text, c.was) {
			t.Fatalf("the document has no %s", c.was)
		}
		if schema.Validate(parsed(t, []byte(strings.Replace(text, c.was, c.is, 1)))) == nil {
			t.Errorf("%s is taken in place of %s", c.is, c.was)
		}
	}
}

func walkObjects(v any, at string, visit func(at string, o map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(at, v)
		for key, inner := range v {
			walkObjects(inner, at+"/"+key, visit)
		}
	case []any:
		for _, inner := range v {
			walkObjects(inner, at+"[]", visit)
		}
	}
}

// The schema and the Go types name the same fields and require the same ones,
// also those that no golden has; each has a description.
func TestSchemaFollowsTheTypes(t *testing.T) {
	var doc map[string]any
	check(t, json.Unmarshal(Schema(), &doc))
	m := &matcher{t: t, defs: doc["$defs"].(map[string]any)}
	m.match(reflect.TypeFor[jsonReport](), doc, "")
	if m.fields < 150 {
		t.Errorf("only %d fields compared", m.fields)
	}
}

type matcher struct {
	t      *testing.T
	defs   map[string]any
	fields int
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
		if f.Anonymous || name == "-" || at == "/fronts[]/cost/bill" && name == "unavailable" {
			continue // an unavailable bill is written as null
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
	for _, name := range node["required"].([]any) {
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
