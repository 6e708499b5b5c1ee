package main

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// What is assumed of a request where nothing can be rehearsed. No figure of these is
// anybody's measurement: the plan says that they are assumed.
const (
	assumedOut      = 500
	assumedIn       = 1 << 10
	assumedBilledMS = 100
	assumedLog      = 500
)

// assumed makes up one request of each kind to each of some fronts, with the sizes of
// the forecast where it gives them.
func assumed(s *scenarios.Scenario, fronts []scenarios.Front, why string) []spend.Sample {
	out, in := int64(assumedOut), int64(assumedIn)
	if t := s.Traffic; t != nil {
		if t.RequestSize != nil {
			out = int64(*t.RequestSize)
		}
		if t.ResponseSize != nil {
			in = int64(*t.ResponseSize)
		}
	}
	var samples []spend.Sample
	for _, f := range fronts {
		note := fmt.Sprintf("front %s: ASSUMED, for %s: requests of %d bytes, answers of %d, one invocation of %d ms with %d bytes of log", f.ID, why, out, in, assumedBilledMS, assumedLog)
		for kind := range s.Requests {
			id := fmt.Sprintf("assumed-%d", kind)
			sample := spend.Sample{Front: f.ID, Request: kind, Note: note, Hits: []record.Hit{{Status: 200, BytesOut: out, BytesIn: in, RequestID: id}}}
			if f.Kind != front.CloudFrontFunction { // which has no duration to pay for
				sample.Reports = []record.Report{{RequestID: id, BilledMS: assumedBilledMS, MemoryMB: int32(f.Memory), LogBytes: assumedLog}}
			}
			samples = append(samples, sample)
		}
	}
	return samples
}
