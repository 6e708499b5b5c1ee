package report

import (
	"fmt"
	"math"
	"slices"
	"time"

	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// dnsOf is what a front's name in Route 53 is billed for; nil without one. Queries and
// the checkers' invocations are those that the lab counted.
func dnsOf(rec *record.Recording, f record.Front) *pricing.DNS {
	n := f.DNS
	if n == nil {
		return nil
	}
	d := &pricing.DNS{
		Queries: pricing.Route53StandardQueries, Also: f.Also, Checked: n.Checked, Options: int64(n.Options), Checkers: int64(n.Checkers),
		Interval: pricing.Count(int64(n.IntervalS)),
	}
	switch {
	case n.Alias:
		d.Queries = pricing.Route53AliasQueries
	case n.Routing == "latency":
		d.Queries = pricing.Route53LatencyQueries
	}
	sums := map[string]float64{}
	for _, c := range rec.Counters {
		if c.Front == f.ID {
			sums[c.Name] += c.Value
		}
	}
	if n, sent := sums[string(d.Queries)], sentTo(rec, f.ID); n > 0 && sent > 0 {
		each := pricing.Ratio(int64(n), sent)
		d.PerRequest = &each
	}
	if n := sums["route53.health_check_requests"]; n > 0 {
		each := pricing.Ratio(int64(sums["route53.health_check_billed_ms"]), int64(n))
		d.BilledMS = &each
		logged := pricing.Ratio(int64(sums["route53.health_check_log_bytes"]), int64(n))
		d.LogBytes = &logged
	}
	return d
}

// Failover is how long viewers of a front were sent to a Region after it, or its health
// check, had failed: in seconds of the simulated clock, trial by trial.
type Failover struct {
	Seconds []float64 // of the trials in which they moved
	Trials  int       // in which there was an outage
}

// failoverOf reads the events of a front's trials; nil when there was no outage.
func failoverOf(rec *record.Recording, id string) *Failover {
	f := &Failover{}
	for _, t := range rec.Trials {
		if t.Front != id || t.State != record.Done {
			continue
		}
		for _, e := range t.Events {
			if e.What == record.OutageBegins {
				f.Trials++
				break
			}
		}
		if s, ok := record.Failover(t.Events); ok {
			f.Seconds = append(f.Seconds, s)
		}
	}
	if f.Trials == 0 {
		return nil
	}
	return f
}

// sayFailovers tells how long it took, beside what the checks' rule of thumb allows:
// threshold times interval, an interval for the phase, and the TTL.
func (r *Report) sayFailovers() {
	for _, f := range r.Fronts {
		if f.Failover == nil || f.dns == nil {
			continue
		}
		moved := len(f.Failover.Seconds)
		if moved == 0 {
			r.Decision.say("%s: viewers stayed with the Region in each of %s with an outage.", f.ID, words.Plural(f.Failover.Trials, "trial"))
			continue
		}
		text := fmt.Sprintf("%s: viewers were still sent to the Region %s after its outage began, on average, %s to %s, in %d of %s", f.ID, seconds(stats.Mean(f.Failover.Seconds)),
			seconds(slices.Min(f.Failover.Seconds)), seconds(slices.Max(f.Failover.Seconds)), moved, words.Plural(f.Failover.Trials, "trial"))
		if least := f.dns.IntervalS * float64(f.dns.Threshold); least > 0 {
			text += fmt.Sprintf("; the rule of thumb says %s to %s", seconds(least), seconds(least+f.dns.IntervalS+f.dns.TTLS))
		}
		r.Decision.say("%s (SIMULATED CLOCK, %g times as fast as life).", text, r.Run.Speed)
	}
}

func seconds(s float64) string { return (time.Duration(math.Round(s)) * time.Second).String() }
