package world

import (
	"fmt"
	"time"
)

// Endpoint is how an API's custom domain name is reached.
type Endpoint string

// The endpoint types of API Gateway.
const (
	EndpointEdge     Endpoint = "edge-optimized"
	EndpointRegional Endpoint = "regional"
)

// RegionalFrom is the month from which regional endpoints exist: AWS introduced them
// with https://aws.amazon.com/blogs/compute/building-a-multi-region-serverless-application-with-amazon-api-gateway-and-aws-lambda/,
// whose code is of 2017-11-03 (aws-samples/blog-multi-region-serverless-service). The
// day is not confirmed.
func RegionalFrom() time.Time { return time.Date(2017, time.November, 1, 0, 0, 0, 0, time.UTC) }

// Domains is the custom domain names that API Gateway knows, in every Region, of
// every account. The zero value knows none.
type Domains struct {
	edge     map[string]string // name -> Region that made its distribution
	regional map[[2]string]bool
}

// DomainError is API Gateway's refusal of a custom domain name.
type DomainError struct {
	Name, Region string
	Message      string
}

func (e *DomainError) Error() string {
	return fmt.Sprintf("custom domain name %q in %s: BadRequestException: %s", e.Name, e.Region, e.Message)
}

// Create makes a custom domain name in a Region under the rules of a day, or
// returns a *DomainError and saves nothing.
//
// An edge-optimized name has a CloudFront distribution, and CloudFront takes a name
// once in the world; a regional one is unique in its Region
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html).
// The texts are those that users met:
// https://github.com/amplify-education/serverless-domain-manager/issues/24 (2017-09),
// https://github.com/aws/serverless-application-model/issues/2208.
func (d *Domains) Create(name, region string, e Endpoint, day time.Time) error {
	refuse := func(text string) error { return &DomainError{name, region, text} }
	switch e {
	case EndpointEdge:
		if _, taken := d.edge[name]; taken {
			return refuse("The domain name you provided is already associated with an existing CloudFront distribution. Remove the domain name from the existing CloudFront distribution or use a different domain name.")
		}
		if d.edge == nil {
			d.edge = map[string]string{}
		}
		d.edge[name] = region
	case EndpointRegional:
		if day.Before(RegionalFrom()) {
			return refuse("regional endpoints do not exist yet on " + day.Format(time.DateOnly)) // ours: the parameter was unknown
		}
		if d.regional[[2]string{name, region}] {
			return refuse("The domain name you provided already exists.")
		}
		if d.regional == nil {
			d.regional = map[[2]string]bool{}
		}
		d.regional[[2]string{name, region}] = true
	default:
		return refuse(fmt.Sprintf("endpoint type %q is not known", e)) // ours
	}
	return nil
}

// Regions lists in how many Regions a name exists.
func (d *Domains) Regions(name string) int {
	n := 0
	if _, ok := d.edge[name]; ok {
		n++
	}
	for key := range d.regional {
		if key[0] == name {
			n++
		}
	}
	return n
}
