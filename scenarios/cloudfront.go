package scenarios

import (
	"go.yaml.in/yaml/v3"

	"frontdoor/front"
)

// CloudFront is what a distribution has in the lab besides the front's own function.
type CloudFront struct {
	Protocol     string
	Methods      []string
	Cache        *CachePolicy // nil: CachingDisabled
	CacheOptions bool
	Forward      string // ForwardKey or ForwardAll
	Origin       *Origin
	ErrorTTL     Duration
	ErrorPages   []ErrorPage
	Functions    []EdgeFunction
	Era          string
}

// What of a viewer's request goes on to the origin's side.
const (
	ForwardKey = "key"
	ForwardAll = "all"
)

// The settings are AWS's own:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html (10 s).
func (f *CloudFront) fields() []field {
	return []field{
		{name: "viewer_protocol", into: &f.Protocol, def: "allow-all", enum: []string{"allow-all", "https-only", "redirect-to-https"},
			doc: "The viewer protocol policy. The lab listens on plain HTTP, and takes a request for one over HTTPS unless it has the header field X-Forwarded-Proto: http."},
		{name: "methods", into: &f.Methods, least: 1, enum: methods(), derived: "all seven",
			doc: "The allowed methods: GET and HEAD; these and OPTIONS; or all seven. Others are answered with 403 before any function runs."},
		{name: "cache", into: &f.Cache,
			doc:      "The cache policy: how long answers are kept, and what besides the path tells them apart. Left out, it is CachingDisabled.",
			examples: []string{`{"min_ttl": "1s", "default_ttl": "5s", "max_ttl": "5s", "query": "all"}`}},
		{name: "cache_options", into: &f.CacheOptions, def: "false",
			doc: "Whether answers to OPTIONS are cached, as those to GET and HEAD are."},
		{name: "forward", into: &f.Forward, def: ForwardKey, enum: []string{ForwardKey, ForwardAll},
			doc: "What of the query, the cookies and the header the origin's side gets: what is in the key, or, by an origin request policy, all of it."},
		{name: "origin", into: &f.Origin,
			doc:      "Where objects come from that no function answers for. Left out, the origin cannot be reached, and what is handed on to it is answered with 502.",
			examples: []string{`{"front": "http-api"}`}},
		{name: "error_ttl", into: &f.ErrorTTL, def: "10s", max: "24h",
			doc: "The error caching minimum TTL, of the errors that CloudFront keeps by itself: 404, 405, 414, 416 and 500 to 504. It keeps 400, 403, 412 and 415 only where the origin's answer has Cache-Control with max-age or s-maxage."},
		{name: "error_pages", into: &f.ErrorPages, least: 1,
			doc:      "Custom error pages, by the status that they replace.",
			examples: []string{`[{"code": 404, "path": "/404.html", "status": 404}]`}},
		{name: "functions", into: &f.Functions, least: 1, most: 3,
			doc:      "Functions at the other events, one for each. They have the front's memory and are billed with it.",
			examples: []string{`[{"event": "origin-response", "handler": "security-headers"}]`}},
		{name: "era", into: &f.Era, enum: eras(), derived: "today's",
			doc: "Whose limits of Lambda@Edge hold: 2017 has 1s at viewer events and 3s at origin events."},
	}
}

func eras() []string {
	var names []string
	for _, e := range front.EdgeEras() {
		names = append(names, e.Name)
	}
	return names
}

// CachePolicy is a cache policy.
type CachePolicy struct {
	MinTTL, DefaultTTL, MaxTTL Duration
	Query, Cookies             KeyNames
	Headers                    []string
}

func (p *CachePolicy) fields() []field {
	return []field{
		{name: "min_ttl", into: &p.MinTTL, def: "0s", max: "8760h",
			doc: "How long an answer is kept at least, whatever the origin says of it."},
		{name: "default_ttl", into: &p.DefaultTTL, required: true, max: "8760h",
			doc: "How long one is kept of which the origin says nothing, in Cache-Control or Expires."},
		{name: "max_ttl", into: &p.MaxTTL, required: true, max: "8760h",
			doc: "How long one is kept at most. 0s is not at all."},
		{name: "query", into: &p.Query, derived: "none",
			doc: "The query parameters that are in the key.", examples: []string{`["job_id"]`}},
		{name: "cookies", into: &p.Cookies, derived: "none",
			doc: "The cookies that are in the key.", examples: []string{`["experiment"]`}},
		{name: "headers", into: &p.Headers, least: 1, pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", want: "header names such as Accept",
			doc: "The header fields that are in the key."},
	}
}

// KeyNames are the names of parameters or cookies in a key: all, none or some.
type KeyNames struct {
	All  bool
	Some []string
}

func (k *KeyNames) decode(d *decoder, n *node, path string) *Error {
	*k = KeyNames{}
	if n.Kind != yaml.ScalarNode {
		return d.field(n, path, field{into: &k.Some, least: 1, pattern: `^\S+$`, want: "names without spaces"})
	}
	switch {
	case n.ShortTag() == "!!str" && n.Value == "all":
		k.All = true
	case n.ShortTag() != "!!str" || n.Value != "none":
		return d.fail(n, path, quoted(n)+" is not known", k.want())
	}
	return nil
}

func (k *KeyNames) want() string { return "all, none, or a list of names" }

func (k *KeyNames) schema() *schema {
	return &schema{AnyOf: []*schema{{Enum: []string{"all", "none"}, Type: "string"}, {Type: "array", Items: &schema{Type: "string", Pattern: `^\S+$`}, MinItems: 1}}}
}

// Origin is where a distribution fetches objects.
type Origin struct {
	Front   string
	Bucket  string
	Objects []OriginObject
}

func (o *Origin) fields() []field {
	return []field{
		{name: "front", into: &o.Front, pattern: kebab, want: kebabWant,
			doc: "Another front of the scenario, such as a Regional API."},
		{name: "bucket", into: &o.Bucket, pattern: `\S`, want: "the name of a bucket",
			doc: "A bucket of the scenario, which CloudFront may read and not list."},
		{name: "objects", into: &o.Objects, least: 1,
			doc:      "Files of a bucket that nobody else has. What is not among them is answered with 403, as S3 does who lets nobody list.",
			examples: []string{`[{"path": "/index.html", "body": "<p>home</p>"}]`}},
	}
}

// OriginObject is a file of a bucket.
type OriginObject struct {
	Path         string
	Body         string
	ContentType  string
	CacheControl string
}

func (o *OriginObject) fields() []field {
	return []field{
		{name: "path", into: &o.Path, required: true, pattern: `^/[^?#\s]*$`, want: pathWant,
			doc: "The file's path."},
		{name: "body", into: &o.Body, required: true, doc: "Its text."},
		{name: "content_type", into: &o.ContentType, def: "text/html", pattern: `^[^\r\n\x00]+$`, want: "text on one line",
			doc: "Its Content-Type."},
		{name: "cache_control", into: &o.CacheControl, pattern: `^[^\r\n\x00]+$`, want: "text on one line",
			doc: "Its Cache-Control.", examples: []string{"max-age=3"}},
	}
}

// ErrorPage is a custom error response.
type ErrorPage struct {
	Code   int
	Path   string
	Status int
	TTL    *Duration
}

func (p *ErrorPage) fields() []field {
	return []field{
		{name: "code", into: &p.Code, required: true,
			doc: "The status that is replaced: 400, 403, 404, 405, 414, 416 or 500 to 504. CloudFront has no error page for others, such as 422."},
		{name: "path", into: &p.Path, pattern: `^/[^?#\s]*$`, want: pathWant,
			doc: "Where the origin has the page. Together with status."},
		{name: "status", into: &p.Status, min: "200", max: "599",
			doc: "What the viewer gets with it. Together with path."},
		{name: "ttl", into: &p.TTL, derived: "error_ttl", max: "24h",
			doc: "The error caching minimum TTL of this status."},
	}
}

// EdgeFunction is a further function of a distribution.
type EdgeFunction struct {
	Event   string
	Handler string
	Command []string
	Runtime string // RuntimeGo, RuntimeNodeJS or RuntimeCloudFront
	Code    string // a file
	Timeout Duration
}

// RuntimeCloudFront is a function that CloudFront itself runs.
const RuntimeCloudFront = "cloudfront"

func (f *EdgeFunction) fields() []field {
	return []field{
		{name: "event", into: &f.Event, required: true, enum: edgeEvents(),
			doc: "Where it runs."},
		{name: "handler", into: &f.Handler, pattern: `\S`, want: "the name of a built-in handler",
			doc: "A built-in handler."},
		{name: "command", into: &f.Command, least: 1, pattern: `\S`, want: "words of a command",
			doc: "A program of your own, of Lambda@Edge."},
		{name: "code", into: &f.Code, pattern: `\S`, want: "a file's name",
			doc: "A file of JavaScript, of a CloudFront Function."},
		{name: "runtime", into: &f.Runtime, derived: RuntimeGo, enum: []string{RuntimeGo, RuntimeNodeJS, RuntimeCloudFront},
			doc: "Which version of the built-in handler runs; cloudfront is the one that is a CloudFront Function."},
		{name: "timeout", into: &f.Timeout, def: "3s", min: "1s", max: "30s",
			doc: "How long it may run; a CloudFront Function has a limit of its own."},
	}
}

// Kind is the kind of the function.
func (f EdgeFunction) Kind() front.Kind {
	if f.Code != "" || f.Runtime == RuntimeCloudFront {
		return front.CloudFrontFunction
	}
	return front.Kind("edge-" + f.Event)
}
