package pricing

import (
	"maps"
	"slices"
)

// rest adds a REST API's requests, which have no metering by size.
func (b *usageBuilder) rest() { b.add(RESTRequests, b.m.Region, b.requests) }

// http adds an HTTP API's requests in increments of 512 KB.
func (b *usageBuilder) http() {
	if b.f.RequestBytes == nil && b.f.ResponseBytes == nil {
		if b.m.Answered == 0 {
			b.missing(HTTPRequests, "no measured request was answered: payload sizes are not known")
			return
		}
		b.httpSteps(Ratio(b.m.Increments, b.m.Answered))
		return
	}
	out, in := b.requestBytes(), b.responseBytes()
	if out == nil || in == nil {
		b.missing(HTTPRequests, "payload sizes are not known")
		return
	}
	steps := ceil(out.Add(*in).Div(Count(payloadStep)))
	if steps.Sign() == 0 {
		steps = Count(1)
	}
	b.httpSteps(steps)
}

func (b *usageBuilder) httpSteps(perRequest Quantity) {
	b.add(HTTPRequests, b.m.Region, b.requests.Mul(perRequest))
	if !perRequest.Equal(Count(1)) {
		b.note("%s increments of 512 KB per request: request and answer are added first, AWS does not say how it counts them", perRequest)
	}
}

// egress adds answers that leave the Region to the internet.
func (b *usageBuilder) egress() {
	size := b.responseBytes()
	if size == nil {
		b.missing(EgressGB, "no measured request was answered")
		return
	}
	b.addBytes(EgressGB, b.m.Region, b.requests.Mul(*size))
}

// alb adds an internet-facing load balancer: its hours, the two public
// addresses that two Availability Zones need, and its capacity units.
func (b *usageBuilder) alb() {
	hours := b.f.hours()
	b.add(ALBHours, b.m.Region, hours)
	b.add(IPv4Hours, b.m.Region, hours.Mul(Count(2)))
	b.note("2 public IPv4 addresses: an internet-facing load balancer has one in each of 2 Availability Zones or more")

	opening := b.mean(b.f.NewConnectionShare, b.m.NewConnections, b.m.Requests)
	out, in := b.requestBytes(), b.responseBytes()
	perDay := b.requests.Mul(Count(24)).Div(hours)
	month := lcuMonth(func(share Quantity) LCULoad {
		rate := perDay.Mul(share).Div(Count(3600))
		load := LCULoad{RequestsPerSecond: rate, ConnectionSeconds: b.f.ConnectionSeconds, RulesPerRequest: b.f.RulesPerRequest}
		if opening != nil {
			connections := rate.Mul(*opening)
			load.NewConnectionsPerSecond = &connections
		}
		if out != nil && in != nil {
			bytes := rate.Mul(out.Add(*in))
			load.BytesPerSecond = &bytes
		}
		return load
	}, b.f, LambdaTarget())
	b.add(ALBLCUHours, b.m.Region, month.Hours)
	b.usage.LCU = &month
	if opening != nil && b.f.ConnectionSeconds != nil {
		b.note("capacity units assume that %s of requests open a connection, which lives %s s", percent(*opening), b.f.ConnectionSeconds)
	}
	for _, d := range month.Unknown {
		b.missing(ALBLCUHours, "%s are not known: capacity units are the maximum of the other dimensions", d)
	}
}

// cloudFront adds the distribution's requests and egress by viewer zone.
func (b *usageBuilder) cloudFront() {
	zones := b.f.ViewerZones
	if zones == nil {
		zone, ok := zoneOfRegion(b.m.FunctionRegion)
		if !ok {
			b.missing(CloudFrontHTTPS, "viewer zones are not known, and none belongs to region %q", b.m.FunctionRegion)
			b.missing(CloudFrontEgressGB, "viewer zones are not known, and none belongs to region %q", b.m.FunctionRegion)
			return
		}
		zones = map[Zone]Quantity{zone: Count(1)}
		b.note("viewers are taken to be in CloudFront zone %q, where the function ran", zone)
	} else if len(zones) > 1 {
		b.note("functions and their logs are priced in %s, wherever the viewers are", b.m.FunctionRegion)
	}
	https := Count(1)
	if b.f.HTTPSShare != nil {
		https = *b.f.HTTPSShare
	}
	size := b.responseBytes()
	if size == nil {
		b.missing(CloudFrontEgressGB, "no measured request was answered")
	}
	order := slices.SortedFunc(maps.Keys(zones), func(x, y Zone) int {
		return slices.Index(Zones(), x) - slices.Index(Zones(), y)
	})
	for _, z := range order {
		requests := b.requests.Mul(zones[z])
		if secure := requests.Mul(https); secure.Sign() > 0 {
			b.add(z.Meter(CloudFrontHTTPS), Global, secure)
		}
		if plain := requests.Mul(Count(1).Sub(https)); plain.Sign() > 0 {
			b.add(z.Meter(CloudFrontHTTP), Global, plain)
		}
		if size != nil {
			b.addBytes(z.Meter(CloudFrontEgressGB), Global, requests.Mul(*size))
		}
	}
	b.usage.Excluded = append(b.usage.Excluded, Gap{CloudFrontOriginGB, "the function answers: nothing is sent on to an origin"})
}

func percent(share Quantity) string {
	return share.Mul(Count(100)).Rat().FloatString(1) + " %"
}
