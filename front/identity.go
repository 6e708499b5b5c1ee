package front

import (
	"strconv"
	"strings"
)

// Identity is what an event says of the door itself. A door uses the fields that
// its events have and ignores the rest; none has a default but Scheme and Port.
type Identity struct {
	AccountID string // 12 digits
	Scheme    string // how the client came, "http" or "https"; "" is https
	Port      int    // listener port for X-Forwarded-Port; 0 is the scheme's own

	// API Gateway and function URL.
	APIID        string // API id or URL id
	Stage        string // "prod"; "$default" on an HTTP API or function URL adds nothing to paths
	DomainName   string // "abc123.execute-api.us-east-1.amazonaws.com"
	DeploymentID string // REST API
	ResourceID   string // REST API, the /{proxy+} resource

	EdgeOptimized bool // REST API: it is reached through CloudFront, by DistributionDomain

	// REST API, non-proxy integration.
	PassThrough bool        // no request template: the body is the event, and POST / the API's one method
	Selections  []Selection // integration responses besides the default one

	// Application Load Balancer.
	TargetGroupARN    string
	MultiValueHeaders bool // target group attribute lambda.multi_value_headers.enabled

	// CloudFront.
	DistributionID     string
	DistributionDomain string // "d111111abcdef8.cloudfront.net"
	OriginDomain       string // the custom origin behind the behavior, in origin events
	IncludeBody        bool   // the association's Include body option

	FunctionARN string // in no event; the function that the door invokes, for its caller
}

func (id Identity) scheme() string {
	if id.Scheme == "" {
		return "https"
	}
	return id.Scheme
}

func (id Identity) port() string {
	switch {
	case id.Port != 0:
		return strconv.Itoa(id.Port)
	case id.scheme() == "http":
		return "80"
	}
	return "443"
}

// domainPrefix is the first label of the domain name.
func (id Identity) domainPrefix() string {
	prefix, _, _ := strings.Cut(id.DomainName, ".")
	return prefix
}

// stagePath is the path prefix under which a stage is served; $default has none
// (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html).
func stagePath(stage string) string {
	if stage == "" || stage == "$default" {
		return ""
	}
	return "/" + stage
}
