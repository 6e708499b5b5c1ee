package main

import (
	"os"
	"strings"
	"testing"
)

// The policies that people read before they have bench are those that it prints.
func TestPoliciesInDocuments(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```json\n")
	inReadme, _, _ := strings.Cut(rest, "```")
	inDocs, err := os.ReadFile("../../docs/deploy-policy.json")
	if err != nil {
		t.Fatal(err)
	}
	for which, written := range map[string]string{"measure": inReadme, "deploy": string(inDocs)} {
		var stdout, stderr strings.Builder
		e := systemEnv()
		e.stdout, e.stderr = &stdout, &stderr
		if code := bench(t.Context(), e, []string{"doctor", "quickstart", "--policy=" + which}); code != 0 {
			t.Fatalf("%s: exit code %d: %s", which, code, &stderr)
		}
		if stdout.String() != written {
			t.Errorf("the policy to %s is documented as\n%s\nand printed as\n%s", which, written, &stdout)
		}
	}
}
