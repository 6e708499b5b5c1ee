package offers

import (
	"fmt"
	"strings"
	"sync"

	"frontdoor/pricing"
)

// Usage is what a line of a bill says was used, in AWS's words.
type Usage struct {
	Service   string // code of the service: "AWSLambda", "AmazonCloudFront"
	UsageType string // "USE1-ApiGatewayRequest"
	Operation string // "LoadBalancing:Application"; "" where there is none
	Region    string // code; "" where the export has none: the usage type's short code counts then
}

// MeterOf is the meter that a line of a bill counts, and its Region; pricing.Global
// of meters that no Region divides. The table is that of the offer files: bills and
// price lists share usage types and operations. The error says why a line counts no
// meter of ours, in a phrase without the line's own words.
func MeterOf(u Usage) (pricing.Meter, string, error) {
	for _, s := range onBills() {
		if !s.bills(u) {
			continue
		}
		if meter, prefix, ok := s.counts(u.UsageType); ok {
			region, err := s.region(u, prefix)
			return meter, region, err
		}
	}
	return "", "", fmt.Errorf("no meter of bench has this service, usage type and operation")
}

// onBills is the table, made once: a bill has many lines.
var onBills = sync.OnceValue(selectors)

// bills reports whether the lines of a service may be of a selector's product, as
// far as service and operation tell. What a service sends out of its Region stands
// under that service; CloudFront has transfer of its own. Lambda@Edge stands under
// CloudFront on bills, and in both offers.
func (s selector) bills(u Usage) bool {
	if operation, told := s.want["operation"]; told && operation != u.Operation {
		return false
	}
	switch {
	case s.offer == "AWSDataTransfer":
		return !strings.EqualFold(u.Service, "AmazonCloudFront")
	case s.meter == pricing.EdgeRequests || s.meter == pricing.EdgeGBSeconds:
		return strings.EqualFold(u.Service, "AmazonCloudFront") || strings.EqualFold(u.Service, "AWSLambda")
	}
	return strings.EqualFold(u.Service, s.offer)
}

// counts takes a usage type apart: the meter, and the Region's short code before it.
func (s selector) counts(usage string) (meter pricing.Meter, prefix string, ok bool) {
	is := func(rest string) bool { return rest == s.usage || s.billed != "" && rest == s.billed }
	switch s.scope {
	case worldwide:
		return s.meter, "", is(usage)
	case zonal:
		zone, rest, ok := splitZone(usage)
		return zone.Meter(string(s.meter)), "", ok && is(rest)
	case between:
		prefix, rest := splitUsage(usage)
		to, rest := splitUsage(rest)
		destination := regionOfCode(to)
		return pricing.Meter(string(s.meter) + "." + destination), prefix, destination != "" && is(rest)
	}
	prefix, rest := splitUsage(usage)
	return s.meter, prefix, is(rest)
}

// region is where a line's usage was: the export's word, which the usage type must
// not contradict, else the usage type's, which has none in us-east-1 for the older
// services.
func (s selector) region(u Usage, prefix string) (string, error) {
	if s.scope != regional && s.scope != between {
		return pricing.Global, nil
	}
	told := regionOfCode(prefix)
	switch {
	case u.Region != "" && told != "" && told != u.Region:
		return "", fmt.Errorf("its usage type is of %s and its Region is %s", told, u.Region)
	case u.Region != "":
		return u.Region, nil
	case prefix == "":
		return "us-east-1", nil
	case told == "":
		return "", fmt.Errorf("its usage type begins with %q, which is no Region's short code that is known", prefix)
	}
	return told, nil
}

// regionOfCode is the Region of a short code; "" for one that is not known.
func regionOfCode(code string) string {
	for _, at := range places() {
		if at.prefix == code {
			return at.region
		}
	}
	return ""
}
