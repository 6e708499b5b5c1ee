package apply_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/deploy"
	"frontdoor/deploy/apply"
	"frontdoor/deploy/code"
	"frontdoor/scenarios"
)

// everyFront is a scenario with a front of each kind that the test is about, and the
// table that two of their handlers read. Its items change while one front is measured.
const everyFront = `version: 1
name: every
handler: hello
fronts:
  - {id: rest, kind: apigw-rest, memory: 256MB}
  - {id: http-api, kind: apigw-http}
  - {id: alb, kind: alb, timeout: 5s, multi_value_headers: true}
  - {id: url, kind: function-url, architecture: arm64, region: eu-west-1, handler: status}
  - {id: edge, kind: edge-viewer-request, handler: status}
  - id: site
    kind: edge-origin-response
    handler: security-headers
    cloudfront:
      origin: {bucket: pages}
      functions: [{event: viewer-request, handler: url-normalise, runtime: cloudfront}]
buckets:
  - name: pages
    region: eu-west-1
    objects:
      - {key: card/c5, content: "<p>page</p>", content_type: text/html, cache_control: max-age=3}
      - {key: plain, content: ""}
tables:
  - name: MediaConvertJobIdToStatus
    region: ap-northeast-1
    key: JobId
    items:
      - {JobId: job-1, JobStatus: PROGRESSING, ProgressRate: 42, Tags: [a, true, null], Size: {Width: 1.5}}
      - {JobId: job-2, JobStatus: ERROR}
    timelines:
      - {key: job-url-*, versions: [{item: {JobStatus: SUBMITTED}}, {after: 1s, item: {JobStatus: COMPLETE}}]}
requests: [{method: GET, query: {job_id: "{session}"}, expect: {body: any}}]
load: {rate: 2/s, duration: 1s, polling: {every: 500ms, times: 2}}
`

// every is the plan of everyFront with its packages.
func every(t *testing.T) apply.Order {
	t.Helper()
	s, err := scenarios.Parse("every.yaml", []byte(everyFront), "hello", "status", "security-headers", "url-normalise")
	if err != nil {
		t.Fatal(err)
	}
	d, err := deploy.Plan(deploy.Config{Scenario: s, Name: "every-1", LogRetentionDays: 7})
	if err != nil {
		t.Fatal(err)
	}
	return apply.Order{Deployment: d, Scenario: s, Packages: packages(t, "one")}
}

// packages are a program for the Regional fronts, which another text makes another one,
// and the handlers' Node.js versions for the edge, by the functions' names.
func packages(t *testing.T, text string) map[string]apply.Package {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "bootstrap"), []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	program, err := code.Own(dir, "provided.al2023")
	if err != nil {
		t.Fatal(err)
	}
	script, _, err := code.NodeJS("status")
	if err != nil {
		t.Fatal(err)
	}
	headers, _, err := code.NodeJS("security-headers")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]apply.Package{"bench-every-1-edge": {Key: script.Key(), Zip: script.Zip}, "bench-every-1-site": {Key: headers.Key(), Zip: headers.Zip}}
	for _, id := range []string{"rest", "http-api", "alb", "url"} {
		out["bench-every-1-"+id] = apply.Package{Key: program.Key(), Zip: program.Zip}
	}
	return out
}

// Through the SDK a deployment is made, brought up to date and taken away, and what
// moto made is looked at by describe calls: a stack's own word is worth nothing there.
// What is in notMade is not proved.
func TestMoto(t *testing.T) {
	cut := moto(t)
	c, o := open(t, hurried()), every(t)
	standing, err := c.Deploy(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range notMade() {
		if kind != "AWS::SNS::Subscription" && !slices.Contains(cut.seen(), kind) {
			t.Errorf("no template has a %s any more: it need not be left out", kind)
		}
	}
	account := newAccount(t)
	account.functions(t, o.Packages)
	account.roles(t)
	account.permissions(t)
	account.balancer(t)
	account.network(t, true)
	account.table(t)
	account.groups(t)
	account.buckets(t, standing, o.Packages)
	account.origin(t, standing, "card/c5", "plain")

	o.Packages = packages(t, "two") // the edge has the same
	site := stackNamed(t, o.Deployment, "bench-every-1-site")
	site.Objects = site.Objects[:1]
	if _, err := c.Deploy(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	account.functions(t, o.Packages)
	account.origin(t, standing, "card/c5")

	targets, err := c.Targets(o, standing, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	destroyed(t, c, account, apply.Ruin{Name: "every-1", Stacks: targets.Deployment.Stacks})
	account.nothing(t, standing)
}

// destroyed destroys twice: of a stack with a network moto 5.2.1 deletes neither the
// internet gateway nor the route table, and then not the VPC. Destroy has to name these
// and no others, as it would on AWS; taken away by hand, nothing is left.
func destroyed(t *testing.T, c *apply.Cloud, account account, r apply.Ruin) {
	t.Helper()
	left, err := c.Destroy(t.Context(), r)
	if err == nil || !strings.Contains(err.Error(), `"bench-every-1-alb"`) || !strings.Contains(err.Error(), "DependencyViolation") {
		t.Errorf("the error is %v, want that of the VPC", err)
	}
	var kinds []string
	for _, arn := range left.ARNs {
		kinds = append(kinds, strings.Split(arn[strings.LastIndexByte(arn, ':')+1:], "/")[0])
	}
	if want := []string{"internet-gateway", "route-table", "vpc"}; !slices.Equal(kinds, want) {
		t.Errorf("left: %q, want one of each of %q", left.ARNs, want)
	}
	account.unjoin(t)
	left, err = c.Destroy(t.Context(), apply.Ruin{Name: r.Name, Regions: []string{"ap-northeast-1", "eu-west-1"}}) // as without the file
	if err != nil || !left.Empty() {
		t.Errorf("after the second time: %+v, %v", left, err)
	}
}

// stackNamed is a stack of a plan, to be changed in place.
func stackNamed(t *testing.T, d *deploy.Deployment, name string) *deploy.Stack {
	t.Helper()
	i := slices.IndexFunc(d.Stacks, func(s deploy.Stack) bool { return s.Name == name })
	if i < 0 {
		t.Fatalf("there is no stack %s", name)
	}
	return &d.Stacks[i]
}
