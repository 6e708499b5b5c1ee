package main

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdoor/bundle"
	"frontdoor/record"
)

// vault is a scenario, its targets and its servers, in a folder of their own.
type vault struct {
	t      *testing.T
	dir    string
	known  secrets
	fronts map[string]*guardedFront
	http   string // "1.1" or "2"
	vars   []string
}

// newVault puts five kinds of credential in front of five servers that check them.
func newVault(t *testing.T, http2 bool) *vault {
	k := known()
	v := &vault{t: t, dir: t.TempDir(), known: k, fronts: map[string]*guardedFront{
		"rest":     newFront(t, http2, signedBy(k["SigV4 secret key"], k["SigV4 session token"], "eu-west-1/execute-api/aws4_request")),
		"http-api": newFront(t, http2, has("X-Api-Key", k["API key"])),
		"url":      newFront(t, http2, has("Authorization", "Bearer "+k["Cognito id token"])),
		"alb":      newFront(t, http2, has("Authorization", "Bearer "+k["bearer by variable"])),
		"edge":     newFront(t, http2, has("Authorization", "Bearer "+k["bearer by command"])),
	}}
	v.http = "1.1"
	if http2 {
		v.http = "2"
	}
	stand := awsStandIn(t, k).URL
	none := filepath.Join(v.dir, "none")
	v.vars = []string{asBench + "=1", "HOME=" + v.dir, "AWS_CONFIG_FILE=" + none, "AWS_SHARED_CREDENTIALS_FILE=" + none, "AWS_EC2_METADATA_DISABLED=true", "AWS_MAX_ATTEMPTS=1",
		"AWS_ENDPOINT_URL=" + stand, "AWS_ACCESS_KEY_ID=" + k["access key id"], "AWS_SECRET_ACCESS_KEY=" + k["SigV4 secret key"], "AWS_SESSION_TOKEN=" + k["SigV4 session token"],
		"POOL_USER=ada", "POOL_PASSWORD=" + k["Cognito password"], "FRONT_TOKEN=" + k["bearer by variable"], "COMMAND_TOKEN=" + k["bearer by command"],
		"GITHUB_STEP_SUMMARY=" + filepath.Join(v.dir, "summary.md"), "GITHUB_OUTPUT=" + filepath.Join(v.dir, "outputs"), "GITHUB_ACTIONS=true"}
	// The command itself names its secret in its environment: the folder holds none.
	v.write("token", "#!/bin/sh\necho about to print a token >&2\nprintf '%s\\n' \"$COMMAND_TOKEN\"\n")
	v.write("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: v.fronts["rest"].Certificate().Raw})))
	return v
}

func (v *vault) write(name, text string) {
	v.t.Helper()
	if err := os.WriteFile(filepath.Join(v.dir, name), []byte(text), 0o700); err != nil {
		v.t.Fatal(err)
	}
}

// scenario has the paths that are asked for.
func (v *vault) scenario(paths ...string) {
	var requests strings.Builder
	for _, p := range paths {
		fmt.Fprintf(&requests, "  - {method: POST, path: %s, query: {a: \"b c\"}, body: \"{}\", headers: {X-Api-Key: of-the-lab, Authorization: of-the-lab}, expect: {body: {contains: fine}}}\n", p)
	}
	v.write("secrets.yaml", `version: 1
name: secrets
handler: hello
fronts:
  - {id: rest, kind: apigw-rest}
  - {id: http-api, kind: apigw-http}
  - {id: url, kind: function-url}
  - {id: alb, kind: alb}
  - {id: edge, kind: edge-viewer-request}
requests:
`+requests.String()+`load: {rate: 60/s, arrivals: constant, duration: 200ms, warmup: 50ms, http: "`+v.http+`", tls: {ca_file: ca.pem}}
rounds: 2
`)
}

// targets says where the fronts are; change may be nil.
func (v *vault) targets(change func(text string) string) {
	text := fmt.Sprintf(`version: 1
scenario: secrets
fronts:
  - {id: rest, url: %q, region: eu-west-1, metrics: none, auth: {iam: {}, api_key: {apigateway: k1}}}
  - {id: http-api, url: %q, region: eu-west-1, metrics: none, auth: {bearer: {env: FRONT_TOKEN}, api_key: {apigateway: k1}}}
  - {id: url, url: %q, region: eu-west-1, metrics: none, auth: {api_key: {apigateway: k1}, cognito: {client_id: c1, username: {env: POOL_USER}, password: {env: POOL_PASSWORD}}}}
  - {id: alb, url: %q, metrics: none, auth: {api_key: {apigateway: k1}, bearer: {env: FRONT_TOKEN}}}
  - {id: edge, url: %q, metrics: none, auth: {api_key: {apigateway: k1}, bearer: {command: [./token]}}}
`, v.fronts["rest"].URL, v.fronts["http-api"].URL, v.fronts["url"].URL, v.fronts["alb"].URL, v.fronts["edge"].URL)
	if change != nil {
		text = change(text)
	}
	v.write("targets.yaml", text)
}

// run runs bench, in every format, and returns its exit code and what it printed.
func (v *vault) run(more ...string) (code int, printed string) {
	v.t.Helper()
	args := []string{"run", "secrets.yaml", "--targets", "targets.yaml", "--count-invalid", "--github", "-o", "table"}
	for _, format := range formats() {
		args = append(args, "-o", format+"=out-"+format)
	}
	return v.bench(append(args, more...)...)
}

// bench runs a command line in the folder.
func (v *vault) bench(args ...string) (code int, printed string) {
	v.t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Dir, cmd.Env = v.dir, append(os.Environ(), v.vars...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); cmd.ProcessState == nil {
		v.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

// look fails for every secret in what was printed and written, and returns how much that
// was.
func (v *vault) look(printed string) (files, hits int) {
	v.t.Helper()
	found, files, hits := v.known.leaksBelow(v.t, v.dir, filepath.Join(v.dir, "runs"))
	for _, leak := range append(found, v.known.leaks("what was printed", []byte(printed))...) {
		v.t.Error(leak)
	}
	return files, hits
}

// bundled packs the only run, and fails for every secret in what it unpacks to.
func (v *vault) bundled() {
	v.t.Helper()
	code, printed := v.bench("bundle", "-o", "run.tar.zst")
	if code != exitOK {
		v.t.Fatalf("exit %d:\n%s", code, printed)
	}
	err := bundle.Open(filepath.Join(v.dir, "run.tar.zst"), func(dir string, m *bundle.Manifest) error {
		manifest, err := json.Marshal(m)
		if err != nil {
			return err
		}
		run := filepath.Join(dir, "run")
		found, hits := v.known.leaksOf(v.t, run)
		below, files, _ := v.known.leaksBelow(v.t, dir, filepath.Join(dir, "none"))
		for _, leak := range slices.Concat(found, below, v.known.leaks("the manifest", manifest), v.known.leaks("what was printed", []byte(printed))) {
			v.t.Error(leak)
		}
		if hits == 0 || files < 20 {
			v.t.Errorf("only %d files and %d hits of the bundle were looked through", files, hits)
		}
		return nil
	})
	if err != nil {
		v.t.Fatal(err)
	}
}

// reads asks CloudWatch again: one that answers, and one that refuses and quotes.
func (v *vault) reads(answers []string) {
	v.t.Helper()
	vars := v.vars
	for want, c := range map[int][]string{exitOK: slices.Concat(vars, answers), exitUsage: vars} {
		v.vars = c
		code, printed := v.bench("read", "--wait", "0s", "--min-coverage", "0")
		if code != want || want == exitUsage && !strings.Contains(printed, "SignatureDoesNotMatch") {
			v.t.Errorf("read: exit %d, want %d:\n%s", code, want, printed)
		}
		v.look(printed)
	}
	v.vars = vars
}

// Every kind of credential reaches its front, right, and nothing else: over HTTP/2. What
// is planned, read back, read again and packed has none in it.
func TestSecretsOfGoodFronts(t *testing.T) {
	v := newVault(t, true)
	v.scenario("/ok")
	v.targets(func(text string) string {
		return strings.Replace(text, "metrics: none, auth: {api_key: {apigateway: k1}, cognito", "function: f, auth: {api_key: {apigateway: k1}, cognito", 1)
	})
	answers := cloudWatchStandIn(t)
	v.vars = append(v.vars, answers...)
	code, printed := v.run("--yes", "--max-cost", "5", "--wait", "0s", "--min-coverage", "0")
	v.vars = v.vars[:len(v.vars)-len(answers)]
	if code != exitOK {
		t.Fatalf("exit %d:\n%s", code, printed)
	}
	plans, _ := filepath.Glob(filepath.Join(v.dir, "runs", "*", "plan.json"))
	if len(plans) != 1 {
		t.Errorf("%d plans", len(plans))
	}
	// Constant arrivals: 12 requests a trial and 3 to warm up, in 2 rounds. A trial that
	// the generator spoils is tried again, and adds to that.
	for id, f := range v.fronts {
		if f.allowed.Load() < 30 || f.refused.Load() > 0 {
			t.Errorf("%s let %d in and %d not", id, f.allowed.Load(), f.refused.Load())
		}
	}
	if !strings.Contains(printed, "figures of the URLs given") || strings.Contains(printed, "AWS figures") {
		t.Errorf("loopback reads as:\n%.200s", printed)
	}
	if files, hits := v.look(printed); files < 40 || hits < 5*24 {
		t.Errorf("only %d files and %d hits were looked through", files, hits)
	}
	v.bundled()
	v.reads(answers)
}

// Fronts that send back what they were sent, in header fields, bodies and broken
// answers, which HTTP/1.1 quotes, and one that is not there: nothing of it is kept.
func TestSecretsOfBadFronts(t *testing.T) {
	v := newVault(t, false)
	v.scenario("/ok", "/echo", "/broken")
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	v.targets(func(text string) string {
		return strings.Replace(text, v.fronts["alb"].URL, "https://"+closed.Addr().String(), 1)
	})
	code, printed := v.run()
	if code != exitInvalid || !strings.Contains(printed, `front "alb" has no request that succeeded`) {
		t.Fatalf("exit %d:\n%s", code, printed)
	}
	rec := v.texts()
	for _, want := range []string{"[redacted]", "status 500", "malformed HTTP status code"} {
		if !strings.Contains(rec, want) {
			t.Errorf("no hit says %q: the fronts did not misbehave:\n%.2000s", want, rec)
		}
	}
	v.look(printed)
	v.bundled()
}

// texts are the texts of all hits of the only run.
func (v *vault) texts() string {
	v.t.Helper()
	dirs, _ := filepath.Glob(filepath.Join(v.dir, "runs", "*"))
	if len(dirs) != 1 {
		v.t.Fatalf("%d runs", len(dirs))
	}
	var b strings.Builder
	rec, err := record.Open(dirs[0])
	if err != nil {
		v.t.Fatal(err)
	}
	for _, m := range rec.Measured {
		b.WriteString(texts(m.Hits))
	}
	return b.String()
}

// CloudWatch that refuses tells what it was sent, the session token among it.
func TestSecretsOfCloudWatch(t *testing.T) {
	v := newVault(t, false)
	v.scenario("/ok")
	v.targets(func(text string) string {
		return strings.Replace(text, "metrics: none, auth: {iam", "function: f, api_name: f, stage: prod, auth: {iam", 1)
	})
	code, printed := v.run()
	if !strings.Contains(printed, "SignatureDoesNotMatch") {
		t.Fatalf("exit %d: CloudWatch did not refuse:\n%.3000s", code, printed)
	}
	v.look(printed)
}

// Lookups that fail say why, leave no folder, and print nothing of what they were told.
func TestSecretsOfLookups(t *testing.T) {
	for name, c := range map[string]struct{ targets, script, variable, want string }{
		"a command that fails": {"", "echo \"$COMMAND_TOKEN\"; echo \"$COMMAND_TOKEN\" >&2; exit 3\n", "",
			`: fronts[4].auth: bearer: command "./token": exit status 3`},
		"a command of two lines": {"", "echo \"$COMMAND_TOKEN\"; echo \"$COMMAND_TOKEN\"\n", "",
			`: fronts[4].auth: bearer: what command "./token" prints has a line break or another control character, which no header may have`},
		"a wrong password": {"", "", "POOL_PASSWORD=" + known()["bearer by variable"],
			"NotAuthorizedException"},
		"a token in the place of its name": {"bearer: {env: " + known()["bearer by variable"] + "}", "", "",
			`targets.yaml:5:107: fronts[1].auth.bearer.env: is not understood (not shown: it may be a secret)`},
	} {
		v := newVault(t, false)
		v.scenario("/ok")
		v.targets(func(text string) string {
			if c.targets != "" {
				return strings.Replace(text, "bearer: {env: FRONT_TOKEN}", c.targets, -1)
			}
			return text
		})
		if c.script != "" {
			v.write("token", "#!/bin/sh\n"+c.script)
		}
		v.vars = append(v.vars, c.variable)
		code, printed := v.run()
		if code != exitUsage || !strings.Contains(printed, c.want) {
			t.Errorf("%s: exit %d: %s", name, code, printed)
		}
		for _, leak := range v.known.leaks(name, []byte(printed)) {
			t.Error(leak)
		}
		if _, err := os.Stat(filepath.Join(v.dir, "runs")); err == nil {
			t.Errorf("%s: a run was begun", name)
		}
	}
}
