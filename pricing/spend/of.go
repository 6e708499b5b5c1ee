package spend

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// Of is what a run itself used: every request that was sent, those of warm-ups and of
// trials that do not count included. Durations are the Billed Duration that the REPORT
// lines print, which AWS rounded by the rules of the day. calls is what is known of the
// functions of each front, by id; where it does not say, a record with counters is of the
// lab alone. The error is for a record that has no fronts, or none
// that AWS meters.
func Of(rec *record.Recording, calls map[string]pricing.Calls) (Spent, error) {
	if rec.Offload != nil {
		return Spent{}, fmt.Errorf("run %q is of an offload scenario, which has no fronts: nothing of it was sent to AWS", rec.ID)
	}
	s := Spent{Run: rec.ID, Day: pricing.DateOf(rec.Started)}
	for _, f := range rec.Fronts {
		if _, err := front.Of(f.Kind); err != nil {
			return Spent{}, fmt.Errorf("front %q: %w", f.ID, err)
		}
		known, ok := calls[f.ID]
		if !ok && rec.Counters != nil {
			known = pricing.CallsCounted
		}
		newCount(rec, f, known).into(&s)
	}
	from, until := span(rec)
	s.loadBalancers(rec.Fronts, hours(from, until))
	if rec.Ended.After(until) {
		until = rec.Ended
	}
	s.read(readingOf(rec), hourOf(until))
	s.wrote(rec.Trials)
	s.sort()
	return s, nil
}

// into adds all that one front used.
func (c *count) into(s *Spent) {
	trials := c.rec.Of(c.front.ID)
	for _, t := range trials {
		c.reports(t)
	}
	for _, t := range trials {
		c.trial(t)
	}
	c.gaps(s)
	for _, item := range c.counted(s) {
		c.spread(s, item)
	}
	https := c.rec.Source == record.SourceLab || strings.HasPrefix(c.front.URL, "https:") // the lab stands for what is reached by TLS
	for _, hour := range slices.SortedFunc(maps.Keys(c.hours), time.Time.Compare) {
		s.meter(c.front, https, hour, c.hours[hour])
	}
}

// counted is what the lab counted behind the front. Functions that nobody counts say
// themselves what they consume; that of requests that do not tell is missing.
func (c *count) counted(s *Spent) []pricing.Item {
	var items []pricing.Item
	for _, counter := range c.rec.Counters {
		if item, ok := pricing.CounterItem(counter, c.front); ok {
			items = append(items, item)
		}
	}
	items = append(items, c.scripts(s)...)
	if unknown := c.consumed.Unknown(c.calls); unknown > 0 {
		s.gap(pricing.DynamoDBReadUnits, fmt.Sprintf("front %s: %d of %s requests do not tell what their functions called, if anything (header x-bench-consumed): of that, tables and buckets are in no line", c.front.ID, unknown, c.total))
	}
	return items
}

// spread shares a quantity that knows no hours out over them by their requests.
func (c *count) spread(s *Spent, item pricing.Item) {
	for hour, a := range c.hours {
		if c.total.Sign() > 0 {
			s.use(c.front.ID, c.front.Kind, item.Meter, item.Region, hour, item.Quantity.Mul(a.requests).Div(c.total))
		}
	}
}

// loadBalancers adds each load balancer's hours, which are billed whole, and those of
// its public addresses, one in each of the 2 Availability Zones that it needs at least
// (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html).
func (s *Spent) loadBalancers(fronts []record.Front, hours []time.Time) {
	seen := map[string]bool{}
	for _, f := range fronts {
		if name := f.Resource.LoadBalancer; f.Kind != front.ALB || name != "" && seen[name] {
			continue
		} else {
			seen[name] = true
		}
		for _, region := range append([]string{f.Region}, f.Also...) {
			for _, hour := range hours {
				s.use(f.ID, f.Kind, pricing.ALBHours, region, hour, pricing.Count(1))
				s.use(f.ID, f.Kind, pricing.IPv4Hours, region, hour, pricing.Count(2))
			}
		}
		s.note("a load balancer is billed for each clock hour that the run touched; the hours before and after, while it stands, are not the run's")
	}
}

// span is the time from the beginning of a run to the end of its last trial.
func span(rec *record.Recording) (from, until time.Time) {
	from, until = rec.Started, rec.Started
	for _, t := range rec.Trials {
		for _, at := range []time.Time{t.Started, t.Ended} {
			if at.After(until) {
				until = at
			}
		}
	}
	return from, until
}

// hours lists the UTC clock hours that a span touches.
func hours(from, until time.Time) []time.Time {
	if from.IsZero() {
		return nil
	}
	var list []time.Time
	for hour := hourOf(from); !hour.After(until); hour = hour.Add(time.Hour) {
		list = append(list, hour)
	}
	return list
}

func hourOf(t time.Time) time.Time { return t.UTC().Truncate(time.Hour) }
