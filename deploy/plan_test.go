package deploy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"frontdoor/scenarios"
)

// scenarioOf parses a scenario with the given lines for handler, fronts and more.
func scenarioOf(t *testing.T, lines string) *scenarios.Scenario {
	t.Helper()
	text := "version: 1\nname: small\n" + lines + "\nrequests: [{method: GET, path: /, expect: {body: any}}]\nload: {rate: 10/s, duration: 1s}\n"
	s, err := scenarios.Parse("small.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func planOf(t *testing.T, c Config) *Deployment {
	t.Helper()
	if c.Name == "" {
		c.Name = "small-3f9a"
	}
	d, err := Plan(c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func stackOf(t *testing.T, d *Deployment, name string) Stack {
	t.Helper()
	s, err := d.Stack(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Each stack stands behind those that it needs, and refers to the outputs of no others.
func TestStacksInOrder(t *testing.T) {
	d := planOf(t, Config{Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: rest, kind: apigw-rest}, {id: url, kind: function-url, region: eu-west-1, architecture: arm64}]")})
	var names []string
	for _, s := range d.Stacks {
		for _, need := range s.Needs {
			if !slices.Contains(names, need) {
				t.Errorf("stack %s comes before %s, which it needs", s.Name, need)
			}
		}
		names = append(names, s.Name)
	}
	want := []string{"bench-small-3f9a-artifacts-eu-west-1", "bench-small-3f9a-artifacts-us-east-1", "bench-small-3f9a-rest", "bench-small-3f9a-url"}
	if !slices.Equal(names, want) {
		t.Errorf("stacks %q, want %q", names, want)
	}
	url := stackOf(t, d, "bench-small-3f9a-url")
	if url.Region != "eu-west-1" || url.Code.Runtime != GoARM64 || url.Code.Artifacts != want[0] || !slices.Equal(url.Needs, want[:1]) {
		t.Errorf("stack of an arm64 front in Ireland: %+v, code %+v", url, *url.Code)
	}
	if url.Tags[TagFront] != "url" || url.Tags[TagDeployment] != "small-3f9a" || url.Tags[TagScenario] != "small" {
		t.Errorf("tags %v", url.Tags)
	}
}

func TestRegionOfAllFronts(t *testing.T) {
	d := planOf(t, Config{Region: "eu-central-1", Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: url, kind: function-url}]")})
	for _, s := range d.Stacks {
		if s.Region != "eu-central-1" {
			t.Errorf("stack %s in %s", s.Name, s.Region)
		}
	}
}

// An API is deployed anew when its settings change, and not for the code behind it.
func TestBodyOfAnAPI(t *testing.T) {
	body := func(parameter, value string) string {
		s := Stack{Template: "rest.yaml", Parameters: map[string]string{parameter: value}}
		text, err := s.Body()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text, unnamed) {
			t.Fatal("the API's deployment has no name of its own")
		}
		return text
	}
	if body("Endpoint", "EDGE") == body("Endpoint", "REGIONAL") {
		t.Error("a change of the endpoint makes no new deployment")
	}
	if body("CodeKey", "a.zip") != body("CodeKey", "b.zip") {
		t.Error("a change of the code makes a new deployment of the API")
	}
}

func TestShortNames(t *testing.T) {
	long := strings.Repeat("long-", 20)
	one, other := short(maxBalancer, long, "a"), short(maxBalancer, long, "b")
	if len(one) > maxBalancer || one == other || !strings.HasPrefix(one, prefix) || strings.Contains(one, "--") {
		t.Errorf("short names %q and %q", one, other)
	}
	if got := short(maxBalancer, "quickstart-3f9a", "alb"); got != "bench-quickstart-3f9a-alb" {
		t.Errorf("a name that fits became %q", got)
	}
}

func TestBadConfig(t *testing.T) {
	for _, c := range []struct {
		want   string
		config Config
	}{
		{`deployment name "Small": want small letters`, Config{Name: "Small"}},
		{"want both its ARN and a host name", Config{Certificate: Certificate{ARN: "arn:aws:acm:us-east-1:123456789012:certificate/1"}}},
		{`region "Ireland": want one of AWS's`, Config{Region: "Ireland"}},
		{`region "everywhere": want one of AWS's`, Config{ViewerRegions: []string{"us-east-1", "everywhere"}}},
		{`addresses "203.0.113.7": want a block of IPv4 addresses such as 203.0.113.7/32`, Config{From: "203.0.113.7"}},
		{`addresses "203.0.113.7/24": want a block`, Config{From: "203.0.113.7/24"}},
		{`addresses "2001:db8::/32": want a block`, Config{From: "2001:db8::/32"}},
		{`addresses "203.0.113.0/24": no front is a load balancer`, Config{From: "203.0.113.0/24"}},
		{"log retention of 2 days: want one of [1 3 5", Config{LogRetentionDays: 2}},
		{"there is no billing alarm to tell of", Config{AlarmEmail: "me@example.com"}},
		{`runtime "nodejs22.x" and entry "": there is no package`, Config{Runtime: "nodejs22.x"}},
		{`package of front "other": no such front`, Config{Packages: map[string]string{"other": "a.zip"}}},
	} {
		c.config.Scenario = scenarioOf(t, "handler: hello\nfronts: [{id: url, kind: function-url}]")
		if c.config.Name == "" {
			c.config.Name = "small-3f9a"
		}
		_, err := Plan(c.config)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want %q in one line", err, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	const head = "handler: hello\nfronts: [{id: url, kind: function-url"
	for _, c := range []struct{ want, lines string }{
		{`fronts[0].environment["AWS_REGION"]: names that begin with AWS_ are those of Lambda`, head + ", environment: {STATUS: ok, AWS_REGION: here}}]"},
		{`command: front "url" runs "./bootstrap" here, which is no package for Lambda: want a package for it`, "command: [./bootstrap]\nfronts: [{id: url, kind: function-url}]"},
		{`fronts[0].command: front "url" runs "./own" here`, head + ", command: [./own]}]"},
		{"fronts[0].url: the front is deployed already", head + ", url: 'https://example.com', metrics: none}]"},
		{`fronts[0]: the handler "status" reads the table MediaConvertJobIdToStatus in ap-northeast-1, which the scenario does not have`, head + ", handler: status}]"},
		{"fronts[0].gateway.responses[0].status: the default response has the status 200", "handler: hello\nfronts: [{id: n, kind: apigw-rest-nonproxy, gateway: {responses: [{pattern: a, status: 200}]}}]"},
		{"fronts[0].gateway.responses[1].status: API Gateway keeps one response for a status, and 404 has one: want one response with both patterns, joined by |", "handler: hello\nfronts: [{id: n, kind: apigw-rest-nonproxy, gateway: {responses: [{pattern: a, status: 404}, {pattern: b, status: 404}]}}]"},
		{"fronts[0].gateway.permission: bench deploys no function that its front may not invoke", "handler: hello\nfronts: [{id: r, kind: apigw-rest, gateway: {permission: false}}]"},
		{`fronts[0].gateway.cors.allow_headers[1]: "it's" has a single quote, and a REST API's fixed texts can have none: want a text without`, "handler: hello\nfronts: [{id: r, kind: apigw-rest, gateway: {cors: {allow_origins: ['*'], allow_headers: [a, \"it's\"]}}}]"},
		{"fronts[0].gateway.cors: an HTTP API that lets in signed requests alone would want preflights signed", "handler: hello\nfronts: [{id: h, kind: apigw-http, gateway: {cors: {allow_origins: ['*']}}}]"},
		{"tables[0].timelines[0].key: no request asks for a key that \"a\" matches by the name of its session", head + "}]\ntables: [{name: jobs, key: id, timelines: [{key: a, versions: [{item: {b: 1}}]}]}]"},
		{"buckets[0]: a bucket that handlers call by its name cannot be deployed", head + "}]\nbuckets: [{name: site}]"},
	} {
		_, err := Plan(Config{Name: "small-3f9a", File: "small.yaml", Scenario: scenarioOf(t, c.lines), Signed: true})
		refused(t, err, c.want)
	}
}

// refused wants a refusal that begins with a text behind its place, which is below the
// name of a scenario of scenarioOf.
func refused(t *testing.T, err error, want string) {
	t.Helper()
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		t.Errorf("got %v, want %q", err, want)
		return
	}
	place := fmt.Sprintf("small.yaml:%d:%d: ", refusal.Line, refusal.Column)
	if text, found := strings.CutPrefix(err.Error(), place); !found || refusal.Line < 3 || refusal.Column < 1 || !strings.HasPrefix(text, want) {
		t.Errorf("got %v, want %q behind its place", err, want)
	}
}

// A package of one's own runs as its owner says, and a program without a word.
func TestOwnPackage(t *testing.T) {
	s := scenarioOf(t, "handler: hello\nfronts: [{id: url, kind: function-url, command: [./bootstrap]}, {id: rest, kind: apigw-rest}]")
	for _, c := range []struct{ runtime, entry, wantRuntime, wantEntry string }{
		{"", "", "provided.al2023", "bootstrap"},
		{"nodejs22.x", "index.handler", "nodejs22.x", "index.handler"},
	} {
		d, err := Plan(Config{Scenario: s, Name: "own-3f9a", Packages: map[string]string{"url": "f.zip"}, Runtime: c.runtime, Entry: c.entry})
		if err != nil {
			t.Fatal(err)
		}
		for _, stack := range d.Stacks {
			switch p := stack.Parameters; stack.Front {
			case "url":
				if p["Runtime"] != c.wantRuntime || p["Entry"] != c.wantEntry || stack.Code.Own != c.wantRuntime || stack.Code.File != "f.zip" {
					t.Errorf("url has %v and %+v, want %s and %s", p, stack.Code, c.wantRuntime, c.wantEntry)
				}
			case "rest": // runs a built-in handler
				if p["Runtime"]+p["Entry"]+stack.Code.Own != "" {
					t.Errorf("rest has %v", p)
				}
			}
		}
	}
}
