package spend_test

import (
	"slices"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
)

// planOf is a plan whose sample is the very trial of a recording, which is sent that
// many times over.
func planOf(rec *record.Recording, times int64) spend.Plan {
	m := rec.Measured[0]
	return spend.Plan{
		Reading: rec.Meters.Reading,
		Fronts:  rec.Fronts, Start: m.Started,
		Trials:  []spend.Trial{{Front: "f", Start: m.Started, Length: 10 * time.Second, Requests: []int64{3 * times}, Connections: 2}},
		Samples: []spend.Sample{{Front: "f", Hits: m.Hits, Reports: m.Reports, Counters: rec.Counters}},
	}
}

// A plan that sends a run once more costs what the run did, meter by meter, and one
// that sends it ten times has ten times the requests in the same hour of a load
// balancer. The connections of the plan are its own.
func TestPlannedIsWhatOfCounts(t *testing.T) {
	for _, kind := range front.Kinds() {
		rec := recording(record.Front{ID: "f", Kind: kind, URL: "https://f", Region: "eu-west-1", FunctionIn: "eu-west-1", MemoryMB: 512, Architecture: "x86_64"})
		rec.Started = start.Add(time.Minute)
		rec.Trials[0].Started, rec.Trials[0].Ended = rec.Started, rec.Started.Add(10*time.Second)
		rec.Measured[0].Trial = rec.Trials[0]
		rec.Counters = []record.Counter{{Front: "f", Name: "dynamodb.read_units", Region: "eu-west-1", Value: 6}}
		of, err := spend.Of(rec, nil)
		if err != nil {
			t.Fatal(err)
		}
		once, err := spend.Planned(planOf(rec, 1))
		if err != nil {
			t.Fatal(err)
		}
		if show(once) != show(of) {
			t.Errorf("%s: planned\n%s\nand used\n%s", kind, show(once), show(of))
		}
		tenfold, err := spend.Planned(planOf(rec, 10))
		if err != nil {
			t.Fatal(err)
		}
		for _, use := range of.Uses {
			want := use.Quantity
			if !slices.Contains([]pricing.Meter{pricing.ALBHours, pricing.IPv4Hours}, use.Meter) {
				want = want.Mul(pricing.Count(10))
			}
			if got := tenfold.Sum(use.Meter); !got.Equal(want) {
				t.Errorf("%s: %s of %s, want %s", kind, got, use.Meter, want)
			}
		}
	}
}

// Trials are in the hour in which they start, and a load balancer is paid for every
// hour from the first to the end of the last.
func TestPlannedHours(t *testing.T) {
	p := planOf(recording(record.Front{ID: "f", Kind: front.ALB, URL: "https://f", Region: "us-east-1", MemoryMB: 128}), 1)
	last := p.Trials[0]
	last.Start = last.Start.Add(2 * time.Hour)
	p.Trials = append(p.Trials, last)
	s, err := spend.Planned(p)
	if err != nil {
		t.Fatal(err)
	}
	// From 07:59:58 to 10:00:08.
	if got := s.Sum(pricing.ALBHours).String() + " " + s.Sum(pricing.IPv4Hours).String() + " " + s.Sum(pricing.LambdaRequests).String(); got != "4 8 6" {
		t.Errorf("hours of the load balancer, of addresses, requests: %s, want 4 8 6", got)
	}
}

// A kind of request that was not rehearsed is missing, and not free.
func TestNotRehearsedIsMissing(t *testing.T) {
	p := planOf(recording(record.Front{ID: "f", Kind: front.APIGatewayREST, URL: "https://f", Region: "us-east-1", MemoryMB: 128}), 1)
	p.Trials[0].Requests = []int64{3, 5}
	s, err := spend.Planned(p)
	if err != nil {
		t.Fatal(err)
	}
	want := pricing.Gap{Meter: pricing.RESTRequests, Reason: "front f: requests[1] was not rehearsed: what it causes is not known"}
	if !slices.Contains(s.Missing, want) || s.Sum(pricing.RESTRequests).String() != "3" {
		t.Errorf("%q, %s requests", s.Missing, s.Sum(pricing.RESTRequests))
	}
}

// What the lab counted of a rehearsal is not counted again as its answers say it; where
// nobody counted that is all there is.
func TestPlannedCountsOnce(t *testing.T) {
	rec := told()
	for want, counters := range map[string][]record.Counter{"7": {{Front: "f", Name: "dynamodb.read_units", Region: "us-east-1", Value: 7}}, "1.5": nil} {
		rec.Counters = counters
		p := planOf(rec, 1)
		p.Trials[0].Requests, p.Calls = []int64{4}, map[string]pricing.Calls{"f": pricing.CallsTold}
		s, err := spend.Planned(p)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Sum(pricing.DynamoDBReadUnits).String(); got != want {
			t.Errorf("%s units, want %s", got, want)
		}
	}
}
