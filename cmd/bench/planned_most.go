package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/guard"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// further are the attempts that again may add to a plan, of those fronts whose requests
// are the dearest.
func (p *planner) further(trials []spend.Trial, expected guard.Usage) []spend.Trial {
	left := furtherOf(len(trials))
	dearest := slices.Clone(trials)
	cost := map[string]float64{}
	for _, f := range p.at.Fronts {
		own := expected.Spent.Front(f.ID)
		if u, err := guard.UsageOf(own, 0, p.book); err == nil {
			cost[f.ID] = u.OfRequests().Float()
		}
	}
	slices.SortStableFunc(dearest, func(a, b spend.Trial) int { return cmp.Compare(cost[b.Front], cost[a.Front]) })
	var more []spend.Trial
	for _, t := range dearest {
		for range min(left, attempts-1) {
			more = append(more, t)
			left--
		}
	}
	return more
}

// What a request to AWS and its answer have at most beyond those of a rehearsal: names of
// hosts, fields of CloudFront and API Gateway that the lab leaves out; and of a front
// that wants credentials a token, for which API Gateway has room for 10,240 bytes of
// header fields in all
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
const (
	headers = 1 << 10
	tokens  = 10_240
)

// worst is the samples with every request lasting until the function's timeout, and
// invoking each of a distribution's functions whatever a cache spared.
func (p *planner) worst() []spend.Sample {
	list := slices.Clone(p.samples)
	for i := range list {
		x := &list[i]
		f, _ := p.home.Front(x.Front)
		limit := p.timeout(f).Milliseconds()
		x.Counters = unspared(*x, p.before[sampled{x.Front, x.Request}])
		x.Hits, x.Reports = slices.Clone(x.Hits), slices.Clone(x.Reports)
		beyond := int64(headers)
		if at, _ := p.at.Front(x.Front); at.Auth != nil {
			beyond += tokens
		}
		for j := range x.Hits {
			x.Hits[j].BytesOut += beyond
			x.Hits[j].BytesIn += headers
		}
		model := record.Report{LogBytes: assumedLog, MemoryMB: int32(f.Memory)}
		for j := range x.Reports {
			x.Reports[j].BilledMS = max(limit, x.Reports[j].BilledMS)
			model = x.Reports[j]
		}
		for n := len(x.Reports); n < len(x.Hits)*functionsOf(f); n++ {
			model.RequestID, model.BilledMS = fmt.Sprintf("worst-%d", n), limit
			x.Reports = append(x.Reports, model)
		}
	}
	return list
}

// functionsOf is how many functions of Lambda a request to a front invokes at most.
func functionsOf(f scenarios.Front) int {
	n := 0
	if f.Kind != front.CloudFrontFunction {
		n++
	}
	if f.CloudFront != nil {
		for _, one := range f.CloudFront.Functions {
			if one.Kind() != front.CloudFrontFunction {
				n++
			}
		}
	}
	return n
}

// unspared is what is called behind a front as if no cache had spared it anything. What
// was called goes through the function that was invoked least, or, of buckets, through
// requests to the origin: no request calls more than that. before is what the requests
// before the sample's caused, which found caches empty; a sample that the cache answered
// says nothing by itself. CloudFront Functions run for each request as it is.
func unspared(x spend.Sample, before []record.Counter) []record.Counter {
	all := slices.Clone(x.Counters)
	for i, c := range all {
		for _, o := range before {
			if o.Front == c.Front && o.Name == c.Name && o.Region == c.Region {
				all[i].Value += o.Value
			}
		}
	}
	least := 0.0
	for _, c := range all {
		behind := strings.HasPrefix(c.Name, "edge.invocations.") || c.Name == "cloudfront.origin_requests"
		if behind && c.Front == x.Front && c.Value > 0 && (least == 0 || c.Value < least) {
			least = c.Value
		}
	}
	for i, c := range x.Counters {
		if least == 0 || c.Name == string(pricing.CFFInvocations) || c.Name == "logs.bytes" {
			all[i] = c
			continue
		}
		all[i].Value = max(c.Value, all[i].Value/least*float64(len(x.Hits)))
	}
	return all
}

// timeout is how long a function may run: as the scenario says, or, where only its
// owner knows, as long as bench waits. At the edge CloudFront sets the most.
func (p *planner) timeout(f scenarios.Front) time.Duration {
	limit := time.Duration(f.Timeout)
	if limit == 0 {
		limit = time.Duration(p.home.Load.Timeout)
	}
	if door, err := front.Of(f.Kind); err == nil && f.Kind.Edge() {
		limit = min(limit, door.Limits.MaxTimeout)
	}
	return limit
}

// What reading the metrics of a front asks for at most beyond a rehearsal: its counters
// in each of the questions that three minutes of waiting are, and, where there are no
// REPORT lines, 500 steps for each of three granularities (see telemetry).
const (
	pollsAtMost = 9 * 3
	stepsAtMost = 3 * 500
)

// readingAtMost is the rehearsal's reading with the most that a longer duration and
// late metrics ask for.
func (p *planner) readingAtMost() *record.Reading {
	if p.reading == nil {
		return nil
	}
	most := *p.reading
	most.Regions = slices.Clone(most.Regions)
	if len(most.Regions) > 0 {
		more := pollsAtMost
		if p.read.bins() == 0 {
			more += stepsAtMost
		}
		most.Regions[0].MetricsRequested += len(p.at.Fronts) * more
	}
	return &most
}
