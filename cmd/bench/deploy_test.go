package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdoor/deploy/apply"
	"frontdoor/scenarios"
)

// deployment runs bench in a folder with a scenario of one function URL that runs a
// package of its own.
type deployment struct {
	dir string
	env *env
}

const oneURL = `version: 1
name: one
command: [./bootstrap]
fronts:
  - {id: url, kind: function-url}
requests: [{method: GET, path: /hello, headers: {Accept: text/plain}, expect: {status: 202, body: any}}]
load: {rate: 1/s, duration: 1s}
`

func newDeployment(t *testing.T) *deployment {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"one.yaml": oneURL, "bootstrap": "#!/bin/sh\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "code"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "code", "bootstrap"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	e := systemEnv()
	e.asks, e.screen, e.now = false, screen{}, func() time.Time { return time.Date(2026, time.November, 29, 7, 0, 0, 0, time.UTC) }
	const moment = 10 * time.Millisecond
	e.pace = apply.Pace{Poll: moment, Stack: time.Minute, Answer: 10 * moment, Settle: moment, Retry: moment, Calls: 2}
	return &deployment{dir, e}
}

// bench runs a command line and returns its exit code and output.
func (d *deployment) bench(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	d.env.stdout, d.env.stderr = &out, &errs
	code = bench(t.Context(), d.env, args)
	return code, out.String(), errs.String()
}

// wants checks one command line.
func (d *deployment) wants(t *testing.T, code int, texts []string, args ...string) {
	t.Helper()
	got, stdout, stderr := d.bench(t, args...)
	if got != code {
		t.Errorf("bench %s ended with %d, want %d", strings.Join(args, " "), got, code)
	}
	for _, text := range texts {
		if !strings.Contains(stdout+stderr, text) {
			t.Errorf("bench %s does not say %q", strings.Join(args, " "), text)
		}
	}
	if t.Failed() {
		t.Logf("stdout:\n%s\nstderr:\n%s", stdout, stderr)
	}
}

func deployOne() []string {
	return []string{"deploy", "one.yaml", "--name", "one-1", "--code", "url=code", "--yes"}
}

// A deployment is made, asked for an answer, written down, brought up to date and taken
// away; targets.yaml is one that the scenario runs on.
func TestDeployAndDestroy(t *testing.T) {
	asked := 0
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; r.URL.Path != "/hello" || r.Header.Get("Accept") != "text/plain" {
			t.Errorf("asked %s %v", r.URL, r.Header)
		}
		w.WriteHeader(http.StatusAccepted)
	}))
	t.Cleanup(front.Close)
	cloud, d := newCloudStandIn(t, front.URL+"/"), newDeployment(t)
	d.wants(t, 0, []string{"account 123456789012", "deployment one-1 of one", "url                    " + front.URL + "\n", "url answers", "targets.yaml says where they are"}, deployOne()...)
	text, err := os.ReadFile("targets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	targets, err := scenarios.ParseTargets("targets.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	at := targets.Deployment
	if at.Name != "one-1" || at.Account != "123456789012" || !at.Made.Equal(d.env.now()) || at.HostsSum != targets.HostsSum() || len(at.Stacks) != 2 || at.Stacks[1].Name != "bench-one-1-url" {
		t.Errorf("targets.yaml says %+v", at)
	}
	if f := targets.Fronts[0]; f.ID != "url" || f.URL != front.URL || f.Function != "bench-one-1-url" || f.Region != "us-east-1" {
		t.Errorf("targets.yaml says %+v", f)
	}
	s, err := scenarios.Parse("one.yaml", []byte(oneURL))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.On(targets); err != nil {
		t.Errorf("the scenario does not run on it: %v", err)
	}
	if len(cloud.objects) != 1 || asked != 1 {
		t.Errorf("%d packages, %d requests, want one each", len(cloud.objects), asked)
	}
	d.wants(t, 0, []string{"bringing it up to date"}, "deploy", "one.yaml", "--code", "url=code", "--yes") // the name is the file's
	d.wants(t, 0, []string{"bench-one-1-url in us-east-1 is of an earlier deploy and stays"}, "deploy", "one.yaml", "--code", "url=code", "--yes", "--region", "eu-west-1")
	if again, err := os.ReadFile("targets.yaml"); err != nil || !strings.Contains(string(again), "bench-one-1-url, region: us-east-1") || !strings.Contains(string(again), "bench-one-1-url, region: eu-west-1") {
		t.Errorf("%v: targets.yaml lost a stack:\n%s", err, again)
	}
	moved := bytes.ReplaceAll(text, []byte("123456789012"), []byte("210987654321"))
	if err := os.WriteFile("moved.yaml", moved, 0o644); err != nil {
		t.Fatal(err)
	}
	const elsewhere = "account 210987654321, and the credentials are of 123456789012"
	d.wants(t, 2, []string{elsewhere}, "deploy", "one.yaml", "--code", "url=code", "--yes", "--targets", "moved.yaml")
	d.wants(t, 2, []string{elsewhere}, "destroy", "moved.yaml", "--yes")
	d.wants(t, 2, []string{"deployment one-1"}, "destroy") // nobody to ask
	d.wants(t, 0, []string{"deployment one-1: nothing is left"}, "destroy", "--yes")
	if len(cloud.stacks) != 0 {
		t.Errorf("left: %v", cloud.stacks)
	}
	d.wants(t, 0, []string{"deployment one-1: nothing is left"}, "destroy", "--yes")
	d.wants(t, 0, []string{"deployment one-1: nothing is left in af-south-1, ap-northeast-1, "}, "destroy", "--name", "one-1", "--region", "af-south-1", "--yes")
}

// A failed stack is told with its reason, what stands, and how to go on or back;
// no targets are written.
func TestDeployFails(t *testing.T) {
	cloud, d := newCloudStandIn(t, "http://127.0.0.1:1"), newDeployment(t)
	cloud.fail("bench-one-1-url", "The role defined for the function cannot be assumed by Lambda.")
	d.wants(t, 1, []string{
		"stands: bench-one-1-artifacts-us-east-1\n", "was begun and may be under way or have failed: bench-one-1-url\n",
		`bench: stack "bench-one-1-url" in us-east-1: AWS::Lambda::Function Function: CREATE_FAILED: The role defined for the function cannot be assumed by Lambda.` + "\n",
		"hint: to go on: bench deploy one.yaml --name one-1 and the same flags; to take away what stands: bench destroy --name one-1 --region us-east-1\n",
	}, deployOne()...)
	if _, err := os.Stat("targets.yaml"); err == nil {
		t.Error("targets.yaml was written")
	}
}

// Somebody who is asked may say no.
func TestDeployAsks(t *testing.T) {
	cloud, d := newCloudStandIn(t, "http://127.0.0.1:1"), newDeployment(t)
	d.env.asks, d.env.stdin = true, strings.NewReader("n\n")
	d.wants(t, exitGuard, []string{"Make this? [y/N]", "nothing was made"}, deployOne()[:6]...)
	if len(cloud.did) != 0 {
		t.Errorf("it did %q", cloud.did)
	}
}

// Ctrl-C leaves what stands, and says how to go on.
func TestDeployStopped(t *testing.T) {
	_, d := newCloudStandIn(t, "http://127.0.0.1:1"), newDeployment(t)
	ctx, stop := context.WithCancel(t.Context())
	var out, errs bytes.Buffer
	d.env.stdout, d.env.stderr = &out, stopping{&errs, "bench-one-1-url: making it", stop}
	if code := bench(ctx, d.env, deployOne()); code != exitInternal { // no signal was caught
		t.Errorf("ended with %d", code)
	}
	for _, text := range []string{"stands: bench-one-1-artifacts-us-east-1", "was begun and may be under way or have failed: bench-one-1-url", "to go on: bench deploy one.yaml --name one-1"} {
		if !strings.Contains(errs.String(), text) {
			t.Errorf("does not say %q:\n%s", text, errs.String())
		}
	}
}

// stopping calls stop when a text is written.
type stopping struct {
	io.Writer
	at   string
	stop func()
}

func (w stopping) Write(p []byte) (int, error) {
	if strings.Contains(string(p), w.at) {
		w.stop()
	}
	return w.Writer.Write(p)
}

// A destroy that is stopped says how to go on.
func TestDestroyStopped(t *testing.T) {
	cloud, d := newCloudStandIn(t, "http://127.0.0.1:1"), newDeployment(t)
	cloud.stacks = map[string]string{"bench-one-1-url": "<member><Key>bench:deployment</Key><Value>one-1</Value></member>"}
	ctx, stop := context.WithCancel(t.Context())
	var out, errs bytes.Buffer
	d.env.stdout, d.env.stderr = &out, stopping{&errs, "bench-one-1-url: deleting it", stop}
	if code := bench(ctx, d.env, []string{"destroy", "--name", "one-1", "--yes"}); code != exitInternal || out.Len() > 0 {
		t.Errorf("ended with %d, and said %q", code, out.String())
	}
	if !strings.Contains(errs.String(), "stopped: CloudFormation goes on with what it has begun; the same command goes on with the rest") {
		t.Errorf("said %q", errs.String())
	}
}

// Replicas keep a function for some hours: the exit code says that something is left,
// and what to run then.
func TestDestroyWithReplicas(t *testing.T) {
	cloud, d := newCloudStandIn(t, "http://127.0.0.1:1"), newDeployment(t)
	tags := "<member><Key>bench:deployment</Key><Value>one-1</Value></member>"
	cloud.stacks = map[string]string{"bench-one-1-edge": tags, "bench-one-1-artifacts-us-east-1": tags}
	cloud.fail("bench-one-1-edge", "Lambda was unable to delete arn:aws:lambda:us-east-1:123456789012:function:bench-one-1-edge:1 because it is a replicated function. Please see our documentation for Deleting Lambda@amp;Edge Functions and Replicas.")
	d.wants(t, 1, []string{"deployment one-1 is gone but for bench-one-1-edge: CloudFront still has replicas", "hint: then run bench destroy --name one-1 --region us-east-1, or now with --wait 3h"},
		"destroy", "--name", "one-1", "--region", "us-east-1", "--yes")
	if len(cloud.stacks) != 1 {
		t.Errorf("left: %v", cloud.stacks)
	}
}
