package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab"
	"frontdoor/pricing"
	"frontdoor/record"
)

// deployedLab is a lab that stands for AWS: its fronts are deployed ones, found by URL and by
// their names, and read back through the SDK's own variables. fronts are lines of the
// scenario's fronts.
func deployedLab(t *testing.T, kinds ...front.Kind) (l *lab.Lab, fronts string) {
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
	asAWS(t, l)
	return l, fronts
}

// asAWS lets the SDK find a lab where it looks for AWS.
func asAWS(t *testing.T, l *lab.Lab) {
	t.Setenv("AWS_ENDPOINT_URL_CLOUDWATCH", l.MetricsURL())
	t.Setenv("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", l.LogsURL())
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
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
		_, fronts := deployedLab(t, kinds...)
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
			if len(f.Problems) > 0 || f.Reports != how {
				t.Errorf("%s: %s, read by %q: %q", how, f.Front, f.Reports, f.Problems)
			}
		}
		said := map[string]string{record.ReportsFilter: `log lines in \d+ pages? of FilterLogEvents`, record.ReportsInsights: `bytes of logs in \d+ scans? of Logs Insights`}[how]
		if !regexp.MustCompile(`read back: [\d,]+ metrics in \d+ calls, .*` + said + `.*: \$0\.\d+ at list price`).MatchString(stderr) {
			t.Errorf("%s: stderr %s", how, stderr)
		}
	}
}

// lossy is the lab's CloudWatch Logs without every third REPORT line: delivery of logs is
// best effort.
func lossy(t *testing.T, logs string) {
	t.Helper()
	target, err := url.Parse(logs)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	lost := map[string]bool{}
	proxy.ModifyResponse = func(r *http.Response) error {
		var out struct {
			Events    []map[string]any `json:"events"`
			NextToken string           `json:"nextToken,omitempty"`
		}
		body, err := io.ReadAll(r.Body)
		if err != nil || json.Unmarshal(body, &out) != nil || out.Events == nil {
			r.Body = io.NopCloser(bytes.NewReader(body))
			return err
		}
		reports := 0
		out.Events = slices.DeleteFunc(out.Events, func(e map[string]any) bool {
			message, id := e["message"].(string), e["eventId"].(string)
			if !strings.HasPrefix(message, "REPORT ") {
				return false
			}
			if reports++; reports%3 == 0 {
				lost[id] = true
			}
			return lost[id]
		})
		body, err = json.Marshal(out)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		r.Header.Set("Content-Length", strconv.Itoa(len(body)))
		r.Header.Del("X-Amz-Crc32")
		return err
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	t.Setenv("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", server.URL)
}

// A run that lacks a third of its REPORT lines is invalid, is kept, and says between which
// bounds its cost lies; a lower limit lets it pass.
func TestCoverageBelowTheLimit(t *testing.T) {
	l, fronts := deployedLab(t, front.FunctionURL)
	lossy(t, l.LogsURL())
	code, rec, _, stderr := runRemote(t, fronts, "--wait", "100ms")
	want := regexp.MustCompile(`bench: the run is invalid: front "function-url": \d+ of (\d+) measured requests are joined to REPORT lines \(\d\d\.\d\d %\); if the others invoked nothing the month is \$[\d.]+, if each took as long as the longest that is known, \$[\d.]+, and --min-coverage wants 95 %\nhint: `)
	if code != exitInvalid || !want.MatchString(stderr) {
		t.Errorf("exit %d, stderr %s", code, stderr)
	}
	if rec == nil || len(rec.Measured) == 0 || !rec.Ended.After(rec.Started) {
		t.Fatalf("the record is not kept: %+v", rec)
	}
	if p := rec.Meters.Fronts[0].Problems; len(p) == 0 || !strings.Contains(strings.Join(p, "; "), "invocations that answers told have no REPORT line") {
		t.Errorf("problems %q", p)
	}
	r, err := compose(systemEnv(), rec, viewOptions{countInvalid: true})
	if err != nil {
		t.Fatal(err)
	}
	f := r.Fronts[0]
	if j := f.Joined; j == nil || j.Low == nil || j.Low.Cmp(f.Cost.Bill.Total) >= 0 || j.High.Cmp(f.Cost.Bill.Total) < 0 {
		t.Errorf("%+v is not around %s", j, f.Cost.Bill.Total)
	}
	if code, _, _, stderr = runRemote(t, fronts, "--wait", "100ms", "--min-coverage", "50"); code != exitOK {
		t.Errorf("with a limit of 50 %%: exit %d, %s", code, stderr)
	}
	readLater(t, l, rec)
}

// Where no trial was measured there is nothing to read, and nobody is asked.
func TestReadOfNoTrial(t *testing.T) {
	w, err := record.Create(t.TempDir(), record.Run{ID: "x", Scenario: "x", Rounds: 1, Fronts: []record.Front{{ID: "url", URL: "https://x"}},
		Trials: []record.Trial{{Round: 1, Attempt: 1, Front: "url", State: record.Planned}}}, []byte("version: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	env := systemEnv()
	env.stderr = &errs
	if code := bench(context.Background(), env, []string{"read", w.Dir()}); code != exitInvalid || !strings.Contains(errs.String(), "was measured: there is nothing to read") {
		t.Errorf("exit %d, %s", code, errs.String())
	}
}

// readLater reads a run again when its lines have come: nothing that was found is lost, and
// what was asked adds up.
func readLater(t *testing.T, l *lab.Lab, rec *record.Recording) {
	t.Helper()
	t.Setenv("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", l.LogsURL())
	var out, errs bytes.Buffer
	env := systemEnv()
	env.stdout, env.stderr, env.live = &out, &errs, false
	if code := bench(context.Background(), env, []string{"read", rec.Dir, "--reports", "insights", "--wait", "100ms", "--count-invalid"}); code != exitOK {
		t.Fatalf("read: exit %d, %s", code, errs.String())
	}
	again, err := record.Open(rec.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range again.Measured {
		before := rec.Measured[i].Reports
		whole := slices.DeleteFunc(slices.Clone(m.Reports), func(r record.Report) bool { return r.LogBytes == record.NotKnown })
		if len(m.Reports) != len(m.Hits) || len(before) >= len(m.Reports) || len(whole) != len(before) {
			t.Errorf("round %d: %d reports of %d hits, %d before", m.Round, len(m.Reports), len(m.Hits), len(before))
		}
	}
	was, is := rec.Meters.Reading.Regions[0], again.Meters.Reading.Regions[0]
	if is.MetricsRequested <= was.MetricsRequested || is.LogCalls != was.LogCalls || is.Queries == 0 || len(again.Missing) != 0 {
		t.Errorf("%+v after %+v, missing %q", is, was, again.Missing)
	}
	if !strings.Contains(out.String(), "joined to REPORT lines (100.00 %)") {
		t.Errorf("%s", out.String())
	}
}

// Without REPORT lines CloudWatch's metrics price the front within bounds.
func TestRunWithoutReports(t *testing.T) {
	_, fronts := deployedLab(t, front.FunctionURL)
	code, rec, _, stderr := runRemote(t, fronts, "--reports", "none")
	if code != exitOK || rec == nil {
		t.Fatalf("exit %d, %s", code, stderr)
	}
	if len(rec.Missing) != 1 || !strings.Contains(rec.Missing[0], "of function-url were not read") || rec.Meters.Fronts[0].Reports != record.ReportsNone {
		t.Errorf("missing %q", rec.Missing)
	}
	r, err := compose(systemEnv(), rec, viewOptions{countInvalid: true})
	if err != nil {
		t.Fatal(err)
	}
	bill := r.Fronts[0].Cost.Bill
	if r.Fronts[0].Joined != nil || !strings.Contains(fmt.Sprint(bill.Missing), "leaves INIT out") || !strings.Contains(fmt.Sprint(bill.Notes), "those that CloudWatch counted") {
		t.Errorf("missing %v, notes %v", bill.Missing, bill.Notes)
	}
	for _, line := range bill.Lines {
		if line.Meter == pricing.LambdaGBSecondsX86 && line.Quantity.Sign() > 0 {
			return
		}
	}
	t.Errorf("no GB-seconds in %+v", bill.Lines)
}

func TestReadingOptions(t *testing.T) {
	for want, args := range map[string][]string{
		`--reports: "tail" is no way to read REPORT lines: want one of filter, insights, none`: {"--reports", "tail"},
		`--min-coverage: 101 is no percentage: want 0 to 100`:                                  {"--min-coverage", "101"},
		`--wait: -1s is no time to wait: want 0s or more`:                                      {"--wait", "-1s"},
	} {
		if code, _, _, stderr := runRemote(t, "  - {id: url, kind: function-url, handler: hello}\n", args...); code != exitUsage || !strings.Contains(stderr, want) {
			t.Errorf("exit %d, %s; want %q", code, stderr, want)
		}
	}
}

// Who cannot read a run back is told before a request is sent.
func TestUnreadableRunSendsNothing(t *testing.T) {
	_, fronts := deployedLab(t, front.FunctionURL)
	t.Setenv("AWS_ENDPOINT_URL_CLOUDWATCH", "http://127.0.0.1:1")
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
	code, rec, _, stderr := runRemote(t, fronts)
	if code != exitInternal || !strings.Contains(stderr, "bench: nothing was sent, for the run could not be read back: in Region ") {
		t.Errorf("exit %d, %s", code, stderr)
	}
	if !strings.Contains(stderr, `at "http://127.0.0.1:1": `) || strings.Contains(stderr, "what was measured until then") {
		t.Errorf("it is not said who was asked, or that something was measured: %s", stderr)
	}
	if rec != nil {
		t.Errorf("a folder was made: %+v", rec)
	}
}

// A run that cannot be read back at its end is reported on all the same: what it lacks is
// said, its price is a lower bound, and the error says how to read it later.
func TestUnreadRunIsReported(t *testing.T) {
	_, fronts := deployedLab(t, front.FunctionURL)
	t.Setenv("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "http://127.0.0.1:1")
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
	code, rec, stdout, stderr := runRemote(t, fronts)
	if code != exitInternal || rec == nil {
		t.Fatalf("exit %d, %s", code, stderr)
	}
	for _, want := range []string{"lower bound, without", "the run was stopped before its end: read REPORT lines: ", " trials of function-url were not read"} {
		if !strings.Contains(strings.Join(strings.Fields(stdout), " "), want) {
			t.Errorf("the report lacks %q:\n%s", want, stdout)
		}
	}
	if want := "\nhint: bench read " + rec.Dir + " asks again; what was measured is kept there and shown above\n"; !strings.Contains(stderr, "\nbench: read REPORT lines: ") || !strings.HasSuffix(stderr, want) {
		t.Errorf("want the error and %q:\n%s", want, stderr)
	}
	if _, err := os.Stat(filepath.Join(rec.Dir, "report.json")); err != nil {
		t.Error(err)
	}
}

// A function that knows nothing of bench, and answers without an invocation's id, is
// priced by its REPORT lines all the same.
func TestRunOfAStrangersFunction(t *testing.T) {
	l, fronts := deployedLab(t, front.FunctionURL)
	target, err := url.Parse(l.Fronts()[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(r *http.Response) error {
		r.Header.Del("X-Bench-Request-Id")
		return nil
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	code, rec, stdout, stderr := runRemote(t, strings.ReplaceAll(fronts, l.Fronts()[0].URL, server.URL), "-o", "lines")
	if code != exitOK || rec == nil {
		t.Fatalf("exit %d, %s%s", code, stdout, stderr)
	}
	for _, m := range rec.Measured {
		if len(m.Reports) != len(m.Hits) || len(m.Hits) == 0 {
			t.Errorf("round %d: %d reports of %d hits", m.Round, len(m.Reports), len(m.Hits))
		}
	}
	if !strings.Contains(stdout, "lambda.gb_seconds.x86") || strings.Contains(stdout, "missing: lambda") || !strings.Contains(stdout, "answers do not tell their invocation") {
		t.Errorf("%s", stdout)
	}
}
