package offers

import (
	"regexp"
	"strings"

	"frontdoor/pricing"
)

// place is a Region by the names that price lists give it.
type place struct {
	region    string
	prefix    string   // of usage types; us-east-1 has it for younger services only
	locations []string // old files have no region code
}

// places are the Regions whose prefix or location name a price list or a bill
// shows. Files since 2021 say the region code of every product, so that a
// Region that is missing here is still read from them.
func places() []place {
	return []place{
		{"us-east-1", "USE1", []string{"US East (N. Virginia)"}},
		{"us-east-2", "USE2", []string{"US East (Ohio)"}},
		{"us-west-2", "USW2", []string{"US West (Oregon)"}},
		{"eu-west-1", "EU", []string{"EU (Ireland)", "Europe (Ireland)"}},
		{"eu-central-1", "EUC1", []string{"EU (Frankfurt)", "Europe (Frankfurt)"}},
		{"ap-northeast-1", "APN1", []string{"Asia Pacific (Tokyo)"}},
		{"ap-east-1", "APE1", []string{"Asia Pacific (Hong Kong)"}},
	}
}

// regionOf is the Region of a product by its region code, else by its location,
// else by the prefix of its usage type; "" when none is known. side is "" or
// "from" or "to" for data transfer.
func regionOf(p product, side, prefix string) string {
	if code := p.get(side + "regioncode"); code != "" {
		return code
	}
	location := p.get(side + "location")
	for _, at := range places() {
		for _, name := range at.locations {
			if name == location {
				return at.region
			}
		}
	}
	for _, at := range places() {
		if location == "" && prefix != "" && at.prefix == prefix {
			return at.region
		}
	}
	return ""
}

// usagePrefix is the Region's part of a usage type: "EU", or three letters and
// a digit. Local Zones, Outposts, Wavelength and "TS" do not look like it, or
// stand behind it and stay part of the usage type.
var usagePrefix = regexp.MustCompile(`^(EU|[A-Z]{3}[0-9]{1,2})-(.+)$`)

// splitUsage splits the Region's prefix off a usage type.
func splitUsage(usage string) (prefix, rest string) {
	if m := usagePrefix.FindStringSubmatch(usage); m != nil {
		return m[1], m[2]
	}
	return "", usage
}

// splitZone splits off the prefix of CloudFront's price zones: "JP-...".
func splitZone(usage string) (pricing.Zone, string, bool) {
	prefix, rest, ok := strings.Cut(usage, "-")
	for _, zone := range pricing.Zones() {
		if ok && strings.EqualFold(string(zone), prefix) && prefix == strings.ToUpper(prefix) {
			return zone, rest, true
		}
	}
	return "", "", false
}
