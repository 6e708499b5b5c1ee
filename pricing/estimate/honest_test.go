package estimate

import (
	"math"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
)

// A front that cannot carry the workload wins no era, and fronts with months of
// their own win none either.
func TestErasLeaveOutWhatIsNotCompared(t *testing.T) {
	edge, rest := door(front.EdgeViewerRequest, 1_000_000, 12), door(front.APIGatewayREST, 1_000_000, 12)
	for name, c := range map[string]struct {
		edge, rest pricing.Workload
		want       string
		requests   int64
	}{
		"both":       {edge, rest, edge.Front, 1_000_000},
		"too big":    {sized(edge, 0, 50_000), sized(rest, 0, 50_000), rest.Front, 1_000_000},
		"two months": {edge, func() pricing.Workload { r := rest; r.Traffic.RequestsPerMonth = 2; return r }(), "", 0},
		"the same":   {rest, func() pricing.Workload { r := rest; r.Front = "twin"; return r }(), "", 1_000_000},
	} {
		in := input(t, c.edge, c.rest)
		in.Eras = true
		e := estimateOf(t, in)
		for _, row := range e.Eras.Rows {
			if row.Cheapest != c.want {
				t.Errorf("%s: on %s %q is the cheapest, want %q", name, row.Day, row.Cheapest, c.want)
			}
		}
		if e.Eras.Requests != c.requests || len(e.Eras.Rows) != 6 {
			t.Errorf("%s: %d requests, %d rows", name, e.Eras.Requests, len(e.Eras.Rows))
		}
	}
}

// Worlds that a front cannot carry are counted and left out: answers of 20 to
// 80 KB around the 40 KiB that Lambda@Edge may give at viewer-request. The
// logarithm of the size is normal, so that half of the worlds are above.
func TestWorldsThatAFrontCannotCarry(t *testing.T) {
	edge, rest := sized(door(front.EdgeViewerRequest, 1_000_000, 12), 0, 40<<10), sized(door(front.APIGatewayREST, 1_000_000, 12), 0, 40<<10)
	in := input(t, edge, rest)
	in.Variables = []Variable{{Name: "response_size", Fronts: []string{edge.Front, rest.Front},
		Low: pricing.Count(20 << 10), Expected: pricing.Count(40 << 10), High: pricing.Count(80 << 10),
		Set: func(w *pricing.Workload, q pricing.Quantity) error { w.Traffic.ResponseBytes = &q; return nil }}}
	u := estimateOf(t, in).Uncertainty
	at, other := u.Outcome.Fronts[0], u.Outcome.Fronts[1]
	if math.Abs(at.Absent-0.5) > 0.02 || other.Absent != 0 || math.Abs(at.Cheapest+other.Cheapest-1) > 1e-9 || math.Abs(at.Cheapest-(1-at.Absent)) > 1e-9 {
		t.Errorf("edge cannot carry %g of worlds and is the cheapest in %g, REST in %g", at.Absent, at.Cheapest, other.Cheapest)
	}
	// 1M requests of at most 40 KiB are at most 38.15 GB at 0.085 USD.
	if at.Regret != 0 || at.High > 1.6+0.08+38.15*0.085+0.01 || u.Outcome.Choice != 1 {
		t.Errorf("edge %+v, choice %d", at, u.Outcome.Choice)
	}
}

// Two fronts of one function have one duration, whatever it is: their crossing
// moves no more than it would if it were known.
func TestOneFunctionHasOneDuration(t *testing.T) {
	rest, alb := sized(door(front.APIGatewayREST, 1_000_000, 8), 1000, 2000), sized(door(front.ALB, 1_000_000, 8), 1000, 2000)
	exact := estimateOf(t, input(t, rest, alb)).Requests.Changes
	rest.Duration, alb.Duration = summary(8, 2, 200), summary(8, 2, 200)
	e := estimateOf(t, input(t, rest, alb))
	if e.Fronts[0].Usage.BilledMS.Exact() {
		t.Fatal("the durations are exact")
	}
	bounded := e.Requests.Changes
	if len(exact) != 1 || len(bounded) != 1 || !bounded[0].Low.Equal(exact[0].X) || !bounded[0].High.Equal(exact[0].X) {
		t.Errorf("crossings %+v, and with bounds %+v", exact, bounded)
	}
}

// A sweep follows a front also where the workload as it is would be too much:
// Lambda@Edge cannot give 1 MB at viewer-request, and can give 20 KB.
func TestSweepsFindWhereAFrontCan(t *testing.T) {
	edge, rest := sized(door(front.EdgeViewerRequest, 1_000_000, 12), 0, 1_000_000), sized(door(front.APIGatewayREST, 1_000_000, 12), 0, 1_000_000)
	in := input(t, edge, rest)
	in.Sweeps = []Sweep{sweepOver(SweepResponseSize, 20_000, 2_000_000)}
	e := estimateOf(t, in)
	if e.Fronts[0].Cannot == "" || e.Sweep == nil || len(e.Sweep.Fronts) != 2 {
		t.Fatalf("%+v", e.Sweep)
	}
	first, last := e.Sweep.Samples[0], e.Sweep.Samples[len(e.Sweep.Samples)-1]
	if first.Cheapest != 0 || Unable(first.Costs[0]) || last.Cheapest != 1 || !Unable(last.Costs[0]) {
		t.Errorf("at 20 KB %+v, at 2 MB %+v", first, last)
	}
}

// Requests over a door's limit are refused by it as answers are: an ALB takes
// 1 MiB of body for a function; the edge cuts what it shows and refuses nothing.
func TestRequestsOverTheLimit(t *testing.T) {
	for k, want := range map[front.Kind]bool{front.ALB: true, front.APIGatewayREST: false, front.EdgeOriginRequest: false} {
		other := door(front.APIGatewayHTTP, 1000, 1)
		e := estimateOf(t, input(t, sized(door(k, 1000, 1), 2<<20, 100), other))
		if got := e.Fronts[0].Cannot != ""; got != want {
			t.Errorf("%s with requests of 2 MiB: cannot %q", k, e.Fronts[0].Cannot)
		}
	}
}
