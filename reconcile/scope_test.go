package reconcile_test

import (
	"strings"
	"testing"
	"time"

	"frontdoor/pricing"
	"frontdoor/reconcile"
)

// lineOf is the line of a meter, Region and hour.
func lineOf(t testing.TB, res *reconcile.Result, m pricing.Meter, region, at string) reconcile.Line {
	t.Helper()
	for _, l := range res.Lines {
		if l.Meter == m && l.Region == region && strings.Contains(reconcile.Span(l.From, l.Until), at) {
			return l
		}
	}
	t.Fatalf("no line of %s in %s at %s", m, region, at)
	return reconcile.Line{}
}

// because is the text of a reason of a line; "" without it.
func because(l reconcile.Line, reason reconcile.Reason) string {
	for _, e := range l.Explained {
		if e.Reason == reason {
			return e.Text
		}
	}
	return ""
}

func warned(res *reconcile.Result, text string) bool {
	return strings.Contains(strings.Join(res.Warnings, "\n"), text)
}

// all is the bill with a change to every row.
func all(b bill, change func(row int) map[string]string) bill {
	for row := range b.rows {
		if cells := change(row); cells != nil {
			b = b.with(row, cells)
		}
	}
	return b
}

// A bill without tags and resources is matched by time and Region: others' requests
// in the same hours are other traffic, and the report says that it cannot tell.
func TestWithoutTags(t *testing.T) {
	in := input(t, known(t))
	b, w := load(t, "cur-2.0.csv"), wordsOf("cur-2.0.csv")
	b = all(b, func(int) map[string]string { return map[string]string{w.tags: "", w.resource: ""} })
	res := against(t, in, b.save(t))
	if over := res.Over(); len(over) > 0 || !warned(res, "no line bears the tag bench:deployment=quickstart-3f9a") {
		t.Errorf("%q, %q", over, res.Warnings)
	}
	l := lineOf(t, res, pricing.LambdaRequests, "us-east-1", "15:00") // 400 of the run, 7,000 of the other deployment
	if l.Billed.Quantity.String() != "7400" || because(l, reconcile.OtherTraffic) == "" || l.Residual.Sign() != 0 {
		t.Errorf("%s billed, %+v, residual %s", l.Billed.Quantity, l.Explained, l.Residual)
	}
	// A tag of the same key with another value is somebody else's.
	named := all(load(t, "cur-2.0.csv"), func(row int) map[string]string {
		if strings.Contains(b.get(row, w.usage), "Request") && b.get(row, w.quantity) == "7000.0" {
			return nil
		}
		return map[string]string{w.tags: "", w.resource: ""}
	})
	if l := lineOf(t, against(t, in, named.save(t)), pricing.LambdaRequests, "us-east-1", "15:00"); l.Billed.Quantity.String() != "400" {
		t.Errorf("%s billed", l.Billed.Quantity)
	}
	// What is less than the run used is no other traffic.
	for row := range b.rows {
		if strings.HasSuffix(b.get(row, w.usage), "ApiGatewayRequest") {
			res = against(t, in, b.without(row).save(t))
			break
		}
	}
	if over := res.Over(); len(over) != 1 || !strings.HasPrefix(over[0], "apigw.rest.requests") {
		t.Errorf("%q", over)
	}
	// Lines of no meter are listed then, whoever's they are.
	if len(res.Unplaced) != 3 {
		t.Errorf("%+v", res.Unplaced)
	}
}

// Without tags, a resource's name is enough.
func TestByResource(t *testing.T) {
	in := input(t, known(t))
	in.Scope.Key, in.Scope.Value = "", ""
	b, w := load(t, "focus-1.2.csv"), wordsOf("focus-1.2.csv")
	b = all(b, func(int) map[string]string { return map[string]string{w.tags: ""} })
	l := lineOf(t, against(t, in, b.save(t)), pricing.LambdaRequests, "us-east-1", "15:00")
	if l.Billed.Quantity.String() != "400" || l.Over {
		t.Errorf("%s billed: %s", l.Billed.Quantity, l.Why)
	}
}

// Lines of another account are nobody's that the run is.
func TestAnotherAccount(t *testing.T) {
	in := input(t, known(t))
	in.Scope.Account = "210987654321"
	r, err := reconcile.New(in)
	check(t, err)
	_, err = reconcile.ReadAll([]string{synthetic("cur-2.0.csv")}, r.Add)
	check(t, err)
	if _, err = r.Result(nil); err == nil || !strings.Contains(err.Error(), "are others'; looked for: account 210987654321") {
		t.Error(err)
	}
}

// A daily export sums the hours of a day, and what else the deployment did then: more
// is other traffic, less is not.
func TestDaily(t *testing.T) {
	in := input(t, known(t))
	b, w := load(t, "cur-2.0.csv"), wordsOf("cur-2.0.csv")
	day := all(b, func(row int) map[string]string {
		if !strings.HasPrefix(b.get(row, w.start), "2026-11-22") {
			return nil
		}
		cells := map[string]string{w.start: "2026-11-22T00:00:00.000Z", w.end: "2026-11-23T00:00:00.000Z"}
		if strings.HasSuffix(b.get(row, w.usage), "-ApiGatewayRequest") {
			cells[w.quantity], cells[w.cost] = times(b.get(row, w.quantity), "3"), times(b.get(row, w.cost), "3")
		}
		return cells
	})
	res := against(t, in, day.save(t))
	l := lineOf(t, res, pricing.RESTRequests, "us-east-1", "2026-11-22")
	if len(res.Over()) > 0 || l.Estimate.Quantity.String() != "160" || l.Billed.Quantity.String() != "480" || !strings.Contains(because(l, reconcile.OtherTraffic), "of 24 hours, the run of 2 hours") {
		t.Errorf("%q: %+v %+v %q", res.Over(), l.Estimate, l.Billed, l.Explained)
	}
	if !warned(res, "longer than an hour") {
		t.Errorf("%q", res.Warnings)
	}
	less := all(day, func(row int) map[string]string {
		if !strings.HasSuffix(day.get(row, w.usage), "-ApiGatewayRequest") {
			return nil
		}
		return map[string]string{w.quantity: times(day.get(row, w.quantity), "0.1"), w.cost: times(day.get(row, w.cost), "0.1")}
	})
	if over := against(t, in, less.save(t)).Over(); len(over) != 1 || !strings.HasPrefix(over[0], "apigw.rest.requests in us-east-1, 2026-11-22: 48 Requests are billed, 112 less") {
		t.Errorf("%q", over)
	}
}

// Requests that AWS counted in the hour beside theirs are no mistake; ones that it
// did not count at all are.
func TestNeighbouringHour(t *testing.T) {
	in := input(t, known(t))
	b, w := load(t, "cur-2.0.csv"), wordsOf("cur-2.0.csv")
	move := func(first, second string) bill {
		return all(b, func(row int) map[string]string {
			if !strings.HasSuffix(b.get(row, w.usage), "-ApiGatewayRequest") {
				return nil
			}
			n, cost := first, times(first, "0.0000035")
			if strings.Contains(b.get(row, w.start), "T16") {
				n, cost = second, times(second, "0.0000035")
			}
			return map[string]string{w.quantity: n, w.cost: cost}
		})
	}
	res := against(t, in, move("90", "70").save(t))
	l := lineOf(t, res, pricing.RESTRequests, "us-east-1", "16:00")
	if len(res.Over()) > 0 || because(l, reconcile.Neighbour) == "" || l.Residual.Sign() != 0 {
		t.Errorf("%q: %+v", res.Over(), l.Explained)
	}
	if over := against(t, in, move("90", "75").save(t)).Over(); len(over) != 2 {
		t.Errorf("%q", over)
	}
	if over := against(t, in, move("90", "60").save(t)).Over(); len(over) != 1 || !strings.Contains(over[0], "90 Requests are billed, 10 less") {
		t.Errorf("%q", over)
	}
}

// An export that is younger than a day after the run may lack lines, and so may one
// that ends before the run does.
func TestYoungExport(t *testing.T) {
	in := input(t, known(t))
	result := func(x reconcile.Export) *reconcile.Result {
		r, err := reconcile.New(in)
		check(t, err)
		_, err = reconcile.ReadAll([]string{synthetic("cur-2.0.csv")}, r.Add)
		check(t, err)
		res, err := r.Result([]reconcile.Export{x})
		check(t, err)
		return res
	}
	late, end := in.Ended.Add(25*time.Hour), in.Ended.Add(time.Hour)
	for _, c := range []struct {
		x    reconcile.Export
		want string
	}{
		{reconcile.Export{Name: "x", Modified: in.Ended.Add(23 * time.Hour), Until: end}, "less than 24 h after the run's end"},
		{reconcile.Export{Name: "x", Modified: late, Until: in.Ended.Add(-time.Hour)}, "before the run's last hour does"},
	} {
		if res := result(c.x); !warned(res, c.want) {
			t.Errorf("%q, want %q", res.Warnings, c.want)
		}
	}
	if res := result(reconcile.Export{Name: "x", Modified: late, Until: end}); warned(res, "24 h") || warned(res, "last hour") {
		t.Errorf("%q", res.Warnings)
	}
}

// A bill of another month is a wrong file, not a run that was not billed.
func TestAnotherMonth(t *testing.T) {
	in := input(t, known(t))
	b, w := load(t, "cur-2.0.csv"), wordsOf("cur-2.0.csv")
	b = all(b, func(int) map[string]string {
		return map[string]string{w.start: "2026-10-22T15:00:00Z", w.end: "2026-10-22T16:00:00Z"}
	})
	r, err := reconcile.New(in)
	check(t, err)
	_, err = reconcile.ReadAll([]string{b.save(t)}, r.Add)
	check(t, err)
	if _, err = r.Result(nil); err == nil || !strings.Contains(err.Error(), "no line of the bill is of the run's hours, 2026-11-22 15:00 to 2026-11-22 17:00: want the export of 2026-11") {
		t.Error(err)
	}
}
