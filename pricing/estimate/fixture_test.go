package estimate

import (
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
)

// november is the day of all prices below; those of us-east-1 are written out
// beside the arithmetic, from the pages of Lambda, API Gateway, Elastic Load
// Balancing, EC2 (egress, IPv4) and CloudFront as pricing/books has them.
var november = pricing.NewDate(2026, time.November, 1)

func shipped(t testing.TB) *pricing.Book {
	t.Helper()
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// input is an estimate of the workloads at list prices.
func input(t testing.TB, workloads ...pricing.Workload) Input {
	t.Helper()
	in := Input{Book: shipped(t), Options: pricing.BillOptions{AsOf: november, FreeTier: pricing.FreeNone}, Seed: 1, Material: 10}
	for _, w := range workloads {
		n := w.Traffic.RequestsPerMonth
		in.Fronts = append(in.Fronts, Front{Workload: w, Low: n, High: n})
	}
	return in
}

// door is a front of a kind with nothing but what a bill needs: ms milliseconds
// at 128 MB, no logs, no bytes, and no connections.
func door(k front.Kind, requests int64, ms int64) pricing.Workload {
	var none pricing.Quantity
	w := pricing.Workload{
		Front: string(k), Kind: k, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64",
		Duration: pricing.Constant(1000 * ms), NoLogs: "none are written",
		Traffic: pricing.Forecast{RequestsPerMonth: requests, RequestBytes: &none, ResponseBytes: &none, NewConnectionShare: &none, ConnectionSeconds: &none},
	}
	if k.Edge() {
		one := pricing.Count(1)
		w.Invocations = &one
		w.Traffic.ViewerZones = map[pricing.Zone]pricing.Quantity{"us": one}
	}
	return w
}

// sized is w with answers and requests of so many bytes.
func sized(w pricing.Workload, request, response int64) pricing.Workload {
	in, out := pricing.Count(request), pricing.Count(response)
	w.Traffic.RequestBytes, w.Traffic.ResponseBytes = &in, &out
	return w
}

// sixDoors is one handler behind six kinds of front: 15M requests a month of
// 52 ms, 700 bytes in, 6 KB out, 300 bytes of logs, viewers in two zones.
func sixDoors() []pricing.Workload {
	share, life, logs := pricing.Ratio(1, 10), pricing.Count(60), pricing.Count(300)
	var doors []pricing.Workload
	for _, k := range []front.Kind{front.APIGatewayREST, front.APIGatewayHTTP, front.ALB, front.FunctionURL, front.EdgeViewerRequest, front.EdgeOriginRequest} {
		w := sized(door(k, 15_000_000, 52), 700, 6000)
		w.LogBytes, w.NoLogs = &logs, ""
		w.Traffic.NewConnectionShare, w.Traffic.ConnectionSeconds = &share, &life
		if k.Edge() {
			w.Traffic.ViewerZones = map[pricing.Zone]pricing.Quantity{"us": pricing.Ratio(3, 5), "eu": pricing.Ratio(2, 5)}
		}
		if k == front.EdgeOriginRequest {
			half := pricing.Ratio(1, 2)
			w.Invocations = &half
		}
		doors = append(doors, w)
	}
	return doors
}

func sweepOver(over SweepInput, from, to int64) Sweep {
	return Sweep{Over: over, From: pricing.Count(from), To: pricing.Count(to)}
}

func estimateOf(t testing.TB, in Input) *Estimate {
	t.Helper()
	e, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
