package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"frontdoor/record"
)

// dynamoStandIn answers PutItem: what tries a table has a condition, which fails.
type dynamoStandIn struct {
	try, put string        // the error's type and message; "" is as it should be
	hang     chan bool     // told of a put, which gets no answer; nil: it does
	away     string        // the front's address; "" is this machine's
	puts     atomic.Int64  // without a condition
	front    *atomic.Int64 // requests to the front
}

func (s *dynamoStandIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	say := func(kind string) {
		name, message, _ := strings.Cut(kind, " ")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":%q}`, name, message)
	}
	switch tries := strings.Contains(string(body), "ConditionExpression"); {
	case tries && s.try != "":
		say(s.try)
	case tries:
		say("ConditionalCheckFailedException The conditional request failed")
	case s.hang != nil:
		select {
		case s.hang <- true:
		default:
		}
		<-r.Context().Done()
	case s.puts.Add(1) > 0 && s.put != "":
		say(s.put)
	default:
		io.WriteString(w, "{}")
	}
}

// run runs the scenario polled on a front of this machine, with the stand-in for
// DynamoDB.
func (s *dynamoStandIn) run(t *testing.T, endpoint string, change ...string) (code int, said string, dir string) {
	t.Helper()
	s.front = new(atomic.Int64)
	front := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { s.front.Add(1) }))
	defer front.Close()
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_DYNAMODB": endpoint, "AWS_ACCESS_KEY_ID": "AKIDSTANDIN", "AWS_SECRET_ACCESS_KEY": "secret-of-nobody", "AWS_SESSION_TOKEN": "session-of-nobody",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_MAX_ATTEMPTS": "1", "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
	dir = t.TempDir()
	scenario, targets := filepath.Join(dir, "polled.yaml"), filepath.Join(dir, "t.yaml")
	for path, text := range map[string]string{
		scenario: strings.NewReplacer(change...).Replace(polled) + "rounds: 2\n",
		targets:  "version: 1\nscenario: polled\nfronts: [{id: url, url: " + cmp.Or(s.away, front.URL) + ", metrics: none}]\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var errs bytes.Buffer
	env := quietEnv()
	env.stderr = &errs
	args := []string{"run", scenario, "--targets", targets, "--out", filepath.Join(dir, "runs")}
	if s.away != "" {
		args = append(args, "--yes", "--max-cost", "1", "--i-own", "front.example")
	}
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	if s.hang != nil {
		go func() { <-s.hang; interrupt() }()
	}
	code = bench(ctx, env, args)
	return code, errs.String(), dir
}

// Who cannot write the items learns it before anything is sent, in one error that names
// the action, the table or the field; there is no folder, and no secret is said.
func TestTablesThatCannotBeWritten(t *testing.T) {
	const denied = "AccessDeniedException User: arn:aws:iam::123456789012:user/u is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:ap-northeast-1:123456789012:table/MediaConvertJobIdToStatus with session-of-nobody and secret-of-nobody"
	for name, c := range map[string]struct {
		standIn  *dynamoStandIn
		endpoint string // "" is the stand-in's
		change   []string
		code     int
		says     []string
	}{
		"no permission": {standIn: &dynamoStandIn{try: denied}, code: exitUsage, says: []string{"nothing was sent", "is not authorized to perform: dynamodb:PutItem", "bench doctor says which permissions are missing"}},
		"no table": {standIn: &dynamoStandIn{try: "ResourceNotFoundException Requested resource not found"}, code: exitUsage,
			says: []string{`nothing was sent: the account has no table "MediaConvertJobIdToStatus" in ap-northeast-1`, "region of the table in the scenario says where it is"}},
		"throttled":  {standIn: &dynamoStandIn{try: "ThrottlingException Rate exceeded"}, code: exitInternal, says: []string{"nothing was sent", "AWS throttles the calls"}},
		"on AWS":     {standIn: &dynamoStandIn{}, endpoint: "https://dynamodb.example", code: exitUsage, says: []string{`front "url" is on this machine, and the table "MediaConvertJobIdToStatus" would be written elsewhere`, "paste the export lines"}},
		"not on AWS": {standIn: &dynamoStandIn{away: "https://front.example"}, code: exitUsage, says: []string{`front "url" is not on this machine, and the table "MediaConvertJobIdToStatus" would be written here, at http://127.0.0.1:`, "unset AWS_ENDPOINT_URL_DYNAMODB"}},
		"no session": {standIn: &dynamoStandIn{}, change: []string{"key: job-*", "key: job-1"}, code: exitUsage, says: []string{`tables[0].timelines[0].key: no request asks for a key that "job-1" matches`, "want load.polling"}},
		"too many":   {standIn: &dynamoStandIn{}, change: []string{"rate: 10/s", "rate: 40000/s"}, code: exitUsage, says: []string{" load: bench would write ", "and 20000 is the most: want fewer rounds"}},
	} {
		server := httptest.NewServer(c.standIn)
		endpoint := c.endpoint
		if endpoint == "" {
			endpoint = server.URL
		}
		code, said, dir := c.standIn.run(t, endpoint, c.change...)
		server.Close()
		if code != c.code {
			t.Errorf("%s: exit code %d, want %d\n%s", name, code, c.code, said)
		}
		for _, want := range c.says {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q is not said:\n%s", name, want, said)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "runs")); err == nil || c.standIn.front.Load() > 0 || c.standIn.puts.Load() > 0 {
			t.Errorf("%s: %d requests were sent, %d items written, and the folder: %v", name, c.standIn.front.Load(), c.standIn.puts.Load(), err)
		}
		if strings.Contains(said, "secret-of-nobody") || strings.Contains(said, "session-of-nobody") {
			t.Errorf("%s: a secret is said:\n%s", name, said)
		}
	}
}

// A run whose permission ends on the way keeps what it has, with the writes of the trial
// that it did not begin; nothing of that trial is sent.
func TestSeedRefusedOnTheWay(t *testing.T) {
	s := &dynamoStandIn{put: "ExpiredTokenException The security token included in the request is expired: secret-of-nobody"}
	server := httptest.NewServer(s)
	defer server.Close()
	code, said, dir := s.run(t, server.URL)
	if code != exitUsage || !strings.Contains(said, "the credentials are expired") || s.front.Load() > 0 {
		t.Errorf("exit code %d after %d requests:\n%s", code, s.front.Load(), said)
	}
	rec := onlyRun(t, dir, said)
	first := rec.Trials[0]
	if first.State != record.Interrupted || first.Load == nil || first.Load.Sent != 0 || len(first.Events) < 2 || rec.Trials[1].State != record.Planned {
		t.Fatalf("%+v", rec.Trials)
	}
	failed := first.Events[1]
	if first.Events[0].What != record.TableTried || failed.What != record.ItemFailed || !strings.Contains(failed.Write.Error, "expired") || failed.AtS >= 0 {
		t.Errorf("%+v %+v", failed, failed.Write)
	}
	text, _ := os.ReadFile(filepath.Join(rec.Dir, "run.json"))
	if strings.Contains(said+string(text), "secret-of-nobody") || !strings.Contains(rec.Stopped, "the credentials are expired") {
		t.Errorf("stopped %q; a secret may be in it:\n%s", rec.Stopped, text)
	}
}

// An interrupt while items are written before a trial is one, and no error of AWS's.
func TestInterruptWhileSeeding(t *testing.T) {
	s := &dynamoStandIn{hang: make(chan bool, 1)}
	server := httptest.NewServer(s)
	defer server.Close()
	_, said, dir := s.run(t, server.URL)
	rec := onlyRun(t, dir, said)
	if rec.Stopped != "interrupt" || rec.Trials[0].State != record.Interrupted || s.front.Load() > 0 || !strings.Contains(said, "stopped: 0 of 2 trials") {
		t.Errorf("stopped by %q after %d requests, trial %+v\n%s", rec.Stopped, s.front.Load(), rec.Trials[0], said)
	}
}

// onlyRun is the one run that is kept in a folder.
func onlyRun(t *testing.T, dir, said string) *record.Recording {
	t.Helper()
	dirs, _ := filepath.Glob(filepath.Join(dir, "runs", "*"))
	if len(dirs) != 1 {
		t.Fatalf("%d runs\n%s", len(dirs), said)
	}
	rec, err := record.Open(dirs[0])
	if err != nil {
		t.Fatal(err)
	}
	return rec
}
