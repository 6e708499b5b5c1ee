package deploy

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/scenarios"
)

// Config is what to deploy and how.
type Config struct {
	Scenario         *scenarios.Scenario
	File             string                    // what errors call the scenario; "" is its name
	Name             string                    // of the deployment: small letters, digits and hyphens, unique in the account
	Region           string                    // of all Regional fronts; "" leaves each in the scenario's
	ViewerRegions    []string                  // whose logs of Lambda@Edge are kept; none are those of the scenario's viewers
	LogRetentionDays int                       // 0 is 3: long enough to read a run's REPORT lines
	Signed           bool                      // APIs and function URLs let in signed requests alone
	From             string                    // the addresses that load balancers let in, "203.0.113.7/32"; "" is everybody's
	Certificate      Certificate               // of load balancers; without one they listen on plain HTTP
	BillingAlarmUSD  pricing.USD               // of the account's month to date; zero makes no alarm
	AlarmEmail       string                    // whom the billing alarm tells; "" is nobody
	Boundary         string                    // ARN of the policy that bounds every role; "" is none
	Packages         map[string]string         // front id -> zip or folder of the user's own, for fronts that run a command
	Runtime, Entry   string                    // of those packages, as Lambda's Runtime and Handler; "" is provided.al2023 and bootstrap
	HasNode          func(handler string) bool // whether a handler has a Node.js version; nil: all have
	// Script is the code of a CloudFront Function, by its built-in handler or its file.
	Script func(handler, file string) string
}

// Certificate is one of AWS Certificate Manager in the load balancer's Region, and the
// host name of it that will lead to the load balancer: a record that bench does not make.
type Certificate struct{ ARN, Host string }

// defaultRetention is how many days logs are kept.
const defaultRetention = 3

// check tests what the caller gave beside the scenario.
func (c Config) check() error {
	if err := checkName(c.Name); err != nil {
		return err
	}
	for _, region := range append([]string{c.Region}, c.ViewerRegions...) {
		if region != "" && !regionForm.MatchString(region) {
			return fmt.Errorf("region %q: want one of AWS's such as eu-west-1", region)
		}
	}
	if (c.Certificate.ARN == "") != (c.Certificate.Host == "") {
		return fmt.Errorf("certificate of load balancers: want both its ARN and a host name of it")
	}
	if err := c.checkFrom(); err != nil {
		return err
	}
	if c.BillingAlarmUSD.Sign() < 0 {
		return fmt.Errorf("billing alarm at %s USD: want an amount above zero", c.BillingAlarmUSD)
	}
	if c.AlarmEmail != "" && c.BillingAlarmUSD.Sign() == 0 {
		return fmt.Errorf("alarm e-mail %q: there is no billing alarm to tell of", c.AlarmEmail)
	}
	if !slices.Contains(retentions(), c.LogRetentionDays) && c.LogRetentionDays != 0 {
		return fmt.Errorf("log retention of %d days: want one of %v, as CloudWatch Logs has them", c.LogRetentionDays, retentions())
	}
	if c.Boundary != "" && !policyForm.MatchString(c.Boundary) {
		return fmt.Errorf("permissions boundary %q: want the ARN of a policy such as arn:aws:iam::123456789012:policy/bench", c.Boundary)
	}
	if len(c.Packages) == 0 && c.Runtime+c.Entry != "" {
		return fmt.Errorf("runtime %q and entry %q: there is no package that they are of", c.Runtime, c.Entry)
	}
	for id := range c.Packages {
		if f, ok := c.Scenario.Front(id); !ok || f.Kind == front.CloudFrontFunction {
			return fmt.Errorf("package of front %q: no such front takes one", id)
		}
	}
	return nil
}

// checkFrom wants a block of IPv4 addresses, which is all that the load balancer has.
func (c Config) checkFrom() error {
	if c.From == "" {
		return nil
	}
	block, err := netip.ParsePrefix(c.From)
	if err != nil || !block.Addr().Is4() || block != block.Masked() {
		return fmt.Errorf("addresses %q: want a block of IPv4 addresses such as 203.0.113.7/32 for one", c.From)
	}
	if !slices.ContainsFunc(c.Scenario.Fronts, func(f scenarios.Front) bool { return f.Kind == front.ALB }) {
		return fmt.Errorf("addresses %q: no front is a load balancer, and no other kind can be kept to some", c.From)
	}
	return nil
}

// retentions are the days that CloudWatch Logs takes, up to a year:
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
func retentions() []int { return []int{1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365} }

// region is where a front is made.
func (c Config) region(f scenarios.Front) string {
	switch {
	case f.Kind.CloudFront():
		return edgeRegion
	case c.Region != "":
		return c.Region
	}
	return f.Region
}

// codeRegions are those with functions, each of which reads its package there, and the one
// of a distribution without an origin, for which the bucket of the packages stands.
func (c Config) codeRegions() []string {
	regions := map[string]bool{}
	for _, f := range c.Scenario.Fronts {
		packaged := !f.Kind.CloudFront() || originOf(f) == nil || slices.ContainsFunc(c.edgeFunctions(f), func(one edgeFunction) bool { return !one.script })
		if packaged {
			regions[c.region(f)] = true
		}
	}
	return slices.Sorted(maps.Keys(regions))
}

func (c Config) retention() string {
	if c.LogRetentionDays == 0 {
		return strconv.Itoa(defaultRetention)
	}
	return strconv.Itoa(c.LogRetentionDays)
}
