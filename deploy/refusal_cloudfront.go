package deploy

import (
	"fmt"
	"slices"

	"frontdoor/front"
	"frontdoor/scenarios"
)

// refuseCloudFront tests what a distribution has besides its function.
func (c Config) refuseCloudFront(path string, f scenarios.Front) error {
	if !f.Kind.CloudFront() {
		return nil
	}
	if err := c.refuseFunctions(path, f); err != nil {
		return err
	}
	d := f.CloudFront
	if d == nil {
		return nil
	}
	path += ".cloudfront"
	switch {
	case d.Cache != nil && d.Cache.MaxTTL == 0 && keyed(d.Cache):
		return c.refuse(path+".cache", "CloudFront takes no key of query, cookies or headers where nothing is cached", "a maximum TTL above 0s, or no cache")
	case len(d.ErrorPages) > 0 && d.Origin == nil:
		return c.refuse(path+".error_pages", "without an origin there is no page", "a distribution without them")
	case d.Era != "":
		return c.refuse(path+".era", "AWS has today's limits alone", "a front without it")
	}
	return c.refuseOrigin(path+".origin", d.Origin)
}

// refuseFunctions tests what runs at the events of a distribution. A program of a front's
// own is refused with those of the Regions.
func (c Config) refuseFunctions(path string, f scenarios.Front) error {
	for i, one := range c.edgeFunctions(f) {
		at := path
		if !one.own {
			at = fmt.Sprintf("%s.cloudfront.functions[%d]", path, i-1)
		}
		limit, err := scriptLimit()
		switch {
		case err != nil:
			return err
		case one.script && int64(len(one.code)) > limit:
			return c.refuse(at, fmt.Sprintf("the CloudFront Function has %d bytes", len(one.code)), fmt.Sprintf("%d at most", limit))
		case one.script:
		case len(one.command) > 0 && !one.own:
			return c.refuse(at+".command", "a program of your own cannot be deployed to the edge yet", "a built-in handler")
		case one.handler != "" && c.HasNode != nil && !c.HasNode(one.handler):
			return c.refuse(at, fmt.Sprintf("the handler %q has no Node.js version, and Lambda@Edge takes no Go", one.handler), "another handler, or a kind in a Region")
		}
		if one.script {
			continue
		}
		if err := c.refuseTable(at, one.handler, nil); err != nil {
			return err
		}
	}
	return nil
}

// scriptLimit is the most bytes of a CloudFront Function.
func scriptLimit() (int64, error) {
	door, err := front.Of(front.CloudFrontFunction)
	return door.Limits.PackageBytes, err
}

// refuseOrigin tests whether CloudFront may ask a front that is the origin: it signs
// requests to buckets alone here, and has no key.
func (c Config) refuseOrigin(path string, o *scenarios.Origin) error {
	if o == nil || o.Front == "" {
		return nil
	}
	other, _ := c.Scenario.Front(o.Front)
	switch {
	case other.Gateway != nil && other.Gateway.APIKeyRequired:
		return c.refuse(path+".front", fmt.Sprintf("%q wants an API key, which CloudFront does not have: AWS makes it up", o.Front), "a front without one")
	case other.Kind == front.ALB && c.From != "":
		return c.refuse(path+".front", fmt.Sprintf("%q lets in requests from %s alone, and CloudFront's come from elsewhere", o.Front, c.From), "a load balancer that is open, or another front")
	case other.Kind != front.ALB && c.Signed:
		return c.refuse(path+".front", fmt.Sprintf("%q lets in signed requests alone, and CloudFront signs none for it here", o.Front), "fronts that are open, or a load balancer")
	}
	return nil
}

// refuseBuckets wants every bucket to be a distribution's origin. Whoever else reads one
// calls it by its name, which AWS has given to somebody long ago: names are the world's.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
func (c Config) refuseBuckets() error {
	for i, b := range c.Scenario.Buckets {
		if !slices.ContainsFunc(c.Scenario.Fronts, func(f scenarios.Front) bool { o := originOf(f); return o != nil && o.Bucket == b.Name }) {
			return c.refuse(fmt.Sprintf("buckets[%d]", i), "a bucket that handlers call by its name cannot be deployed: names of buckets are unique in the world", "one that is the origin of a distribution")
		}
	}
	return nil
}
