package function

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The answer goes out at /response; Duration ends at the next /next. The
// process stays between the two until the test lets it go on.
func TestDurationEndsAtNextAndAnswerDoesNotWaitForIt(t *testing.T) {
	gate := filepath.Join(t.TempDir(), "gate")
	f, b := start(t, "lingers", func(c *Config) { c.Environment = map[string]string{"GATE": gate} })
	if r := invoke(t, f, `{}`); string(r.Payload) != `"done"` {
		t.Fatalf("payload %s", r.Payload)
	}
	answered := time.Now()
	if n := len(b.all()); n != 0 {
		t.Fatalf("%d invocations metered before the runtime asked for the next", n)
	}
	time.Sleep(30 * time.Millisecond)
	waited := time.Since(answered)
	if err := os.WriteFile(gate, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f.Settle()
	if got := b.all(); len(got) != 1 || got[0].Duration < waited {
		t.Errorf("metered %+v although the function worked on for %v after its answer", got, waited)
	}
}

func TestTimeoutEndsTheEnvironment(t *testing.T) {
	f, b := start(t, "sleeps", func(c *Config) { c.Timeout = 300 * time.Millisecond })
	r := invoke(t, f, `{}`)
	if r.Error == nil || r.Error.Type != "Sandbox.Timedout" || !strings.HasSuffix(r.Error.Message, "Task timed out after 0.30 seconds") {
		t.Errorf("result %+v", r.Error)
	}
	f.Settle()
	if got := b.all(); len(got) != 1 || got[0].Status != "timeout" || got[0].Duration != 300*time.Millisecond {
		t.Errorf("metered %+v", got)
	}
	if f.Environments() != 0 {
		t.Error("the environment outlived its timeout")
	}
}

// An event that the runtime does not read fills the connection: the timeout must
// still end the invocation.
func TestTimeoutEndsARuntimeThatDoesNotRead(t *testing.T) {
	f, b := start(t, "deaf", func(c *Config) { c.Timeout = 300 * time.Millisecond })
	event := `"` + strings.Repeat("x", 32<<20) + `"` // more than a loopback connection buffers
	if r := invoke(t, f, event); r.Error == nil || r.Error.Type != "Sandbox.Timedout" {
		t.Errorf("result %+v", r.Error)
	}
	f.Settle()
	if got := b.all(); len(got) != 1 || got[0].Status != "timeout" {
		t.Errorf("metered %+v", got)
	}
}

func TestCrashIsAnErrorAndTheEnvironmentIsReplaced(t *testing.T) {
	f, b := start(t, "exits", nil)
	for range 2 {
		r := invoke(t, f, `{}`)
		if r.Error == nil || r.Error.Type != "Runtime.ExitError" || !strings.Contains(r.Error.Message, "exit status 3") {
			t.Errorf("result %+v", r.Error)
		}
	}
	f.Settle()
	got := b.all()
	if len(got) != 2 || got[0].Init == 0 || got[1].Init == 0 {
		t.Errorf("two crashes are two cold starts: %+v", got)
	}
}

func TestFunctionErrorKeepsTheEnvironment(t *testing.T) {
	f, b := start(t, "fails", nil)
	for range 2 {
		r := invoke(t, f, `{}`)
		if r.Error == nil || r.Error.Message != "no bananas" || !strings.Contains(string(r.Payload), "no bananas") {
			t.Errorf("result %+v %s", r.Error, r.Payload)
		}
		f.Settle()
	}
	got := b.all()
	if len(got) != 2 || got[0].Status != "error" || got[1].Init != 0 {
		t.Errorf("metered %+v", got)
	}
}

func TestRuntimeThatNeverAsksForAnEvent(t *testing.T) {
	f, b := start(t, "dies at once", nil)
	r := invoke(t, f, `{}`)
	if r.Error == nil || r.Error.Type != "Runtime.ExitError" {
		t.Errorf("result %+v", r.Error)
	}
	f.Settle()
	if len(b.all()) != 1 || f.Environments() != 0 {
		t.Errorf("%d metered, %d environments", len(b.all()), f.Environments())
	}
}

func TestConcurrencyLimitThrottles(t *testing.T) {
	gate := filepath.Join(t.TempDir(), "gate")
	f, b := start(t, "waits", func(c *Config) { c.Concurrency = 1; c.Environment = map[string]string{"GATE": gate} })
	done := make(chan Result)
	go func() { r, _ := f.Invoke(context.Background(), []byte(`{}`)); done <- r }()
	for f.Environments() == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, err := f.Invoke(context.Background(), []byte(`{}`)); !errors.Is(err, ErrThrottled) {
		t.Errorf("second caller got %v", err)
	}
	if err := os.WriteFile(gate, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	<-done
	f.Settle()
	if len(b.all()) != 1 {
		t.Errorf("a throttled request was metered: %+v", b.all())
	}
}

// Two environments exist after two calls at once; calls one by one must then
// all go to the one that was used last.
func TestNewestEnvironmentIsReusedFirst(t *testing.T) {
	f, _ := start(t, "pid", nil)
	a, _, err := f.take(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := f.take(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	pids := map[*environment]string{}
	for _, env := range []*environment{a, b} { // b is given back last
		r, _ := env.invoke(context.Background(), []byte(`{}`), 1)
		pids[env] = string(r.Payload)
		for {
			f.mu.Lock()
			n := len(f.idle)
			f.mu.Unlock()
			if n == len(pids) {
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
	for range 3 {
		if got := string(invoke(t, f, `{}`).Payload); got != pids[b] {
			t.Errorf("process %s served, want the newest %s", got, pids[b])
		}
		f.Settle()
	}
}

func TestOutputStandsBetweenStartAndEnd(t *testing.T) {
	f, _ := start(t, "prints", nil)
	r := invoke(t, f, `"hello from inside"`)
	f.Settle()
	got := logLines(t, f)
	if len(got) != 4 || got[0] != "START RequestId: "+r.RequestID+" Version: $LATEST" || got[1] != "hello from inside" ||
		got[2] != "END RequestId: "+r.RequestID || !strings.HasPrefix(got[3], "REPORT RequestId: "+r.RequestID) {
		t.Errorf("log stream:\n%s", strings.Join(got, "\n"))
	}
}

func TestCloseLeavesNoProcess(t *testing.T) {
	f, _ := start(t, "pid", nil)
	var pid int
	if err := json.Unmarshal(invoke(t, f, `{}`).Payload, &pid); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); err != nil {
		t.Fatalf("process %d is not there: %v", pid, err)
	}
	f.Close()
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("process %d after Close: %v", pid, err)
	}
	if _, err := f.Invoke(context.Background(), nil); err == nil {
		t.Error("a closed function took an invocation")
	}
}

// Close meets environments at every point of their start. None may be left
// running, and Close must come back: the test would hang.
func TestCloseDuringStart(t *testing.T) {
	for n := range 25 {
		f, _ := start(t, "echo", func(c *Config) { c.Concurrency = 8 })
		var callers sync.WaitGroup
		for range 8 {
			callers.Go(func() { f.Invoke(context.Background(), []byte(`{}`)) })
		}
		time.Sleep(time.Duration(n) * time.Millisecond)
		f.Close()
		callers.Wait()
		if n := f.Environments(); n != 0 {
			t.Fatalf("%d environments after Close", n)
		}
	}
}

// An environment whose process ended while idle is replaced: the caller that
// meets it gets an answer from another.
func TestIdleEnvironmentThatDiedIsReplaced(t *testing.T) {
	f, b := start(t, "pid", nil)
	var first, second int
	json.Unmarshal(invoke(t, f, `{}`).Payload, &first)
	f.Settle()
	f.mu.Lock()
	env := f.idle[0]
	f.mu.Unlock()
	env.kill()
	<-env.died // it may or may not be off the idle list yet
	r := invoke(t, f, `{}`)
	if err := json.Unmarshal(r.Payload, &second); err != nil || second == first || !r.Cold {
		t.Errorf("first %d, then %s (%v, cold %v)", first, r.Payload, r.Error, r.Cold)
	}
	f.Settle()
	if len(b.all()) != 2 {
		t.Errorf("metered %+v", b.all())
	}
}

// A caller that left is not invoked for, and Settle waits for those that wait.
func TestCallerThatLeftIsNotInvokedFor(t *testing.T) {
	gate := filepath.Join(t.TempDir(), "gate")
	f, b := start(t, "lingers", func(c *Config) { c.Concurrency = 1; c.Environment = map[string]string{"GATE": gate} })
	invoke(t, f, `{}`) // answered, and working on
	ctx, leave := context.WithCancel(context.Background())
	gone := make(chan error)
	go func() { _, err := f.Invoke(ctx, []byte(`{}`)); gone <- err }()
	for waiting := 0; waiting == 0; time.Sleep(time.Millisecond) {
		f.mu.Lock()
		waiting = f.waiting
		f.mu.Unlock()
	}
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller that left got %v", err)
	}
	if err := os.WriteFile(gate, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f.Settle()
	if got := b.all(); len(got) != 1 {
		t.Errorf("metered %+v, want the first call alone", got)
	}
}

// A client that asks before it sends a large body, as curl does, is told to go on.
func TestExpectContinueIsAnswered(t *testing.T) {
	f, _ := start(t, "echo", nil)
	env := newEnvironment(f)
	env.init = 1
	client, server := net.Pipe()
	defer client.Close()
	go env.converse(server)
	go client.Write([]byte("POST " + apiPrefix + "init/error HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"))
	in := bufio.NewReader(client)
	if line, err := in.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100") {
		t.Fatalf("%q, %v, want 100 Continue", line, err)
	}
	in.ReadString('\n')
	go client.Write([]byte("{}"))
	if resp, err := http.ReadResponse(in, nil); err != nil || resp.StatusCode != http.StatusAccepted {
		t.Errorf("%v %v", resp, err)
	}
}

// Max Memory Used is known even when the first invocation never ended.
func TestMemoryOfATimedOutFirstInvocation(t *testing.T) {
	f, b := start(t, "sleeps", func(c *Config) { c.Timeout = 200 * time.Millisecond })
	invoke(t, f, `{}`)
	f.Settle()
	if got := b.all(); len(got) != 1 || got[0].MaxMemory == 0 {
		t.Errorf("metered %+v", got)
	}
}

// Why a runtime could not start or ended stands in the function's log.
func TestReasonOfFailureIsLogged(t *testing.T) {
	for handler, want := range map[string]string{"dies at once": "exit status 1", "exits": "exit status 3"} {
		f, _ := start(t, handler, nil)
		invoke(t, f, `{}`)
		f.Settle()
		if log := strings.Join(logLines(t, f), "\n"); !strings.Contains(log, want) || !strings.Contains(log, "Runtime.ExitError") {
			t.Errorf("%s: log %q", handler, log)
		}
	}
	f, _ := start(t, "", func(c *Config) { c.Command = []string{"./does-not-exist"} })
	invoke(t, f, `{}`)
	if log := strings.Join(logLines(t, f), "\n"); !strings.Contains(log, "no such file") {
		t.Errorf("log %q", log)
	}
}

// The Runtime API refuses what AWS's refuses: an answer to an id that is not
// current (400), a second answer and /next before the answer (403).
func TestRuntimeAPIRefusesOutOfTurn(t *testing.T) {
	f, _ := start(t, "echo", nil)
	env := newEnvironment(f)
	env.init = 1
	call := func(method, path string) int {
		req, err := http.NewRequest(method, apiPrefix+path, strings.NewReader(`{}`))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(env.call(nil, req))), req)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode
	}
	for _, c := range []struct {
		method, path string
		answered     bool
		want         int
	}{
		{"POST", "invocation/other/response", false, 400},
		{"POST", "invocation/other/error", false, 400},
		{"GET", "invocation/next", false, 403},
		{"POST", "invocation/now/response", true, 403},
		{"POST", "invocation/now/response", false, 202},
		{"POST", "init/error", false, 202},
		{"PUT", "invocation/now/response", false, 404},
		{"GET", "invocation/prior", false, 404},
	} {
		env.current = &invocation{id: "now", answer: make(chan Result, 1), answered: c.answered}
		if got := call(c.method, c.path); got != c.want {
			t.Errorf("%s %s (answered %v): %d, want %d", c.method, c.path, c.answered, got, c.want)
		}
	}
}

func TestAnswerOverTheLimitIsRefused(t *testing.T) {
	f, b := start(t, "large", nil)
	r := invoke(t, f, `{}`)
	if r.Error == nil || r.Error.Type != "Function.ResponseSizeTooLarge" {
		t.Errorf("result %+v", r.Error)
	}
	f.Close() // the runtime client gives up on a refused answer, or asks on: both end the invocation
	f.Settle()
	if got := b.all(); len(got) != 1 || got[0].Status != "error" {
		t.Errorf("metered %+v", got)
	}
}
