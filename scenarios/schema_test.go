package scenarios

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "write the schemas and docs/workload.md anew")

// TestSchemaFile keeps the schemas, which editors read, equal to the definitions.
func TestSchemaFile(t *testing.T) {
	for file, schema := range map[string]func() ([]byte, error){"schema.json": Schema, "workload.schema.json": WorkloadSchema, "targets.schema.json": TargetsSchema} {
		want, err := schema()
		if err != nil {
			t.Fatal(err)
		}
		sameAsFile(t, file, want)
	}
}

// sameAsFile compares a file made from the definitions with what they would make now,
// and writes it anew with -update.
func sameAsFile(t *testing.T, file string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from the definitions: run go test ./scenarios -update, and look at the difference", file)
	}
}

func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	return compile(t, Schema)
}

func compile(t testing.TB, schema func() ([]byte, error)) *jsonschema.Schema {
	t.Helper()
	text, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("scenario.json")
}

// instance is YAML as a JSON reader sees it. It goes through JSON text, so that a
// number that JSON could not hold is found.
func instance(t testing.TB, data []byte) any {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(jsonOf(doc.Content[0]))
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchemaAcceptsShipped(t *testing.T) {
	schema := compiled(t)
	if len(Names()) == 0 {
		t.Fatal("no scenario is shipped")
	}
	for _, name := range Names() {
		_, data, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(instance(t, data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefusesStructuralMistakes(t *testing.T) {
	schema := compiled(t)
	if err := schema.Validate(instance(t, []byte(base))); err != nil {
		t.Fatalf("the right scenario: %v", err)
	}
	refused := 0
	for _, m := range mistakes() {
		if !m.structural {
			continue
		}
		refused++
		if err := schema.Validate(instance(t, []byte(m.text(t)))); err == nil {
			t.Errorf("%s: accepted", m.name)
		}
	}
	if refused < 25 {
		t.Errorf("only %d mistakes are structural", refused)
	}
}

// TestSchemaSelfConsistent checks defaults and examples against the schema of
// their own field: they are what people copy.
func TestSchemaSelfConsistent(t *testing.T) {
	examples := 0
	var walk func(path string, r record)
	walk = func(path string, r record) {
		for _, f := range r.fields() {
			at := join(path, f.name)
			if f.doc == "" || !strings.HasSuffix(f.doc, ".") {
				t.Errorf("%s: no sentence says what it means", at)
			}
			for _, text := range append([]string{f.def}, f.examples...) {
				if text == "" {
					continue
				}
				examples++
				d := &decoder{file: "f", at: map[string]*node{}}
				if err := d.field(fromText(text), at, f); err != nil {
					t.Error(err)
				}
			}
			inner, _ := recordsIn(f.into)
			for _, r := range inner {
				walk(at, r)
			}
		}
	}
	walk("", &Scenario{})
	walk("", &Workload{})
	walk("", &Targets{})
	if examples < 60 {
		t.Errorf("only %d defaults and examples found", examples)
	}
}
