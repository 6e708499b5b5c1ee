package scenarios

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

// placed is a right targets file of base, with each field once.
const placed = `# Where bench deploy put the fronts. It names secrets and holds none.
version: 1
scenario: base
deployment:
  name: base-3f9a
  account: "123456789012"
  made: 2026-11-29T07:00:00Z
  hosts_sha256: 2ed5a53e4d3bd3d33eaad5e3b3bc47c22c1a0c5b5ed64e14c5bb43b6c8a3b5b4
  stacks:
    - {name: bench-base-3f9a-rest, region: eu-west-1}
    - {name: bench-base-3f9a-edge, region: us-east-1}
fronts:
  - id: rest
    url: https://a1b2c3d4.execute-api.eu-west-1.amazonaws.com/prod
    region: eu-west-1
    function: base-3f9a-rest
    api_name: base-3f9a
    stage: prod
    auth: {api_key: {apigateway: a1b2c3d4e5}, iam: {service: execute-api}}
  - id: edge
    url: https://d111111abcdef8.cloudfront.net
    function: base-3f9a-edge
    distribution: EDFDVBD6EXAMPLE
`

func parseTargets(t testing.TB, text string) *Targets {
	t.Helper()
	targets, err := ParseTargets("t.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return targets
}

func TestParseTargets(t *testing.T) {
	got := parseTargets(t, placed)
	got.decoder = nil
	want := &Targets{
		Version: 1, Scenario: "base",
		Deployment: &Deployment{
			Name: "base-3f9a", Account: "123456789012", Made: time.Date(2026, 11, 29, 7, 0, 0, 0, time.UTC),
			HostsSum: "2ed5a53e4d3bd3d33eaad5e3b3bc47c22c1a0c5b5ed64e14c5bb43b6c8a3b5b4",
			Stacks:   []DeployedStack{{"bench-base-3f9a-rest", "eu-west-1"}, {"bench-base-3f9a-edge", "us-east-1"}},
		},
		Fronts: []Target{
			{ID: "rest", Region: "eu-west-1", Deployed: Deployed{
				URL:      "https://a1b2c3d4.execute-api.eu-west-1.amazonaws.com/prod",
				Function: "base-3f9a-rest", APIName: "base-3f9a", Stage: "prod",
				Auth: &Auth{APIKey: &APIKey{APIGateway: "a1b2c3d4e5"}, IAM: &IAM{Service: "execute-api"}},
			}},
			{ID: "edge", Deployed: Deployed{URL: "https://d111111abcdef8.cloudfront.net", Function: "base-3f9a-edge", Distribution: "EDFDVBD6EXAMPLE"}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	if written := string(FormatTargets(*got)); written != placed {
		t.Errorf("written as\n%s\nwant\n%s", written, placed)
	}
}

// TestHostsSum compares with coreutils: printf 'a.example:8443\nb.example\n' | sha256sum.
func TestHostsSum(t *testing.T) {
	at := func(urls ...string) string {
		var targets Targets
		for _, u := range urls {
			targets.Fronts = append(targets.Fronts, Target{Deployed: Deployed{URL: u}})
		}
		return targets.HostsSum()
	}
	const want = "4cd1113090e4acdba65f4214a333ddc4c6abef7c92fbc49827bf7aac8f657051"
	if got := at("https://B.example/x", "https://a.example:8443/", "https://b.example/y"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := at("https://b.example/x", "https://a.example/"); got == want {
		t.Error("another port has the same sum")
	}
}

// TestAuthNotations parses the examples of every way to prove who one is.
func TestAuthNotations(t *testing.T) {
	for text, want := range map[string]Auth{
		`{api_key: {env: KEY}}`:                        {APIKey: &APIKey{Secret: Secret{Env: "KEY"}}},
		`{api_key: {command: [./key, -v]}}`:            {APIKey: &APIKey{Secret: Secret{Command: []string{"./key", "-v"}}}},
		`{bearer: {command: [./token], refresh: 10m}}`: {Bearer: &Bearer{Secret: Secret{Command: []string{"./token"}}, Refresh: Duration(10 * time.Minute)}},
		`{iam: {}}`: {IAM: &IAM{}},
		`{iam: {region: eu-west-1, profile: bench}}`: {IAM: &IAM{Region: "eu-west-1", Profile: "bench"}},
		`{cognito: {client_id: a1, username: {env: U}, password: {command: [p]}, token: access}}`: {Cognito: &Cognito{
			ClientID: "a1", Username: Secret{Env: "U"}, Password: Secret{Command: []string{"p"}}, Token: TokenAccess}},
	} {
		targets := parseTargets(t, strings.Replace(placed, "{api_key: {apigateway: a1b2c3d4e5}, iam: {service: execute-api}}", text, 1))
		if got := targets.Fronts[0].Auth; !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: %+v", text, got)
		}
		again := parseTargets(t, string(FormatTargets(*targets)))
		if !reflect.DeepEqual(again.Fronts, targets.Fronts) {
			t.Errorf("%s is written as\n%s", text, FormatTargets(*targets))
		}
	}
}
