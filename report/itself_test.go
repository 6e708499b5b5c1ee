package report

import (
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/schematest"
)

// What a run cost is one sentence of the table, and the same figure in JSON, which
// follows the schema. A lab's run cost nothing: it would have.
func TestItself(t *testing.T) {
	amount, err := pricing.ParseUSD("0.0803")
	check(t, err)
	for _, c := range []struct {
		source  record.Source
		bill    *pricing.Bill
		table   string
		machine string
	}{
		{record.SourceAWS, &pricing.Bill{Total: amount}, "This run itself cost $0.08030 at list prices", `"or_more": false,` + "\n    " + `"on_aws": true`},
		{record.SourceLab, &pricing.Bill{Total: amount, LowerBound: true}, "On AWS this run itself would have cost $0.08030 or more at list", `"or_more": true,` + "\n    " + `"on_aws": false`},
		{record.SourceLab, &pricing.Bill{Unavailable: "no"}, "", ""},
		{record.SourceLab, nil, "", ""},
	} {
		r := threeFronts(t)
		r.Itself = itselfOf(c.bill, c.source)
		table, machine := strings.Join(strings.Fields(render(t, "table", r)), " "), render(t, "json", r)
		if !strings.Contains(table, c.table) || strings.Contains(table, "itself") != (c.table != "") {
			t.Errorf("table: %s", table)
		}
		if !strings.Contains(machine, c.machine) || strings.Contains(machine, "run_itself") != (c.machine != "") {
			t.Errorf("json: %s", machine)
		}
		if err := schematest.Compile(t, Schema()).Validate(schematest.Parse(t, []byte(machine))); err != nil {
			t.Errorf("%#v", err)
		}
	}
}
