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

	Deployed // its zero value is the lab
}

// The versions of a built-in handler.
const (
	RuntimeGo     = "go"
	RuntimeNodeJS = "nodejs"
)

const (
	regionPattern = `^[a-z]{2}(-[a-z]+)+-[0-9]$`
	regionWant    = "an AWS Region such as us-east-1"
)

func (f *Front) fields() []field {
	return append(f.place(), f.Deployed.fields()...)
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
	}
}

func kinds() []string {
	var kinds []string
	for _, k := range front.Kinds() {
		kinds = append(kinds, string(k))
	}
	return kinds
}
