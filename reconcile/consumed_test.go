package reconcile_test

import (
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/reconcile"
	"frontdoor/record"
)

// reading is the known run whose requests to the URL each read a table: 100 of them in one
// hour and 60 in the next, 0.5 units each.
func reading(t testing.TB) *record.Recording {
	rec := known(t)
	for i, m := range rec.Measured {
		for j := range m.Hits {
			if m.Front == "url" {
				rec.Measured[i].Hits[j].Consumed = "us-east-1 rru=0.5"
			}
		}
	}
	return rec
}

// tableLines are DynamoDB's lines of both hours, with so many units in the first. A million
// read request units are $0.125 (https://aws.amazon.com/dynamodb/pricing/on-demand/).
func tableLines(t testing.TB, units, cost string) string {
	b := load(t, "cur-2.0.csv")
	for _, hour := range [][4]string{{"15", "16", units, cost}, {"16", "17", "30", "0.00000375"}} {
		b = b.plus(0, map[string]string{
			"identity_line_item_id": "synthetic-table-" + hour[0], "line_item_line_item_description": "SYNTHETIC: $0.000000125 per unit (ReadRequestUnits)",
			"line_item_operation": "GetItem", "line_item_product_code": "AmazonDynamoDB", "product_servicecode": "AmazonDynamoDB", "line_item_usage_type": "ReadRequestUnits",
			"line_item_resource_id":      "arn:aws:dynamodb:us-east-1:123456789012:table/AlienCards",
			"line_item_unblended_cost":   hour[3],
			"line_item_unblended_rate":   "0.000000125",
			"line_item_usage_amount":     hour[2],
			"line_item_usage_start_date": "2026-11-22T" + hour[0] + ":00:00.000Z", "line_item_usage_end_date": "2026-11-22T" + hour[1] + ":00:00.000Z",
		})
	}
	return b.save(t)
}

// What functions said that they read is held against DynamoDB's lines, hour by hour.
func TestTablesOnTheBill(t *testing.T) {
	rec := reading(t)
	in := input(t, rec)
	calls := map[string]pricing.Calls{"url": pricing.CallsTold}
	for _, f := range rec.Fronts {
		if f.ID != "url" {
			calls[f.ID] = pricing.CallsNothing
		}
	}
	var err error
	in.Spent, err = spend.Of(rec, calls)
	check(t, err)
	res := against(t, in, tableLines(t, "50", "0.00000625"))
	if over := res.Over(); len(over) > 0 || len(res.Lines) != 42 || res.Total.Residual.Sign() != 0 {
		t.Errorf("%d lines, %q", len(res.Lines), over)
	}
	for hour, want := range map[string]string{"15:00": "50", "16:00": "30"} {
		if l := lineOf(t, res, pricing.DynamoDBReadUnits, "us-east-1", hour); l.Estimate.Quantity.String() != want || l.Residual.Sign() != 0 {
			t.Errorf("%s: %+v", hour, l)
		}
	}
	// 20 units more are nobody's, and that line is named.
	res = against(t, in, tableLines(t, "70", "0.00000875"))
	if over := res.Over(); len(over) == 0 || !strings.Contains(over[0], "dynamodb.read_units in us-east-1, 2026-11-22 15:00") || !strings.Contains(over[0], "20 more than estimated") {
		t.Errorf("%q", over)
	}
	// Where answers do not tell, the estimate is the least.
	in.Spent, err = spend.Of(known(t), calls)
	check(t, err)
	res = against(t, in, tableLines(t, "50", "0.00000625"))
	if over := res.Over(); len(over) > 0 {
		t.Errorf("%q", over)
	}
	if got := because(lineOf(t, res, pricing.DynamoDBReadUnits, "us-east-1", "15:00"), reconcile.LowerBound); !strings.Contains(got, "front url: 160 of 160 requests do not tell") {
		t.Errorf("explained by %q", got)
	}
	// So it is of what calls carried over a border of Regions: nobody counted that either.
	abroad := load(t, "cur-2.0.csv").plus(0, map[string]string{
		"identity_line_item_id": "synthetic-border", "line_item_line_item_description": "SYNTHETIC: $0.02 per GB", "line_item_operation": "Transfer",
		"line_item_product_code": "AmazonDynamoDB", "product_servicecode": "AWSDataTransfer", "line_item_usage_type": "USE1-APN1-AWS-Out-Bytes", "line_item_resource_id": "",
		"line_item_unblended_cost": "0.02", "line_item_unblended_rate": "0.02", "line_item_usage_amount": "1",
		"line_item_usage_start_date": "2026-11-22T15:00:00.000Z", "line_item_usage_end_date": "2026-11-22T16:00:00.000Z",
	})
	res = against(t, in, abroad.save(t))
	if got := because(lineOf(t, res, "egress.interregion_gb.ap-northeast-1", "us-east-1", "15:00"), reconcile.LowerBound); !strings.Contains(got, "do not tell") {
		t.Errorf("explained by %q", got)
	}
}
