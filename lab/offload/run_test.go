package offload_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/handlers/publish"
	"frontdoor/lab/offload"
)

// TestMain makes the test binary the function's bootstrap, as bench is.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
		os.Exit(m.Run())
	}
	runtime.GOMAXPROCS(1)
	if err := publish.Serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func config(t *testing.T) offload.Config {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return offload.Config{
		Command: []string{self}, LogDir: t.TempDir(), Changes: 2, ObjectSize: 1000, Edges: 3, Parents: 1, MemoryMB: 128,
		PurgeTakes: time.Second, RetryWait: time.Millisecond,
	}
}

// What the article's handlers do, seen from outside: the last commit fails three times
// and sends nothing; the published one is refused by NetStorage, purges staging, and no
// viewer ever sees a new version; the repaired one and option A bring it to every edge.
func TestRun(t *testing.T) {
	o, err := offload.Run(t.Context(), config(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Options) != 4 || o.Source != "lab" {
		t.Fatalf("%+v", o)
	}
	for i, want := range []struct {
		option                                  string
		fresh                                   bool
		attempts, gets, heads, uploads, refused int
		purges, full, same                      int
		err                                     string
	}{
		{"a", true, 0, 1 + 2, 0, 0, 0, 2 + 1, 1 + 2, 1, ""},
		{"b-head", false, 3, 2 * 3, 2 * 3, 1, 0, 0, 1, 0, "NameError: name 'NS_CP' is not defined"},
		{"b-published", false, 1, 2, 2, 1, 2, 2, 1, 0, ""},
		{"b", true, 1, 2, 2, 1 + 2*2, 2 - 1, 2, 1 + 2, 0, ""}, // the report and its note; once there is no note
	} {
		got := o.Options[i]
		if got.Option != want.option || len(got.Changes) != 2 {
			t.Fatalf("%+v", got)
		}
		for _, c := range got.Changes {
			if c.Fresh != want.fresh || len(c.Attempts) != want.attempts || c.StaleReads == 0 || c.After < time.Millisecond {
				t.Errorf("%s: %+v", want.option, c)
			}
			for _, a := range c.Attempts {
				if a.Error != want.err || a.BilledMS < 1 {
					t.Errorf("%s: %+v", want.option, a)
				}
			}
		}
		if got.S3.Gets != want.gets || got.S3.Heads != want.heads || got.NetStorage.Uploads != want.uploads || got.NetStorage.Refused != want.refused {
			t.Errorf("%s: %+v, %+v", want.option, got.S3, got.NetStorage)
		}
		if got.Purges.Accepted != want.purges || got.OriginFull != want.full || got.OriginSame != want.same || got.Invocations != 2*want.attempts {
			t.Errorf("%s: %+v, %d and %d, %d invocations", want.option, got.Purges, got.OriginFull, got.OriginSame, got.Invocations)
		}
	}
	if a := o.Options[0]; a.IdleFull != 0 || a.IdleSame != 1 {
		t.Errorf("the job without a change: %+v", a)
	}
}

// A cancelled run keeps what it has observed.
func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := config(t)
	c.Progress = func(option string, _ int) {
		if option == "b-head" {
			cancel()
		}
	}
	o, err := offload.Run(ctx, c)
	if !errors.Is(err, context.Canceled) || len(o.Options) != 2 || len(o.Options[0].Changes) != 2 {
		t.Errorf("%+v, %v", o, err)
	}
}

// Whoever puts an object into the bucket finds it at the edge, and its next version too.
func TestServe(t *testing.T) {
	c := config(t)
	c.TTL = 10 * time.Minute
	s, err := offload.Serve(c)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, version := range []string{"one", "two"} {
		req, err := http.NewRequest("PUT", s.Bucket()+"/data/a%20b.csv", strings.NewReader(version))
		if err != nil {
			t.Fatal(err)
		}
		if resp, err := http.DefaultClient.Do(req); err != nil || resp.StatusCode != 200 {
			t.Fatalf("%+v, %v", resp, err)
		}
		for _, edge := range s.Edges() {
			for {
				resp, err := http.Get(edge + "/data/a%20b.csv")
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(resp.Body)
				if resp.Body.Close(); err != nil {
					t.Fatal(err)
				}
				if string(body) == version {
					break
				}
				time.Sleep(10 * time.Millisecond) // go test ends it if the version never comes
			}
		}
	}
	if env := s.Environment(); len(env) != 18 || !slices.Contains(env, "NS_CP=832468") {
		t.Errorf("%d variables: %q", len(env), env)
	}
}
