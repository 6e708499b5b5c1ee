package offload

import (
	"fmt"
	"strings"
	"time"

	"frontdoor/offload"
	"frontdoor/report/words"
)

// title names the run.
func (r *Report) title() string { return r.Run.Scenario }

// lead says what the figures are.
func (r *Report) lead() []string {
	p := r.Params
	arrivals := "at even intervals"
	if p.Poisson {
		arrivals = "at random"
	}
	lines := []string{
		fmt.Sprintf("SIMULATED: %s on a virtual clock, seed %d; %s, %s; reads at each edge: %g an hour, %s; an object of %s bytes that changes daily at %s UTC, give or take %s, and not at all on %s of days",
			words.Plural(p.Days, "day"), r.Run.Seed, words.Plural(p.Edges, "edge cache"), words.Plural(p.Parents, "parent"), p.ReadsPerHour, arrivals, group(p.Size), clock(p.Changes.At), words.Span(p.Changes.Deviation), words.Hundredths(p.Changes.Miss)),
		fmt.Sprintf("TTL %s (%s from NetStorage, repaired); invalidation %s behind the expected change; a purge is done %s behind its 201", words.Span(p.TTL), words.Span(p.Publish.TTL), words.Span(p.Schedule.Margin), words.Span(p.PurgeEffect)),
	}
	if r.Observed != nil {
		lines = append(lines, "LAB: the handlers themselves ran on loopback, run "+r.Run.ID)
	} else {
		lines = append(lines, "the run on loopback is missing from the record: "+r.Run.ID)
	}
	return lines
}

// clock is a time of the day: 02:00.
func clock(d time.Duration) string { return time.Time{}.Add(d).Format("15:04") }

// sentences say what comes out of it.
func (r *Report) sentences() []string {
	a, _ := r.Result.Of(offload.A)
	b, _ := r.Result.Of(offload.B)
	bad, _ := r.Result.Of(offload.BPublished)
	list := []string{
		fmt.Sprintf("a offloads %s of requests and %s of bytes, and %s of its reads are stale; b, %s, offloads %s and %s, and %s are stale.",
			words.Hundredths(a.OffloadRequests()), words.Hundredths(a.OffloadBytes()), words.Hundredths(a.StaleShare()), r.repaired(), words.Hundredths(b.OffloadRequests()), words.Hundredths(b.OffloadBytes()), words.Hundredths(b.StaleShare())),
	}
	if bad.Changes > 0 {
		list = append(list, fmt.Sprintf("b as published makes %d of %d changes visible: %d of %d uploads are refused, and the purge is of the staging network.",
			bad.Changes-bad.Never, bad.Changes, bad.UploadsFailed, bad.Uploads))
	}
	price := "no price of NetStorage makes b cost as little as a"
	if r.BreakEven.NetStorage != nil {
		price = fmt.Sprintf("b costs no more than a as long as NetStorage costs %s per GB-month or less", words.Dollars(*r.BreakEven.NetStorage))
	}
	return append(list, fmt.Sprintf("AWS bills %s for 30 days of a and %s of b; %s. Akamai's prices are agreed in contracts.", words.Dollars(aws(r.of(offload.A))), words.Dollars(aws(r.of(offload.B))), price))
}

// repaired says what option b's handler is.
func (r *Report) repaired() string {
	if len(r.Bugs) == 0 {
		return "repaired"
	}
	return "repaired but for " + words.And(r.Bugs)
}

// notes say what the figures rest on.
func (r *Report) notes() []string {
	notes := []string{
		"The delays of b (event, cold start, download, upload, replication) are assumptions: lognormal, with the medians and sigmas of the scenario.",
		"A late change costs a day only if somebody reads between the job and the change, so that a cache has the old version confirmed; windows are counted in any case.",
		"The simulation has one object. A purge by CP code takes the others too; publish.neighbours counts their conditional requests.",
		"Options: " + strings.Join(optionWords(), "; ") + ".",
	}
	if a, ok := r.Result.Of(offload.A); ok {
		p := r.Params
		notes = append(notes, fmt.Sprintf("In these days %s %s late for the job of option a; %.1f are expected of them, and each costs its formula a day: one month is one draw, and the formula a mean.",
			words.Plural(int(a.Late), "change"), map[bool]string{true: "was", false: "were"}[a.Late == 1], offload.LateShare(p.Schedule.Margin, p.Changes.Deviation)*float64(a.Changes)))
	}
	if len(r.Bugs) > 0 {
		notes = append(notes, "In the simulation option b is "+r.repaired()+"; on loopback it is repaired.")
	}
	return append(notes, r.Warnings...)
}

func optionWords() []string {
	var list []string
	for _, o := range offload.Options() {
		list = append(list, string(o)+", "+meaning(o))
	}
	return list
}
