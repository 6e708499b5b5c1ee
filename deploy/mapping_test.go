package deploy

import (
	"regexp"
	"slices"
	"testing"

	"frontdoor/scenarios"
)

// A template is given for the types that the scenario's requests have, without what
// stands behind the semicolon, and for application/json, which a request that says none has.
func TestBodyTypes(t *testing.T) {
	s, err := scenarios.Parse("types.yaml", []byte(`version: 1
name: types
handler: hello
fronts: [{id: api, kind: apigw-rest-nonproxy}]
requests:
  - {method: POST, headers: {content-type: "Text/Plain; charset=utf-8"}, body: '"a"', expect: {body: any}}
  - {method: POST, headers: {Content-Type: application/vnd.api+json, Accept: text/html}, body: '{}', expect: {body: any}}
  - {method: POST, headers: {Content-Type: "///"}, expect: {body: any}}
load: {rate: 1/s, duration: 1s}
`))
	if err != nil {
		t.Fatal(err)
	}
	stack := stackOf(t, planOf(t, Config{Scenario: s}), "bench-small-3f9a-api")
	want := []string{"application/json", "application/vnd.api+json", "text/plain"}
	if !slices.Equal(stack.Mapping.Types, want) {
		t.Errorf("types %q, want %q", stack.Mapping.Types, want)
	}
	parsed, v := built(t, stack)
	for _, id := range []string{"Root", "Below"} {
		templates, _ := at(v.resource(parsed, id), "Integration", "RequestTemplates").(map[string]any)
		if len(templates) != len(want) || templates["text/plain"] != templates["application/json"] {
			t.Errorf("%s has templates for %v", id, templates)
		}
	}
}

// An API is deployed anew when what it answers by itself changes, in the template and not
// in a parameter.
func TestMappingMakesADeployment(t *testing.T) {
	named := regexp.MustCompile(`\n  (Deployment[0-9a-f]{10}):\n`)
	seen := map[string]bool{}
	for _, m := range []*Mapping{
		{Types: []string{"application/json"}}, {Types: []string{"application/json", "text/plain"}}, {CORS: true},
		{Responses: []scenarios.SelectedResponse{{Pattern: "a", Status: 404}}}, {Responses: []scenarios.SelectedResponse{{Pattern: "b", Status: 404}}},
	} {
		body, err := Stack{Template: "rest-nonproxy.yaml", Mapping: m}.Body()
		if err != nil {
			t.Fatal(err)
		}
		found := named.FindStringSubmatch(body)
		if found == nil || seen[found[1]] {
			t.Errorf("%+v: the deployment is %q, seen %v", *m, found, seen)
			continue
		}
		seen[found[1]] = true
	}
}
