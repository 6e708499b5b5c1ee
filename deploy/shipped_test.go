package deploy

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/scenarios"
)

func shipped(t *testing.T, name string) *scenarios.Scenario {
	t.Helper()
	_, text, err := scenarios.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Parse(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Each scenario that comes with bench has its stacks, or the reason why not.
func TestShippedScenarios(t *testing.T) {
	refused := map[string]string{
		"cache-ttl-straddle":   "",
		"contract-check":       "",
		"edge-events":          "",
		"global-api":           "fronts[2].domain",
		"idle-cost":            "",
		"mediaconvert-polling": "",
		"mediaconvert-status":  "",
		"meditations":          "",
		"offload-a-b":          "offload",
		"quickstart":           "",
		"region-failover":      "fronts[0].domain",
	}
	for _, name := range scenarios.Names() {
		want, ok := refused[name]
		if !ok {
			t.Errorf("scenario %q is not in this table", name)
		}
		d, err := Plan(Config{Name: name + "-3f9a", Scenario: shipped(t, name)})
		var refusal *Refusal
		switch {
		case want == "" && err != nil:
			t.Errorf("%s cannot be deployed: %v", name, err)
		case want == "":
			bodies(t, d)
		case !errors.As(err, &refusal) || refusal.Field != want:
			t.Errorf("%s: got %v, want a refusal of %s", name, err, want)
		}
	}
}

// bodies wants every stack to have a template with its parameters, and no others, whose
// roles keep the law with the values that they have, and values to be of stacks that it needs.
func bodies(t *testing.T, d *Deployment) {
	t.Helper()
	for _, s := range d.Stacks {
		body, err := s.Body()
		if err != nil {
			t.Fatal(err)
		}
		parsed := parse(t, body)
		for _, problem := range roles(s.Template, parsed.planned(s.Parameters)) {
			t.Errorf("stack %s: %s", s.Name, problem)
		}
		for name, value := range s.Parameters {
			if parsed.Parameters[name] == nil {
				t.Errorf("stack %s: %s has no parameter %s", s.Name, s.Template, name)
			}
			for _, m := range outputOf.FindAllStringSubmatch(value, -1) {
				if m[1] != "code" && (!slices.Contains(s.Needs, m[1]) || !hasOutput(t, d, m[1], m[2])) {
					t.Errorf("stack %s: parameter %s is %s, which no stack that it needs has", s.Name, name, value)
				}
			}
		}
		if max, ok := parsed.Parameters["FunctionName"]["MaxLength"].(int); ok && len(s.Parameters["FunctionName"]) > max || len(s.Parameters["BalancerName"]) > maxBalancer || len(s.Name) > maxStack {
			t.Errorf("stack %s: a name of it is too long: %v", s.Name, s.Parameters)
		}
		for name, p := range parsed.Parameters {
			if _, given := s.Parameters[name]; !given && p["Default"] == nil {
				t.Errorf("stack %s: parameter %s of %s has neither value nor default", s.Name, name, s.Template)
			}
		}
	}
}

var outputOf = regexp.MustCompile(`\$\{([^}.]+)\.([^}]+)\}`)

func hasOutput(t *testing.T, d *Deployment, stack, output string) bool {
	t.Helper()
	body, err := stackOf(t, d, stack).Body()
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, body).Outputs[output] != nil
}

// Long names of deployments and fronts are cut where AWS wants them shorter, and stay
// names of one front.
func TestLongNames(t *testing.T) {
	long := "a-front-with-a-name-that-says-all-that-there-is-to-say-of-it"
	d := planOf(t, Config{Name: "a-deployment-with-a-name-of-40-character", Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: "+long+"-1, kind: alb}, {id: "+long+"-2, kind: alb}, {id: "+long+"-3, kind: edge-viewer-request}]")})
	bodies(t, d)
	seen := map[string]bool{}
	for _, s := range d.Stacks {
		if s.Code == nil { // the logs of a function have its name
			continue
		}
		for _, name := range []string{s.Parameters["BalancerName"], s.Parameters["FunctionName"]} {
			if name != "" && seen[name] {
				t.Errorf("%s is the name of two", name)
			}
			seen[name] = true
		}
	}
	if len(seen) != 6 { // 3 functions, 2 load balancers, and none of the edge
		t.Errorf("names %v", seen)
	}
}

// Wherever the other fronts go, the edge is made in us-east-1, behind the logs of its
// viewers, and packages are in the Region of their functions.
func TestEdgeStaysInVirginia(t *testing.T) {
	d := planOf(t, Config{Scenario: shipped(t, "quickstart"), Region: "eu-west-1", ViewerRegions: []string{"eu-central-1", "eu-west-1"}})
	bodies(t, d)
	for name, region := range map[string]string{
		"bench-small-3f9a-edge": "us-east-1", "bench-small-3f9a-edge-viewer-request": "us-east-1", "bench-small-3f9a-edge-logs-eu-central-1": "eu-central-1", "bench-small-3f9a-edge-logs-eu-west-1": "eu-west-1",
		"bench-small-3f9a-rest": "eu-west-1", "bench-small-3f9a-artifacts-us-east-1": "us-east-1", "bench-small-3f9a-artifacts-eu-west-1": "eu-west-1",
	} {
		if got := stackOf(t, d, name).Region; got != region {
			t.Errorf("%s is in %s, want %s", name, got, region)
		}
	}
	edge := stackOf(t, d, "bench-small-3f9a-edge-viewer-request")
	if want := []string{"bench-small-3f9a-artifacts-us-east-1", "bench-small-3f9a-edge-logs-eu-central-1", "bench-small-3f9a-edge-logs-eu-west-1"}; !slices.Equal(edge.Needs, want) || len(d.Stacks) != 10 {
		t.Errorf("edge needs %q, want %q; %d stacks", edge.Needs, want, len(d.Stacks))
	}
}

// The status API has its table in Tokyo, which its functions may read and not change.
func TestMediaConvertStatus(t *testing.T) {
	d := planOf(t, Config{Name: "status-1", Scenario: shipped(t, "mediaconvert-status")})
	table := stackOf(t, d, "bench-status-1-table-MediaConvertJobIdToStatus-ap-northeast-1")
	if table.Region != "ap-northeast-1" || table.Parameters["TableName"] != "MediaConvertJobIdToStatus" || table.Parameters["Key"] != "JobId" {
		t.Errorf("table %+v", table)
	}
	edge := stackOf(t, d, "bench-status-1-edge-from-us-viewer-request")
	if edge.Region != "us-east-1" || edge.Parameters["TableActions"] != "dynamodb:GetItem" || edge.Parameters["TableArn"] != "${"+table.Name+".Arn}" {
		t.Errorf("edge %+v", edge)
	}
	if edge.Code.Runtime != NodeJS || edge.Parameters["Handler"] != "status.handler" || edge.Parameters["EventType"] != "viewer-request" {
		t.Errorf("edge %+v", edge)
	}
	// edge's viewers are in Tokyo and edge-from-us' in Virginia; who is where AWS decides.
	for _, need := range []string{table.Name, "bench-status-1-edge-from-us-logs-us-east-1", "bench-status-1-edge-from-us-logs-ap-northeast-1"} {
		if !slices.Contains(edge.Needs, need) {
			t.Errorf("edge needs %q, not %s", edge.Needs, need)
		}
	}
	if len(d.Notes) != 4 || !strings.Contains(d.Notes[0], "distance is simulated") || !strings.Contains(d.Notes[1], "alb listens on plain HTTP") || !strings.Contains(d.Notes[3], "called MediaConvertJobIdToStatus") {
		t.Errorf("notes %q", d.Notes)
	}
}

// The tutorial's API has its key, its plan and its endpoint of 2016.
func TestMeditations(t *testing.T) {
	d := planOf(t, Config{Name: "meditations-1", Scenario: shipped(t, "meditations")})
	p := stackOf(t, d, "bench-meditations-1-tutorial").Parameters
	want := map[string]string{"Endpoint": "EDGE", "ApiKeyRequired": "true", "PlanBurst": "250", "PlanRate": "100", "QuotaLimit": "10000", "QuotaPeriod": "DAY", "Kind": "apigw-rest-nonproxy"}
	for name, value := range want {
		if p[name] != value {
			t.Errorf("%s is %q, want %q", name, p[name], value)
		}
	}
	for _, s := range d.Stacks {
		for name, value := range s.Parameters {
			if strings.Contains(value, "0123456789") {
				t.Errorf("stack %s: parameter %s is the scenario's key; AWS makes up its own", s.Name, name)
			}
		}
	}
}

func TestCachePolicy(t *testing.T) {
	d := planOf(t, Config{Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: e, kind: edge-origin-request, cloudfront: {viewer_protocol: https-only, methods: [GET, HEAD], forward: all, cache: {min_ttl: 1s, default_ttl: 5s, max_ttl: 1m, query: [job_id, a], cookies: all, headers: [Accept]}}}]")})
	p := stackOf(t, d, "bench-small-3f9a-e").Parameters
	for name, value := range map[string]string{
		"Cache": "true", "MinTTL": "1", "DefaultTTL": "5", "MaxTTL": "60", "QueryInKey": "whitelist", "QueryNames": "job_id,a", "CookiesInKey": "all",
		"HeadersInKey": "whitelist", "HeaderNames": "Accept", "ViewerProtocol": "https-only", "AllowedMethods": "GET,HEAD", "Forward": "all",
		"OriginRequest": "${bench-small-3f9a-e-origin-request.Version}", "IncludeBody": "false", "Origin": "",
	} {
		if p[name] != value {
			t.Errorf("%s is %q, want %q", name, p[name], value)
		}
	}
}

func TestCORSAndThrottle(t *testing.T) {
	d := planOf(t, Config{Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: h, kind: apigw-http, gateway: {throttle: {burst: 7, rate: 90/m}, cors: {allow_origins: ['https://a.example.com', 'https://b.example.com'], allow_methods: [GET], max_age: 2h}}}]")})
	bodies(t, d)
	p := stackOf(t, d, "bench-small-3f9a-h").Parameters
	for name, value := range map[string]string{
		"CorsOrigins": "https://a.example.com,https://b.example.com", "CorsMethods": "GET", "CorsHeaders": "", "CorsMaxAge": "7200", "CorsCredentials": "false",
		"ThrottleBurst": "7", "ThrottleRate": "1.5",
	} {
		if p[name] != value {
			t.Errorf("%s is %q, want %q", name, p[name], value)
		}
	}
}

// docs/deploying.md has the same scenarios in a table.
func TestShippedScenariosInTheDocument(t *testing.T) {
	text, err := os.ReadFile("../docs/deploying.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| can be deployed |")
	can, rest, ok := strings.Cut(table, "| cannot |")
	cannot, _, _ := strings.Cut(rest, "\n")
	if !ok {
		t.Fatal("there is no table of scenarios")
	}
	for _, name := range scenarios.Names() {
		_, err := Plan(Config{Name: "document-1", Scenario: shipped(t, name)})
		if quoted := "`" + name + "`"; strings.Contains(can, quoted) != (err == nil) || strings.Contains(cannot, quoted) != (err != nil) {
			t.Errorf("%s stands in the wrong row: %v", name, err)
		}
	}
}

func TestBillingAlarm(t *testing.T) {
	d := planOf(t, Config{Scenario: scenarioOf(t, "handler: hello\nfronts: [{id: u, kind: function-url, region: eu-west-1}]"), BillingAlarmUSD: usd(t, "12.50"), AlarmEmail: "me@example.com"})
	s := stackOf(t, d, "bench-small-3f9a-billing")
	if s.Region != "us-east-1" || s.Parameters["Limit"] != "12.5" || s.Parameters["Email"] != "me@example.com" {
		t.Errorf("billing stack %+v", s)
	}
}

func usd(t *testing.T, text string) pricing.USD {
	t.Helper()
	amount, err := pricing.ParseUSD(text)
	if err != nil {
		t.Fatal(err)
	}
	return amount
}
