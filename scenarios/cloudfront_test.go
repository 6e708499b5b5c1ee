package scenarios

import (
	"reflect"
	"testing"
	"time"

	"frontdoor/front"
)

// distribution is the status API of https://blog.nightonly.com (2022-05-10) with what
// its author set up: CachingLittle, a redirect to HTTPS, an error page.
const distribution = `kind: edge-viewer-request
    cloudfront:
      viewer_protocol: redirect-to-https
      cache: {min_ttl: 1s, default_ttl: 5s, max_ttl: 5s, query: all, cookies: [a, b]}
      forward: all
      origin: {objects: [{path: /404.html, body: gone, cache_control: max-age=3}]}
      error_pages: [{code: 404, path: /404.html, status: 404, ttl: 1m}]
      functions: [{event: origin-response, handler: security-headers, timeout: 30s}, {event: viewer-response, command: [./f]}]`

func TestParseCloudFront(t *testing.T) {
	got := with(t, "kind: apigw-rest", distribution).Fronts[0].CloudFront
	minute := Duration(time.Minute)
	want := &CloudFront{
		Protocol: "redirect-to-https", Forward: ForwardAll, ErrorTTL: Duration(10 * time.Second),
		Cache:      &CachePolicy{MinTTL: Duration(time.Second), DefaultTTL: Duration(5 * time.Second), MaxTTL: Duration(5 * time.Second), Query: KeyNames{All: true}, Cookies: KeyNames{Some: []string{"a", "b"}}},
		Origin:     &Origin{Objects: []OriginObject{{Path: "/404.html", Body: "gone", ContentType: "text/html", CacheControl: "max-age=3"}}},
		ErrorPages: []ErrorPage{{Code: 404, Path: "/404.html", Status: 404, TTL: &minute}},
		Functions: []EdgeFunction{
			{Event: "origin-response", Handler: "security-headers", Timeout: Duration(30 * time.Second)},
			{Event: "viewer-response", Command: []string{"./f"}, Timeout: Duration(3 * time.Second)},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	kinds := []front.Kind{got.Functions[0].Kind(), got.Functions[1].Kind(), EdgeFunction{Event: "viewer-request", Code: "f.js"}.Kind()}
	if !reflect.DeepEqual(kinds, []front.Kind{front.EdgeOriginResponse, front.EdgeViewerResponse, front.CloudFrontFunction}) {
		t.Errorf("kinds %q", kinds)
	}
	if f := with(t, "kind: apigw-rest", "kind: cloudfront-function\n    code: f.js").Fronts[0]; f.Code != "f.js" || f.CloudFront != nil {
		t.Errorf("%+v", f)
	}
}

// F06 to F08 have AWS's own messages (front.CheckAssociation has where they were seen).
func cloudfrontMistakes() []mistake {
	const edge, block = "kind: edge-viewer-request\n    ", "kind: edge-viewer-request\n    cloudfront: "
	const refuses = `CloudFront refuses the association: "`
	return []mistake{
		{"F06 environment", "kind: apigw-rest", edge + "environment: {TABLE: jobs}", false,
			`f.yaml:7:18: fronts[0].environment: ` + refuses + `The function cannot have environment variables": want constants in the code`},
		{"F07 $LATEST", "kind: apigw-rest", edge + "version: $LATEST", false,
			`f.yaml:7:14: fronts[0].version: ` + refuses + `The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: arn:aws:lambda:us-east-1:123456789012:function:bench-rest:$LATEST": want the number of a published version`},
		{"F07 alias", "kind: apigw-rest", edge + "version: live", false,
			`f.yaml:7:14: fronts[0].version: ` + refuses + `The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: arn:aws:lambda:us-east-1:123456789012:function:bench-rest:live": want the number of a published version`},
		{"F08 Region", "kind: apigw-rest", edge + "region: eu-west-3", false,
			`f.yaml:7:13: fronts[0].region: ` + refuses + `The function must be in region 'us-east-1'. ARN: arn:aws:lambda:eu-west-3:123456789012:function:bench-rest:1": want us-east-1`},
		{"cloudfront of a load balancer", "kind: apigw-rest", "kind: alb\n    cloudfront: {forward: all}", false,
			`f.yaml:7:17: fronts[0].cloudfront: kind alb is not one of CloudFront: want it with the edge kinds only`},
		{"version of a Regional function", "kind: apigw-rest", "kind: apigw-rest\n    version: 7", false,
			`f.yaml:7:14: fronts[0].version: 7 is a number: want a version such as 7, in quotes if it is meant as text`},
		{"code of a Lambda function", "kind: apigw-rest", edge + "code: f.js", false,
			`f.yaml:7:11: fronts[0].code: kind edge-viewer-request has no such setting: want it with kind cloudfront-function only`},
		{"response event without an origin", "kind: apigw-rest", "kind: edge-origin-response", false,
			`f.yaml:5:5: fronts[0]: kind edge-origin-response works on what an origin answers, and there is none: want cloudfront.origin`},
		{"F09 page for 422", "kind: apigw-rest", block + "{error_pages: [{code: 422, path: /e, status: 200}]}", false,
			`f.yaml:7:39: fronts[0].cloudfront.error_pages[0].code: 422 is not a status that CloudFront has an error page for: want one of 400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504`},
		{"two pages for a status", "kind: apigw-rest", block + "{error_pages: [{code: 404}, {code: 404}]}", false,
			`f.yaml:7:52: fronts[0].cloudfront.error_pages[1].code: 404 has an error page already: want each status once`},
		{"half a page", "kind: apigw-rest", block + "{error_pages: [{code: 404, path: /e}]}", false,
			`f.yaml:7:32: fronts[0].cloudfront.error_pages[0]: has a path or a status alone: want both, or neither`},
		{"TTLs out of order", "kind: apigw-rest", block + "{cache: {min_ttl: 6s, default_ttl: 5s, max_ttl: 9s}}", false,
			`f.yaml:7:25: fronts[0].cloudfront.cache: has a minimum TTL of 6s, a default of 5s and a maximum of 9s: want minimum <= default <= maximum`},
		{"no maximum", "kind: apigw-rest", block + "{cache: {default_ttl: 5s}}", true,
			`f.yaml:7:25: fronts[0].cloudfront.cache: field "max_ttl" is missing: want a duration such as 30s, 1m30s or 400ms, 8760h or less`},
		{"unknown key", "kind: apigw-rest", block + "{cache: {default_ttl: 5s, max_ttl: 5s, query: some}}", true,
			`f.yaml:7:63: fronts[0].cloudfront.cache.query: "some" is not known: want all, none, or a list of names`},
		{"methods", "kind: apigw-rest", block + "{methods: [GET, POST]}", false,
			`f.yaml:7:27: fronts[0].cloudfront.methods: GET, POST is not a choice that CloudFront has: want GET and HEAD, these and OPTIONS, or all seven`},
		{"origin of nothing", "kind: apigw-rest", block + "{origin: {}}", false,
			`f.yaml:7:26: fronts[0].cloudfront.origin: is nothing, or more than one thing: want either front, bucket or objects`},
		{"origin that is no bucket", "kind: apigw-rest", block + "{origin: {bucket: site}}", false,
			`f.yaml:7:35: fronts[0].cloudfront.origin.bucket: "site" is not the name of a bucket of the scenario: want one of buckets`},
		{"origin that is no front", "kind: apigw-rest", block + "{origin: {front: nobody}}", false,
			`f.yaml:7:34: fronts[0].cloudfront.origin.front: "nobody" is not the id of a front: want the id of another front`},
		{"origin that is itself", "kind: apigw-rest", block + "{origin: {front: rest}}", false,
			`f.yaml:7:34: fronts[0].cloudfront.origin.front: is the front itself: want the id of another front`},
		{"origin at the edge", "kind: apigw-rest", block + "{origin: {front: edge}}", false,
			`f.yaml:7:34: fronts[0].cloudfront.origin.front: "edge" is a distribution too: want a front in a Region`},
		{"function of nothing", "kind: apigw-rest", block + "{functions: [{event: origin-response}]}", false,
			`f.yaml:7:30: fronts[0].cloudfront.functions[0]: is nothing to run, or more than one thing: want either handler, command or code`},
		{"event twice", "kind: apigw-rest", block + "{functions: [{event: viewer-request, command: [f]}]}", false,
			`f.yaml:7:38: fronts[0].cloudfront.functions[0].event: viewer-request has a function already: want each event once`},
		{"origin event of a CloudFront Function", "kind: apigw-rest", block + "{functions: [{event: origin-request, code: f.js}]}", false,
			`f.yaml:7:38: fronts[0].cloudfront.functions[0].event: "origin-request" is not an event of CloudFront Functions: want viewer-request or viewer-response`},
		{"mixed on the viewer's side", "kind: apigw-rest", block + "{functions: [{event: viewer-response, code: f.js}]}", false,
			`f.yaml:7:29: fronts[0].cloudfront.functions: combine CloudFront Functions and Lambda@Edge in viewer events, which CloudFront refuses: want the same of them at both`},
		{"further function too long", "kind: apigw-rest", block + "{functions: [{event: viewer-response, command: [f], timeout: 6s}]}", false,
			`f.yaml:7:30: fronts[0].cloudfront.functions[0]: ` + refuses + `The function timeout is larger than the maximum allowed for functions that are triggered by a CloudFront event: 6 Max allowed: 5 Function: arn:aws:lambda:us-east-1:123456789012:function:bench-rest:1": want a function within the limits of viewer-response`},
		{"F05 too long for 2017", "kind: apigw-rest", edge + "timeout: 2s\n    cloudfront: {era: \"2017\"}", false,
			`f.yaml:7:14: fronts[0].timeout: 2s is longer than kind edge-viewer-request may run: want 1s or less`},
		{"unknown era", "kind: apigw-rest", block + "{era: \"2016\"}", true,
			`f.yaml:7:23: fronts[0].cloudfront.era: "2016" is not known, did you mean "2017": want one of 2017, 2018`},
		{"distribution of a deployed front", "kind: apigw-rest", edge + "url: https://x.example\n    metrics: none\n    cloudfront: {forward: all}", false,
			`f.yaml:9:17: fronts[0].cloudfront: is the lab's to set, and url names a deployed front: want it without url only`},
	}
}
