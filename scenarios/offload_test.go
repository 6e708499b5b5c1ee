package scenarios

import (
	"strings"
	"testing"
	"time"
)

const offloadHead = "version: 1\nname: o\n"

// Every default is filled in, and nothing of fronts.
func TestOffloadDefaults(t *testing.T) {
	s, err := Parse("o.yaml", []byte(offloadHead+"offload: {}\n"))
	if err != nil {
		t.Fatal(err)
	}
	o := s.Offload
	if o.Days != 30 || o.Edges != 20 || o.Parents != 1 || o.ReadsPerHour != 1 || o.Arrivals != Constant || o.ObjectSize != 1e6 || time.Duration(o.TTL) != 48*time.Hour {
		t.Errorf("%+v", o)
	}
	if o.Publish.Event == nil || *o.Publish.Event != (OffloadDelay{Duration(time.Second), 0.6}) || *o.Publish.Init != (OffloadDelay{Duration(1500 * time.Millisecond), 0}) {
		t.Errorf("%+v", o.Publish)
	}
	if s.Fronts != nil || s.Requests != nil || s.Rounds != 0 || s.Load.Duration != 0 || len(s.Warnings) != 0 {
		t.Errorf("%+v", s)
	}
}

// A file has offload or fronts; each mistake is named with its place.
func TestOffloadMistakes(t *testing.T) {
	for yaml, want := range map[string]string{
		"offload: {}\nload: {rate: 1/s}\n":                                       `o.yaml:4:7: load: offload is given too: want either offload or load`,
		"gates: [\"p(95)<200\"]\noffload: {}\n":                                  `gates: offload is given too`,
		"offload: {edges: 2, parents: 3}\n":                                      `o.yaml:3:30: offload.parents: 3 are more than the 2 edges: want no more parents than edges`,
		"offload: {edges: 0}\n":                                                  `offload.edges`,
		"offload: {ttl: 2}\n":                                                    `offload.ttl: 2 has no unit`,
		"offload: {invalidation: {margin: 12h, every: 6h}}\n":                    `offload.invalidation.margin: 12h0m0s is not less than every, 6h0m0s`,
		"offload: {publish: {event: {sigma: 1}}}\n":                              `offload.publish.event: field "median" is missing`,
		"offload: {publish: {upload: 1s}}\n":                                     `offload.publish.upload`,
		"offload: {changes: {miss_days: 1%}}\n":                                  `unknown field "miss_days"`,
		"offload: {arrivals: even}\n":                                            `offload.arrivals`,
		"offload: {}\nfronts: []\n":                                              `fronts`,
		"claims: [C7, C7]\noffload: {}\n":                                        `claims[1]: "C7" is claims[0] too`,
		"offload:\n":                                                             `offload: is empty`,
		"handler: hello\noffload: {}\n":                                          `handler: offload is given too`,
		"offload: {}\nrounds: 3\ntraffic: {requests_per_month: {expected: 1}}\n": `o.yaml:4:9: rounds: offload is given too`,
	} {
		_, err := Parse("o.yaml", []byte(offloadHead+yaml))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", yaml, err, want)
		}
	}
}

// NetStorage's least TTL is a warning: one minute can be agreed.
func TestOffloadWarns(t *testing.T) {
	s, err := Parse("o.yaml", []byte(offloadHead+"offload: {publish: {ttl: 1m}}\n"))
	if err != nil || len(s.Warnings) != 1 || s.Warnings[0].Field != "offload.publish.ttl" {
		t.Errorf("%v, %v", s, err)
	}
}
