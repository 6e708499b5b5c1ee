package contract

import (
	"reflect"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/report/schematest"
)

// What JSON writes follows the schema, where much is found and where nothing is.
func TestJSONFollowsTheSchema(t *testing.T) {
	var documents [][]byte
	for _, findings := range [][]Finding{
		nil, {
			{Level: Breaks, Front: front.ALB, Cases: []string{"plain"}, All: true, What: "a 502", Rule: "no status", Why: "no statusCode", Do: "return it", Source: "https://docs.aws.amazon.com/"},
			{Level: Differs, What: "a header"}, {Level: Note, What: "a limit"},
		},
	} {
		var out strings.Builder
		if err := JSON(&out, &Result{Handler: "hello", Fronts: front.Kinds(), Cases: 3, Findings: findings}); err != nil {
			t.Fatal(err)
		}
		documents = append(documents, []byte(out.String()))
	}
	schematest.Follow(t, Schema(), reflect.TypeFor[Result](), documents...)
}
