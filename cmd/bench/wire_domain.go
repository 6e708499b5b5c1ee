package main

import (
	"slices"
	"time"

	"frontdoor/lab"
	"frontdoor/lab/route53"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// labDomain is the custom domain name of a front, nil for none; now is the day on
// which a name is asked for that has no day of its own.
func labDomain(s *loaded, f scenarios.Front, self string, now time.Time) *lab.Domain {
	d := f.Domain
	if d == nil {
		return nil
	}
	out := &lab.Domain{
		Name: d.Name, Endpoint: f.Endpoint(), Created: d.Created.In(now), Alias: d.Alias,
		Routing: route53.Name{Policy: route53.Policy(d.Routing), TTL: time.Duration(d.TTL)},
	}
	for _, r := range d.Records {
		out.Routing.Records = append(out.Routing.Records, route53.Record{Region: r.Region, Weight: r.Weight})
	}
	if h := d.HealthCheck; h != nil {
		out.Check = labCheck(s, f, h, self)
	}
	return out
}

func labCheck(s *loaded, f scenarios.Front, h *scenarios.HealthCheck, self string) *lab.HealthCheck {
	check := &lab.HealthCheck{
		Check:   route53.Check{Interval: time.Duration(h.Interval), Threshold: h.Threshold, Checkers: h.Checkers, Search: h.Search},
		Path:    h.Path,
		Command: []string{self, "function", string(f.Kind), h.Handler}, Environment: map[string]string{"STATUS": h.Status},
	}
	if len(h.Command) > 0 {
		check.Command, check.Dir, check.Environment = slices.Clone(h.Command), s.dir, nil
		if check.Command[0] == ownName {
			check.Command[0] = self
		}
	}
	return check
}

func labOutages(f scenarios.Front) []lab.Outage {
	var all []lab.Outage
	for _, o := range f.Outages {
		all = append(all, lab.Outage{
			Region: o.Region, Health: o.What == scenarios.OutageHealth, Answer: o.Answer,
			From: time.Duration(o.From), Until: time.Duration(o.Until),
		})
	}
	return all
}

// recordDNS is what the record says of a front's name; nil for none.
func recordDNS(d *scenarios.Domain) *record.DNS {
	if d == nil {
		return nil
	}
	out := &record.DNS{Name: d.Name, Routing: d.Routing, Alias: d.Alias, TTLS: time.Duration(d.TTL).Seconds()}
	h := d.HealthCheck
	if h == nil {
		return out
	}
	for _, r := range d.Records {
		out.Checked = append(out.Checked, r.Region)
	}
	out.Checkers, out.IntervalS, out.Threshold = h.Checkers, time.Duration(h.Interval).Seconds(), h.Threshold
	for _, option := range []bool{h.HTTPS, h.Search != "", h.Interval == scenarios.FastInterval} {
		if option {
			out.Options++
		}
	}
	return out
}
