package report

import (
	"reflect"
	"strings"
	"testing"

	"frontdoor/report/schematest"
)

// The JSON of a comparison of two runs follows its schema, with bills and without.
func TestChangeFollowsItsSchema(t *testing.T) {
	r := twice(t, 20)
	c, err := NewChange(r, r)
	check(t, err)
	c.Costs = append(c.Costs, CostChange{Front: "none"})
	var out strings.Builder
	check(t, ChangeJSON(&out, c))
	schema := schematest.Compile(t, ChangeSchema())
	check(t, schema.Validate(schematest.Parse(t, []byte(out.String()))))
	if tried := schematest.Exact(t, schema, []byte(out.String())); tried < 10 {
		t.Errorf("only %d places in the comparison", tried)
	}
	unavailable := func(at, name string) bool { return strings.HasSuffix(at, "/bill") && name == "unavailable" } // such a bill is null
	if fields := schematest.Match(t, reflect.TypeFor[jsonChangeReport](), ChangeSchema(), unavailable); fields < 60 {
		t.Errorf("only %d fields compared", fields)
	}
	refuses(t, schema, out.String(), []swap{{`"old_run"`, `"old"`}, {`"latency_source": "lab"`, `"latency_source": "moon"`}, {`"front": "none"`, `"front": 1`}})
}
