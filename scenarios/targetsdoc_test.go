package scenarios

import (
	"os"
	"strings"
	"testing"
)

// TestTargetsDocExamples parses what docs/targets.md has in YAML: files as they are, and
// each auth as a front's.
func TestTargetsDocExamples(t *testing.T) {
	text, err := os.ReadFile("../docs/targets.md")
	if err != nil {
		t.Fatal(err)
	}
	files, auths := 0, 0
	for _, block := range strings.Split(string(text), "```yaml\n")[1:] {
		example, _, _ := strings.Cut(block, "```")
		if strings.HasPrefix(example, "version:") {
			targets := parseTargets(t, example)
			if _, data, err := Open(targets.Scenario); err != nil {
				t.Error(err)
			} else if s, err := Parse("s.yaml", data); err != nil {
				t.Error(err)
			} else if _, err := s.On(targets, "rest", "url"); err != nil {
				t.Error(err)
			}
			files++
			continue
		}
		for _, one := range strings.Split("\n"+strings.TrimSpace(example), "\nauth:")[1:] {
			parseTargets(t, "version: 1\nscenario: base\nfronts:\n  - id: rest\n    url: https://a.example\n    auth:"+strings.ReplaceAll(one, "\n", "\n    ")+"\n")
			auths++
		}
	}
	if files != 1 || auths != 9 {
		t.Errorf("%d files and %d auths found, want 1 and 9", files, auths)
	}
}
