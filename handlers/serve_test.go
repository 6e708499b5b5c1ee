package handlers_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"

	"frontdoor/front"
	"frontdoor/handlers"
)

// asFunction makes this test binary a Lambda function: "hello", or "panic".
const asFunction = "HANDLERS_TEST_AS_FUNCTION"

func TestMain(m *testing.M) {
	switch what := os.Getenv(asFunction); what {
	case "":
		os.Exit(m.Run())
	case "panic":
		f, err := handlers.Lambda(front.ALB, func(context.Context, front.Request) (front.Answer, error) { panic("boom") })
		if err != nil {
			panic(err)
		}
		lambda.StartWithOptions(f)
	default:
		fmt.Fprintln(os.Stderr, handlers.Serve(front.ALB, what))
		os.Exit(1)
	}
}

// posted is what a function sent to the Runtime API.
type posted struct{ path, body string }

// runtimeAPI is as much of the Lambda Runtime API as two invocations need.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
func runtimeAPI(t *testing.T, event []byte) (address string, posts <-chan posted) {
	t.Helper()
	sent := make(chan posted, 8)
	var turns atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", func(w http.ResponseWriter, r *http.Request) {
		turn := turns.Add(1)
		if turn > 2 {
			<-r.Context().Done()
			return
		}
		w.Header().Set("Lambda-Runtime-Aws-Request-Id", fmt.Sprintf("req-%d", turn))
		w.Header().Set("Lambda-Runtime-Deadline-Ms", "9999999999999")
		w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:f")
		_, _ = w.Write(event)
	})
	mux.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent <- posted{r.URL.Path, string(body)}
		w.WriteHeader(http.StatusAccepted)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.CloseClientConnections)
	return strings.TrimPrefix(server.URL, "http://"), sent
}

// start runs this binary as a function and returns what it posts and its end.
func start(t *testing.T, what string) (posts <-chan posted, end func() error) {
	t.Helper()
	door, err := front.Of(front.ALB)
	if err != nil {
		t.Fatal(err)
	}
	event, err := door.Event(front.Request{Method: "GET", Path: "/"}, identity())
	if err != nil {
		t.Fatal(err)
	}
	address, posts := runtimeAPI(t, event)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), asFunction+"="+what, "AWS_LAMBDA_RUNTIME_API="+address)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return posts, cmd.Wait
}

// Serve answers under the real runtime client, with Lambda's own request ids.
func TestServe(t *testing.T) {
	posts, _ := start(t, "hello")
	door, err := front.Of(front.ALB)
	if err != nil {
		t.Fatal(err)
	}
	for i, cold := range []string{"1", "0"} {
		p := <-posts
		id := fmt.Sprintf("req-%d", i+1)
		a, err := door.Answer([]byte(p.body), identity())
		if err != nil || p.path != "/2018-06-01/runtime/invocation/"+id+"/response" || string(a.Body) != `"Hello from Lambda!"` ||
			a.Header.Get(handlers.RequestIDHeader) != id || a.Header.Get(handlers.ColdHeader) != cold {
			t.Errorf("%+v: %+v, %v", p, a, err)
		}
	}
}

// A panic is posted as a function error and ends the process.
func TestPanicIsAFunctionError(t *testing.T) {
	posts, end := start(t, "panic")
	p := <-posts
	if p.path != "/2018-06-01/runtime/invocation/req-1/error" || !strings.Contains(p.body, `"errorMessage":"boom"`) {
		t.Errorf("posted %+v", p)
	}
	if err := end(); err == nil {
		t.Error("the process lives on after a panic")
	}
}
