package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
)

// check fills in what depends on other fields and tests the rules between fields.
func (w *Workload) check(c *checker) {
	switch usage, fronts := c.given("usage"), c.given("fronts"); {
	case usage && fronts:
		c.fail("fronts", "usage is given too", "either usage or fronts")
	case !usage && !fronts:
		c.fail("", "usage and fronts are both missing", "either usage, a month's quantities by meter, or fronts")
	}
	w.checkUsage(c)
	seen := map[string]string{}
	for i := range w.Fronts {
		f, path := &w.Fronts[i], fmt.Sprintf("fronts[%d]", i)
		if first, ok := seen[f.ID]; ok {
			c.fail(path+".id", fmt.Sprintf("%q is the id of %s too", f.ID, first), "an id of its own for each front")
		} else {
			seen[f.ID] = path
		}
		if err := w.inherit(c, f, path); err != nil {
			c.note(err)
			continue
		}
		f.normalise(w.Region)
		f.check(c, path)
	}
}

func (w *Workload) checkUsage(c *checker) {
	checkAmounts(c, w.Usage, w.Region)
	checkAmounts(c, w.Account, w.Region)
	if c.given("usage") && c.given("defaults") && !c.given("fronts") {
		c.fail("defaults", "usage has no fronts to take them", "defaults with fronts only")
	}
	if c.given("requests_per_month") && c.given("fronts") {
		c.fail("requests_per_month", "fronts have their own", "it with usage only, and in defaults or each front otherwise")
	}
}

// normalise fills in the defaults that depend on other fields.
func (f *WorkloadFront) normalise(region string) {
	switch {
	case f.Region != "":
	case f.Kind.CloudFront():
		f.Region = "us-east-1"
	default:
		f.Region = region
	}
	if f.Kind.CloudFront() && f.Events == nil {
		f.Events = []string{ownEvent(f.Kind)}
	}
	if f.HourlyProfile == nil {
		f.HourlyProfile = slices.Repeat([]Decimal{{one()}}, 24)
	}
	if f.DynamoDB != nil && f.DynamoDB.Region == "" {
		f.DynamoDB.Region = f.Region
		if f.Kind.CloudFront() { // made in us-east-1 whatever the workload's Region is: the table need not be
			f.DynamoDB.Region = region
		}
	}
	if f.Duration != nil && f.Duration.Run != nil && f.Duration.Run.Front == "" {
		f.Duration.Run.Front = f.ID
	}
}

func (f *WorkloadFront) check(c *checker, path string) {
	if !c.given(path + ".requests_per_month") {
		requests, _ := fieldNamed(f.fields(), "requests_per_month")
		c.fail(path, `field "requests_per_month" is missing`, wanted(requests)+", here or in defaults")
	}
	if !slices.ContainsFunc(f.HourlyProfile, func(w Decimal) bool { return w.Sign() > 0 }) {
		c.fail(path+".hourly_profile", "every weight is 0", "at least one weight above 0")
	}
	if f.Duration != nil {
		f.Duration.check(c, path+".duration")
	}
	if f.Kind.CloudFront() {
		f.checkEdge(c, path)
	}
}

func (f *WorkloadFront) checkEdge(c *checker, path string) {
	Front{Kind: f.Kind, Memory: f.Memory, Architecture: f.Architecture, Region: f.Region}.checkEdge(c, path)
	sum := Portion{}.Rat()
	for _, share := range f.Viewers {
		sum.Add(sum, share.Rat())
	}
	if sum.Cmp(one()) != 0 {
		c.fail(path+".viewers", "the shares add up to "+decimalText(sum), "shares that add up to 1")
	}
	f.checkEvents(c, path)
}

// checkFunctionEvents: CloudFront Functions are for viewer events alone, and their
// duration costs nothing.
func (f *WorkloadFront) checkFunctionEvents(c *checker, path string) {
	for i, e := range f.Events {
		switch at := fmt.Sprintf("%s.events[%d]", path, i); {
		case !strings.HasPrefix(e, "viewer-"):
			c.fail(at, fmt.Sprintf("%q is not an event of CloudFront Functions", e), "viewer-request or viewer-response")
		case slices.Contains(f.Events[:i], e):
			c.fail(at, fmt.Sprintf("%q is there already", e), "each event once")
		}
	}
	if f.DynamoDB != nil {
		c.fail(path+".dynamodb", "a CloudFront Function has no access to a network", "it with another kind")
	}
}

// checkEvents wants the event of the kind, each event once, and a function that is
// within the limits of the strictest of them: a viewer event has those of
// edge-viewer-request.
func (f *WorkloadFront) checkEvents(c *checker, path string) {
	if own := ownEvent(f.Kind); !slices.Contains(f.Events, own) {
		c.fail(path+".events", fmt.Sprintf("%s is not among them, and the kind is %s", own, f.Kind), own+", with or without others")
	}
	if f.Kind == front.CloudFrontFunction {
		f.checkFunctionEvents(c, path)
		return
	}
	strictest := f.Kind
	for i, e := range f.Events {
		if slices.Contains(f.Events[:i], e) {
			c.fail(fmt.Sprintf("%s.events[%d]", path, i), fmt.Sprintf("%q is there already", e), "each event once")
		}
		if strings.HasPrefix(e, "viewer-") {
			strictest = front.EdgeViewerRequest
		}
	}
	door, err := front.Of(strictest)
	if err != nil {
		c.fail(path+".kind", err.Error(), "another kind")
		return
	}
	if most := door.Limits.MaxMemoryMB; int(f.Memory) > most && strictest != f.Kind { // else Front.checkEdge has said it
		c.fail(path+".memory", fmt.Sprintf("\"%dMB\" is more than a function at a viewer event has", f.Memory), fmt.Sprintf("%dMB or less", most))
	}
	if f.Duration == nil {
		return
	}
	if at, longest := f.Duration.longest(path + ".duration"); time.Duration(longest) > door.Limits.MaxTimeout {
		c.fail(at, fmt.Sprintf("%s is longer than a function may run at %s", longest, strings.Join(f.Events, ", ")), door.Limits.MaxTimeout.String()+" or less")
	}
}
