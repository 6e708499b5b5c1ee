package main

import (
	"bufio"
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"frontdoor/auth"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// standing is a scenario whose fronts stand in another process.
const standing = `version: 1
name: standing
handler: hello
fronts:
  - {id: rest, kind: apigw-rest, timeout: 5s, gateway: {api_key_required: true, api_key: standing-0123456789ab}}
  - {id: http-api, kind: apigw-http}
  - {id: alb, kind: alb}
  - {id: url, kind: function-url, environment: {A_VARIABLE: a}}
  - {id: edge, kind: edge-viewer-request}
  - {id: table, kind: apigw-http, handler: status, region: ap-northeast-1}
tables:
  - {name: MediaConvertJobIdToStatus, region: ap-northeast-1, key: JobId, items: [{JobId: j, JobStatus: PROGRESSING, ProgressRate: 1}]}
requests:
  - method: GET
    query: {job_id: j}
    headers: {x-api-key: standing-0123456789ab}
    expect: {body: {contains: "Hello from Lambda!"}, fronts: {table: {body: {contains: PROGRESSING}}}}
load: {rate: 50/s, duration: 300ms, warmup: 100ms}
rounds: 2
`

// startLab starts bench lab with a targets file and returns the variables that it prints.
func startLab(t *testing.T, dir, scenario string) (variables []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "lab", scenario, "--targets", "t.yaml")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), asBench+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if words, ok := strings.CutPrefix(lines.Text(), "  export "); ok {
			variables = append(variables, strings.Fields(words)...)
		}
		if strings.HasPrefix(lines.Text(), "Ctrl-C") {
			return variables
		}
	}
	t.Fatal("the lab ended")
	return nil
}

// Deployed fronts, as a user has them: in another process, found by a targets file and
// AWS's variables, measured, read back through CloudWatch, and shown again from the
// record when the file is gone.
func TestLabAsTargets(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "standing.yaml"), []byte(standing), 0o600); err != nil {
		t.Fatal(err)
	}
	variables := append(startLab(t, dir, "standing.yaml"), asBench+"=1", "HOME="+dir)
	bench := func(args ...string) (stdout, stderr string) {
		t.Helper()
		cmd := exec.Command(os.Args[0], args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), variables...)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err != nil {
			t.Fatalf("bench %v: %v\n%s%s", args, err, out.String(), errs.String())
		}
		return out.String(), errs.String()
	}
	shown, said := bench("run", "standing.yaml", "--targets", "t.yaml", "--count-invalid")
	if want := "reading 6 deployed fronts back from CloudWatch: what is late is waited for until nothing new has come for 5s\n"; !strings.Contains(said, want) {
		t.Errorf("nothing is late in a lab, and the wait is not %q:\n%s", want, said)
	}
	if !strings.Contains(shown, "figures of the URLs given, from this machine") {
		t.Errorf("the source is not named:\n%.300s", shown)
	}
	dirs, _ := filepath.Glob(filepath.Join(dir, "runs", "*"))
	if len(dirs) != 1 {
		t.Fatalf("%d runs", len(dirs))
	}
	rec, err := record.Open(dirs[0])
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, "t.yaml"))
	if err != nil || !bytes.Equal(rec.Targets, file) || rec.Run.Targets == "" || string(rec.YAML) != standing {
		t.Errorf("the record has other files than were given: %v", err)
	}
	if rec.Source != record.SourceURL || rec.Meters == nil || len(rec.Meters.Fronts) != 6 || len(rec.Missing) > 0 {
		t.Fatalf("source %s, meters %+v, missing %q", rec.Source, rec.Meters, rec.Missing)
	}
	for _, f := range rec.Meters.Fronts {
		if c := f.Coverage; c.Sent == 0 || c.Invocations == nil || *c.Invocations != int64(c.Sent) {
			t.Errorf("%s: %+v, problems %q", f.Front, c, f.Problems)
		}
	}
	for _, m := range rec.Measured {
		if i := slices.IndexFunc(m.Hits, func(h record.Hit) bool { return h.Status != 200 }); i >= 0 {
			t.Errorf("%s answered %d %s", m.Front, m.Hits[i].Status, m.Hits[i].Error)
		}
		if len(m.Reports) != len(m.Hits) || len(m.Hits) == 0 {
			t.Errorf("round %d of %s: %d REPORT lines of %d requests", m.Round, m.Front, len(m.Reports), len(m.Hits))
		}
	}
	readTable(t, rec)
	if left, _ := filepath.Glob(filepath.Join(dir, "*.partial")); checkLabFile(filepath.Join(dir, "t.yaml")) != nil || left != nil {
		t.Errorf("the lab's own file cannot be written again, or %q is left", left)
	}
	if err := os.Remove(filepath.Join(dir, "t.yaml")); err != nil {
		t.Fatal(err)
	}
	if again, _ := bench("report", dirs[0], "--count-invalid"); again != shown {
		t.Errorf("shown again it is\n%s\nwant\n%s", again, shown)
	}
	elsewhere := exec.Command(os.Args[0], "read", dirs[0])
	elsewhere.Env = append(os.Environ(), asBench+"=1", "HOME="+dir, "AWS_ENDPOINT_URL=", "AWS_ENDPOINT_URL_CLOUDWATCH=", "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=",
		"AWS_MAX_ATTEMPTS=1", "AWS_EC2_METADATA_DISABLED=true", "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=nobodys")
	if out, err := elsewhere.CombinedOutput(); err == nil || !strings.Contains(string(out), `front "rest" is on this machine, and CloudWatch would be asked elsewhere`) {
		t.Errorf("the lab's fronts are read at AWS: %v\n%s", err, out)
	}
	for want, flags := range map[string][]string{"for 5s": nil, "for 3m0s": {"--wait", "3m"}} {
		if _, said := bench(append([]string{"read", dirs[0], "--count-invalid"}, flags...)...); !strings.Contains(said, "until nothing new has come "+want+"\n") {
			t.Errorf("read %v: the wait is not %s:\n%s", flags, want, said)
		}
	}
}

// readTable checks that what functions read is known: 0.5 units of a table for each request
// to the one front that has it, and of the others that they have none.
func readTable(t *testing.T, rec *record.Recording) {
	t.Helper()
	spent, err := spentBy(rec)
	if err != nil {
		t.Fatal(err)
	}
	sent := int64(0)
	for _, m := range rec.Of("table") {
		sent += int64(len(m.Hits))
	}
	if got := spent.Sum(pricing.DynamoDBReadUnits); sent == 0 || !got.Equal(pricing.Ratio(sent, 2)) {
		t.Errorf("%d requests read %s units", sent, got)
	}
	for _, gap := range spent.Missing {
		if gap.Meter == pricing.DynamoDBReadUnits {
			t.Errorf("not known: %s", gap.Reason)
		}
	}
}

// A key that several fronts want is in one variable; keys that differ have one each, and
// fronts without a key none.
func TestLabKeys(t *testing.T) {
	door := func(id, key string) scenarios.Front {
		return scenarios.Front{ID: id, Gateway: &scenarios.Gateway{APIKeyRequired: key != "", APIKey: key}}
	}
	same := &scenarios.Scenario{Fronts: []scenarios.Front{door("rest", "k1"), door("non-proxy", "k1"), door("open", ""), {ID: "url"}}}
	if got, want := labKeys(same), map[string]labKey{"rest": {"BENCH_LAB_API_KEY", "k1"}, "non-proxy": {"BENCH_LAB_API_KEY", "k1"}}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := measuring(same, "", "s", "t.yaml"); strings.Count(got, "export BENCH_LAB_API_KEY=k1\n") != 1 {
		t.Errorf("one variable is not exported once:\n%s", got)
	}
	same.Fronts[1].Gateway.APIKey = "k2"
	if got, want := labKeys(same), map[string]labKey{"rest": {"BENCH_LAB_API_KEY_REST", "k1"}, "non-proxy": {"BENCH_LAB_API_KEY_NON_PROXY", "k2"}}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The lab's key in a scenario is public where all of its fronts are on this machine, and
// nowhere else.
func TestLabKeyInScenario(t *testing.T) {
	const key = "standing-0123456789ab"
	known := &auth.Redactor{}
	known.Add(key)
	front := scenarios.Front{ID: "rest", Gateway: &scenarios.Gateway{APIKeyRequired: true, APIKey: key}}
	for url, refused := range map[string]bool{"http://127.0.0.1:80": false, "https://front.example": true} {
		front.URL = url
		l := &loaded{Scenario: &scenarios.Scenario{Fronts: []scenarios.Front{front}}, name: "s.yaml", yaml: []byte("api_key: " + key), credentials: &credentials{known: known}}
		if err := l.checkWritten(); (err != nil) != refused {
			t.Errorf("%s: %v", url, err)
		}
	}
}
