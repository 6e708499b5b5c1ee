package scenarios

import "frontdoor/front"

// Front is one front door and the function behind it: in the lab, or deployed
// when URL is set.
type Front struct {
	ID                string
	Kind              front.Kind
	Memory            Memory
	Architecture      string // "x86_64" or "arm64"
	Region            string
	Timeout           Duration          // of the function; lab only
	Concurrency       int               // most execution environments; lab only
	Environment       map[string]string // lab only
	Command           []string          // lab only; empty: the scenario's handler runs
	Runtime           string            // RuntimeGo or RuntimeNodeJS: which version of the handler; "" is Go; lab only
	MultiValueHeaders bool              // ALB: lambda.multi_value_headers.enabled
	Viewer            string            // the Region that viewers are near; "" without distance
	Handler           string            // in place of the scenario's; "" is that; lab only
	Code              string            // a file with a CloudFront Function; lab only
	Version           string            // of a Lambda@Edge function; "" is 1; lab only
	CloudFront        *CloudFront       // the edge kinds; nil: nothing is cached, and there is no origin; lab only
	Gateway           *Gateway          // API Gateway; nil: an API without any of it; lab only
	Domain            *Domain           // nil: the front is in one Region; lab only
	Outages           []Outage          // lab only

	URL            string // without a slash at the end; "" is the lab
	Metrics        string // MetricsCloudWatch or MetricsNone; "" in the lab, which brings its own
	Function       string
	FunctionRegion string
	APIName        string
	APIID          string
	Stage          string
	LoadBalancer   string
	TargetGroup    string
	Distribution   string
}

// Where the durations and counts of a deployed front come from.
const (
	MetricsCloudWatch = "cloudwatch"
	MetricsNone       = "none"
)

// The versions of a built-in handler.
const (
	RuntimeGo     = "go"
	RuntimeNodeJS = "nodejs"
)

// Lab reports whether the front is one of the lab's and not a deployed one.
func (f Front) Lab() bool { return f.URL == "" }

const (
	regionPattern = `^[a-z]{2}(-[a-z]+)+-[0-9]$`
	regionWant    = "an AWS Region such as us-east-1"
)

func (f *Front) fields() []field {
	return append(f.place(), f.identifiers()...)
}

// place is the front and its function. Lambda's own limits and defaults:
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (memory
// 128 to 10,240 MB, timeout to 900 s, variables without a leading underscore),
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-common.html
// (128 MB and 3 s unless told otherwise).
func (f *Front) place() []field {
	return []field{
		{name: "id", into: &f.ID, required: true, pattern: kebab, want: kebabWant,
			doc:      "The front's name in reports, files and gates; each front has its own.",
			examples: []string{"http-api"}},
		{name: "kind", into: &f.Kind, required: true, enum: kinds(),
			doc: "The kind of front door: API Gateway REST API with a Lambda proxy integration or without one, or HTTP API, Application Load Balancer, Lambda function URL, CloudFront with Lambda@Edge at one of its four events, or CloudFront with a CloudFront Function. At the response events a function does not answer by itself: such a front needs an origin."},
		{name: "memory", into: &f.Memory, def: "128MB", min: "128MB", max: "10240MB",
			doc: "The function's memory, in Lambda's megabytes. Lambda@Edge at a viewer event has 128MB and no more."},
		{name: "architecture", into: &f.Architecture, def: "x86_64", enum: []string{"x86_64", "arm64"},
			doc: "The processor that the function is priced for. Lambda@Edge has x86_64 only."},
		{name: "region", into: &f.Region, def: "us-east-1", pattern: regionPattern, want: regionWant,
			doc: "The AWS Region of the front. A Lambda@Edge function is always made in us-east-1."},
		{name: "timeout", into: &f.Timeout, def: "3s", min: "1s", max: "900s",
			doc: "How long the function may run. At most 5s for Lambda@Edge at a viewer event and 30s at an origin event. Lab only."},
		{name: "concurrency", into: &f.Concurrency, min: "1", max: "1000",
			derived: "load.connections, so that the lab never throttles unless asked to",
			doc:     "The most execution environments that the lab starts; requests beyond are throttled as AWS does. Lab only."},
		{name: "environment", into: &f.Environment, keys: `^[a-zA-Z][a-zA-Z0-9_]+$`, keysWant: "names of variables of two characters or more: a letter, then letters, digits and underscores",
			doc:      "Environment variables of the function. CloudFront refuses a function that has any. Lab only.",
			examples: []string{`{"TABLE": "jobs"}`}},
		{name: "command", into: &f.Command, least: 1, pattern: `\S`, want: "words of a command",
			doc: "The program behind this front, in place of the scenario's handler or command. Lab only."},
		{name: "runtime", into: &f.Runtime, derived: RuntimeGo, enum: []string{RuntimeGo, RuntimeNodeJS},
			doc: "Which version of the built-in handler runs: nodejs is the one that can be deployed to Lambda@Edge, which takes no Go, and needs node to be installed. Edge kinds only. Lab only."},
		{name: "handler", into: &f.Handler, pattern: kebab, want: kebabWant, derived: "the scenario's",
			doc: "A built-in handler behind this front, in place of the scenario's. Lab only."},
		{name: "code", into: &f.Code, pattern: `\S`, want: "a file's name",
			doc: "A file of JavaScript that defines handler(event), in place of a built-in handler. Kind cloudfront-function only. Lab only."},
		{name: "version", into: &f.Version, derived: "1", pattern: `^(\$LATEST|[a-zA-Z0-9_-]{1,128})$`, want: "a version such as 7",
			doc: "The function's version that CloudFront is told. It refuses $LATEST and aliases. Edge kinds only. Lab only."},
		{name: "multi_value_headers", into: &f.MultiValueHeaders, def: "false",
			doc: "Whether the target group has lambda.multi_value_headers.enabled. ALB only."},
		{name: "viewer", into: &f.Viewer, derived: "distance.viewer", pattern: regionPattern, want: regionWant,
			doc: "The AWS Region that the front's viewers are near, for simulated distance. A function at the edge runs in the Region nearest to it. Lab only."},
		{name: "cloudfront", into: &f.CloudFront,
			doc:      "What a distribution has besides the front's own function: a cache, an origin, error pages, functions at further events. Edge kinds only. Lab only.",
			examples: []string{`{"viewer_protocol": "redirect-to-https", "cache": {"default_ttl": "60s", "max_ttl": "1h"}}`}},
		{name: "gateway", into: &f.Gateway,
			doc:      "What an API of API Gateway has besides its integration: keys, a usage plan, CORS. Lab only.",
			examples: []string{`{"endpoint": "edge-optimized", "api_key_required": true, "api_key": "meditations-0123456789"}`}},
		{name: "domain", into: &f.Domain,
			doc:      "Makes the front a custom domain name with a copy of the API and its function in each Region of its records, among which Route 53 chooses for every connection. Lab only.",
			examples: []string{`{"records": [{"region": "us-east-1"}, {"region": "us-west-2"}], "health_check": {"search": "ok"}}`}},
		{name: "outages", into: &f.Outages, least: 1,
			doc:      "Failures within each trial. Lab only.",
			examples: []string{`[{"region": "us-east-1", "what": "health", "from": "1m"}]`}},
		{name: "url", into: &f.URL, pattern: `^https?://\S+$`, want: "an address such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod",
			doc: "The address of a deployed front. Left out, the lab is measured. A slash at the end is dropped: a request's path follows."},
	}
}

// identifiers name a deployed front to CloudWatch.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-dimensions.html,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html,
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
func (f *Front) identifiers() []field {
	return []field{
		{name: "metrics", into: &f.Metrics, enum: []string{MetricsCloudWatch, MetricsNone}, derived: "cloudwatch, with url",
			doc: "Where durations and counts of a deployed front come from. With none only latencies are measured, no identifier is needed, and a bill is a lower bound. With url only."},
		{name: "function", into: &f.Function, pattern: `^[a-zA-Z0-9_-]{1,64}$`, want: "a function name such as hello, without account, version or the prefix us-east-1.",
			doc: "The Lambda function's name. With url only; every kind needs it."},
		{name: "function_region", into: &f.FunctionRegion, pattern: regionPattern, want: regionWant, derived: "region",
			doc: "The Region whose CloudWatch holds the function's metrics. Lambda@Edge needs it: its metrics are kept in the Region that answered, the one nearest to the load. With url only."},
		{name: "api_name", into: &f.APIName, pattern: `\S`, want: "the REST API's name", doc: "CloudWatch's ApiName. The REST kinds with url need it."},
		{name: "api_id", into: &f.APIID, pattern: `^[a-z0-9]+$`, want: "the HTTP API's id such as a1b2c3d4", doc: "CloudWatch's ApiId. apigw-http with url needs it."},
		{name: "stage", into: &f.Stage, pattern: `^(\$default|[a-zA-Z0-9_-]{1,128})$`, want: "a stage such as prod or $default", doc: "CloudWatch's Stage. The REST kinds and apigw-http with url need it."},
		{name: "load_balancer", into: &f.LoadBalancer, pattern: `^app/[^/\s]+/[0-9a-f]+$`, want: "the end of the load balancer's ARN, such as app/front/50dc6c495c0c9188", doc: "CloudWatch's LoadBalancer. alb with url needs it."},
		{name: "target_group", into: &f.TargetGroup, pattern: `^targetgroup/[^/\s]+/[0-9a-f]+$`, want: "the end of the target group's ARN, such as targetgroup/hello/73e2d6bc24d8a067", doc: "CloudWatch's TargetGroup. alb with url needs it."},
		{name: "distribution", into: &f.Distribution, pattern: `^[A-Z0-9]+$`, want: "a distribution's id such as EDFDVBD6EXAMPLE", doc: "CloudWatch's DistributionId. The edge kinds with url need it."},
	}
}

func kinds() []string {
	var kinds []string
	for _, k := range front.Kinds() {
		kinds = append(kinds, string(k))
	}
	return kinds
}
