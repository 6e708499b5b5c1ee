package estimate

import (
	"math/big"
	"reflect"
	"testing"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
)

// place is a change of two fronts: who was cheaper, who is from At on.
type place struct {
	first, then string
	at          string // as a fraction
}

func places(b *BreakEven) []place {
	var all []place
	for _, c := range b.Changes {
		all = append(all, place{b.Fronts[c.First], b.Fronts[c.Then], c.X.Rat().RatString()})
	}
	return all
}

// cheapest lists the fronts of the envelope from left to right.
func cheapest(b *BreakEven) []string {
	var ids []string
	for _, s := range b.Envelope.Segments {
		ids = append(ids, b.Fronts[s.Curve])
	}
	return ids
}

// Prices of us-east-1, as in pricing/books:
//
//	Lambda 0.0000002 a request and 0.0000166667 a GB-second, Lambda@Edge 0.0000006
//	and 0.00005001, CloudFront 0.000001 an HTTPS request, REST API 0.0000035, HTTP
//	API 0.000001 up to 300M, ALB 0.0225 and two addresses 2 x 0.005 an hour, 0.008
//	an LCU-hour. 730 hours: F = 730 x 0.0225 + 2 x 730 x 0.005 = 23.725.
//
// REST and Lambda@Edge, nothing sent: at 1/8 GB a millisecond costs 0.0000166667/8000
// and 0.00005001/8000, so B = 8000 x (3.5+0.2-1-0.6)/10^6 / 0.0000333433
// = 168000000/333433 = 503.85 ms, whatever the month's requests. For HTTP API the
// numerator is (1+0.2-1-0.6)/10^6: it is cheaper from the start.
//
// ALB and HTTP API, 7,000 bytes: an LCU-hour is 0.4 decimal GB, a request
// 0.008 x 7000/(0.4 x 10^9) = 0.00000014. 23.725/0.00000086 = 1186250000/43 = 27.587 M.
// Seven binary KB against binary GB, as load balancers are often computed, are
// 7/52428800 a request: 23.725/(0.000001-7/52428800) = 777420800000/28393 =
// 27.381 M. With three addresses F = 27.375 and 1368750000/43 = 31.831 M.
func TestClosedForms(t *testing.T) {
	const million = 1_000_000
	binary := sized(door(front.ALB, million, 12), 0, 0)
	size := pricing.Ratio(7*1024, 1<<30).Mul(pricing.Count(1_000_000_000))
	binary.Traffic.RequestBytes = &size
	binaryHTTP := door(front.APIGatewayHTTP, million, 12)
	binaryHTTP.Traffic.RequestBytes = &size
	three := sized(door(front.ALB, million, 12), 7000, 0)
	three.Traffic.AvailabilityZones = 3
	rest, http, alb, edge := string(front.APIGatewayREST), string(front.APIGatewayHTTP), string(front.ALB), string(front.EdgeViewerRequest)
	for _, c := range []struct {
		name               string
		a, b               pricing.Workload
		requests, duration []place
		cheapest           []string // by requests
		never              []string
		byMS               []string
		neverByMS          []string
	}{
		{"REST and edge", door(front.APIGatewayREST, million, 12), door(front.EdgeViewerRequest, million, 12),
			nil, []place{{edge, rest, "168000000/333433"}}, []string{edge}, []string{rest}, []string{edge, rest}, nil},
		{"REST and edge above it", door(front.APIGatewayREST, million, 504), door(front.EdgeViewerRequest, million, 504),
			nil, []place{{edge, rest, "168000000/333433"}}, []string{rest}, []string{edge}, []string{edge, rest}, nil},
		{"HTTP API and edge", door(front.APIGatewayHTTP, million, 12), door(front.EdgeViewerRequest, million, 12),
			nil, nil, []string{http}, []string{edge}, []string{http}, []string{edge}},
		{"HTTP API and ALB, 7 KB", sized(door(front.APIGatewayHTTP, million, 12), 7000, 0), sized(door(front.ALB, million, 12), 7000, 0),
			[]place{{http, alb, "1186250000/43"}}, nil, []string{http, alb}, nil, []string{http}, []string{alb}},
		{"HTTP API and ALB, 7 KiB of 2^30", binaryHTTP, binary,
			[]place{{http, alb, "777420800000/28393"}}, nil, []string{http, alb}, nil, []string{http}, []string{alb}},
		{"HTTP API and ALB in three zones", sized(door(front.APIGatewayHTTP, million, 12), 7000, 0), three,
			[]place{{http, alb, "1368750000/43"}}, nil, []string{http, alb}, nil, []string{http}, []string{alb}},
	} {
		in := input(t, c.a, c.b)
		e := estimateOf(t, in)
		if got := places(e.Requests); !reflect.DeepEqual(got, c.requests) {
			t.Errorf("%s: changes by requests %v, want %v", c.name, got, c.requests)
		}
		if got := places(e.Duration); !reflect.DeepEqual(got, c.duration) {
			t.Errorf("%s: changes by duration %v, want %v", c.name, got, c.duration)
		}
		if got := cheapest(e.Requests); !reflect.DeepEqual(got, c.cheapest) || !reflect.DeepEqual(e.Requests.Never, c.never) {
			t.Errorf("%s: cheapest by requests %v, never %v, want %v, %v", c.name, got, e.Requests.Never, c.cheapest, c.never)
		}
		if got := cheapest(e.Duration); !reflect.DeepEqual(got, c.byMS) || !reflect.DeepEqual(e.Duration.Never, c.neverByMS) {
			t.Errorf("%s: cheapest by duration %v, never %v, want %v, %v", c.name, got, e.Duration.Never, c.byMS, c.neverByMS)
		}
		if e.Cheapest != c.cheapest[0] || e.Uncertainty != nil {
			t.Errorf("%s: cheapest of the month %q, uncertainty %v", c.name, e.Cheapest, e.Uncertainty)
		}
		checkCrossings(t, in.Book, e, c.a, c.b)
	}
}

// checkCrossings compares each crossing by requests with bills of the whole
// requests on either side of it.
func checkCrossings(t *testing.T, book *pricing.Book, e *Estimate, a, b pricing.Workload) {
	t.Helper()
	for _, c := range e.Requests.Changes {
		if x, y := e.Requests.Curves[c.First].At(c.X), e.Requests.Curves[c.Then].At(c.X); !x.Equal(y) {
			t.Errorf("at %s %s costs %s and %s %s: want the same", c.X, a.Front, x, b.Front, y)
		}
		r := c.X.Rat()
		floor := new(big.Int).Div(r.Num(), r.Denom()).Int64()
		first, then := a, b
		if first.Front != e.Requests.Fronts[c.First] {
			first, then = b, a
		}
		if before := bill(t, book, first, floor).Cmp(bill(t, book, then, floor)); before > 0 {
			t.Errorf("%s costs more than %s at %d, before they change places", first.Front, then.Front, floor)
		}
		if after := bill(t, book, first, floor+1).Cmp(bill(t, book, then, floor+1)); after <= 0 {
			t.Errorf("%s does not cost more than %s at %d, after they changed places", first.Front, then.Front, floor+1)
		}
	}
}

// bill is the whole way from the workload to the total of a month.
func bill(t *testing.T, book *pricing.Book, w pricing.Workload, requests int64) pricing.USD {
	t.Helper()
	w.Traffic.RequestsPerMonth = requests
	b, err := book.Price(w, pricing.BillOptions{AsOf: november, FreeTier: pricing.FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	return b.Total
}

// summary is durations known by their mean, least and greatest, in milliseconds.
func summary(mean, least, most int64) pricing.Summary {
	us := func(ms int64) *pricing.Quantity { q := pricing.Count(1000 * ms); return &q }
	return pricing.Summary{MeanUS: us(mean), MinUS: us(least), MaxUS: us(most)}
}

// Whatever the true durations within the bounds are, alike for both fronts or
// not, the fronts change places inside the interval; Never is said when they
// do not.
func TestIntervalsHoldEveryTrueDuration(t *testing.T) {
	a, b := sized(door(front.EdgeViewerRequest, 1_000_000, 1), 700, 2000), sized(door(front.ALB, 1_000_000, 1), 700, 2000)
	a.Duration, b.Duration = summary(40, 10, 200), summary(40, 10, 200)
	in := input(t, a, b)
	in.Options.AsOf = pricing.NewDate(2020, 6, 1) // rounded up to 50 and 100 ms: bounds are wide
	e := estimateOf(t, in)
	if len(e.Requests.Changes) != 1 {
		t.Fatalf("changes are %+v", e.Requests.Changes)
	}
	c := e.Requests.Changes[0]
	if c.Low.Cmp(c.X) > 0 || c.X.Cmp(c.High) > 0 || c.Low.Equal(c.High) {
		t.Errorf("interval %s to %s around %s", c.Low, c.High, c.X)
	}
	const steps = 8
	ends := map[bool]bool{}
	for i := range steps + 1 {
		for j := range steps + 1 {
			curves := []pricing.Curve{curveWithin(t, in, e, 0, i, steps), curveWithin(t, in, e, 1, j, steps)}
			versus, err := breakeven.Pair(curves[0], curves[1])
			if err != nil {
				t.Fatal(err)
			}
			wins := versus.Wins(breakeven.B)
			switch {
			case len(wins) == 0 && !c.Never:
				t.Errorf("at %d/%d and %d/%d of the bounds the fronts never change places", i, steps, j, steps)
			case len(wins) > 0 && (wins[0].Cmp(c.Low) < 0 || wins[0].Cmp(c.High) > 0):
				t.Errorf("at %d/%d and %d/%d of the bounds the change is at %s, outside of %s to %s", i, steps, j, steps, wins[0], c.Low, c.High)
			case len(wins) > 0:
				ends[wins[0].Equal(c.Low)] = true
			}
		}
	}
	if !ends[true] || !ends[false] {
		t.Errorf("the lower end is never reached, or always: %v", ends)
	}
}

// curveWithin is a front's cost at a true duration, part/of of the way between
// its bounds.
func curveWithin(t *testing.T, in Input, e *Estimate, i, part, of int) pricing.Curve {
	t.Helper()
	bounds := e.Fronts[i].Usage.BilledMS
	w := in.Fronts[i].Workload
	w.Duration = pricing.Billed(bounds.Low.Add(bounds.High.Sub(bounds.Low).Mul(pricing.Ratio(int64(part), int64(of)))))
	u, err := usage(in, w)
	if err != nil {
		t.Fatal(err)
	}
	c, err := in.Book.Curve(u, pricing.AlongRequests, in.Options)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The range of a sweep is that of the break-even, as far as every door waits.
func TestBreakEvenRanges(t *testing.T) {
	rest, edge, url := door(front.APIGatewayREST, 1000, 12), door(front.EdgeViewerRequest, 1000, 12), door(front.FunctionURL, 1000, 12)
	for _, c := range []struct {
		name         string
		fronts       []pricing.Workload
		sweep        *Sweep
		from, to     int64 // requests
		fromMS, toMS int64 // both 0: no answer by duration
	}{
		{"as it is", []pricing.Workload{rest, url}, nil, 1, 10_000_000_000, 0, 29_000}, // REST waits 29 s
		{"edge", []pricing.Workload{rest, edge}, nil, 1, 10_000_000_000, 0, 5_000},     // viewer-request: 5 s
		{"requests", []pricing.Workload{rest, edge}, &Sweep{SweepRequests, pricing.Count(100), pricing.Count(9000)}, 100, 9000, 0, 5_000},
		{"duration", []pricing.Workload{rest, edge}, &Sweep{SweepDuration, pricing.Count(2000), pricing.Count(700_000)}, 1, 10_000_000_000, 2, 700},
		{"longer than a door waits", []pricing.Workload{rest, edge}, &Sweep{SweepDuration, pricing.Count(2000), pricing.Count(7_000_000)}, 1, 10_000_000_000, 2, 5_000},
		{"all of it longer", []pricing.Workload{rest, edge}, &Sweep{SweepDuration, pricing.Count(6_000_000), pricing.Count(7_000_000)}, 1, 10_000_000_000, 0, 0},
	} {
		in := input(t, c.fronts...)
		if c.sweep != nil {
			in.Sweeps = []Sweep{*c.sweep}
		}
		e := estimateOf(t, in)
		if !e.Requests.From.Equal(pricing.Count(c.from)) || !e.Requests.To.Equal(pricing.Count(c.to)) {
			t.Errorf("%s: requests from %s to %s", c.name, e.Requests.From, e.Requests.To)
		}
		switch {
		case c.toMS == 0 && e.Duration != nil:
			t.Errorf("%s: durations from %s to %s, want none", c.name, e.Duration.From, e.Duration.To)
		case c.toMS > 0 && (e.Duration == nil || !e.Duration.From.Equal(pricing.Count(c.fromMS)) || !e.Duration.To.Equal(pricing.Count(c.toMS))):
			t.Errorf("%s: by duration %+v, want %d to %d ms", c.name, e.Duration, c.fromMS, c.toMS)
		}
	}
}
