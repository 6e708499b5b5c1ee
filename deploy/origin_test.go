package deploy

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/scenarios"
)

// origins is a scenario with every kind of origin. REST APIs stand below their stage, and a
// load balancer without a certificate speaks no TLS:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
const origins = `handler: hello
fronts:
  - {id: to-rest, kind: edge-origin-response, cloudfront: {origin: {front: rest}}}
  - {id: to-http, kind: edge-origin-response, cloudfront: {origin: {front: http}}}
  - {id: to-alb, kind: edge-origin-response, cloudfront: {origin: {front: alb}}}
  - {id: to-url, kind: cloudfront-function, cloudfront: {origin: {front: url}}}
  - {id: to-bucket, kind: edge-viewer-response, cloudfront: {origin: {bucket: site}}}
  - {id: to-objects, kind: cloudfront-function, cloudfront: {origin: {objects: [{path: /, body: home}, {path: /a.css, body: x, content_type: text/css, cache_control: max-age=3}]}}}
  - {id: to-none, kind: cloudfront-function}
  - {id: rest, kind: apigw-rest}
  - {id: http, kind: apigw-http, region: eu-west-1}
  - {id: alb, kind: alb}
  - {id: url, kind: function-url}
buckets: [{name: site, region: ap-northeast-1, objects: [{key: a/b, content: page}]}]
`

func TestOrigins(t *testing.T) {
	d := planOf(t, Config{Scenario: scenarioOf(t, origins), Script: script})
	bodies(t, d)
	if stage := parse(t, texts(t)["rest.yaml"]).Resources["Stage"].Properties["StageName"]; stage != restStage {
		t.Errorf("the stage of a REST API is %v, and an origin's path has %s", stage, restStage)
	}
	for id, want := range map[string]string{ // Origin OriginUrl OriginPath OriginProtocol PackageBucket RootObject Region
		"to-rest":    "front ${bench-small-3f9a-rest.Url} /prod - - - us-east-1",
		"to-http":    "front ${bench-small-3f9a-http.Url} - - - - us-east-1",
		"to-alb":     "front ${bench-small-3f9a-alb.Url} - http-only - - us-east-1",
		"to-url":     "front ${bench-small-3f9a-url.Url} - - - - us-east-1",
		"to-bucket":  "bucket - - - - - ap-northeast-1",
		"to-objects": "bucket - - - - default-root-object us-east-1",
		"to-none":    "- - - - ${bench-small-3f9a-artifacts-us-east-1.Bucket} - us-east-1",
	} {
		s := stackOf(t, d, "bench-small-3f9a-"+id)
		var got []string
		for _, name := range []string{"Origin", "OriginUrl", "OriginPath", "OriginProtocol", "PackageBucket", "RootObject"} {
			value := s.Parameters[name]
			if value == "" {
				value = "-"
			}
			got = append(got, value)
		}
		if is := strings.Join(append(got, s.Region), " "); is != want {
			t.Errorf("%s: %s, want %s", id, is, want)
		}
	}
	for id, want := range map[string][]string{"to-bucket": {"a/b page  "}, "to-objects": {"default-root-object home text/html ", "a.css x text/css max-age=3"}, "to-rest": nil} {
		var got []string
		for _, o := range stackOf(t, d, "bench-small-3f9a-"+id).Objects {
			got = append(got, strings.Join([]string{o.Key, *o.Content, o.ContentType, o.CacheControl}, " "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", id, got, want)
		}
	}
	if with := planOf(t, Config{Scenario: scenarioOf(t, origins), Certificate: Certificate{ARN: "arn:aws:acm:us-east-1:123456789012:certificate/1", Host: "a.example.com"}}); stackOf(t, with, "bench-small-3f9a-to-alb").Parameters["OriginProtocol"] != "" {
		t.Error("a load balancer with a certificate is asked in the clear")
	}
}

// Stacks stand behind those that they need, and a deployment of CloudFront Functions alone
// has no packages.
func TestDistributionsInOrder(t *testing.T) {
	d := planOf(t, Config{Scenario: scenarioOf(t, origins)})
	var names []string
	for _, s := range d.Stacks {
		for _, need := range s.Needs {
			if !slices.Contains(names, need) {
				t.Errorf("stack %s comes before %s, which it needs", s.Name, need)
			}
		}
		names = append(names, s.Name)
	}
	alone := planOf(t, Config{Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: f, kind: cloudfront-function, cloudfront: {origin: {objects: [{path: /a, body: b}]}}}]")})
	if alone.has("artifacts.yaml", "edge-function.yaml") || len(alone.Stacks) != 2 {
		t.Errorf("stacks %+v", alone.Stacks)
	}
	bodies(t, planOf(t, Config{Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: f, kind: cloudfront-function}]")})) // whose origin is the packages' bucket
}

// What stays refused at the edge, by its field.
func TestRefusalsAtTheEdge(t *testing.T) {
	const edge = "handler: hello\nfronts: [{id: e, kind: edge-viewer-request, timeout: 1s, cloudfront: {origin: {objects: [{path: /a, body: b}]}, "
	none := func(string) bool { return false }
	for _, c := range []struct {
		want, lines string
		config      Config
	}{
		{`fronts[0].cloudfront.functions[0].command: a program of your own cannot be deployed to the edge yet`, edge + "functions: [{event: origin-request, command: [./own]}]}}]", Config{}},
		{`fronts[0].cloudfront.functions[0]: the handler "jobid" reads the table MediaConvertInputFileToJobId in ap-northeast-1`, edge + "functions: [{event: origin-request, handler: jobid}]}}]", Config{}},
		{`fronts[0]: the handler "hello" has no Node.js version`, edge + "era: '2017'}}]", Config{HasNode: none}},
		{`fronts[0].cloudfront.era: AWS has today's limits alone`, edge + "era: '2017'}}]", Config{}},
		{`fronts[0].cloudfront.functions[0]: the CloudFront Function has 10241 bytes: want 10240 at most`, "handler: hello\nfronts: [{id: e, kind: edge-origin-request, cloudfront: {functions: [{event: viewer-request, handler: hello, runtime: cloudfront}]}}]",
			Config{Script: func(string, string) string { return strings.Repeat("x", 10241) }}},
		{`fronts[0].cloudfront.error_pages: without an origin there is no page`, "handler: hello\nfronts: [{id: e, kind: edge-origin-request, cloudfront: {error_pages: [{code: 404}]}}]", Config{}},
		{`fronts[0].cloudfront.origin.front: "r" wants an API key, which CloudFront does not have`, "handler: hello\nfronts: [{id: e, kind: edge-origin-response, cloudfront: {origin: {front: r}}}, {id: r, kind: apigw-rest, gateway: {api_key_required: true, api_key: abcdefghijklmnopqrstuvwxyz}}]", Config{}},
		{`fronts[0].cloudfront.origin.front: "u" lets in signed requests alone`, "handler: hello\nfronts: [{id: e, kind: edge-origin-response, cloudfront: {origin: {front: u}}}, {id: u, kind: function-url}]", Config{Signed: true}},
		{`fronts[0].cloudfront.origin.front: "r" lets in signed requests alone`, "handler: hello\nfronts: [{id: e, kind: edge-origin-response, cloudfront: {origin: {front: r}}}, {id: r, kind: apigw-rest}]", Config{Signed: true}},
		{`fronts[0].cloudfront.origin.front: "a" lets in requests from 192.0.2.0/24 alone`, "handler: hello\nfronts: [{id: e, kind: edge-origin-response, cloudfront: {origin: {front: a}}}, {id: a, kind: alb}]", Config{From: "192.0.2.0/24"}},
		{`buckets[1]: a bucket that handlers call by its name cannot be deployed`, "handler: hello\nfronts: [{id: e, kind: edge-origin-response, cloudfront: {origin: {bucket: one}}}]\nbuckets: [{name: one}, {name: two}]", Config{}},
	} {
		c.config.Name, c.config.File, c.config.Scenario = "small-3f9a", "small.yaml", scenarioOf(t, c.lines)
		_, err := Plan(c.config)
		refused(t, err, c.want)
	}
}

// A function may be as long as CloudFront takes it and be too long for a template.
func TestTemplatesHaveALimit(t *testing.T) {
	s := scenarioOf(t, "handler: hello\nfronts: [{id: f, kind: cloudfront-function}]")
	long := Config{Name: "q", Scenario: s, Script: func(string, string) string { return strings.Repeat("x\n", 5120) }}
	if _, err := Plan(long); err == nil || !strings.Contains(err.Error(), `stack "bench-q-f": its template has 6`) || !strings.Contains(err.Error(), "takes 51200") {
		t.Errorf("got %v", err)
	}
}

// A front and a further function of another must not have one name.
func TestFunctionsHaveNamesOfTheirOwn(t *testing.T) {
	s := scenarioOf(t, "handler: hello\nfronts: [{id: e, kind: edge-origin-request, cloudfront: {functions: [{event: viewer-request, handler: hello}]}}, {id: e-viewer-request, kind: function-url}]")
	if _, err := Plan(Config{Name: "q", Scenario: s}); err == nil || !strings.Contains(err.Error(), `two stacks are called "bench-q-e-viewer-request"`) {
		t.Errorf("got %v", err)
	}
	long := strings.Repeat("long-", 12) + "id"
	d := planOf(t, Config{Name: "a-deployment-with-a-name-of-40-character", Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: "+long+", kind: cloudfront-function, cloudfront: {functions: [{event: viewer-response, handler: hello, runtime: cloudfront}, {event: origin-request, handler: hello}]}}]")})
	bodies(t, d)
	seen := map[string]bool{}
	for _, f := range stackOf(t, d, d.config.frontStack(scenarios.Front{ID: long})).Functions {
		if seen[f.Name] || len(f.Name) > maxFunction {
			t.Errorf("%q is too long or the name of two", f.Name)
		}
		seen[f.Name] = true
	}
	if len(seen) != 3 {
		t.Errorf("names %v", seen)
	}
}
