package deploy

import (
	"encoding/json"
	"fmt"
	"testing"
)

// A stack's file has every parameter of its template, with the plan's value or the
// template's default, as a YAML parser reads it.
func TestParametersJSON(t *testing.T) {
	for _, s := range everything(t).Stacks {
		text, err := s.ParametersJSON()
		if err != nil {
			t.Fatal(err)
		}
		var list []struct{ ParameterKey, ParameterValue string }
		if err := json.Unmarshal(text, &list); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, p := range list {
			got[p.ParameterKey] = p.ParameterValue
		}
		declared := parse(t, texts(t)[s.Template]).Parameters
		if len(got) != len(declared) {
			t.Errorf("%s: %d parameters, want %d", s.Name, len(got), len(declared))
		}
		for name, p := range declared {
			want, planned := s.Parameters[name]
			if !planned {
				want = fmt.Sprint(p["Default"])
			}
			if got[name] != want {
				t.Errorf("%s: %s is %q, want %q", s.Name, name, got[name], want)
			}
		}
	}
}
