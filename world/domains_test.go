package world

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// F22 and C12: in 2016 one name cannot have two Regions, and the refused one is not
// saved; from 2017-11 it can, with regional endpoints only.
func TestDomains(t *testing.T) {
	in2016, now := time.Date(2016, 6, 29, 0, 0, 0, 0, time.UTC), time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)
	type try struct {
		region string
		e      Endpoint
		want   string // in the refusal; "" is none
	}
	const taken, exists = "already associated with an existing CloudFront distribution", "already exists"
	for _, c := range []struct {
		name  string
		day   time.Time
		tries []try
		saved int
	}{
		{"2016, edge-optimized twice", in2016, []try{{"eu-west-1", EndpointEdge, ""}, {"us-east-1", EndpointEdge, taken}}, 1},
		{"2016, regional", in2016, []try{{"eu-west-1", EndpointRegional, "do not exist yet"}}, 0},
		{"2018, edge-optimized twice", now, []try{{"eu-west-1", EndpointEdge, ""}, {"us-east-1", EndpointEdge, taken}}, 1},
		{"2018, regional in two Regions", now, []try{{"eu-west-1", EndpointRegional, ""}, {"us-east-1", EndpointRegional, ""}}, 2},
		{"2018, regional twice in one", now, []try{{"eu-west-1", EndpointRegional, ""}, {"eu-west-1", EndpointRegional, exists}}, 1},
		{"no such endpoint", now, []try{{"eu-west-1", "global", "not known"}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var d Domains
			for _, x := range c.tries {
				err := d.Create("api.myapp.com", x.region, x.e, c.day)
				var refused *DomainError
				if errors.As(err, &refused) != (x.want != "") || err != nil && !strings.Contains(err.Error(), x.want) {
					t.Errorf("%s: %v, want %q", x.region, err, x.want)
				}
			}
			if got := d.Regions("api.myapp.com"); got != c.saved {
				t.Errorf("it is in %d Regions, want %d", got, c.saved)
			}
		})
	}
}
