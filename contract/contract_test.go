package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab"
	"frontdoor/record"
)

// TestMain makes the test binary the functions' bootstrap, as in package lab.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
		os.Exit(m.Run())
	}
	runtime.GOMAXPROCS(1)
	serve(os.Args[1], front.Kind(os.Args[2]))
}

// serve is a function that knows no door and returns its text, or an echo of the
// parameter q as the door delivers it.
func serve(mode string, kind front.Kind) {
	if mode != "echo" {
		var once sync.Once
		lambda.Start(func(context.Context, json.RawMessage) (json.RawMessage, error) {
			if mode == "slow" {
				once.Do(func() { time.Sleep(900 * time.Millisecond) })
				return json.RawMessage(`{"statusCode":200}`), nil
			}
			return json.RawMessage(mode), nil
		})
		return
	}
	h, err := handlers.Lambda(kind, func(_ context.Context, r front.Request) (front.Answer, error) {
		body := strings.Join(r.Params["q"], "|")
		if r.Params == nil {
			body = r.RawQuery
		}
		return front.Answer{Status: 200, Header: front.Header{{Name: "Content-Type", Value: "text/plain"}}, Body: []byte(body)}, nil
	})
	if err != nil {
		panic(err)
	}
	lambda.Start(h)
}

func subject(t *testing.T, mode string) Subject {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Subject{
		Name: mode, Command: func(k front.Kind) []string { return []string{self, mode, string(k)} },
		MemoryMB: 128, Timeout: 5 * time.Second, Base: Request{Method: "GET", Path: "/"},
	}
}

func check(t *testing.T, s Subject, kinds ...front.Kind) *Result {
	t.Helper()
	r, err := Check(context.Background(), s, kinds)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Results in the shape of one front behind another: what
// https://blog.nightonly.com (2022-05-10) met when it moved a function (a 502 each
// time), and what breaks with it.
func TestShapesThatBreak(t *testing.T) {
	for _, c := range []struct {
		name, result string
		kind         front.Kind
		rule, do     string // parts; no rule: nothing breaks
	}{
		{"F01 statusCode at the edge", `{"statusCode":200,"headers":{},"body":"x"}`, front.EdgeViewerRequest, "status must be between", `"status": "200"`},
		{"F02 scalar headers at the edge", `{"status":200,"headers":{"content-type":"text/plain"}}`, front.EdgeViewerRequest, "lists of objects", `[{"key"`},
		{"F03 numeric header at ALB", `{"statusCode":200,"headers":{"Access-Control-Max-Age":7200},"body":"x"}`, front.ALB, "not a string", `"7200"`},
		{"the same behind an HTTP API", `{"statusCode":200,"headers":{"Access-Control-Max-Age":7200},"body":"x"}`, front.APIGatewayHTTP, "", ""},
		{"null body at ALB", `{"statusCode":200,"headers":{},"body":null}`, front.ALB, "body is null", "leave a field out"},
		{"text as status at ALB", `{"statusCode":"200","headers":{},"body":"x"}`, front.ALB, "statusCode", "without quotes"},
		{"status behind a REST API", `{"status":"200","headers":{},"body":"x"}`, front.APIGatewayREST, "status", `"statusCode": 200`},
		{"read-only header at the edge", `{"status":"200","headers":{"via":[{"key":"Via","value":"x"}]}}`, front.EdgeViewerRequest, "read-only", "leave the field out"},
		{"bad base64", `{"statusCode":200,"body":"***","isBase64Encoded":true}`, front.FunctionURL, "base64", "front's page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := check(t, subject(t, c.result), c.kind)
			if c.rule == "" {
				if r.Broken() != 0 {
					t.Errorf("%+v", r.Of(Breaks))
				}
				return
			}
			broken := r.Of(Breaks)
			if len(broken) != 1 || len(r.Sound()) != 0 {
				t.Fatalf("%+v, sound %v", broken, r.Sound())
			}
			f := broken[0]
			if f.Front != c.kind || !strings.Contains(f.Rule, c.rule) || !strings.Contains(f.Do, c.do) || !strings.HasPrefix(f.Source, "https://docs.aws.amazon.com/") {
				t.Errorf("%+v", f)
			}
			if !slices.Contains(f.Cases, "plain") || !slices.Contains(f.Cases, "concurrent") || slices.Contains(f.Cases, "headers-over-limit") {
				t.Errorf("cases %v", f.Cases)
			}
		})
	}
}

// The table of parameters as fronts deliver them, found by running the handlers of
// the system that moved to the edge: ALB decodes nothing and keeps the last of
// two, payload 2.0 joins them, the edge has the raw string.
func TestAnswersDifferByFront(t *testing.T) {
	r := check(t, subject(t, "echo"), front.APIGatewayHTTP, front.ALB, front.EdgeViewerRequest)
	if r.Broken() != 0 {
		t.Fatalf("%+v", r.Of(Breaks))
	}
	want := map[string]string{
		"plus":               "answers differ by front: 200 a b (apigw-http); 200 a+b (alb); 200 q=a+b (edge-viewer-request)",
		"repeated-parameter": "answers differ by front: 200 first,second (apigw-http); 200 second (alb); 200 q=first&q=second (edge-viewer-request)",
		"encoded-plus":       "answers differ by front: 200 a+b (apigw-http); 200 a%2Bb (alb); 200 q=a%2Bb (edge-viewer-request)",
		"blank-value":        "answers differ by front: 200  (apigw-http, alb); 200 q= (edge-viewer-request)",
	}
	for _, f := range r.Of(Differs) {
		if text, ok := want[f.Cases[0]]; ok && text == f.What {
			delete(want, f.Cases[0])
		} else if ok {
			t.Errorf("%s: %s, want %s", f.Cases[0], f.What, text)
		}
		if slices.Contains(f.Cases, "plain") {
			t.Errorf("%+v", f)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v in %+v", want, r.Of(Differs))
	}
}

// Answers that vary by themselves are no difference between fronts, even where two
// draws happen to be equal; a status that differs still is one.
func TestRandomAnswersAreNotCompared(t *testing.T) {
	at := func(k front.Kind, replies ...reply) *bench {
		door, err := front.Of(k)
		if err != nil {
			t.Fatal(err)
		}
		a := asked{Case: Cases()[0], replies: replies}
		for range replies {
			a.exchanges = append(a.exchanges, lab.Exchange{Front: string(k)})
		}
		return &bench{door: door, asked: []asked{a}}
	}
	x, y, z := reply{status: 200, body: []byte("x")}, reply{status: 200, body: []byte("y")}, reply{status: 404, body: []byte("z")}
	if f := differences([]*bench{at(front.ALB, x, x), at(front.FunctionURL, y, y)}); len(f) != 1 || f[0].Level != Differs {
		t.Errorf("%+v", f)
	}
	if f := differences([]*bench{at(front.ALB, x, x), at(front.FunctionURL, y, x)}); len(f) != 1 || f[0].Level != Note {
		t.Errorf("%+v", f)
	}
	if f := differences([]*bench{at(front.ALB, x, y), at(front.FunctionURL, z, z)}); len(f) != 2 || f[1].Level != Differs {
		t.Errorf("%+v", f)
	}
}

// A handler that answers everything answers every case at every front, but what a
// front refuses at its documented limits.
func TestNothingBreaks(t *testing.T) {
	r := check(t, subject(t, "echo"), Kinds()...)
	if r.Broken() != 0 || len(r.Sound()) != len(Kinds()) {
		t.Errorf("%+v", r.Of(Breaks))
	}
	want := map[string][]string{
		"body-over-limit":    {"413 at apigw-rest", "413 at apigw-http", "413 at alb", "413 at function-url"},
		"uri-over-limit":     {"414 at alb", "414 at edge-viewer-request", "414 at edge-origin-request"},
		"headers-over-limit": {"431 at apigw-rest", "431 at apigw-http", "413 at edge-viewer-request"},
	}
	for _, f := range r.Of(Note) {
		if f.Front != "" {
			continue
		}
		for _, part := range want[f.Cases[0]] {
			if !strings.Contains(f.What, part) {
				t.Errorf("%s: %s, want %s", f.Cases[0], f.What, part)
			}
		}
		delete(want, f.Cases[0])
	}
	if len(want) > 0 {
		t.Errorf("not noted: %v", want)
	}
}

// F06, and the other things that CloudFront does not take of a function.
func TestEdgeRefusesTheFunction(t *testing.T) {
	s := subject(t, "echo")
	s.Environment = map[string]string{"ALLOWED_ORIGINS": "x"}
	r := check(t, s, front.ALB, front.EdgeViewerRequest)
	if f := r.Of(Breaks); len(f) != 1 || f[0].Front != front.EdgeViewerRequest || !strings.Contains(f[0].Rule, "cannot have environment variables") {
		t.Errorf("%+v", f)
	}
	s.Environment, s.Timeout = nil, 6*time.Second
	r = check(t, s, front.EdgeViewerRequest)
	if f := r.Of(Breaks); len(f) != 1 || !strings.Contains(f[0].Rule, "6 Max allowed: 5") {
		t.Errorf("%+v", f)
	}
}

// What takes nine tenths of its time is noted, with the page of the limit.
func TestNearTheLimit(t *testing.T) {
	s := subject(t, "slow")
	s.Timeout = time.Second
	r := check(t, s, front.FunctionURL)
	if !slices.ContainsFunc(r.Of(Note), func(f Finding) bool { return strings.Contains(f.What, "of the 1s it has") }) {
		t.Errorf("%+v", r.Findings)
	}
}

// Messages that differ in a request id alone are one finding.
func TestSameRule(t *testing.T) {
	const a = "OperationError: GetItem, RequestID: APEGC4WCXZSXTM6IKGR3NKKDFQ, dial 127.0.0.1:4001, ResourceNotFoundException"
	for _, c := range []struct {
		b    string
		same bool
	}{
		{"OperationError: GetItem, RequestID: SZLLZZSUJJQFYJFWGCTHZKVZ5O, dial 127.0.0.1:4002, ResourceNotFoundException", true},
		{"OperationError: PutItem, RequestID: APEGC4WCXZSXTM6IKGR3NKKDFQ, dial 127.0.0.1:4001, ResourceNotFoundException", false},
	} {
		if sameRule(a, c.b) != c.same {
			t.Errorf("%s", c.b)
		}
	}
	const timeout = "Sandbox.Timedout: RequestId: %s Error: Task timed out after 3.00 seconds"
	if !sameRule(fmt.Sprintf(timeout, "1b2c3d4e-0000-4000-8000-0123456789ab"), fmt.Sprintf(timeout, "aaaa3d4e-1111-4111-9111-ba9876543210")) {
		t.Error("two timeouts are two findings")
	}
}

// A health checker of Route 53 waits 2 s for the status, and Lambda 10 s for an
// initialisation (AWS's pages, in near.go); nobody checks the health of an edge.
func TestColdStarts(t *testing.T) {
	s := Subject{Timeout: 30 * time.Second, MemoryMB: 128}
	for _, c := range []struct {
		kind       front.Kind
		init, took int64 // ms
		level      Level
	}{
		{front.ALB, 1500, 499, ""}, {front.ALB, 1500, 500, Note}, {front.ALB, -1, 2500, ""}, {front.EdgeViewerRequest, 1500, 500, ""},
		{front.EdgeViewerRequest, 10_000, 1, Breaks}, {front.EdgeViewerRequest, 9_999, 1, ""},
	} {
		door, err := front.Of(c.kind)
		if err != nil {
			t.Fatal(err)
		}
		b := &bench{door: door, reports: []record.Report{{InitUS: 1000 * c.init, DurationUS: 1000 * c.took, MaxMemMB: 30}, {InitUS: -1, DurationUS: 1000, MaxMemMB: 30}}}
		found := b.near(s)
		if (len(found) == 1) != (c.level != "") || c.level != "" && found[0].Level != c.level {
			t.Errorf("%s, %d ms and %d ms: %+v", c.kind, c.init, c.took, found)
		}
	}
}

// What goes over the wire is what the case says, byte for byte.
func TestWire(t *testing.T) {
	for _, c := range []struct {
		name string
		want string
	}{
		{"plain", "GET /p?q=1 HTTP/1.1\r\nHost: check.example.com\r\nUser-Agent: bench-check\r\nX-Own: 1\r\nX-Bench-Check: 7\r\nConnection: close\r\n\r\n"},
		{"no-host", "GET /p?q=1 HTTP/1.0\r\nUser-Agent: bench-check\r\nX-Own: 1\r\nX-Bench-Check: 7\r\nConnection: close\r\n\r\n"},
		{"no-user-agent", "GET /p?q=1 HTTP/1.1\r\nHost: check.example.com\r\nX-Own: 1\r\nX-Bench-Check: 7\r\nConnection: close\r\n\r\n"},
		{"raw-path", "GET /p/caf\xe9?q=1 HTTP/1.1\r\nHost: check.example.com\r\nUser-Agent: bench-check\r\nX-Own: 1\r\nX-Bench-Check: 7\r\nConnection: close\r\n\r\n"},
		{"post-json", "POST /p?q=1 HTTP/1.1\r\nHost: check.example.com\r\nUser-Agent: bench-check\r\nX-Own: 1\r\nContent-Type: application/json\r\nX-Bench-Check: 7\r\nConnection: close\r\nContent-Length: 7\r\n\r\n{\"a\":1}"},
		{"post-empty", "POST /p?q=1 HTTP/1.1\r\nHost: check.example.com\r\nUser-Agent: bench-check\r\nX-Own: 1\r\nContent-Type: application/json\r\nX-Bench-Check: 7\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"},
	} {
		i := slices.IndexFunc(Cases(), func(k Case) bool { return k.Name == c.name })
		base := Request{Method: "GET", Path: "/p", Query: "q=1", Header: front.Header{{Name: "X-Own", Value: "1"}}}
		if got := string(Cases()[i].Request(base, front.Limits{}).wire("7")); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNearMemory(t *testing.T) {
	for _, c := range []struct {
		used  int
		level Level
	}{{50, ""}, {103, Note}, {128, Note}, {129, Breaks}} {
		found := nearMemory(front.EdgeViewerRequest, c.used, 128)
		if (len(found) == 1) != (c.level != "") || c.level != "" && found[0].Level != c.level {
			t.Errorf("%d MB: %+v", c.used, found)
		}
	}
}

// 40 KB is what a viewer event carries, 1 MB what ALB does (AWS's pages, in front).
func TestNearSize(t *testing.T) {
	for _, c := range []struct {
		kind  front.Kind
		size  int
		noted bool
	}{
		{front.EdgeViewerRequest, 32_000, false}, {front.EdgeViewerRequest, 33_000, true}, {front.EdgeViewerRequest, 40 << 10, true}, {front.EdgeViewerRequest, 40<<10 + 1, false},
		{front.ALB, 33_000, false}, {front.ALB, 900_000, true},
	} {
		door, err := front.Of(c.kind)
		if err != nil {
			t.Fatal(err)
		}
		if found := nearSize(door, c.size); len(found) == 1 != c.noted {
			t.Errorf("%s, %d bytes: %+v", c.kind, c.size, found)
		}
	}
}

// A source's variables are named with their place; Lambda's own are left out.
func TestVariables(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("lambda_function.py", "import os\nA = os.environ['ALLOWED_ORIGINS']\nR = os.environ[\"AWS_REGION\"]\nB = os.getenv('BUCKET')\n")
	write("index.mjs", "const t = process.env.TABLE;\nconst u = process.env['URL_OF'];\n")
	files := Sources(dir, []string{"bench", "runtime", "python", "lambda_function.lambda_handler"})
	if got := Variables(files); !slices.Equal(got, []string{"ALLOWED_ORIGINS (lambda_function.py:2)", "BUCKET (lambda_function.py:4)"}) {
		t.Errorf("%v of %v", got, files)
	}
	files = Sources(dir, []string{"node", "index.mjs"})
	if got := Variables(files); !slices.Equal(got, []string{"TABLE (index.mjs:1)", "URL_OF (index.mjs:2)"}) {
		t.Errorf("%v of %v", got, files)
	}
	r := &Result{Fronts: front.Kinds()}
	r.Reading([]string{"TABLE (index.mjs:1)"})
	if len(r.Findings) == 0 || slices.ContainsFunc(r.Findings, func(f Finding) bool { return !f.Front.Edge() }) {
		t.Errorf("%+v", r.Findings)
	}
}

// Cases are whole: each has a name of its own, a reason, advice and AWS's page.
func TestCases(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Cases() {
		if seen[c.Name] || c.Name == "" || c.What == "" || c.Why == "" || c.Do == "" || !strings.HasPrefix(c.Source, "https://docs.aws.amazon.com/") {
			t.Errorf("%+v", c)
		}
		seen[c.Name] = true
	}
	base := Request{Method: "GET", Path: "/api/status", Query: "job_id=1&x=2"}
	for _, c := range Cases() {
		if c.Name == "repeated-parameter" {
			if got := c.Request(base, front.Limits{}).target(); got != "/api/status?job_id=first&job_id=second&x=2" {
				t.Error(got)
			}
		}
	}
	if base.Query != "job_id=1&x=2" || base.Header != nil {
		t.Errorf("the base was changed: %+v", base)
	}
}

// What a handler answers is shown, and neither ends a table's cell nor commands a
// terminal.
func TestWritersEscape(t *testing.T) {
	r := &Result{Handler: "x", Fronts: front.Kinds(), Findings: []Finding{{
		Level: Differs, Cases: []string{"plus"}, What: "a|b\x1b[31m <script>", Why: "w", Do: "d", Source: "https://docs.aws.amazon.com/x",
	}}}
	for _, format := range Formats() {
		write, ok := WriterOf(format)
		var b bytes.Buffer
		if !ok || write(&b, r) != nil || strings.Contains(b.String(), "\x1b") && format != "json" {
			t.Errorf("%s: %q", format, b.String())
		}
		if format == "markdown" && (strings.Contains(b.String(), "a|b") || strings.Contains(b.String(), "<script>")) {
			t.Errorf("%s", b.String())
		}
	}
	if _, ok := WriterOf("pdf"); ok || Table(failing{}, r) == nil {
		t.Error("a writer that fails is not noticed, or pdf is a format")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
