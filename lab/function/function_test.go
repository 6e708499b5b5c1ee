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
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
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
	case "deaf":
		conn, err := net.Dial("tcp", os.Getenv("AWS_LAMBDA_RUNTIME_API"))
		if err != nil {
			os.Exit(1)
		}
		fmt.Fprintf(conn, "GET %sinvocation/next HTTP/1.1\r\nHost: lambda\r\n\r\n", apiPrefix)
		time.Sleep(time.Hour) // and never reads the answer
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
