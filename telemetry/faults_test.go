package telemetry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"frontdoor/awscall"
	"frontdoor/front"
	"frontdoor/lab/cloudwatch"
	"frontdoor/lab/fault"
	"frontdoor/lab/logs"
	"frontdoor/lab/sigv4"
	"frontdoor/record"
)

// remote is AWS as the lab has it, with signatures that are verified and what a plan lets
// go wrong, asked by the SDK as AWS is asked: with a configuration that is loaded.
type remote struct {
	metrics *cloudwatch.Handler
	logs    *logs.Handler
	key     sigv4.Key // that it knows
	mu      sync.Mutex
	calls   map[string]int // by operation, refused ones included
}

const function = "hello"

// newRemote knows one function with four invocations in eu-west-1.
func newRemote(t *testing.T, plan fault.Plan) *remote {
	t.Helper()
	store, folder := cloudwatch.NewStore(), t.TempDir()
	spans := map[string]time.Time{}
	var lines strings.Builder
	for i := range 4 {
		id, when := fmt.Sprintf("00000000-0000-4000-8000-%012d", i), at("12:00:30").Add(time.Duration(i)*time.Minute)
		spans[id] = when
		fmt.Fprintf(&lines, "START RequestId: %s Version: $LATEST\nREPORT RequestId: %s\tDuration: 9.50 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t\n", id, id)
		for name, value := range map[string]float64{"Invocations": 1, "Duration": 9.5} {
			store.Put(home, cloudwatch.Datum{Namespace: "AWS/Lambda", Name: name, Dimensions: []cloudwatch.Dimension{{Name: "FunctionName", Value: function}}, Time: when, Value: value})
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "s.log"), []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	r := &remote{key: sigv4.Key{ID: "AKIDEXAMPLE", Secret: "secret", Token: "token"}, calls: map[string]int{}}
	r.metrics = cloudwatch.NewHandler(store)
	r.logs = logs.NewHandler([]logs.Group{{Region: home, Name: LogGroup(function), Folder: folder, Span: func(id string) (time.Time, time.Time, bool) {
		when, known := spans[id]
		return when, when.Add(10 * time.Millisecond), known
	}}})
	counted := func(c fault.Call) fault.Fault {
		r.mu.Lock()
		r.calls[c.Operation]++
		r.mu.Unlock()
		if plan == nil {
			return fault.Fault{}
		}
		return plan(c)
	}
	r.metrics.Faults.Plan, r.logs.Faults.Plan = counted, counted
	r.verify(func(*sigv4.Verifier) {})
	return r
}

// verify sets how signatures are verified.
func (r *remote) verify(change func(*sigv4.Verifier)) {
	for service, at := range map[string]**sigv4.Verifier{"monitoring": &r.metrics.Verifier, "logs": &r.logs.Verifier} {
		v := &sigv4.Verifier{Keys: []sigv4.Key{r.key}, Service: service}
		change(v)
		*at = v
	}
}

// reader asks the remote with credentials, and without a wait worth the name between attempts.
func (r *remote) reader(t *testing.T, provider aws.CredentialsProvider) *Reader {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if strings.HasPrefix(q.Header.Get("X-Amz-Target"), "Logs_") {
			r.logs.ServeHTTP(w, q)
		} else {
			r.metrics.ServeHTTP(w, q)
		}
	}))
	t.Cleanup(server.Close)
	for _, name := range []string{"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"} {
		t.Setenv(name, filepath.Join(t.TempDir(), "none"))
	}
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	options := []func(*config.LoadOptions) error{config.WithBaseEndpoint(server.URL), config.WithRetryer(func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = time.Millisecond })
	})}
	if provider != nil {
		options = append(options, config.WithCredentialsProvider(provider))
	}
	return NewReader(Config{LoadOptions: options})
}

func (r *remote) credentials() aws.CredentialsProvider {
	return credentials.NewStaticCredentialsProvider(r.key.ID, r.key.Secret, r.key.Token)
}

// question is one operation as telemetry asks it, and how many things its answer holds.
type question struct {
	operation string
	service   string
	attempts  int // before the SDK gives up
	ask       func(context.Context, *Reader) (int, error)
}

func questions() []question {
	w := window{at("12:00:00"), at("12:05:00")}
	newGroup := func() *group {
		return &group{region: home, name: LogGroup(function), streams: map[string][]logged{}, seen: map[string]bool{}, rows: map[string]reported{}}
	}
	return []question{
		{"GetMetricData", "CloudWatch", 3, func(ctx context.Context, r *Reader) (int, error) {
			replies, err := r.readEach(ctx, []ask{{Wanted{Namespace: "AWS/Lambda", Name: "Invocations", Dimensions: dims("FunctionName", function), Region: home, Stat: "Sum"}, w, minuteS}})
			if err != nil {
				return 0, err
			}
			return len(replies[0].values), nil
		}},
		{"ListMetrics", "CloudWatch", 3, func(ctx context.Context, r *Reader) (int, error) {
			has, err := r.hasMetrics(ctx, home, function)
			return map[bool]int{true: 4}[has], err
		}},
		{"FilterLogEvents", "CloudWatch Logs", logAttempts, func(ctx context.Context, r *Reader) (int, error) {
			g := newGroup()
			err := r.filter(ctx, g, w.from, w.until)
			return len(g.invocations()), err
		}},
		{"StartQuery", "CloudWatch Logs", logAttempts, func(ctx context.Context, r *Reader) (int, error) {
			return r.query(ctx, newGroup(), w.from, w.until)
		}},
		{"GetQueryResults", "CloudWatch Logs", logAttempts, func(ctx context.Context, r *Reader) (int, error) {
			return r.query(ctx, newGroup(), w.from, w.until)
		}},
	}
}

// What is refused for good is asked once and is one sentence with what to do; the SDK's
// own words and its request ids are not in it, and no secret is.
func TestRefusedForGood(t *testing.T) {
	other := func(id, secret, token string) func(*remote) aws.CredentialsProvider {
		return func(*remote) aws.CredentialsProvider {
			return credentials.NewStaticCredentialsProvider(id, secret, token)
		}
	}
	for name, c := range map[string]struct {
		change     func(*remote)
		with       func(*remote) aws.CredentialsProvider
		plan       fault.Plan
		want, hint string
	}{
		"a wrong secret":  {nil, other("AKIDEXAMPLE", "wrong", "token"), nil, "AWS takes the signature for a forged one", "the secret access key is not that of the access key id"},
		"an unknown key":  {nil, other("AKIDOTHER", "secret", "token"), nil, "AWS does not know the credentials there", "the Region is not enabled for the account"},
		"another session": {nil, other("AKIDEXAMPLE", "secret", "stale"), nil, "AWS does not know the credentials there", "bench doctor"},
		"expired": {func(r *remote) { r.key.Expires = time.Now().Add(-time.Minute); r.verify(func(*sigv4.Verifier) {}) }, (*remote).credentials, nil,
			"the credentials are expired", "get new ones (aws sso login"},
		"not allowed": {nil, (*remote).credentials, fault.Always(fault.Fault{Code: "AccessDeniedException", Message: "User is not authorized"}),
			"the credentials do not allow it", "bench doctor"},
		"a clock that nothing repairs": {func(r *remote) {
			r.verify(func(v *sigv4.Verifier) { v.Now = func() time.Time { return time.Now().Add(10 * time.Minute) } }) // and the Date of the answer is right
		}, (*remote).credentials, nil, "this machine's clock and AWS's differ", "set this machine's clock"},
	} {
		for _, q := range questions() {
			t.Run(name+"/"+q.operation, func(t *testing.T) {
				r := newRemote(t, c.plan)
				if c.change != nil {
					c.change(r)
				}
				_, err := q.ask(context.Background(), r.reader(t, c.with(r)))
				asked := q.operation
				if asked == "GetQueryResults" {
					asked = "StartQuery" // which is the first to be refused
				}
				wantFailure(t, err, q.service+": "+asked+": "+c.want, c.hint, 0)
				if r.calls[asked] != 1 {
					t.Errorf("asked %d times", r.calls[asked])
				}
			})
		}
	}
}

// wantFailure checks an error and that it is one sentence, with one hint.
func wantFailure(t *testing.T, err error, want, hint string, attempts int) {
	t.Helper()
	var f *awscall.Failure
	if !errors.As(awscall.Explain(err), &f) {
		t.Fatalf("%v, want %q", err, want)
	}
	if !strings.HasPrefix(f.Error(), want) || !strings.Contains(f.Hint, hint) || f.Attempts != attempts {
		t.Errorf("%s, after %d attempts\nwant %s, hint %s, after %d", f, f.Attempts, want, hint, attempts)
	}
	for _, word := range []string{"https response error", "operation error", "RequestID", "secret\"", "AKID", "token\""} {
		if strings.Contains(f.Error(), word) {
			t.Errorf("%q is in %s", word, f)
		}
	}
	if lines := strings.Count(f.Error(), "\n"); lines != 1 {
		t.Errorf("%d lines: %s", lines+1, f)
	}
}

func TestNoCredentials(t *testing.T) {
	for _, q := range questions() {
		r := newRemote(t, nil)
		_, err := q.ask(context.Background(), r.reader(t, nil))
		asked := strings.Replace(q.operation, "GetQueryResults", "StartQuery", 1)
		wantFailure(t, err, q.service+": "+asked+": there are no AWS credentials", "set AWS_PROFILE", 0)
		if len(r.calls) != 0 {
			t.Errorf("AWS was asked without credentials: %v", r.calls)
		}
	}
}

// What passes is asked again, as often as it takes, and then answers in full.
func TestPassingFaults(t *testing.T) {
	for name, f := range map[string]fault.Fault{
		"throttling":                     fault.Throttled(),
		"throttling with a time to wait": {Code: "ThrottlingException", Message: "Rate exceeded", RetryAfter: time.Millisecond},
		"status 500":                     {Code: "InternalFailure", Status: 500},
		"status 503":                     {Code: "ServiceUnavailableException", Status: 503},
		"a clock that is ahead":          {Ahead: 10 * time.Minute},
		"a clock that is behind":         {Ahead: -10 * time.Minute},
		"an answer that breaks off":      {Cut: true},
	} {
		for _, q := range questions() {
			t.Run(name+"/"+q.operation, func(t *testing.T) {
				plan, calls := fault.First(2, f).Of(q.operation), 3
				if f.Ahead != 0 { // for good: the SDK learns the difference from the first refusal
					plan, calls = fault.Always(f), 2
				}
				r := newRemote(t, plan)
				n, err := q.ask(context.Background(), r.reader(t, r.credentials()))
				if err != nil || n != 4 {
					t.Fatalf("%d, %v", n, awscall.Explain(err))
				}
				if q.operation == "GetQueryResults" && f.Ahead != 0 {
					calls = 1 // StartQuery was refused in its place
				}
				if r.calls[q.operation] != calls {
					t.Errorf("asked %d times, want %d", r.calls[q.operation], calls)
				}
			})
		}
	}
}

// What does not pass is given up after the SDK's own number of attempts.
func TestGivingUp(t *testing.T) {
	for name, c := range map[string]struct {
		fault      fault.Fault
		want, hint string
	}{
		"throttling": {fault.Throttled(), "AWS throttles the calls", "share one limit"},
		"status 503": {fault.Fault{Code: "ServiceUnavailableException", Status: 503}, "AWS failed, with status 503", "try again later"},
	} {
		for _, q := range questions() {
			t.Run(name+"/"+q.operation, func(t *testing.T) {
				r := newRemote(t, fault.Always(c.fault).Of(q.operation))
				_, err := q.ask(context.Background(), r.reader(t, r.credentials()))
				wantFailure(t, err, fmt.Sprintf("%s: %s: %s, after %d attempts", q.service, q.operation, c.want, q.attempts), c.hint, q.attempts)
				if r.calls[q.operation] != q.attempts {
					t.Errorf("asked %d times, want %d", r.calls[q.operation], q.attempts)
				}
			})
		}
	}
}

// Every page is read, and nothing twice: four invocations a minute apart are a sum of
// four, and four lines, whatever a page holds.
func TestPartialPages(t *testing.T) {
	for name, plan := range map[string]fault.Plan{
		"pages of one":                     fault.Always(fault.Fault{Page: 1}),
		"pages of three":                   fault.Always(fault.Fault{Page: 3}),
		"a page of one, then an empty one": func(c fault.Call) fault.Fault { return fault.Fault{Page: 1, Empty: c.Number%2 == 0} },
		"an empty page first":              fault.First(2, fault.Fault{Empty: true}),
		"throttled between pages": func(c fault.Call) fault.Fault {
			if c.Number%2 == 0 {
				return fault.Throttled()
			}
			return fault.Fault{Page: 1}
		},
	} {
		for _, q := range questions()[:4] {
			r := newRemote(t, plan)
			n, err := q.ask(context.Background(), r.reader(t, r.credentials()))
			if err != nil || n != 4 {
				t.Errorf("%s, %s: %d, %v", name, q.operation, n, awscall.Explain(err))
			}
		}
	}
}

// asked is a run of the remote's function behind a function URL, to be collected.
func (r *remote) collect(t *testing.T) record.FrontMeters {
	t.Helper()
	f := record.Front{ID: "url", Kind: front.FunctionURL, Region: home, Function: function, FunctionIn: home}
	run := record.Run{ID: "r", Fronts: []record.Front{f}, Started: at("12:00:00"), Ended: at("12:04:00"),
		Trials: []record.Trial{{Round: 1, Front: f.ID, State: record.Done, Load: &record.Load{Sent: 4}}}}
	reader := r.reader(t, r.credentials())
	now := at("12:05:00")
	reader.config.Deadline, reader.config.Now = time.Minute, func() time.Time { return now }
	reader.config.After = func(d time.Duration) <-chan time.Time {
		now = now.Add(d)
		c := make(chan time.Time, 1)
		c <- now
		return c
	}
	meters, _, err := reader.Collect(context.Background(), &run, nil)
	if err != nil {
		t.Fatal(err)
	}
	return meters.Fronts[0]
}

// A metric without a datapoint has no value, which is not 0, and a problem says so; one
// that is late is waited for.
func TestMissingDatapoints(t *testing.T) {
	m := newRemote(t, fault.Always(fault.Fault{Missing: []string{"Duration"}})).collect(t)
	if got := metric(t, m, "Duration", "Sum"); got.Value != nil || got.Datapoints != 0 {
		t.Errorf("Duration = %v", text(got.Value))
	}
	if !hasProblem(m, `AWS/Lambda Duration never came from Region "eu-west-1"`) {
		t.Errorf("problems %q", m.Problems)
	}
	wantValue(t, m, "Invocations", "Sum", 4)

	late := newRemote(t, fault.First(3, fault.Fault{Missing: []string{"Invocations"}}))
	m = late.collect(t)
	wantValue(t, m, "Invocations", "Sum", 4)
	if hasProblem(m, "Invocations") || m.Coverage.WaitedS == 0 {
		t.Errorf("waited %v s, problems %q", m.Coverage.WaitedS, m.Problems)
	}
}

// What CloudWatch itself says is not whole stands beside its values.
func TestPartialData(t *testing.T) {
	for _, state := range []string{"PartialData", "InternalError"} {
		m := newRemote(t, fault.Always(fault.Fault{State: state}).Of("GetMetricData")).collect(t)
		wantValue(t, m, "Invocations", "Sum", 4)
		if !hasProblem(m, fmt.Sprintf("Sum of Invocations: answered with status %q", state)) {
			t.Errorf("%s: problems %q", state, m.Problems)
		}
	}
}

// A query is asked after until it is over; one that fails says so.
func TestQueryUnderWay(t *testing.T) {
	group := func() *group { return &group{region: home, name: LogGroup(function), rows: map[string]reported{}} }
	for _, c := range []struct {
		plan  fault.Plan
		calls int
		want  string
	}{
		{fault.First(3, fault.Fault{State: "Running"}).Of("GetQueryResults"), 4, ""},
		{fault.First(1, fault.Fault{State: "Scheduled"}).Of("GetQueryResults"), 2, ""},
		{fault.Always(fault.Fault{State: "Failed"}).Of("GetQueryResults"), 1, "Failed: the query did not get to its end"},
	} {
		r := newRemote(t, c.plan)
		reader := r.reader(t, r.credentials())
		reader.config.After = func(time.Duration) <-chan time.Time {
			done := make(chan time.Time)
			close(done)
			return done
		}
		n, err := reader.query(context.Background(), group(), at("12:00:00"), at("12:05:00"))
		text, _ := refusal(err)
		if r.calls["GetQueryResults"] != c.calls || text != c.want || err == nil && n != 4 {
			t.Errorf("%d rows after %d calls, %v", n, r.calls["GetQueryResults"], err)
		}
	}
}
