package claims

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/reporttest"
)

// on is the evidence of the shipped book on a day.
func on(t *testing.T, day string) *Evidence {
	t.Helper()
	e := evidence(t, "")
	var err error
	if e.AsOf, err = pricing.ParseDate(day); err != nil {
		t.Fatal(err)
	}
	return e
}

// What had no price on a day is left out, and is said; only where nothing is left
// is a claim not judged. Days of the book's fronts.csv: edge 2017-07-17, ALB
// 2018-11-29, HTTP API 2020-03-12, CloudFront Functions 2021-05-03.
func TestEarlierDays(t *testing.T) {
	for _, c := range []struct {
		day, id string
		word    Word
		part    string
	}{
		{"2018-01-01", "C1", Conditional, "left out: front apigw-http did not exist on 2018-01-01: it begins on 2020-03-12"},
		{"2018-01-01", "C1", Conditional, "2018-01-01: Lambda@Edge is cheaper than API Gateway REST API: up to"},
		{"2018-01-01", "C11", Conditional, "left out: front alb did not exist on 2018-01-01: it begins on 2018-11-29"},
		{"2018-01-01", "C14", NotJudged, "nothing to compare had a price on 2018-01-01"},
		{"2019-01-01", "C14", True, "cheaper in us-east-1 than API Gateway REST API from"},
		{"2020-06-01", "C11", Conditional, "left out: front cloudfront-function did not exist on 2020-06-01: it begins on 2021-05-03"},
		{"2016-08-07", "C1", NotJudged, "nothing to compare had a price on 2016-08-07"},
		{"2016-08-07", "C2", False, "left out: front edge-viewer-request did not exist on 2016-08-07"},
		{"2016-08-07", "C3", True, "left out: meter edge.gb_seconds"},
		{"2016-08-07", "C11", Conditional, "true of apigw-rest and apigw-rest-nonproxy; not of a hosted zone"},
		{"2016-08-07", "C15", True, "left out: front edge-viewer-request did not exist on 2016-08-07"},
		{"2016-08-07", "C16", False, "142,857 requests"},
		{"2010-01-01", "C11", NotJudged, "nothing to compare had a price on 2010-01-01"},
	} {
		if j := one(t, on(t, c.day), c.id); j.Word != c.word || !strings.Contains(all(j), c.part) {
			t.Errorf("%s on %s: want %s with %q:\n%s", c.id, c.day, c.word, c.part, all(j))
		}
	}
}

// No day, with a run or without, makes a claim fail; none says anything twice.
func TestEveryDay(t *testing.T) {
	for _, day := range []string{"2006-01-01", "2014-11-13", "2016-08-07", "2017-07-23", "2018-01-01", "2019-01-01", "2020-06-01", "2022-05-10", "2030-01-01"} {
		e := on(t, day)
		e.Runs = []*record.Recording{reporttest.Recording(t)}
		judged, err := Judge(e)
		if err != nil {
			t.Fatalf("%s: %v", day, err)
		}
		for _, j := range judged {
			if j.Word == "" || j.Word == NotJudged && j.Boundary == "" {
				t.Errorf("%s on %s is %q: %q", j.ID, day, j.Word, j.Boundary)
			}
			for i, l := range j.Lines {
				if slices.Contains(j.Lines[:i], l) {
					t.Errorf("%s on %s says twice: %s", j.ID, day, l.words())
				}
			}
		}
	}
}

// A book that lacks what a claim needs leaves it not judged, with what it lacks.
func TestErrorsAreNotJudged(t *testing.T) {
	e := evidence(t, "")
	e.Book = &pricing.Book{}
	for id, lacks := range map[string]string{"C3": "nothing to compare", "C16": `no rate of meter "apigw.rest.requests"`} {
		if j := one(t, e, id); j.Word != NotJudged || !strings.Contains(j.Boundary, lacks) {
			t.Errorf("%s: %s", id, all(j))
		}
	}
}

// The boundary of C14 is that of the Regions in which a run has a balancer.
func TestBalancerInARegion(t *testing.T) {
	e := evidence(t, "")
	e.Runs = []*record.Recording{{Run: record.Run{Fronts: []record.Front{{ID: "a", Kind: front.ALB, Region: "ap-northeast-1"}, {ID: "b", Kind: front.APIGatewayREST, Region: "eu-west-1"}}}}}
	if j := one(t, e, "C14"); !strings.HasPrefix(j.Boundary, "cheaper in ap-northeast-1 than API Gateway REST API from 5,939,") || strings.Contains(j.Boundary, "us-east-1") {
		t.Errorf("%s", all(j))
	}
	e.Runs[0].Fronts[0].Region = "eu-west-1" // neither of the usual two
	if j := one(t, e, "C14"); !strings.HasPrefix(j.Boundary, "cheaper in eu-west-1 than") || j.Word != True {
		t.Errorf("%s", all(j))
	}
	e.Runs[0].Fronts[0].Region = "mx-central-1" // which the book does not know
	if j := one(t, e, "C14"); !strings.HasPrefix(j.Boundary, "cheaper in us-east-1 than") || !strings.Contains(all(j), `in region "mx-central-1"`) {
		t.Errorf("%s", all(j))
	}
}

// A front of a run in a Region without prices is left out of its order.
func TestRecordedOrderWithoutAPrice(t *testing.T) {
	e := evidence(t, "")
	run := *reporttest.Recording(t) // which other tests have too
	run.Fronts = slices.Clone(run.Fronts)
	for i, f := range run.Fronts {
		if f.Kind == front.APIGatewayREST {
			run.Fronts[i].FunctionIn = "mx-central-1"
		}
	}
	e.Runs = []*record.Recording{&run}
	if got := all(one(t, e, "C1")); !strings.Contains(got, "edge is cheaper than alb, and not than http-api") {
		t.Errorf("%s", got)
	}
}

// Free quantities are the book's: another day has others, and the words follow.
func TestFreeOf(t *testing.T) {
	for day, want := range map[string]string{"2010-12-04": "", "2010-12-05": " (the first 50 are free)"} {
		if got := on(t, day).freeOf("route53.health_checks.aws"); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	if got := evidence(t, "").freeOf(pricing.RESTRequests); got != "" { // of new accounts, before 2025-07-15
		t.Errorf("%q", got)
	}
}

// Ends of stretches in whole units: 635.8 ms leaves 635 cheaper, 635 leaves 634.
func TestWhole(t *testing.T) {
	for _, c := range []struct {
		q               pricing.Quantity
		down, up, below string
	}{
		{pricing.Ratio(6358, 10), "635", "636", "635"},
		{pricing.Count(635), "635", "635", "634"},
		{pricing.Ratio(12345678, 10), "1,234,567", "1,234,568", "1,234,567"},
	} {
		if down, up, below := wholeDown(c.q), wholeUp(c.q), wholeBelow(c.q); down != c.down || up != c.up || below != c.below {
			t.Errorf("%s: %s, %s, %s", c.q, down, up, below)
		}
	}
}
