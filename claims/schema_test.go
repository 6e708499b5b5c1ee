package claims

import (
	"reflect"
	"strings"
	"testing"

	"frontdoor/report/schematest"
)

// What JSON writes follows the schema, of every claim, without a run and with one.
func TestJSONFollowsTheSchema(t *testing.T) {
	e := evidence(t, "")
	judged, err := Judge(e)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := JSON(&out, Page{AsOf: e.AsOf.String(), Book: "shipped", Claims: judged}); err != nil {
		t.Fatal(err)
	}
	schematest.Follow(t, Schema(), reflect.TypeFor[Page](), []byte(out.String()))
}
