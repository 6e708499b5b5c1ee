package scenarios

import (
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// law is what holds for every text: an error of Parse is an *Error with a line of
// the file, on one line; and what Parse accepts the schema accepts.
func law(t *testing.T, schema *jsonschema.Schema, data []byte) {
	t.Helper()
	s, err := Parse("f.yaml", data)
	if err != nil {
		e, ok := err.(*Error)
		if !ok {
			t.Fatalf("error is a %T: %v", err, err)
		}
		// A carriage return alone breaks lines too, for YAML.
		lines := 1 + strings.Count(string(data), "\n") + strings.Count(string(data), "\r") +
			strings.Count(string(data), "\u0085") + strings.Count(string(data), "\u2028") + strings.Count(string(data), "\u2029")
		if e.Line < 1 || e.Line > lines || e.Problem == "" || strings.ContainsAny(e.Error(), "\r\n") {
			t.Errorf("error %q has line %d of %d", err, e.Line, lines)
		}
		return
	}
	if s.Offload == nil && (len(s.Fronts) == 0 || len(s.Requests) == 0 || s.Load.Planned() < 1) || s.Offload != nil && s.Offload.Days < 1 {
		t.Errorf("accepted a scenario that does nothing: %+v", s)
	}
	if err := schema.Validate(instance(t, data)); err != nil {
		t.Errorf("the schema refuses what Parse accepts: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(base))
	for _, m := range mistakes() {
		f.Add([]byte(strings.Replace(base, m.old, m.new, 1)))
	}
	for _, name := range Names() {
		_, data, err := Open(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	schema := compiled(f)
	f.Fuzz(func(t *testing.T, data []byte) { law(t, schema, data) })
}

// spots are places of base where a value of each notation fits.
func spots() []mistake {
	return []mistake{
		{old: "200/s", new: "@"},
		{old: "10s", new: "@"},
		{old: "rounds: 12", new: "rounds: @"},
		{old: "rounds: 12", new: "seed: @"},
		{old: "rounds: 12", new: "gates: [@]"},
		{old: "rounds: 12", new: "description: @"},
		{old: "rounds: 12", new: "pricing: {as_of: @}"},
		{old: "rounds: 12", new: "  https: @"},
		{old: "rounds: 12", new: "  hours_per_month: @"},
		{old: "rounds: 12", new: "  response_size: @"},
		{old: "expected: 15M", new: "expected: @"},
		{old: "contains: Hello", new: "json: {a: @}"},
		{old: "contains: Hello", new: "json: {@: 1}"},
		{old: "contains: Hello", new: "matches: @"},
		{old: "{contains: Hello}", new: "@"},
		{old: "method: GET", new: "method: GET\n    query: {a: @}"},
		{old: "method: GET", new: "method: GET\n    path: @"},
		{old: "duration: 10s", new: "keepalive: @"},
		{old: "kind: apigw-rest", new: "kind: apigw-rest\n    memory: @"},
		{old: "kind: apigw-rest", new: "kind: apigw-rest\n    metrics: none\n    url: @"},
		{old: "kind: apigw-rest", new: "kind: apigw-rest\n    metrics: none\n    url: https://a.example\n    auth: @"},
		{old: "kind: apigw-rest", new: "kind: apigw-rest\n    metrics: none\n    url: https://a.example\n    auth: {bearer: {command: [a], refresh: @}, api_key: {env: KEY}}"},
	}
}

// FuzzValue puts any text in the place of a value, where FuzzParse seldom gets.
func FuzzValue(f *testing.F) {
	for i, m := range spots() {
		if !strings.Contains(base, m.old) {
			f.Fatalf("base has no %q", m.old)
		}
		for _, value := range []string{
			"12", "-0", "007", "1_000", "0x1F", "1e3", "1.50", ".5", ".inf", "~", "true", "yes", "2025-06-01", "today", "a", "\"\"",
			"1/s", "0.10/m", "1m30s", "6KiB", "15M", "1.5B", "20%", "100%", "128MB", "p(99.9)<1s", "/a~1b", "[a, b]", "any", "https://a.example/b/", "{iam: {}}", "{api_key: {env: KEY}, cognito: {client_id: a, username: {env: U}, password: {command: [p]}}}",
		} {
			f.Add(uint8(i), value)
		}
	}
	schema := compiled(f)
	f.Fuzz(func(t *testing.T, spot uint8, value string) {
		m := spots()[int(spot)%len(spots())]
		law(t, schema, []byte(strings.Replace(base, m.old, strings.Replace(m.new, "@", value, 1), 1)))
	})
}
