package page

import (
	"testing"

	"frontdoor/report"
)

// A claim is a line with its verdict; what it rests on is below, for who opens it.
func TestClaimsKeepTheirEvidenceBelow(t *testing.T) {
	list := claims([]report.Claim{{ID: "C1", Text: "a costs less", Verdict: "conditional", Boundary: "below 1M", Evidence: []report.ClaimLine{{Kind: "bill", Text: "$1", Source: "AWS"}}},
		{ID: "C2", Text: "b is slow", Verdict: "not judged"}})
	if len(list) != 2 || list[0].Verdict != "conditional" || list[0].Text != "a costs less" || !list[1].Evidence.Empty() {
		t.Fatalf("%+v", list)
	}
	rows := list[0].Evidence.Rows
	if len(rows) != 2 || rows[0].Name.Text != "where it turns" || rows[0].Cells[0].Text != "below 1M" || rows[1].Name.Text != "bill" || rows[1].Cells[0].Text != "$1 (AWS)" {
		t.Errorf("%+v", rows)
	}
}
