package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// A command that writes JSON prints its schema, whatever arguments it wants else, and
// takes none beside.
func TestSchemas(t *testing.T) {
	for _, name := range []string{"report", "cost", "compare", "check", "claims", "doctor", "reconcile"} {
		code, stdout, stderr := said(t, name, "--schema")
		var schema struct {
			Title    string   `json:"title"`
			Required []string `json:"required"`
		}
		if err := json.Unmarshal([]byte(stdout), &schema); code != exitOK || err != nil || !strings.HasPrefix(schema.Title, "bench "+name) || len(schema.Required) == 0 {
			t.Errorf("%s: exit %d, %v, title %q: %s", name, code, err, schema.Title, stderr)
		}
		if code, _, _ := said(t, name, "--schema", "x"); code != exitUsage {
			t.Errorf("%s --schema x: exit %d", name, code)
		}
	}
}
