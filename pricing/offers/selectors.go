package offers

import (
	"regexp"
	"slices"

	"frontdoor/pricing"
)

// scope says what stands around the usage type that a selector names, and what
// the meter's Region and name come from.
type scope int

const (
	regional   scope = iota // a Region's prefix or none; the meter has the Region
	everywhere              // the same, for a meter whose price all Regions share: "global"
	worldwide               // nothing before it; Region "global"
	zonal                   // CloudFront's zone before it, which ends the meter's name
	between                 // two Regions before it: the source is the meter's Region, the destination ends its name
)

// selector picks the product of one meter. Usage types are compared as a whole,
// never as a part: "Request" is within Lambda@Edge's usage type too. The unit of
// the file is never looked at: AWS has called the same GB-second "Second",
// "Seconds" and "Lambda-GB-Second".
type selector struct {
	offer    string
	usage    string // after what the scope takes off
	billed   string // another usage type that bills count under the same meter, at the same price; "" for none
	scope    scope
	meter    pricing.Meter // the stem where the scope adds to it
	unit     string        // as in our books
	freeBand bool          // a first band at $0 is one of our free tiers
	want     map[string]string
	why      string // where usage and conditions are from
}

func with(pairs ...string) map[string]string {
	m := make(map[string]string)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

// selectors is every product that is taken from the price list.
func selectors() []selector {
	return slices.Concat(computeSelectors(), doorSelectors(), deliverySelectors(), otherSelectors())
}

// Source is an offer that bench takes rates from.
type Source struct {
	Code   string
	Global bool // one file for all Regions: its Region files lack our meters
}

// Sources lists the offers in the order of their codes. CloudFront's Region
// files hold only Origin Shield and Lambda@Edge, so its global file is read.
func Sources() []Source {
	var sources []Source
	for _, s := range selectors() {
		if !slices.ContainsFunc(sources, func(o Source) bool { return o.Code == s.offer }) {
			sources = append(sources, Source{s.offer, s.offer == "AmazonCloudFront" || s.offer == "AmazonRoute53"})
		}
	}
	slices.SortFunc(sources, func(x, y Source) int {
		if x.Code < y.Code {
			return -1
		}
		return 1
	})
	return sources
}

// mayMatter reports whether a product is wanted under any offer.
func (c *collector) mayMatter(p product) bool {
	return slices.ContainsFunc(c.selectors, func(s selector) bool { _, _, ok := s.match(p); return ok })
}

// selectorOf finds the selector of a product, and the meter and Region that it
// prices. An empty Region is one that the product does not tell.
func (c *collector) selectorOf(p product) (selector, pricing.Meter, string, bool) {
	for _, s := range c.selectors {
		if s.offer != c.code {
			continue
		}
		if meter, region, ok := s.match(p); ok {
			return s, meter, region, true
		}
	}
	return selector{}, "", "", false
}

var pairOfRegions = regexp.MustCompile(`^(?:EU|[A-Z]{3}[0-9]{1,2})-(?:EU|[A-Z]{3}[0-9]{1,2})-(.+)$`)

func (s selector) match(p product) (meter pricing.Meter, region string, ok bool) {
	for name, want := range s.want {
		if p.get(name) != want {
			return "", "", false
		}
	}
	usage := p.get("usagetype")
	prefix, rest := splitUsage(usage)
	switch s.scope {
	case regional, everywhere:
		if rest != s.usage || !inRegion(p) {
			return "", "", false
		}
		if s.scope == everywhere {
			return s.meter, pricing.Global, true
		}
		side := ""
		if p.get("fromlocation") != "" {
			side = "from"
		}
		return s.meter, regionOf(p, side, prefix), true
	case worldwide:
		return s.meter, pricing.Global, usage == s.usage
	case zonal:
		zone, rest, ok := splitZone(usage)
		return zone.Meter(string(s.meter)), pricing.Global, ok && rest == s.usage
	case between:
		m := pairOfRegions.FindStringSubmatch(usage)
		to := regionOf(p, "to", "")
		if m == nil || m[1] != s.usage || to == "" || p.get("tolocationtype") != "AWS Region" || !inRegion(p) {
			return "", "", false
		}
		return pricing.Meter(string(s.meter) + "." + to), regionOf(p, "from", prefix), true
	}
	return "", "", false
}

// inRegion refuses Local Zones, Wavelength Zones and Outposts.
func inRegion(p product) bool {
	for _, name := range []string{"locationtype", "fromlocationtype"} {
		if kind := p.get(name); kind != "" && kind != "AWS Region" {
			return false
		}
	}
	return true
}
