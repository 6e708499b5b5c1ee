package deploy

import (
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/scenarios"
)

// rootObject is the key of an object whose path is that of the whole site: none can be
// empty. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html
const rootObject = "default-root-object"

// setOrigin says where a distribution fetches objects. A bucket is the distribution's
// own, in its stack: CloudFormation makes a distribution from any Region, so that the
// stack stands in the bucket's.
func (d *Deployment) setOrigin(s *Stack, f scenarios.Front) {
	c := d.config
	o := originOf(f)
	switch {
	case o == nil:
		s.Parameters["PackageBucket"] = "${" + c.artifacts(edgeRegion) + ".Bucket}"
		s.Needs = append(s.Needs, c.artifacts(edgeRegion))
	case o.Front != "":
		other, _ := c.Scenario.Front(o.Front)
		s.Parameters["Origin"], s.Parameters["OriginUrl"] = "front", "${"+c.frontStack(other)+".Url}"
		if other.Kind.REST() {
			s.Parameters["OriginPath"] = "/" + restStage
		}
		if other.Kind == front.ALB && c.Certificate.ARN == "" {
			s.Parameters["OriginProtocol"] = "http-only"
		}
		s.Needs = append(s.Needs, c.frontStack(other))
	case o.Bucket != "":
		i := slices.IndexFunc(c.Scenario.Buckets, func(b scenarios.S3Bucket) bool { return b.Name == o.Bucket })
		bucket := c.Scenario.Buckets[i]
		s.Parameters["Origin"], s.Region, s.Objects = "bucket", bucket.Region, bucket.Objects
	default:
		s.Parameters["Origin"] = "bucket"
		for _, object := range o.Objects {
			key := strings.TrimPrefix(object.Path, "/")
			if key == "" {
				key, s.Parameters["RootObject"] = rootObject, rootObject
			}
			s.Objects = append(s.Objects, scenarios.S3Object{Key: key, Content: &object.Body, ContentType: object.ContentType, CacheControl: object.CacheControl})
		}
	}
}

// restStage is the stage of every REST API, which is in its address.
const restStage = "prod"

// originOf is a front's origin, nil for none.
func originOf(f scenarios.Front) *scenarios.Origin {
	if f.CloudFront == nil {
		return nil
	}
	return f.CloudFront.Origin
}
