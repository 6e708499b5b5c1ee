package report

import (
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"frontdoor/report/schematest"
)

func TestReportsFollowTheSchema(t *testing.T) {
	schema := schematest.Compile(t, Schema())
	for _, g := range goldens() {
		if err := schema.Validate(schematest.Parse(t, []byte(render(t, "json", g.made(t))))); err != nil {
			t.Errorf("%s: %#v", g.name, err)
		}
	}
}

// A field that the schema does not know, or one that is gone, is refused in
// every object of a report.
func TestSchemaIsExact(t *testing.T) {
	schema := schematest.Compile(t, Schema())
	text := render(t, "json", goldens()[0].made(t))
	if tried := schematest.Exact(t, schema, []byte(text)); tried < 40 {
		t.Errorf("only %d places in the report", tried)
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
		if schema.Validate(schematest.Parse(t, []byte(strings.Replace(text, c.was, c.is, 1)))) == nil {
			t.Errorf("%s is taken in place of %s", c.is, c.was)
		}
	}
}

// The schema and the Go types name the same fields and require the same ones,
// also those that no golden has; each has a description.
func TestSchemaFollowsTheTypes(t *testing.T) {
	unavailable := func(at, name string) bool { return at == "/fronts[]/cost/bill" && name == "unavailable" } // such a bill is null
	if fields := schematest.Match(t, reflect.TypeFor[jsonReport](), Schema(), unavailable); fields < 150 {
		t.Errorf("only %d fields compared", fields)
	}
}
