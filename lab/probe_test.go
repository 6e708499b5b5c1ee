package lab

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
	"frontdoor/telemetry"
)

// answer is what a client got.
type answer struct {
	status int
	header http.Header
	body   string
}

// request makes one request, with fields as name, value, name, value.
func request(t testing.TB, method, url, body string, fields ...string) answer {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(fields); i += 2 {
		req.Header.Add(fields[i], fields[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	read, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(read)}
}

func get(t testing.TB, url string) answer { t.Helper(); return request(t, "GET", url, "") }

// logged is a lab with its log folder.
type logged struct {
	*Lab
	dir     string
	started time.Time
}

func serveLogged(t testing.TB, list ...Front) logged {
	t.Helper()
	dir := t.TempDir()
	l, err := Start(Config{LogDir: dir, Fronts: list})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return logged{l, dir, time.Now()}
}

func (l logged) url(i int) string { return l.Fronts()[i].URL }

// logs is the text of every log file, after the last REPORT line was written.
func (l logged) logs(t testing.TB) string {
	t.Helper()
	l.Settle()
	var all strings.Builder
	err := filepath.WalkDir(l.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// recorded is a front as a run records it.
func recorded(f Served) record.Front {
	return record.Front{
		ID: f.ID, Kind: f.Kind, URL: f.URL, Region: f.Region, Function: f.Function, FunctionIn: f.FunctionRegion,
		MemoryMB: f.MemoryMB, Architecture: f.Architecture,
		Resource: record.Resource{
			APIName: f.APIName, APIID: f.APIID, Stage: f.Stage, LoadBalancer: f.LoadBalancer,
			TargetGroup: f.TargetGroup, Distribution: f.Distribution, MultiValue: f.MultiValue,
		},
	}
}

// metric is a metric's identity, as CloudWatch spells it.
type metric struct {
	Namespace  string
	MetricName string
	Dimensions []record.Dimension
}

// call speaks AWS's JSON 1.0 protocol to the lab's CloudWatch: the Region is the
// one that the request is signed for.
func (l logged) call(t testing.TB, region, operation string, in, out any) {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	a := request(t, "POST", l.MetricsURL(), string(body),
		"Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "GraniteServiceVersion20100801."+operation,
		"Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=x/20261122/%s/monitoring/aws4_request, SignedHeaders=host, Signature=x", region))
	if a.status != http.StatusOK {
		t.Fatalf("%s: %d %s", operation, a.status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), out); err != nil {
		t.Fatalf("%s: %v in %s", operation, err, a.body)
	}
}

// read is the values of a wanted statistic since the lab was started, by the
// minute. A query that names a unit gets only what was published in that unit.
func (l logged) read(t testing.TB, w telemetry.Wanted) []float64 {
	t.Helper()
	query := map[string]any{"Id": "q", "MetricStat": map[string]any{
		"Metric": metric{w.Namespace, w.Name, w.Dimensions}, "Period": 60, "Stat": w.Stat, "Unit": w.Unit,
	}}
	in := map[string]any{
		"StartTime":         l.started.Truncate(time.Minute).Unix(),
		"EndTime":           time.Now().Add(2 * time.Minute).Unix(),
		"MetricDataQueries": []any{query},
	}
	var out struct {
		MetricDataResults []struct{ Values []float64 }
	}
	l.call(t, w.Region, "GetMetricData", in, &out)
	return out.MetricDataResults[0].Values
}

// sum is the total of the front's metric called name, nil when it has no values.
func (l logged) sum(t testing.TB, f Served, name string) *float64 {
	t.Helper()
	values := l.values(t, f, name, "Sum")
	if len(values) == 0 {
		return nil
	}
	total := 0.0
	for _, v := range values {
		total += v
	}
	return &total
}

// values are a statistic of a metric of a front, minute by minute.
func (l logged) values(t testing.TB, f Served, name, stat string) []float64 {
	t.Helper()
	for _, w := range telemetry.Metrics(recorded(f)) {
		if w.Name != name {
			continue
		}
		w.Stat = stat
		return l.read(t, w)
	}
	t.Fatalf("%s has no metric %s", f.Kind, name)
	return nil
}

// has checks the totals of some metrics of a front.
func (l logged) has(t testing.TB, f Served, want map[string]float64) {
	t.Helper()
	l.Settle()
	for name, v := range want {
		switch got := l.sum(t, f, name); {
		case got == nil:
			t.Errorf("%s has no %s, want %v", f.ID, name, v)
		case *got != v:
			t.Errorf("%s of %s = %v, want %v", name, f.ID, *got, v)
		}
	}
}

// answering lists the kinds of front door with a Lambda function that answers.
func answering() []front.Kind {
	return slices.DeleteFunc(front.Kinds(), func(k front.Kind) bool { return !k.Answers() || k == front.CloudFrontFunction })
}

// eachKind runs a test for every kind of front door with a Lambda function that answers.
func eachKind(t *testing.T, test func(t *testing.T, kind front.Kind)) {
	for _, kind := range answering() {
		t.Run(string(kind), func(t *testing.T) { test(t, kind) })
	}
}
