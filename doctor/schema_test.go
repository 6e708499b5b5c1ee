package doctor

import (
	"reflect"
	"strings"
	"testing"

	"frontdoor/report/schematest"
)

// What JSON writes follows the schema.
func TestJSONFollowsTheSchema(t *testing.T) {
	var out strings.Builder
	if err := JSON(&out, &Report{Account: "123456789012", ARN: "arn:aws:iam::123456789012:user/a", Findings: []Finding{
		{About: "clock", Level: OK, Text: "right"}, {About: "quotas", Level: Missing, Text: "10 at once", Help: "ask for more"},
	}}); err != nil {
		t.Fatal(err)
	}
	schematest.Follow(t, Schema(), reflect.TypeFor[Report](), []byte(out.String()))
}
