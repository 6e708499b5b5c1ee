package scenarios

import (
	"fmt"
	"slices"
	"strings"
)

// Outage is a failure within each trial of a front.
type Outage struct {
	Region string
	What   string // OutageRegion or OutageHealth
	Answer string
	From   Duration
	Until  Duration // 0: to the end of the trial
}

// What an outage takes away.
const (
	OutageRegion = "region"
	OutageHealth = "health"
)

func (o *Outage) fields() []field {
	return []field{
		{name: "region", into: &o.Region, required: true, pattern: regionPattern, want: regionWant,
			doc: "The AWS Region that it happens in."},
		{name: "what", into: &o.What, def: OutageRegion, enum: []string{OutageRegion, OutageHealth},
			doc: "What fails: the whole Region, which closes its connections and accepts no other; or what the health check asks alone, which gives answer, while the API goes on."},
		{name: "answer", into: &o.Answer, def: `'{"status": "fail"}'`,
			doc: "What the health check gets, with status 200. With what: health only."},
		{name: "from", into: &o.From, required: true, max: "24h",
			doc: "When it begins, on the simulated clock, from the beginning of the trial with its warm-up."},
		{name: "until", into: &o.Until, derived: "the end of the trial", max: "24h",
			doc: "When it ends, on the simulated clock."},
	}
}

func (f Front) checkOutages(c *checker, path string) {
	regions := []string{f.Region}
	if f.Domain != nil {
		regions = nil
		for _, r := range f.Domain.Records {
			regions = append(regions, r.Region)
		}
	}
	for i, o := range f.Outages {
		o.check(c, fmt.Sprintf("%s.outages[%d]", path, i), regions)
	}
	switch {
	case len(f.Outages) == 0:
	case !f.Lab():
		c.fail(path+".outages", "are the lab's to bring about, and url names a deployed front", "them without url only")
	case f.Kind.CloudFront():
		c.fail(path+".outages", fmt.Sprintf("kind %s is at the edge, in no Region that could fail", f.Kind), "them with the other kinds only")
	case f.Domain == nil || f.Domain.HealthCheck == nil:
		for i, o := range f.Outages {
			if o.What == OutageHealth {
				c.fail(fmt.Sprintf("%s.outages[%d].what", path, i), "there is no health check", "domain.health_check, or what: region")
			}
		}
	}
}

func (o Outage) check(c *checker, path string, regions []string) {
	if !slices.Contains(regions, o.Region) {
		c.fail(path+".region", fmt.Sprintf("the front is not in %q", o.Region), "one of "+strings.Join(regions, ", "))
	}
	if c.given(path+".until") && o.Until <= o.From {
		c.fail(path+".until", fmt.Sprintf("%s is not after it begins, %s", o.Until, o.From), "a later time")
	}
	if o.What == OutageRegion && c.given(path+".answer") {
		c.fail(path+".answer", "a Region that is down answers nothing", "it with what: health only")
	}
}
