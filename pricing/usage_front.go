package pricing

import (
	"maps"
	"slices"
)

const (
	noSizes  = "payload sizes are not known"
	noAnswer = "the size of an answer is not known"
)

// rest adds a REST API's requests, which have no metering by size.
func (b *usageBuilder) rest() error {
	b.add(RESTRequests, b.w.Region, Count(1))
	return nil
}

// http adds an HTTP API's requests in increments of 512 KB.
func (b *usageBuilder) http() error {
	steps := b.w.Increments
	if steps == nil {
		out, in := b.f.RequestBytes, b.f.ResponseBytes
		if out == nil || in == nil { // a request counts once at least
			b.add(HTTPRequests, b.w.Region, Count(1))
			b.missing(HTTPRequests, "%s: each request is counted as one increment of 512 KB, the least", noSizes)
			return nil
		}
		whole := ceil(out.Add(*in).Div(Count(payloadStep)))
		if whole.Sign() == 0 {
			whole = Count(1)
		}
		steps = &whole
	}
	b.add(HTTPRequests, b.w.Region, *steps)
	if !steps.Equal(Count(1)) {
		b.note("%s increments of 512 KB per request: request and answer are added first, AWS does not say how it counts them", steps)
	}
	return nil
}

// egress adds answers that leave the Region to the internet.
func (b *usageBuilder) egress() error {
	if b.f.ResponseBytes == nil {
		b.missing(EgressGB, noAnswer)
		return nil
	}
	b.bytes(EgressGB, b.w.Region, *b.f.ResponseBytes)
	return nil
}

// alb adds an internet-facing load balancer: its hours, a public address in
// each of its Availability Zones, and its capacity units.
func (b *usageBuilder) alb() error {
	hours, zones := b.f.hours(), b.f.zones()
	for _, region := range b.regions() {
		b.fixed(ALBHours, region, hours)
		b.fixed(IPv4Hours, region, hours.Mul(Count(zones)))
	}
	b.note("%d public IPv4 addresses: an internet-facing load balancer has one in each of 2 Availability Zones or more", zones)
	month := b.lcus(hours)
	if b.requests.Sign() == 0 {
		b.fixed(ALBLCUHours, b.w.Region, month.Hours)
	} else {
		b.add(ALBLCUHours, b.w.Region, month.Hours.Div(b.requests))
	}
	b.usage.LCU = &month
	if opening := b.f.NewConnectionShare; opening != nil && b.f.ConnectionSeconds != nil {
		b.note("capacity units assume that %s of requests open a connection, which lives %s s", percent(*opening), b.f.ConnectionSeconds)
	}
	for _, d := range month.Unknown {
		b.missing(ALBLCUHours, "%s are not known: capacity units are the maximum of what is known", d)
	}
	return nil
}

// lcus is the month's capacity units, hour by hour.
func (b *usageBuilder) lcus(hours Quantity) LCU {
	perDay := b.requests.Mul(Count(24)).Div(hours)
	opening, out, in := b.f.NewConnectionShare, b.f.RequestBytes, b.f.ResponseBytes
	known := sumOf(out, in)
	month := lcuMonth(func(share Quantity) LCULoad {
		rate := perDay.Mul(share).Div(Count(3600))
		load := LCULoad{RequestsPerSecond: rate, ConnectionSeconds: b.f.ConnectionSeconds, RulesPerRequest: b.f.RulesPerRequest}
		if opening != nil {
			connections := rate.Mul(*opening)
			load.NewConnectionsPerSecond = &connections
		}
		if known != nil {
			bytes := rate.Mul(*known)
			load.BytesPerSecond = &bytes
		}
		return load
	}, *b.f, LambdaTarget())
	if known != nil && (out == nil || in == nil) && !slices.Contains(month.Unknown, ProcessedBytes) {
		month.Unknown = append(month.Unknown, ProcessedBytes)
	}
	return month
}

// cloudFront adds the distribution's requests and egress by viewer zone.
func (b *usageBuilder) cloudFront() error {
	zones := b.f.ViewerZones
	region := b.w.functionRegion()
	if zones == nil {
		zone, ok := ZoneOf(region)
		if !ok {
			b.missing(CloudFrontHTTPS, "viewer zones are not known, and none belongs to region %q", region)
			b.missing(CloudFrontEgressGB, "viewer zones are not known, and none belongs to region %q", region)
			return nil
		}
		zones = map[Zone]Quantity{zone: Count(1)}
		b.note("viewers are taken to be in CloudFront zone %q, where the function ran", zone)
	} else if near, ok := ZoneOf(region); len(zones) > 1 || !ok || zones[near].Sign() == 0 {
		b.note("functions and their logs are priced in %s, wherever the viewers are", region)
	}
	https := Count(1)
	if b.f.HTTPSShare != nil {
		https = *b.f.HTTPSShare
	}
	size := b.f.ResponseBytes
	if size == nil {
		b.missing(CloudFrontEgressGB, noAnswer)
	}
	order := slices.SortedFunc(maps.Keys(zones), func(x, y Zone) int {
		return slices.Index(Zones(), x) - slices.Index(Zones(), y)
	})
	for _, z := range order {
		if secure := zones[z].Mul(https); secure.Sign() > 0 {
			b.add(z.Meter(CloudFrontHTTPS), Global, secure)
		}
		if plain := zones[z].Mul(Count(1).Sub(https)); plain.Sign() > 0 {
			b.add(z.Meter(CloudFrontHTTP), Global, plain)
		}
		if size != nil {
			b.bytes(z.Meter(CloudFrontEgressGB), Global, zones[z].Mul(*size))
		}
	}
	unsent := "the function answers: nothing is sent on to an origin"
	if !b.w.Kind.Answers() {
		unsent = "requests with a body are not told from others"
	}
	b.usage.Excluded = append(b.usage.Excluded, Gap{CloudFrontOriginGB, unsent})
	return nil
}

// sumOf adds what is known of two quantities; nil when neither is.
func sumOf(a, b *Quantity) *Quantity {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	sum := a.Add(*b)
	return &sum
}

func percent(share Quantity) string {
	return share.Mul(Count(100)).Rat().FloatString(1) + " %"
}
