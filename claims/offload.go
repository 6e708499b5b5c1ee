package claims

import (
	"fmt"
	"time"

	"frontdoor/offload"
	"frontdoor/record"
	"frontdoor/report/words"
)

func akamai() Said {
	return Said{"Roy Martinez Blanco, How to use Akamai API libraries in AWS Lambda", "2019-05-17", "https://dev.to/roymartinezblanco/how-to-use-akamai-api-libraries-in-aws-lambda-2g7p"}
}

func offloadClaims() []Claim {
	return []Claim{
		{
			ID: "C7", Expected: True, judge: lateUpdate, Said: []Said{akamai()},
			Text: "With a scheduled invalidation somebody must purge by hand when the object is updated late.",
		},
		{
			ID: "C8", Expected: Conditional, judge: expiry, Said: []Said{akamai()},
			Text: "The time to live will at some point expire, so requests will always reach AWS.",
		},
		{
			ID: "C9", Expected: Conditional, judge: wholeOffload, Said: []Said{akamai()},
			Text: "Publishing to NetStorage on each change and purging then offloads S3 to 100 %.",
		},
		{
			ID: "C10", Expected: Conditional, judge: inSeconds, Said: []Said{akamai()},
			Text: "Fast Purge invalidates in seconds.",
		},
	}
}

// The simulations are those of the system under comparison, or of a scenario, and
// their seed is fixed: the page that is made of them has the same figures each time.
const simulationSeed = 1

func (e *Evidence) simulated(change func(*offload.Params), options ...offload.Option) (map[offload.Option]offload.Outcome, offload.Params) {
	p := offload.Defaults()
	if e.Offload != nil {
		p = *e.Offload
	}
	if change != nil {
		change(&p)
	}
	out := map[offload.Option]offload.Outcome{}
	for _, o := range offload.Evaluate(p, simulationSeed, options...).Outcomes {
		out[o.Option] = o
	}
	return out, p
}

// setting says what was simulated.
func setting(p offload.Params) string {
	return fmt.Sprintf("SIMULATED: %d days, %d edges, %d parent, %g reads an hour at each, one change a day, TTL %s, seed %d", p.Days, p.Edges, p.Parents, p.ReadsPerHour, words.Span(p.TTL), simulationSeed)
}

// lateUpdate looks at a change just ahead of the day's invalidation and just behind it.
func lateUpdate(e *Evidence) (Verdict, error) {
	var v Verdict
	const every = 24 * time.Hour
	early, late := offload.Window(-time.Minute, every, 0), offload.Window(time.Minute, every, 0)
	v.add(Simulation, "closed form", "a minute early the old version is served for up to %s, a minute late for %s: the invalidation asked for it again and got 304", words.Span(early), words.Span(late))
	out, p := e.simulated(func(p *offload.Params) { p.Schedule.Margin = 0 }, offload.A, offload.AManual)
	alone, manual := out[offload.A], out[offload.AManual]
	v.add(Simulation, setting(p), "%d of %d changes were late: without a purge by hand the longest window was %s, with one %s after each %s", alone.Late, alone.Changes, words.Span(alone.Window.Max.Round(time.Minute)), words.Span(p.Schedule.Manual), words.Span(manual.Window.Max.Round(time.Minute)))
	v.Word = either(truth(late > 20*early && alone.Window.Max > 20*manual.Window.Max), 1)
	v.Boundary = fmt.Sprintf("a cliff at the time of the job: a minute late costs %s where nobody purges, and a minute early %s", words.Span(late), words.Span(early))
	return v, nil
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// expiry separates the requests that a TTL causes from those of the invalidation:
// what changes when the TTL is made so long that it never expires.
func expiry(e *Evidence) (Verdict, error) {
	var v Verdict
	out, p := e.simulated(nil, offload.TTLOnly, offload.A)
	never, _ := e.simulated(func(p *offload.Params) { p.TTL = 365 * 24 * time.Hour }, offload.TTLOnly, offload.A)
	ttl, a := out[offload.TTLOnly], out[offload.A]
	fromTTL := a.S3.Total() - never[offload.A].S3.Total()
	v.add(Simulation, setting(p), "the TTL alone: %s requests reach S3 in %d days, %s when it never expires", words.Group(ttl.S3.Total()), p.Days, words.Group(never[offload.TTLOnly].S3.Total()))
	v.add(Simulation, setting(p), "with a daily invalidation: %s requests reach S3, and %s of them are the TTL's: each read renews what it would have ended", words.Group(a.S3.Total()), words.Group(fromTTL))
	v.add(Simulation, "closed form", "a TTL of %s with %g reads an hour asks %.4g times a day at each cache, a daily invalidation once", words.Span(p.TTL), p.ReadsPerHour, offload.TTLPerDay(p.ReadsPerHour, p.TTL, false))
	v.Word = either(truth(ttl.S3.Total() > never[offload.TTLOnly].S3.Total())+truth(fromTTL > 0), 2)
	e.loopback(&v, offload.A, func(o record.OffloadOption) string {
		if o.IdleSame > 0 && o.IdleFull == 0 {
			return "an invalidation without a change sent a request to S3 all the same, which answered 304"
		}
		return ""
	})
	v.Boundary = "true of a TTL alone; with an invalidation more often than the TTL requests do reach AWS, and the invalidation is what sends them"
	return v, nil
}

// wholeOffload counts requests and bytes of option B.
func wholeOffload(e *Evidence) (Verdict, error) {
	var v Verdict
	out, p := e.simulated(nil, offload.A, offload.B)
	a, b := out[offload.A], out[offload.B]
	v.add(Simulation, setting(p), "B: %s of %s reads asked S3: %s of requests are offloaded; A with one parent: %s", words.Group(b.S3.Total()), words.Group(b.Reads), words.Hundredths(b.OffloadRequests()), words.Hundredths(a.OffloadRequests()))
	v.add(Simulation, setting(p), "B: %s bytes leave AWS in uploads to NetStorage: %s of bytes are offloaded; A with one parent: %s", words.Group(b.Egress()), words.Hundredths(b.OffloadBytes()), words.Hundredths(a.OffloadBytes()))
	v.Word = either(truth(b.S3.Total() == 0)+truth(b.Egress() == 0), 2)
	e.loopback(&v, offload.B, func(o record.OffloadOption) string {
		if o.S3.Gets+o.S3.NotModified == o.Invocations {
			return "S3 was read by the publishing function alone, once for each change"
		}
		return "S3 was read by others than the publishing function"
	})
	v.Boundary = fmt.Sprintf("100 %% of requests, %s of bytes: each change is uploaded once", words.Hundredths(b.OffloadBytes()))
	return v, nil
}

// inSeconds sets the purge apart from the chain that it is the end of.
func inSeconds(e *Evidence) (Verdict, error) {
	var v Verdict
	out, p := e.simulated(func(p *offload.Params) { p.Days = 365 }, offload.B)
	window := out[offload.B].Window
	v.add(Rule, "https://techdocs.akamai.com/purge-cache/reference/api", "201 says that the request was accepted, and names an estimate: %s; nothing says when it is done", words.Span(p.PurgeEffect))
	v.add(Simulation, setting(p)+"; delays are assumptions", "from the change to the last stale cache: half of changes within %s, 95 %% within %s, all within %s", words.Span(window.P50.Round(time.Second)), words.Span(window.P95.Round(time.Second)), words.Span(window.Max.Round(time.Second)))
	v.add(Simulation, "https://techdocs.akamai.com/netstorage/docs/content-best-practices; the delay is an assumption", "a purge ahead of the replication brings the old version back: of this window, the upload's replication is %s in the median", words.Span(p.Publish.Replication.Median))
	e.loopback(&v, offload.B, freshness)
	e.loopback(&v, offload.BPublished, freshness)
	v.Word = either(truth(p.PurgeEffect < 10*time.Second)+truth(window.Max < 10*time.Second), 2)
	v.Boundary = fmt.Sprintf("true of the purge itself (accepted at once, done in about %s); from the change to the last cache it is %s in the median, and %s behind a slow replication", words.Span(p.PurgeEffect), words.Span(window.P50.Round(time.Second)), words.Span(window.Max.Round(time.Second)))
	return v, nil
}

// freshness says whether changes came to be seen everywhere.
func freshness(o record.OffloadOption) string {
	fresh := 0
	for _, c := range o.Changes {
		fresh += truth(c.Fresh)
	}
	switch fresh {
	case len(o.Changes):
		return "every change came to every edge"
	case 0:
		return fmt.Sprintf("no change came to any edge, though %s accepted", howMany(o.Purges.Accepted, "purges were"))
	}
	return fmt.Sprintf("%d of %d changes came to every edge", fresh, len(o.Changes))
}

// loopback adds what an option did in the runs on loopback, where there is something
// to say.
func (e *Evidence) loopback(v *Verdict, option offload.Option, say func(record.OffloadOption) string) {
	for _, run := range e.Runs {
		if run.Offload == nil {
			continue
		}
		for _, o := range run.Offload.Options {
			if o.Option != string(option) {
				continue
			}
			if text := say(o); text != "" {
				v.add(Record, run.ID, "%s on loopback: %s", o.Option, text)
			}
		}
	}
}
