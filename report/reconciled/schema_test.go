package reconciled_test

import (
	"strings"
	"testing"

	"frontdoor/report/reconciled"
	"frontdoor/report/schematest"
)

// What JSON writes follows the schema, of a bill that matches and of one that does not.
func TestJSONFollowsTheSchema(t *testing.T) {
	match, mismatch := text(t, "json", made(t, nil)), text(t, "json", wrong(t))
	schematest.Follow(t, reconciled.Schema(), reconciled.Written(), []byte(match), []byte(mismatch))
	schema := schematest.Compile(t, reconciled.Schema())
	for was, is := range map[string]string{
		`"label": "aws"`: `"label": "moon"`, `"format": "FOCUS 1.2"`: `"format": "FOCUS"`, `"matches": false,`: ``,
		`"rate_usd": "0.0000035"`: `"rate_usd": 0.0000035`, `"prices_of": "2026-11-22"`: `"prices_of": "22.11.2026"`,
	} {
		if !strings.Contains(mismatch, was) {
			t.Fatalf("the document has no %s", was)
		}
		if schema.Validate(schematest.Parse(t, []byte(strings.Replace(mismatch, was, is, 1)))) == nil {
			t.Errorf("%s is taken in place of %s", is, was)
		}
	}
}
