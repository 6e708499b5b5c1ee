package report

import (
	"math"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
	"frontdoor/pricing/estimate"
)

// costCase is costs with the totals that were worked out by hand from the pages
// of list prices (us-east-1, as in pricing/books).
type costCase struct {
	name   string
	made   func(t testing.TB) *Costs
	totals []costTotal
	costs  *Costs // once made
}

// costTotal is a front's month in USD: at the lower bound, at the upper one, and
// at the ends of the range of requests; "" for none.
type costTotal struct{ front, total, upper, low, high string }

func costCases() []costCase {
	return []costCase{
		{name: "cost-usage", made: usageCosts, totals: []costTotal{{"usage", "1.17", "", "", ""}}},
		{name: "cost-doors", made: doorCosts, totals: []costTotal{
			{"apigw-rest", "45.5683228515625", "", "22.78416142578125", "91.136645703125"},
			{"apigw-http", "20.5683228515625", "", "10.28416142578125", "41.136645703125"},
			{"alb", "34.8053228515625", "", "29.26516142578125", "45.885645703125"},
			{"function-url", "10.5683228515625", "", "5.28416142578125", "21.136645703125"},
			{"edge-viewer-request", "28.640867919921875", "", "14.3204339599609375", "57.28173583984375"},
			{"edge-origin-request", "20.13105712890625", "", "10.065528564453125", "40.2621142578125"},
		}},
		{name: "cost-bounds", made: boundCosts, totals: []costTotal{
			{"apigw-rest", "38.787214189307861328125", "39.209715034307861328125", "", ""},
			{"edge-viewer-request", "17.9158148768463134765625", "19.1835683768463134765625", "", ""},
		}},
		{name: "cost-2018", made: costs2018, totals: []costTotal{
			{"apigw-rest", "40.6949853515625", "", "", ""},
			{"apigw-http", "", "", "", ""},
			{"edge-viewer-request", "23.015242919921875", "", "", ""},
		}},
		{name: "cost-sweep", made: sweepCosts, totals: []costTotal{
			{"apigw-rest", "3.7020833375", "", "", ""},
			{"edge-viewer-request", "1.60625125", "", "", ""},
		}},
		{name: "cost-map", made: mapCosts, totals: []costTotal{
			{"apigw-rest", "3.7020833375", "", "", ""},
			{"edge-viewer-request", "1.60625125", "", "", ""},
		}},
	}
}

// costInput is an estimate at list prices, all fronts with one month.
func costInput(t testing.TB, day pricing.Date, workloads ...pricing.Workload) estimate.Input {
	t.Helper()
	book, err := pricing.Shipped()
	check(t, err)
	in := estimate.Input{Book: book, Options: pricing.BillOptions{AsOf: day, FreeTier: pricing.FreeNone}, Seed: 7, Material: 10}
	for _, w := range workloads {
		n := w.Traffic.RequestsPerMonth
		in.Fronts = append(in.Fronts, estimate.Front{Workload: w, Low: n, High: n})
	}
	return in
}

// costDoor is a front of a kind, 128 MB, answers of so many bytes and requests of
// a quarter of that, viewers in the United States.
func costDoor(k front.Kind, requests int64, durations pricing.Durations, bytes int64) pricing.Workload {
	request, response, share, life, one := pricing.Count(bytes/4), pricing.Count(bytes), pricing.Ratio(1, 10), pricing.Count(60), pricing.Count(1)
	w := pricing.Workload{
		Front: string(k), Kind: k, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64", Duration: durations, NoLogs: "log_size is not given",
		Traffic: pricing.Forecast{RequestsPerMonth: requests, RequestBytes: &request, ResponseBytes: &response, NewConnectionShare: &share, ConnectionSeconds: &life},
	}
	if k.Edge() {
		w.Invocations, w.Traffic.ViewerZones = &one, map[pricing.Zone]pricing.Quantity{"us": one}
	}
	return w
}

func costsOf(t testing.TB, in estimate.Input, c Costs) *Costs {
	t.Helper()
	e, err := estimate.New(in)
	check(t, err)
	c.Book, c.AsOf, c.FreeTier = "shipped", in.Options.AsOf, in.Options.FreeTier
	if c.Rounding == "" {
		c.Rounding = pricing.RoundExact
	}
	costs, err := NewCosts(c, e, in.Fronts)
	check(t, err)
	return costs
}

// usageCosts is a month by meter behind the rest of the account, whose 10,239.95
// GB leave 0.05 of the first 10,240: each line is rounded to cents, a half up.
//
//	REST 300,000 x 0.0000035                     1.05       1.05
//	Lambda 300,000 x 0.0000002                   0.06       0.06
//	3,750 GB-s x 0.0000166667                    0.0625...  0.06
//	egress 0.05 GB x 0.09                        0.0045     0.00
//	  and 0.04 x 0.085                           0.0034     0.00
//	Akamai by contract: no price, a lower bound  ?
//	                                                        1.17, 3.90 a million
func usageCosts(t testing.TB) *Costs {
	in := costInput(t, pricing.NewDate(2026, time.November, 1))
	item := func(m pricing.Meter, region, q string) pricing.Item {
		quantity, err := pricing.ParseQuantity(q)
		check(t, err)
		return pricing.Item{Meter: m, Region: region, Quantity: quantity}
	}
	in.Usage = &pricing.Usage{Front: "usage", Requests: pricing.Count(300_000), Items: []pricing.Item{
		item(pricing.RESTRequests, "us-east-1", "300000"), item(pricing.LambdaRequests, "us-east-1", "300000"),
		item(pricing.LambdaGBSecondsX86, "us-east-1", "3750"), item(pricing.EgressGB, "us-east-1", "0.09"), item("akamai.egress_gb", pricing.Global, "5"),
	}}
	in.Options.Account = []pricing.Item{item(pricing.EgressGB, "us-east-1", "10239.95")}
	return costsOf(t, in, Costs{Name: "month", Description: "A month by meter.", Rounding: pricing.RoundAWSPage, Account: true})
}

// doorCosts is one function behind all doors: 10M requests, 5M to 20M, 100 ms,
// 2 KiB out, 512 bytes in, 1 KiB of logs.
//
//	Regional function 10M x 0.0000002                        2
//	  10M x 0.1 s x 1/8 GB = 125,000 GB-s x 0.0000166667     2.0833375
//	  logs 9.5367431640625 GB x 0.5                          4.76837158203125
//	  egress 19.073486328125 GB x 0.09                       1.71661376953125
//	url                                                     10.5683228515625
//	rest: and 10M x 0.0000035                               45.5683228515625
//	http: and 10M x 0.000001                                20.5683228515625
//	alb: and 730 x (0.0225 + 2 x 0.005)                     23.725
//	  and 25.6 GB / 0.4 x 0.008                              0.512
//	                                                        34.8053228515625
//	edge: 10M x 0.0000006 + 125,000 x 0.00005001            12.25125
//	  CloudFront 10M x 0.000001                             10
//	  egress x 0.085                                         1.621246337890625
//	  logs                                                   4.76837158203125
//	                                                        28.640867919921875
//	edge-origin, half of them from the cache:
//	  12.25125/2 + 10 + 1.621246337890625 + 4.76837158203125/2
//	                                                        20.13105712890625
//	5M and 20M: half and twice; of the load balancer 23.725 are fixed
//
// What the worlds say is made up here, so that every way of saying it is seen
// and no golden depends on a processor's rounding.
func doorCosts(t testing.TB) *Costs {
	logs := pricing.Count(1024)
	var doors []pricing.Workload
	for _, k := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB, front.FunctionURL, front.EdgeViewerRequest, front.EdgeOriginRequest} {
		w := costDoor(k, 10_000_000, pricing.Constant(100_000), 2048)
		w.LogBytes, w.NoLogs = &logs, ""
		if k == front.EdgeOriginRequest {
			half := pricing.Ratio(1, 2)
			w.Invocations = &half
		}
		doors = append(doors, w)
	}
	in := costInput(t, pricing.NewDate(2026, time.November, 1), doors...)
	for i := range in.Fronts {
		in.Fronts[i].Low, in.Fronts[i].High = 5_000_000, 20_000_000
	}
	c := costsOf(t, in, Costs{Name: "doors", Description: "One function behind six doors.", Lines: true})
	below, above := 3.5e6, 2.5e7
	u := c.Estimate.Uncertainty
	if u == nil || len(u.Fronts) != len(doors) || c.Estimate.Sensitivity == nil {
		t.Fatalf("uncertainty is %+v", u)
	}
	u.Outcome = breakeven.Outcome{Draws: 10_000, Choice: 3, Close: []int{1, 5}, Fronts: []breakeven.Prospect{
		{Cheapest: 0, Regret: 35, Mean: 45.5, Low: 23, High: 91}, {Cheapest: 0.125, Regret: 8, Mean: 18.5, Low: 10.5, High: 41},
		{Cheapest: 0, Regret: 24.25, Mean: 34.75, Low: 29.5, High: 46}, {Cheapest: 0.75, Regret: 0.5, Mean: 10.5, Low: 5.5, High: 21},
		{Cheapest: 0, Regret: 18, Mean: 28.5, Low: 14.5, High: 57}, {Cheapest: 0.125, Regret: 9.5, Mean: 20, Low: 10, High: 40},
	}, Pairs: []breakeven.Crossover{
		{First: 0, Second: 2, Low: 7e6, Median: 7e6, High: 7e6},                                     // in every world
		{First: 1, Second: 2, Low: 2e7, Median: 2.5e7, High: math.Inf(1), Never: 0.125},             // above or never
		{First: 3, Second: 1, Low: 4e6, Median: 5e6, High: 6e6, Never: 0.0625},                      // a range
		{First: 3, Second: 2, Low: math.Inf(1), Median: math.Inf(1), High: math.Inf(1), Never: 0.9}, // in few worlds
		{First: 3, Second: 5, Low: 8e6, Median: math.Inf(1), High: math.Inf(1), Never: 0.75},        // not in the median world
		{First: 3, Second: 0, Low: math.Inf(1), Median: math.Inf(1), High: math.Inf(1), Never: 1},   // never: not shown
	}}
	c.Estimate.Sensitivity.Effects = []breakeven.Effect{
		{Name: "requests_per_month", Base: 1e7, Low: breakeven.End{Value: 5e6, Margin: -2.5}, High: breakeven.End{Value: 2e7, Margin: 30}, FlipsBelow: &below},
		{Name: "response_size", Base: 2048, Low: breakeven.End{Value: 1000, Margin: 8}, High: breakeven.End{Value: 1e5, Margin: -1.5}, FlipsAbove: &above},
		{Name: "cold.share", Base: 0.2, Low: breakeven.End{Value: 0.125, Margin: -1}, High: breakeven.End{Value: 0.25, Margin: -0.5}, FlipsBelow: &below, FlipsAbove: &above},
		{Name: "log_size", Base: 500, Low: breakeven.End{Value: 100, Margin: 8}, High: breakeven.End{Value: 900, Margin: 8.5}},
		{Name: "duration", Base: 5000, Low: breakeven.End{Value: 1000, Margin: 8}, High: breakeven.End{Value: 9000, Margin: 8}, Cancels: true},
	}
	return c
}

// boundCosts is durations of which min 2, p50 8, p99 40 and max 200 ms are known:
// 0.5 x 2 + 0.49 x 8 + 0.01 x 40 = 5.32 ms to 0.5 x 8 + 0.49 x 40 + 0.01 x 200 = 25.6.
// 10M requests, 2,000 bytes out: 18.6264514923095703125 GB.
//
//	rest: 2 + 35 + egress x 0.09 = 1.676380634307861328125  38.676380634307861328125
//	  6,650 GB-s x 0.0000166667 = 0.110833555               38.787214189307861328125
//	  32,000 GB-s               = 0.5333344                 39.209715034307861328125
//	edge: 6 + 10 + egress x 0.085 = 1.583248376846313...    17.583248376846313...
//	  6,650 x 0.00005001        = 0.3325665                 17.915814876846313...
//	  32,000                    = 1.60032                   19.183568376846313...
//
// In the eras before, all up to 100 ms are billed 100, and the slowest percent
// 100 to 200: 100 to 101 ms; at the edge 50 to 51.5 ms.
func boundCosts(t testing.TB) *Costs {
	us := func(ms int64) *pricing.Quantity { q := pricing.Count(1000 * ms); return &q }
	known := pricing.Summary{MinUS: us(2), MaxUS: us(200), Percentiles: []pricing.Percentile{{P: pricing.Count(50), US: *us(8)}, {P: pricing.Count(99), US: *us(40)}}}
	in := costInput(t, pricing.NewDate(2026, time.November, 1), costDoor(front.APIGatewayREST, 10_000_000, known, 2000), costDoor(front.EdgeViewerRequest, 10_000_000, known, 2000))
	in.Eras = true
	c := costsOf(t, in, Costs{Name: "bounds"})
	c.Estimate.Uncertainty = nil // drawn, and so not for a golden
	// A crossing that lies between two, and one that perhaps never comes.
	b := c.Estimate.Requests
	b.Changes = []estimate.Change{{First: 0, Then: 1, X: pricing.Count(2000), Low: pricing.Count(1000), High: pricing.Count(3000)},
		{First: 1, Then: 0, X: pricing.Count(5000), Low: pricing.Count(4000), High: pricing.Count(5000), Never: true}}
	return c
}

// costs2018 is a day on which there was no HTTP API, with the free tier of every
// account. 12.3 ms are billed as 100 and 50 ms. 10M requests, 2 KiB out, 1 KiB of logs.
//
//	rest: Lambda 10M, 1M free                  1.8
//	  125,000 GB-s of 400,000 free ones        0
//	  REST                                    35
//	  egress 19.073486328125 GB, 1 free, x 0.09   1.62661376953125
//	  logs 9.5367431640625 GB, 5 free, x 0.5   2.26837158203125
//	                                          40.6949853515625
//	edge: 6 + 62,500 GB-s x 0.00005001 = 3.125625 + CloudFront 10
//	  egress, none free, x 0.085               1.621246337890625
//	  logs                                     2.26837158203125
//	                                          23.015242919921875
func costs2018(t testing.TB) *Costs {
	logs := pricing.Count(1024)
	var doors []pricing.Workload
	for _, k := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.EdgeViewerRequest} {
		w := costDoor(k, 10_000_000, pricing.Constant(12_300), 2048)
		w.LogBytes, w.NoLogs = &logs, ""
		doors = append(doors, w)
	}
	in := costInput(t, pricing.NewDate(2018, time.June, 1), doors...)
	in.Options.FreeTier = pricing.FreeAlways
	return costsOf(t, in, Costs{Name: "before", Rounding: pricing.RoundExact})
}

// small is two fronts of 1M requests that send nothing.
//
//	rest: 0.2 + 3.5 + 1M x 0.001 s x 1/8 GB = 125 GB-s x 0.0000166667
//	                                           3.7020833375
//	edge: 0.6 + 1 + 125 x 0.00005001           1.60625125
func small(t testing.TB) estimate.Input {
	rest, edge := costDoor(front.APIGatewayREST, 1_000_000, pricing.Constant(1000), 0), costDoor(front.EdgeViewerRequest, 1_000_000, pricing.Constant(1000), 0)
	return costInput(t, pricing.NewDate(2026, time.November, 1), rest, edge)
}

// sweepCosts has a made-up sweep in which the edge cannot carry the second value,
// and nothing the third.
func sweepCosts(t testing.TB) *Costs {
	c := costsOf(t, small(t), Costs{Name: "sweep"})
	s := estimate.Sweep{Over: estimate.SweepDuration, From: pricing.Count(1000), To: pricing.Count(60_000_000)}
	c.Estimate.Sweep = &estimate.Sweep1{Sweep: s, Fronts: c.Estimate.Requests.Fronts, Samples: []estimate.Sample{
		{X: 1000, Requests: 2e6, Costs: []float64{7.5, 3.25}, Cheapest: 1},
		{X: 8_000_000, Requests: 2e6, Costs: []float64{40.125, math.MaxFloat64 / 2}, Cheapest: 0},
		{X: 60_000_000, Requests: 2e6, Costs: []float64{math.MaxFloat64 / 2, math.MaxFloat64 / 2}, Cheapest: -1},
	}}
	return c
}

// mapCosts has a made-up diagram of three rows, the last of which nobody carries.
func mapCosts(t testing.TB) *Costs {
	c := costsOf(t, small(t), Costs{Name: "map"})
	x := estimate.Sweep{Over: estimate.SweepRequests, From: pricing.Count(100), To: pricing.Count(1600)}
	y := estimate.Sweep{Over: estimate.SweepResponseSize, From: pricing.Count(0), To: pricing.Count(24)}
	p := &estimate.Phase{X: x, Y: y, YAxis: breakeven.Axis{From: 0, To: 24, Cells: 3}, Fronts: c.Estimate.Requests.Fronts,
		Diagram: breakeven.Diagram{X: breakeven.Axis{From: 100, To: 1600, Cells: 16, Log: true}, Rows: []breakeven.Row{
			{Segments: []breakeven.FloatSegment{{Curve: 1, From: 100, To: 400}, {Curve: 0, From: 400, To: 1600}}, Cells: []int{1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}},
			{Segments: []breakeven.FloatSegment{{Curve: 0, From: 100, To: 1600}}, Cells: make([]int, 16)},
			{Cells: []int{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}},
		}}}
	c.Estimate.Phase, c.Map = p, p
	return c
}
