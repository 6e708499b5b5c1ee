package reconcile_test

import (
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// What bench itself wrote into a table is held against DynamoDB's line. A million write
// request units are $0.625 (https://aws.amazon.com/dynamodb/pricing/on-demand/).
func TestBenchsOwnWritesOnTheBill(t *testing.T) {
	rec := known(t)
	for range 40 {
		rec.Trials[0].Events = append(rec.Trials[0].Events, record.Event{What: record.ItemWritten, Region: "us-east-1", Write: &record.Write{Table: "Jobs", Units: 2}})
	}
	calls := map[string]pricing.Calls{}
	for _, f := range rec.Fronts {
		calls[f.ID] = pricing.CallsNothing
	}
	in := input(t, rec)
	var err error
	in.Spent, err = spend.Of(rec, calls)
	check(t, err)
	line := func(units, cost string) string {
		return load(t, "cur-2.0.csv").plus(0, map[string]string{
			"identity_line_item_id": "synthetic-written", "line_item_line_item_description": "SYNTHETIC: $0.000000625 per unit (WriteRequestUnits)",
			"line_item_operation": "PutItem", "line_item_product_code": "AmazonDynamoDB", "product_servicecode": "AmazonDynamoDB", "line_item_usage_type": "WriteRequestUnits",
			"line_item_resource_id":    "arn:aws:dynamodb:us-east-1:123456789012:table/Jobs",
			"line_item_unblended_cost": cost, "line_item_unblended_rate": "0.000000625", "line_item_usage_amount": units,
			"line_item_usage_start_date": "2026-11-22T15:00:00.000Z", "line_item_usage_end_date": "2026-11-22T16:00:00.000Z",
		}).save(t)
	}
	res := against(t, in, line("80", "0.00005"))
	l := lineOf(t, res, pricing.DynamoDBWriteUnits, "us-east-1", "15:00")
	if over := res.Over(); len(over) > 0 || l.Estimate.Quantity.String() != "80" || l.Residual.Sign() != 0 || len(l.Fronts) > 0 {
		t.Errorf("%q: %+v", over, l)
	}
	// One write more is nobody's, and that line is named.
	if over := against(t, in, line("82", "0.00005125")).Over(); len(over) == 0 || !strings.Contains(over[0], "dynamodb.write_units in us-east-1, 2026-11-22 15:00") || !strings.Contains(over[0], "2 more than estimated") {
		t.Errorf("%q", over)
	}
}
