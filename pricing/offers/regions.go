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

// Regions are the names of AWS's Regions, as of the list that places cites; those that
// AWS has added since are not among them.
func Regions() []string {
	var names []string
	for _, at := range places() {
		names = append(names, at.region)
	}
	return names
}

// places are the Regions with the short codes that AWS's bills begin usage types
// with (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-region-billing-codes.html),
// and with the names of those whose old offer files have no region code. Files
// since 2021 say the code of every product, so that a Region that is missing here
// is still read from them.
func places() []place {
	return []place{
		{"us-east-1", "USE1", []string{"US East (N. Virginia)"}},
		{"us-east-2", "USE2", []string{"US East (Ohio)"}},
		{"us-west-1", "USW1", nil},
		{"us-west-2", "USW2", []string{"US West (Oregon)"}},
		{"ca-central-1", "CAN1", nil},
		{"ca-west-1", "CAN2", nil},
		{"mx-central-1", "MXC1", nil},
		{"sa-east-1", "SAE1", nil},
		{"eu-west-1", "EU", []string{"EU (Ireland)", "Europe (Ireland)"}},
		{"eu-west-2", "EUW2", nil},
		{"eu-west-3", "EUW3", nil},
		{"eu-central-1", "EUC1", []string{"EU (Frankfurt)", "Europe (Frankfurt)"}},
		{"eu-central-2", "EUC2", nil},
		{"eu-north-1", "EUN1", nil},
		{"eu-south-1", "EUS1", nil},
		{"eu-south-2", "EUS2", nil},
		{"af-south-1", "AFS1", nil},
		{"il-central-1", "ILC1", nil},
		{"me-south-1", "MES1", nil},
		{"me-central-1", "MEC1", nil},
		{"ap-east-1", "APE1", []string{"Asia Pacific (Hong Kong)"}},
		{"ap-east-2", "APE2", nil},
		{"ap-northeast-1", "APN1", []string{"Asia Pacific (Tokyo)"}},
		{"ap-northeast-2", "APN2", nil},
		{"ap-northeast-3", "APN3", nil},
		{"ap-southeast-1", "APS1", nil},
		{"ap-southeast-2", "APS2", nil},
		{"ap-south-1", "APS3", nil},
		{"ap-southeast-3", "APS4", nil},
		{"ap-south-2", "APS5", nil},
		{"ap-southeast-4", "APS6", nil},
		{"ap-southeast-5", "APS7", nil},
		{"ap-southeast-6", "APS8", nil},
		{"ap-southeast-7", "APS9", nil},
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
