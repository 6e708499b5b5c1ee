package logs

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
)

const (
	region = "eu-west-1"
	hello  = "/aws/lambda/hello"
	first1 = "76269889-7d50-4d6d-a3f1-9b4f5322f47c"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// stream writes a log stream, each line with its \n, and returns its group's folder.
func stream(t testing.TB, folder, name string, lines ...string) {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name)+".log")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// spans knows invocations by request id: when they began after noon, and how long they took.
func spans(known map[string][2]time.Duration) func(string) (time.Time, time.Time, bool) {
	return func(id string) (time.Time, time.Time, bool) {
		s, ok := known[id]
		return noon.Add(s[0]), noon.Add(s[0] + s[1]), ok
	}
}

func client(t testing.TB, groups ...Group) *cloudwatchlogs.Client { return clientIn(t, region, groups) }

func clientIn(t testing.TB, region string, groups []Group) *cloudwatchlogs.Client {
	t.Helper()
	server := httptest.NewServer(NewHandler(groups))
	t.Cleanup(server.Close)
	return cloudwatchlogs.NewFromConfig(aws.Config{
		Region: region, BaseEndpoint: aws.String(server.URL),
		Credentials: credentials.NewStaticCredentialsProvider("lab", "lab", ""),
	})
}

// report is a REPORT line as AWS writes it, less its \n.
func report(id, duration, billed, rest string) string {
	return "REPORT RequestId: " + id + "\tDuration: " + duration + " ms\tBilled Duration: " + billed + " ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\t" + rest
}

// invocations is a group with a stream of n invocations a second apart, of 10 ms each.
func invocations(t testing.TB, n int) Group {
	t.Helper()
	folder, known := t.TempDir(), map[string][2]time.Duration{}
	var lines []string
	for i := range n {
		id := newID()
		known[id] = [2]time.Duration{time.Duration(i) * time.Second, 10 * time.Millisecond}
		lines = append(lines, "START RequestId: "+id+" Version: $LATEST", "END RequestId: "+id, report(id, "9.43", "10", ""))
	}
	stream(t, folder, "2026/11/29/[$LATEST]a", lines...)
	return Group{Region: region, Name: hello, Folder: folder, Span: spans(known)}
}
