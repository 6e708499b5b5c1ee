package apply_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/deploy"
	"frontdoor/deploy/apply"
	"frontdoor/scenarios"
)

const everyKind = `version: 1
name: kinds
handler: hello
fronts:
  - {id: rest, kind: apigw-rest, gateway: {api_key_required: true, api_key: kinds-0123456789012345}}
  - {id: old, kind: apigw-rest-nonproxy, gateway: {mapping: pass-through}}
  - {id: http-api, kind: apigw-http}
  - {id: alb, kind: alb}
  - {id: url, kind: function-url, region: eu-west-1}
  - {id: viewer, kind: edge-viewer-request}
  - {id: origin, kind: edge-origin-request}
  - id: script
    kind: cloudfront-function
    cloudfront:
      origin: {bucket: site}
      functions: [{event: origin-response, handler: security-headers}, {event: viewer-response, handler: security-headers, runtime: cloudfront}]
buckets: [{name: site, region: eu-central-1}]
requests: [{method: GET, expect: {body: any}}]
load: {rate: 1/s, duration: 1s}
`

// outputs is what the stacks of each front say, in the forms of AWS's identifiers.
func outputs(d *deploy.Deployment) map[string]map[string]string {
	by := map[string]map[string]string{
		"rest":     {"Url": "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod", "ApiName": "bench-kinds-1-rest", "ApiId": "a1b2c3d4e5", "Stage": "prod", "ApiKeyId": "k1y2z3"},
		"old":      {"Url": "https://b1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod", "ApiName": "bench-kinds-1-old", "ApiId": "b1b2c3d4e5", "Stage": "prod"},
		"http-api": {"Url": "https://c1b2c3d4e5.execute-api.us-east-1.amazonaws.com", "ApiId": "c1b2c3d4e5", "Stage": "$default"},
		"alb":      {"Url": "http://bench-kinds-1-alb-123.us-east-1.elb.amazonaws.com", "LoadBalancer": "app/bench-kinds-1-alb/50dc6c495c0c9188", "TargetGroup": "targetgroup/bench-kinds-1-alb/73e2d6bc24d8a067"},
		"url":      {"Url": "https://abcdefghij.lambda-url.eu-west-1.on.aws/"},
		"viewer":   {"Url": "https://d111111abcdef8.cloudfront.net", "Distribution": "EDFDVBD6EXAMPLE"},
		"origin":   {"Url": "https://d222222abcdef8.cloudfront.net", "Distribution": "EDFDVBD7EXAMPLE"},
		"script":   {"Url": "https://d333333abcdef8.cloudfront.net", "Distribution": "EDFDVBD8EXAMPLE"},
	}
	all := map[string]map[string]string{}
	for _, s := range d.Stacks {
		all[s.Name] = map[string]string{}
		if s.Kind != "" {
			all[s.Name] = by[s.Front]
			all[s.Name]["Function"] = s.Parameters["FunctionName"]
		}
	}
	return all
}

// The targets of every kind of front are those that the scenario can be run on, read
// back from the file as they were written.
func TestTargets(t *testing.T) {
	newFake(t, nil)
	s, err := scenarios.Parse("kinds.yaml", []byte(everyKind), "hello", "security-headers")
	if err != nil {
		t.Fatal(err)
	}
	d, err := deploy.Plan(deploy.Config{Scenario: s, Name: "kinds-1", Signed: true})
	if err != nil {
		t.Fatal(err)
	}
	order, standing := apply.Order{Deployment: d, Scenario: s}, apply.Standing{Outputs: outputs(d)}
	made, err := open(t, hurried()).Targets(order, standing, time.Date(2026, time.November, 29, 8, 0, 0, 5, time.FixedZone("east", 3600)))
	if err != nil {
		t.Fatal(err)
	}
	read, err := scenarios.ParseTargets("targets.yaml", scenarios.FormatTargets(*made))
	if err != nil {
		t.Fatal(err)
	}
	if read.Deployment.Made.Format(time.RFC3339) != "2026-11-29T07:00:00Z" || read.Deployment.Account != "123456789012" || read.Deployment.HostsSum != read.HostsSum() {
		t.Errorf("%+v", read.Deployment)
	}
	on, err := s.On(read)
	if err != nil {
		t.Fatal(err)
	}
	rest, _ := on.Front("rest")
	url, _ := on.Front("url")
	api, _ := on.Front("http-api")
	old, _ := on.Front("old")
	if rest.Auth.IAM == nil || api.Auth.IAM.Service != "execute-api" || api.Auth.IAM.Region != "us-east-1" || old.Auth.IAM == nil || old.Auth.APIKey != nil {
		t.Errorf("APIs are signed by %+v, %+v and %+v", rest.Auth, api.Auth, old.Auth)
	}
	if rest.Auth.APIKey.APIGateway != "k1y2z3" || url.Auth.IAM == nil || url.URL != "https://abcdefghij.lambda-url.eu-west-1.on.aws" || url.Region != "eu-west-1" {
		t.Errorf("%+v, %+v", rest, url)
	}
	script, _ := on.Front("script")
	if further := []scenarios.DeployedFunction{{Event: "origin-response", Function: "bench-kinds-1-script-origin-response"}, {Event: "viewer-response", Function: "bench-kinds-1-script-viewer-response"}}; !slices.Equal(script.Functions, further) || script.Region != "us-east-1" {
		t.Errorf("%+v in %s", script.Functions, script.Region)
	}
	for _, f := range on.Fronts {
		if f.URL == "" || f.Function != "bench-kinds-1-"+f.ID {
			t.Errorf("%s stands at %q with %q", f.ID, f.URL, f.Function)
		}
	}
	delete(standing.Outputs["bench-kinds-1-alb"], "TargetGroup")
	if _, err := open(t, hurried()).Targets(order, standing, time.Now()); err == nil || !strings.Contains(err.Error(), `stack "bench-kinds-1-alb" of front "alb" has no output TargetGroup`) {
		t.Errorf("an output that is not there gave %v", err)
	}
}
