package scenarios

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

func TestOn(t *testing.T) {
	s := parse(t, strings.Replace(base, "kind: apigw-rest", "kind: apigw-rest\n    timeout: 9s\n    environment: {TABLE: a}", 1)+"distance: {}\n")
	before := *s
	before.Fronts = append([]Front(nil), s.Fronts...)
	on, err := s.On(parseTargets(t, placed))
	if err != nil {
		t.Fatal(err)
	}
	want := []Front{
		{ID: "rest", Kind: front.APIGatewayREST, Memory: 128, Architecture: "x86_64", Region: "eu-west-1", Deployed: Deployed{
			URL: "https://a1b2c3d4.execute-api.eu-west-1.amazonaws.com/prod", Metrics: MetricsCloudWatch,
			Function: "base-3f9a-rest", FunctionRegion: "eu-west-1", APIName: "base-3f9a", Stage: "prod",
			Auth: &Auth{APIKey: &APIKey{APIGateway: "a1b2c3d4e5"}, IAM: &IAM{Service: "execute-api", Region: "eu-west-1"}},
		}},
		{ID: "edge", Kind: front.EdgeViewerRequest, Memory: 128, Architecture: "x86_64", Region: "us-east-1", Deployed: Deployed{
			URL: "https://d111111abcdef8.cloudfront.net", Metrics: MetricsCloudWatch,
			Function: "base-3f9a-edge", Distribution: "EDFDVBD6EXAMPLE",
		}},
	}
	if !reflect.DeepEqual(on.Fronts, want) {
		t.Errorf("\n got %+v\nwant %+v", on.Fronts, want)
	}
	if on.Distance != nil || on.Speed != 1 {
		t.Errorf("distance %v at speed %g is simulated", on.Distance, on.Speed)
	}
	if !reflect.DeepEqual(*s, before) || s.Fronts[0].Timeout != Duration(9*time.Second) {
		t.Error("the scenario itself was changed")
	}
}

// Targets that are made and not parsed have no places, and the same rules.
func TestOnMade(t *testing.T) {
	s := parse(t, base)
	made := Targets{Version: 1, Scenario: "base", Fronts: []Target{{ID: "rest", Deployed: Deployed{URL: "https://a.example"}}}}
	_, err := s.On(&made)
	if want := `targets:1: fronts[0]: field "function" is missing: want function, api_name, stage, which CloudWatch needs for kind apigw-rest, or metrics: none`; err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
}

// Fronts are chosen by id, in the scenario's order.
func TestOnSome(t *testing.T) {
	s := parse(t, base)
	only := parseTargets(t, placed[:strings.Index(placed, "  - id: edge")])
	on, err := s.On(only, "rest")
	if err != nil || len(on.Fronts) != 1 || on.Fronts[0].ID != "rest" {
		t.Errorf("%+v, %v", on, err)
	}
	both, err := s.On(parseTargets(t, placed), "edge", "rest")
	if err != nil || len(both.Fronts) != 2 || both.Fronts[0].ID != "rest" {
		t.Errorf("%+v, %v", both, err)
	}
}

func TestOnRefuses(t *testing.T) {
	cut := strings.Index(placed, "  - id: edge")
	const auth = "    auth: {api_key: {apigateway: a1b2c3d4e5}, iam: {service: execute-api}}\n"
	header := func(h string) string {
		return strings.Replace(base, "method: GET", "method: GET\n    headers: {"+h+"}", 1)
	}
	for _, c := range []struct {
		name, scenario, targets string
		only                    []string
		want                    string
	}{
		{"another scenario", base, strings.Replace(placed, "scenario: base", "scenario: bass", 1), nil,
			`t.yaml:3:11: scenario: "bass" is not the scenario that is run, "base": want targets of base`},
		{"no such front", base, strings.Replace(placed, "id: edge", "id: edges", 1), nil,
			`t.yaml:20:9: fronts[1].id: "edges" is no front of the scenario, did you mean "edge": want one of rest, edge`},
		{"a front left in the lab", base, placed[:cut], nil,
			`t.yaml:13:3: fronts: lacks edge, and a run cannot mix fronts of the lab with deployed ones: want every front of the scenario, or --fronts rest`},
		{"a chosen front left in the lab", base, placed[:cut], []string{"rest", "edge"},
			`t.yaml:13:3: fronts: lacks edge, and a run cannot mix fronts of the lab with deployed ones: want every front of the scenario, or --fronts rest`},
		{"an unknown choice", base, placed, []string{"rst"},
			`"rst" is no front of scenario "base", did you mean "rest": want some of rest, edge`},
		{"a gate of what is left out", base + `gates: ["p(95)[edge]<1s"]`, placed, []string{"rest"},
			`gate "p(95)[edge]<1s" names the front "edge", which is not among those chosen: rest`},
		{"another kind's identifier", base, strings.Replace(placed, "stage: prod", "stage: prod\n    api_id: a1b2", 1), nil,
			`t.yaml:19:13: fronts[0].api_id: kind apigw-rest has no such identifier: want only function, api_name, stage`},
		{"an identifier missing", base, strings.Replace(placed, "    stage: prod\n", "", 1), nil,
			`t.yaml:13:5: fronts[0]: field "stage" is missing: want function, api_name, stage, which CloudWatch needs for kind apigw-rest, or metrics: none`},
		{"edge elsewhere", base, placed + "    region: eu-west-1\n", nil,
			`t.yaml:24:13: fronts[1].region: "eu-west-1" is not where a Lambda@Edge function is made: want us-east-1`},
		{"iam without a service", base, placed + "    auth: {iam: {}}\n", nil,
			`t.yaml:24:17: fronts[1].auth.iam: field "service" is missing: want the service that checks the signature, such as execute-api or lambda: the front's kind has none of its own`},
		{"HTTP/2 without TLS", strings.Replace(base, "load:\n", "load:\n  http: \"2\"\n", 1), strings.Replace(placed, "https://d1", "http://d1", 1), nil,
			`t.yaml:21:10: fronts[1].url: is not https, which HTTP/2 needs, and the scenario has http: "2": want an https url`},
		{"outages", strings.Replace(base, "kind: apigw-rest", "kind: apigw-rest\n    outages: [{region: us-east-1, what: region, from: 1s}]", 1), placed, nil,
			`t.yaml:13:9: fronts[0].id: "rest" has a domain or outages, which only the lab brings about: want a front without them`},
		{"a token in the scenario", header("Authorization: Bearer abc"), placed, nil,
			"scenario \"base\": requests[0].headers[\"Authorization\"]: Authorization is a secret, and the front \"edge\" is deployed\nhint: the file is recorded with the run: let auth: of the front name where the secret is found"},
		{"a presigned query", strings.Replace(base, "method: GET", "method: GET\n    query: {X-Amz-Signature: abc}", 1), placed, nil,
			"scenario \"base\": requests[0].query[\"X-Amz-Signature\"]: X-Amz-Signature is a secret, and the front \"rest\" is deployed\nhint: the file is recorded with the run: let auth: of the front name where the secret is found"},
		{"a cookie", header("cookie: a=b"), strings.Replace(placed, auth, "", 1), nil,
			"scenario \"base\": requests[0].headers[\"cookie\"]: Cookie is a secret, and the front \"rest\" is deployed\nhint: the file is recorded with the run: let auth: of the front name where the secret is found; cookies that are no secret belong under cookies:"},
	} {
		_, err := parse(t, c.scenario).On(parseTargets(t, c.targets), c.only...)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s:\n got %v\nwant %s", c.name, err, c.want)
		}
	}
}

// A secret that auth replaces is the lab's own, and is never sent.
func TestOnReplaces(t *testing.T) {
	s := parse(t, strings.Replace(base, "method: GET", "method: GET\n    headers: {X-Api-Key: meditations-0123456789, authorization: lab}", 1))
	if _, err := s.On(parseTargets(t, placed), "rest"); err != nil {
		t.Error(err)
	}
}

// The key of the lab's API is no secret, and of no use on AWS: it is left out. Any other
// is refused (TestOnRefuses).
func TestOnLeavesTheLabsKeyOut(t *testing.T) {
	const key = "meditations-0123456789"
	s := parse(t, strings.Replace(base, "kind: apigw-rest", "kind: apigw-rest\n    gateway: {api_key_required: true, api_key: "+key+"}", 1))
	s.Requests[0].Headers = map[string]string{"X-Api-Key": key, "Accept": "text/plain"}
	on, err := s.On(parseTargets(t, placed))
	if err != nil {
		t.Fatal(err)
	}
	if got := on.Requests[0].Headers; len(got) != 1 || got["Accept"] == "" {
		t.Errorf("headers on AWS: %v", got)
	}
	if s.Requests[0].Headers["X-Api-Key"] != key {
		t.Error("the scenario itself was changed")
	}
	s.Requests[0].Headers["X-Api-Key"] = "another-0123456789012"
	if _, err := s.On(parseTargets(t, placed)); err == nil {
		t.Error("a key that is no lab's was let through to a front that has none in auth")
	}
}

// Of every kind a target that was given every identifier is one that On takes.
func TestTargetOf(t *testing.T) {
	all := Target{ID: "rest", Deployed: Deployed{
		URL: "https://a.example", Function: "f", FunctionRegion: "us-east-1", APIName: "n", APIID: "a1", Stage: "prod",
		LoadBalancer: "app/a/1", TargetGroup: "targetgroup/a/1", Distribution: "E1",
	}}
	for _, kind := range front.Kinds() {
		s := &Scenario{Name: "base", Fronts: []Front{{ID: "rest", Kind: kind, Region: "us-east-1"}}}
		if _, err := s.On(&Targets{Scenario: "base", Fronts: []Target{all.Of(kind)}}); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if _, err := s.On(&Targets{Scenario: "base", Fronts: []Target{all}}); err == nil {
			t.Errorf("%s: every identifier is taken", kind)
		}
	}
	if all.Stage != "prod" {
		t.Error("the target itself was changed")
	}
}

// A scenario with HTTP/2 runs in the lab over HTTP/1.1, which is said, and on AWS as it
// is.
func TestOnHTTP2(t *testing.T) {
	s := parse(t, strings.Replace(base, "load:\n", "load:\n  http: \"2\"\n", 1))
	if len(s.Warnings) != 1 || s.Warnings[0].Field != "load.http" {
		t.Errorf("in the lab: %v", s.Warnings)
	}
	if on, err := s.On(parseTargets(t, placed)); err != nil || len(on.Warnings) != 0 || on.Load.HTTP != "2" {
		t.Errorf("%v, %v", on, err)
	}
}
