package spend

import (
	"maps"
	"slices"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// amounts is what one front did in one clock hour, before it is put on meters.
type amounts struct {
	requests   pricing.Quantity // sent
	charged    pricing.Quantity // of those, that the front charges for
	increments pricing.Quantity // of 512 KB, of the charged
	out, in    pricing.Quantity // bytes of requests and of answers
	opened     pricing.Quantity // connections
	open       pricing.Quantity // seconds that they stayed open, added up
	ran        map[string]work  // functions, by the Region that ran them
	near       map[string]seen  // requests and bytes, by the Region whose edge is near the viewer
	called     []pricing.Item   // what functions said that they consumed, by meter and Region
}

// work is what functions did in a Region.
type work struct {
	invocations pricing.Quantity
	mbMS        pricing.Quantity // billed milliseconds times MB of memory
	logBytes    pricing.Quantity
}

// seen is what a distribution served near a Region.
type seen struct{ requests, in pricing.Quantity }

// add adds share times another front's or hour's amounts.
func (a *amounts) add(b *amounts, share pricing.Quantity) {
	plus := func(x *pricing.Quantity, y pricing.Quantity) { *x = x.Add(share.Mul(y)) }
	plus(&a.requests, b.requests)
	plus(&a.charged, b.charged)
	plus(&a.increments, b.increments)
	plus(&a.out, b.out)
	plus(&a.in, b.in)
	plus(&a.opened, b.opened)
	plus(&a.open, b.open)
	for region, w := range b.ran {
		a.work(region, share.Mul(w.invocations), share.Mul(w.mbMS), share.Mul(w.logBytes))
	}
	a.consumed(b.called, share)
	for region, s := range b.near {
		a.served(region, share.Mul(s.requests), share.Mul(s.in))
	}
}

// consumed adds share times what functions said of requests.
func (a *amounts) consumed(items []pricing.Item, share pricing.Quantity) {
	items = slices.Clone(items)
	for i := range items {
		items[i].Quantity = items[i].Quantity.Mul(share)
	}
	a.called = pricing.Merged(a.called, items)
}

func (a *amounts) work(region string, invocations, mbMS, logBytes pricing.Quantity) {
	if a.ran == nil {
		a.ran = map[string]work{}
	}
	w := a.ran[region]
	a.ran[region] = work{w.invocations.Add(invocations), w.mbMS.Add(mbMS), w.logBytes.Add(logBytes)}
}

func (a *amounts) served(region string, requests, in pricing.Quantity) {
	if a.near == nil {
		a.near = map[string]seen{}
	}
	s := a.near[region]
	a.near[region] = seen{s.requests.Add(requests), s.in.Add(in)}
}

// meter puts an hour of a front on its meters, as pricing does with a month.
func (s *Spent) meter(f record.Front, https bool, hour time.Time, a *amounts) {
	use := func(m pricing.Meter, region string, q pricing.Quantity) { s.use(f.ID, f.Kind, m, region, hour, q) }
	s.Traffic = Traffic{s.Traffic.Requests.Add(a.requests), s.Traffic.Out.Add(a.out), s.Traffic.In.Add(a.in)}
	switch {
	case f.Kind.REST():
		use(pricing.RESTRequests, f.Region, a.charged)
	case f.Kind == front.APIGatewayHTTP:
		use(pricing.HTTPRequests, f.Region, a.increments)
	case f.Kind == front.ALB:
		use(pricing.ALBLCUHours, f.Region, a.lcuHours())
	case f.Kind.CloudFront():
		s.distribution(f, https, hour, a)
	}
	if !f.Kind.CloudFront() {
		use(pricing.EgressGB, f.Region, pricing.BytesOf(pricing.EgressGB, "", a.in).Quantity)
	}
	for _, item := range a.called {
		use(item.Meter, item.Region, item.Quantity)
	}
	for _, region := range slices.Sorted(maps.Keys(a.ran)) {
		w := a.ran[region]
		use(invocationMeter(f.Kind), region, w.invocations)
		use(pricing.DurationMeter(f.Kind, f.Architecture), region, w.mbMS.Mul(pricing.GBSeconds(1)))
		use(pricing.LogsIngestedGB, region, pricing.BytesOf(pricing.LogsIngestedGB, "", w.logBytes).Quantity)
	}
}

// distribution adds a distribution's requests and bytes by the zone of its viewers.
func (s *Spent) distribution(f record.Front, https bool, hour time.Time, a *amounts) {
	stem := pricing.CloudFrontHTTP
	if https {
		stem = pricing.CloudFrontHTTPS
	}
	for _, region := range slices.Sorted(maps.Keys(a.near)) {
		zone, ok := pricing.ZoneOf(region)
		if !ok {
			s.gap(pricing.CloudFrontHTTPS, "front "+f.ID+": no viewer zone belongs to Region \""+region+"\"")
			continue
		}
		n := a.near[region]
		s.use(f.ID, f.Kind, zone.Meter(stem), pricing.Global, hour, n.requests)
		m := zone.Meter(pricing.CloudFrontEgressGB)
		s.use(f.ID, f.Kind, m, pricing.Global, hour, pricing.BytesOf(m, "", n.in).Quantity)
	}
}

// lcuHours is the capacity units of an hour: the most that a dimension asks for. Rules
// are taken to be 10 or fewer, which cost nothing.
func (a *amounts) lcuHours() pricing.Quantity {
	perSecond := pricing.Ratio(1, 3600)
	opened, bytes := a.opened.Mul(perSecond), a.out.Add(a.in).Mul(perSecond)
	load := pricing.LCULoad{RequestsPerSecond: a.requests.Mul(perSecond), NewConnectionsPerSecond: &opened, BytesPerSecond: &bytes}
	if a.opened.Sign() > 0 {
		life := a.open.Div(a.opened)
		load.ConnectionSeconds = &life
	}
	_, units := load.Binding(pricing.LambdaTarget())
	return units
}
