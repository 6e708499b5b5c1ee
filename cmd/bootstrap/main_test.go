package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// asBootstrap in the environment makes the test binary the function.
const asBootstrap = "BOOTSTRAP_TEST_AS_FUNCTION"

func TestMain(m *testing.M) {
	if os.Getenv(asBootstrap) != "" {
		main()
	}
	os.Exit(m.Run())
}

// What names nothing to serve is said in one line, with what would be right.
func TestWrongEnvironment(t *testing.T) {
	for _, tt := range []struct {
		name, kind, handler string
		want                []string
	}{
		{"no kind", "", "hello", []string{`BENCH_FRONT_KIND: unknown front kind ""`, "function-url"}},
		{"an unknown kind", "gateway", "hello", []string{`BENCH_FRONT_KIND: unknown front kind "gateway"`, "apigw-http"}},
		{"no handler", "alb", "", []string{`BENCH_HANDLER: unknown handler ""`, "hello"}},
		{"an unknown handler", "alb", "hullo", []string{`BENCH_HANDLER: unknown handler "hullo"`, "meditate"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log strings.Builder
			environment := map[string]string{kindVariable: tt.kind, handlerVariable: tt.handler}
			if code := bootstrap(func(name string) string { return environment[name] }, &log); code != 2 {
				t.Errorf("ended with %d, want 2", code)
			}
			if strings.Count(log.String(), "\n") != 1 {
				t.Errorf("not one line: %q", log.String())
			}
			for _, want := range tt.want {
				if !strings.Contains(log.String(), want) {
					t.Errorf("%q does not say %q", log.String(), want)
				}
			}
		})
	}
}

// Under the Runtime API the function answers AWS's own example of a function URL's event.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
func TestServe(t *testing.T) {
	event := urlEvent(t)
	answers := make(chan []byte, 1)
	var asked atomic.Bool
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", func(w http.ResponseWriter, r *http.Request) {
		if asked.Swap(true) {
			<-r.Context().Done()
			return
		}
		w.Header().Set("Lambda-Runtime-Aws-Request-Id", "request-1")
		w.Header().Set("Lambda-Runtime-Deadline-Ms", "9999999999999")
		w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:f")
		_, _ = w.Write(event)
	})
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/request-1/response", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusAccepted)
		answers <- body
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.CloseClientConnections)
	start(t, strings.TrimPrefix(server.URL, "http://"))
	var answer struct {
		StatusCode int
		Headers    map[string]string
		Body       string
	}
	if err := json.Unmarshal(<-answers, &answer); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != 200 || answer.Headers["x-bench-request-id"] != "request-1" || !strings.Contains(answer.Body, "Hello from Lambda!") {
		t.Errorf("answered %+v", answer)
	}
}

// urlEvent is the sample that comes with AWS's library for Go, as a GET: hello takes
// no POST.
func urlEvent(t *testing.T) []byte {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-lambda-go").Output()
	if err != nil {
		t.Skipf("where is aws-lambda-go? %v", err)
	}
	event, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "events/testdata/lambda-urls-request.json"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.ReplaceAll(event, []byte(`"method": "POST"`), []byte(`"method": "GET"`))
}

// start runs this binary as the function, until the test ends.
func start(t *testing.T, runtimeAPI string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	function := exec.Command(self)
	function.Env = append(os.Environ(), asBootstrap+"=1", "AWS_LAMBDA_RUNTIME_API="+runtimeAPI, kindVariable+"=function-url", handlerVariable+"=hello")
	function.Stderr = os.Stderr
	if err := function.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = function.Process.Kill()
		_ = function.Wait()
	})
}
