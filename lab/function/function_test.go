package function

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

// TestMain makes the test binary its own function: started with a Runtime API
// in the environment, it is a bootstrap for the handler that _HANDLER names.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
		os.Exit(m.Run())
	}
	switch handler := os.Getenv("_HANDLER"); handler {
	case "echo":
		lambda.Start(func(_ context.Context, e json.RawMessage) (json.RawMessage, error) { return e, nil })
	case "pid":
		lambda.Start(func(context.Context) (int, error) { return os.Getpid(), nil })
	case "fails":
		lambda.Start(func(context.Context) (string, error) { return "", errors.New("no bananas") })
	case "exits":
		lambda.Start(func(context.Context) (string, error) { os.Exit(3); return "", nil })
	case "sleeps":
		lambda.Start(func(context.Context) (string, error) { time.Sleep(time.Hour); return "", nil })
	case "prints":
		lambda.Start(func(_ context.Context, e string) (string, error) { fmt.Println(e); return e, nil })
	case "large":
		lambda.Start(func(context.Context) (string, error) { return strings.Repeat("x", maxResponse), nil })
	case "dies at once":
		os.Exit(1)
	case "lingers":
		linger(os.Getenv("AWS_LAMBDA_RUNTIME_API"), os.Getenv("GATE"))
	case "waits":
		lambda.Start(func(context.Context) (string, error) { awaitFile(os.Getenv("GATE")); return "", nil })
	}
}

// linger is a runtime of its own that answers and then works on until the file
// gate is there before it asks for the next event.
func linger(api, gate string) {
	base := "http://" + api + "/2018-06-01/runtime/invocation/"
	for {
		resp, err := http.Get(base + "next")
		if err != nil {
			os.Exit(0)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		ack, err := http.Post(base+resp.Header.Get("Lambda-Runtime-Aws-Request-Id")+"/response", "application/json", strings.NewReader(`"done"`))
		if err != nil || ack.StatusCode != http.StatusAccepted {
			os.Exit(1)
		}
		ack.Body.Close()
		awaitFile(gate)
	}
}

func awaitFile(path string) {
	for {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// book collects what the observer saw.
type book struct {
	mu   sync.Mutex
	seen []Invocation
}

func (b *book) add(m Invocation) { b.mu.Lock(); b.seen = append(b.seen, m); b.mu.Unlock() }

func (b *book) all() []Invocation {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Invocation(nil), b.seen...)
}

func start(t testing.TB, handler string, change func(*Config)) (*Function, *book) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b := &book{}
	cfg := Config{
		Name: "under-test", Region: "us-east-1", ARN: "arn:aws:lambda:us-east-1:123456789012:function:under-test",
		Version: "$LATEST", MemoryMB: 128, Timeout: time.Minute, Handler: handler, Command: []string{self},
		Concurrency: 4, LogDir: t.TempDir(), Observe: b.add,
	}
	if change != nil {
		change(&cfg)
	}
	f, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f, b
}

func invoke(t testing.TB, f *Function, event string) Result {
	t.Helper()
	r, err := f.Invoke(context.Background(), []byte(event))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// logLines returns every line of the function's log group.
func logLines(t testing.TB, f *Function) []string {
	t.Helper()
	var lines []string
	err := filepath.WalkDir(f.cfg.LogDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		s := bufio.NewScanner(bytes.NewReader(data))
		for s.Scan() {
			lines = append(lines, s.Text())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// 64 callers at once is where the Runtime Interface Emulator breaks at two; the
// ledger must be exact: answers = REPORT lines = observations, none failed.
func TestLedgerIsExactUnderManyCallers(t *testing.T) {
	f, b := start(t, "echo", func(c *Config) { c.Concurrency = 64 })
	const callers, each = 64, 40
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			for j := range each {
				event := fmt.Sprintf(`{"n":%d}`, i*each+j)
				r, err := f.Invoke(context.Background(), []byte(event))
				if err != nil || r.Error != nil || string(r.Payload) != event {
					t.Errorf("invoke %s: %s %v %v", event, r.Payload, r.Error, err)
				}
			}
		})
	}
	wg.Wait()
	f.Settle()
	ids, cold := map[string]bool{}, 0
	for _, m := range b.all() {
		ids[m.RequestID] = true
		if m.Init > 0 {
			cold++
		}
	}
	reports := 0
	for _, line := range logLines(t, f) {
		if strings.HasPrefix(line, "REPORT ") {
			reports++
		}
	}
	if len(ids) != callers*each || reports != callers*each {
		t.Errorf("%d callers x %d: %d observed, %d REPORT lines", callers, each, len(ids), reports)
	}
	if cold != f.Environments() || cold == 0 {
		t.Errorf("%d cold starts reported by %d environments", cold, f.Environments())
	}
}

// A REPORT line as AWS wrote it, recorded by LocalStack's snapshot tests:
// tabs between fields, one at the end, Init Duration last.
func TestReportLineIsInAWSFieldOrder(t *testing.T) {
	m := Invocation{RequestID: "r", Duration: 3010 * time.Microsecond, Init: 110100 * time.Microsecond, Billed: 114, MaxMemory: 36}
	want := "REPORT RequestId: r\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t"
	if got := reportLine(m, 128); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	warm := reportLine(Invocation{RequestID: "r", Duration: time.Millisecond, Billed: 1, MaxMemory: 36, Status: "timeout"}, 128)
	if strings.Contains(warm, "Init") || !strings.HasSuffix(warm, "\tStatus: timeout\t") {
		t.Errorf("warm timeout: %q", warm)
	}
}

var reportRE = regexp.MustCompile(`^REPORT RequestId: \S+\tDuration: (\d+)\.(\d\d) ms\tBilled Duration: (\d+) ms\tMemory Size: 128 MB\tMax Memory Used: (\d+) MB\t(?:Init Duration: (\d+)\.(\d\d) ms\t)?$`)

// Billed Duration is ceil(Duration + Init Duration) to the millisecond: AWS's
// published formula and rows (1293.83 + 1049.63 -> 2344).
func TestBilledDurationFollowsFromThePrintedOnes(t *testing.T) {
	f, _ := start(t, "echo", nil)
	for range 5 {
		invoke(t, f, `1`)
	}
	f.Settle()
	lines := 0
	for _, line := range logLines(t, f) {
		if !strings.HasPrefix(line, "REPORT") {
			continue
		}
		lines++
		m := reportRE.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not AWS's form: %q", line)
		}
		number := func(s string) int { n, _ := strconv.Atoi(s); return n }
		billed := number(m[3])
		if sum := number(m[1]+m[2]) + number(m[5]+m[6]); billed != (sum+99)/100 {
			t.Errorf("%q: billed %d for %d hundredths", line, billed, sum)
		}
		if number(m[4]) < 1 {
			t.Errorf("no memory was measured: %q", line)
		}
	}
	if lines != 5 {
		t.Errorf("%d REPORT lines, want 5", lines)
	}
}

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
	a, _, err := f.take()
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := f.take()
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
