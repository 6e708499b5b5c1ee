package deploy

import (
	"strings"
	"testing"
)

// A function has the scenario's variables beside bench's own, and its table is where
// they say.
func TestVariables(t *testing.T) {
	d := planOf(t, Config{Scenario: scenarioOf(t, `handler: status
fronts: [{id: url, kind: function-url, environment: {TABLE_REGION: eu-west-1, ALLOWED_ORIGINS: 'https://.*\.example\.com "a": b'}}, {id: alb, kind: alb, environment: {TABLE_REGION: eu-west-1}}]
tables: [{name: MediaConvertJobIdToStatus, key: JobId, region: eu-west-1}]`)})
	bodies(t, d)
	s := stackOf(t, d, "bench-small-3f9a-url")
	if !strings.HasPrefix(s.Parameters["TableArn"], "${bench-small-3f9a-table-MediaConvertJobIdToStatus-eu-west-1.") {
		t.Errorf("table %s", s.Parameters["TableArn"])
	}
	body, err := s.Body()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(body, "Those of the scenario") {
		t.Error("the mark is in the template")
	}
	got, _ := at(parse(t, body).Resources["Function"].Properties, "Environment", "Variables").(map[string]any)
	if len(got) != 4 || got["TABLE_REGION"] != "eu-west-1" || got["ALLOWED_ORIGINS"] != `https://.*\.example\.com "a": b` || textOf(got["BENCH_HANDLER"]) != "Handler" {
		t.Errorf("variables %v", got)
	}
}

// Whatever text a variable has, a template says the same.
func FuzzQuoted(f *testing.F) {
	for _, seed := range []string{"", "ok", "a: b # c", `"\`, "line\nand\ttab", "ü\u2028\U0001f600", "!Ref Handler", "${AWS::Region}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		parsed := parse(t, "Resources:\n  A:\n    Type: B\n    Properties:\n      C: "+quoted(text)+"\n")
		if got := parsed.Resources["A"].Properties["C"]; got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}
