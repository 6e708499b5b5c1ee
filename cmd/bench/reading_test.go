package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab"
	"frontdoor/record"
)

// remote is a lab that stands for AWS: its fronts are deployed ones, found by URL and by
// their names, and read back through the SDK's own variables. fronts are lines of the
// scenario's fronts.
func remote(t *testing.T, kinds ...front.Kind) (l *lab.Lab, fronts string) {
	t.Helper()
	self, err := systemEnv().self()
	if err != nil {
		t.Fatal(err)
	}
	c := lab.Config{LogDir: t.TempDir()}
	for _, k := range kinds {
		c.Fronts = append(c.Fronts, lab.Front{ID: string(k), Kind: k, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64", Timeout: 5 * time.Second,
			Concurrency: 64, Command: builtInCommand(self, k, "hello", "")})
	}
	if l, err = lab.Start(c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	for _, f := range l.Fronts() {
		names := map[string]string{"api_name": f.APIName, "api_id": f.APIID, "stage": f.Stage, "load_balancer": f.LoadBalancer, "target_group": f.TargetGroup, "distribution": f.Distribution}
		line := fmt.Sprintf("  - {id: %s, kind: %s, url: %q, function: %s", f.ID, f.Kind, f.URL, strings.TrimPrefix(f.Function, "us-east-1."))
		for _, name := range identified(f.Kind) {
			line += fmt.Sprintf(", %s: %s", name, names[name])
		}
		fronts += line + "}\n"
	}
	t.Setenv("AWS_ENDPOINT_URL_CLOUDWATCH", l.MetricsURL())
	t.Setenv("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", l.LogsURL())
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
	return l, fronts
}

// identified lists the identifiers of a deployed front besides its function.
func identified(k front.Kind) []string {
	switch {
	case k.REST():
		return []string{"api_name", "stage"}
	case k == front.APIGatewayHTTP:
		return []string{"api_id", "stage"}
	case k == front.ALB:
		return []string{"load_balancer", "target_group"}
	case k.CloudFront():
		return []string{"distribution"}
	}
	return nil
}

// runRemote runs a scenario of deployed fronts in this process.
func runRemote(t *testing.T, fronts string, args ...string) (code int, rec *record.Recording, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	scenario := filepath.Join(dir, "remote.yaml")
	text := "version: 1\nname: remote\nfronts:\n" + fronts + "requests:\n  - {method: GET, expect: {body: {contains: Hello}}}\n" +
		"load: {rate: 60/s, duration: 500ms, warmup: 100ms}\nrounds: 2\ntraffic: {requests_per_month: {expected: 1M}}\n"
	if err := os.WriteFile(scenario, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	env := systemEnv()
	env.stdout, env.stderr, env.live = &out, &errs, false
	code = bench(context.Background(), env, append([]string{"run", scenario, "--out", filepath.Join(dir, "runs"), "--count-invalid", "--seed", "7", "--wait", "5s"}, args...))
	if dirs, _ := filepath.Glob(filepath.Join(dir, "runs", "*")); len(dirs) == 1 {
		var err error
		if rec, err = record.Open(dirs[0]); err != nil {
			t.Fatal(err)
		}
	}
	return code, rec, out.String(), errs.String()
}

// A run of deployed fronts is a run of the lab with other endpoints: every hit has its
// REPORT line, by either way of reading, and the bill is the same as if the files had
// been read. The function at the edge, of which no Region is given, is found.
func TestRunOfDeployedFronts(t *testing.T) {
	kinds := []front.Kind{front.APIGatewayREST, front.FunctionURL, front.EdgeViewerRequest}
	if testing.Short() {
		kinds = kinds[2:]
	}
	for _, how := range []string{record.ReportsFilter, record.ReportsInsights} {
		_, fronts := remote(t, kinds...)
		code, rec, stdout, stderr := runRemote(t, fronts, "--reports", how)
		if code != exitOK || rec == nil || len(rec.Missing) != 0 {
			t.Fatalf("%s: exit %d, %s%s", how, code, stdout, stderr)
		}
		for _, m := range rec.Measured {
			billed := map[string]int64{}
			for _, r := range m.Reports {
				billed[r.RequestID] = r.BilledMS
				if r.Region != "us-east-1" || (r.LogBytes == record.NotKnown) != (how == record.ReportsInsights) {
					t.Errorf("%s: %+v", how, r)
				}
			}
			for _, h := range m.Hits {
				if billed[h.RequestID] == 0 {
					t.Errorf("%s: round %d of %s: %s has no REPORT line", how, m.Round, m.Front, h.RequestID)
				}
			}
			if len(m.Reports) != len(m.Hits) || len(m.Hits) == 0 {
				t.Errorf("%s: round %d of %s: %d reports of %d hits", how, m.Round, m.Front, len(m.Reports), len(m.Hits))
			}
		}
		if edge, _ := rec.Front("edge-viewer-request"); edge.FunctionIn != "us-east-1" {
			t.Errorf("%s: the edge is in %q", how, edge.FunctionIn)
		}
		for _, f := range rec.Meters.Fronts {
			if len(f.Problems) > 0 {
				t.Errorf("%s: %s: %q", how, f.Front, f.Problems)
			}
		}
		said := map[string]string{record.ReportsFilter: `log lines in \d+ pages of FilterLogEvents`, record.ReportsInsights: `bytes of logs by \d+ queries of Logs Insights`}[how]
		if !regexp.MustCompile(`read [\d,]+ metrics in \d+ calls, .*` + said + `.*: \$0\.\d+ at list price`).MatchString(stderr) {
			t.Errorf("%s: stderr %s", how, stderr)
		}
		if rec.Meters.Reading == nil || rec.Meters.Reading.Reports != how {
			t.Errorf("%s: reading %+v", how, rec.Meters.Reading)
		}
	}
}
