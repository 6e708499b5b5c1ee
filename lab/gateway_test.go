package lab

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdoor/front"
)

// key is an API key, and keyed the headers that send it.
const key = "meditations-0123456789"

// clock is a time that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2016, 8, 7, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// withGateway is a front with a raw function that answers well, and what an API has.
func withGateway(t *testing.T, kind front.Kind, g Gateway) Front {
	f := rawFront(t, kind, "returns", `{"statusCode":200,"headers":{"x-own":"1","access-control-allow-origin":"https://own.example"},"body":"{}"}`)
	f.Gateway = g
	return f
}

func (l logged) counted(name string) float64 {
	for _, c := range l.Counters() {
		if c.Name == name {
			return c.Value
		}
	}
	return 0
}

func (l logged) executionLog(t *testing.T, i int) string {
	t.Helper()
	f := l.Fronts()[i]
	text, err := os.ReadFile(filepath.Join(l.dir, ExecutionLogGroup(f.APIID, f.Stage), "execution.log"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func restKinds() []front.Kind { return []front.Kind{front.APIGatewayREST, front.APIGatewayNonProxy} }

// F16: a function whose policy does not name the API. The client gets 500, the log
// says why, the call is paid for and the function is not.
func TestF16MissingPermission(t *testing.T) {
	for kind, body := range map[front.Kind]string{front.APIGatewayREST: restInternal, front.APIGatewayNonProxy: restInternal, front.APIGatewayHTTP: httpInternal} {
		t.Run(string(kind), func(t *testing.T) {
			l := serveLogged(t, withGateway(t, kind, Gateway{NoPermission: true}))
			fault{500, body, ""}.check(t, request(t, "POST", l.url(0), ""))
			if kind.REST() {
				if got := l.executionLog(t, 0); !strings.Contains(got, ") Execution failed due to configuration error: Invalid permissions on Lambda function\n") {
					t.Errorf("execution log: %s", got)
				}
			}
			want := charge{1, 0, "0.0000035"}
			if kind == front.APIGatewayHTTP {
				want.usd = "0.000001"
			}
			if got := l.charged(t, 0); got != want {
				t.Errorf("charged %+v, want %+v", got, want)
			}
		})
	}
}

// F17: no API key, and a wrong one. Nothing is paid for.
func TestF17MissingKey(t *testing.T) {
	for _, kind := range restKinds() {
		t.Run(string(kind), func(t *testing.T) {
			l := serveLogged(t, withGateway(t, kind, Gateway{APIKey: key}))
			for _, fields := range [][]string{nil, {"x-api-key", ""}, {"x-api-key", key + "x"}, {"Authorization", key}} {
				a := request(t, "POST", l.url(0), "", fields...)
				if a.status != 403 || a.body != `{"message":"Forbidden"}` || a.header["X-Bench-Request-Id"] != nil {
					t.Errorf("%v: %d %q %v", fields, a.status, a.body, a.header)
				}
			}
			if got := l.charged(t, 0); got != (charge{0, 0, "0"}) || l.counted(apigwForbidden) != 4 {
				t.Errorf("charged %+v, forbidden %v", got, l.counted(apigwForbidden))
			}
			if a := request(t, "POST", l.url(0), "", "X-API-Key", key); a.status != 200 {
				t.Errorf("with the key: %d %q", a.status, a.body)
			}
			if got := l.charged(t, 0); got != (charge{1, 1, "0.0000037"}) {
				t.Errorf("with the key: charged %+v", got)
			}
			l.has(t, l.Fronts()[0], map[string]float64{"Count": 5, "4XXError": 4, "5XXError": 0})
		})
	}
}

// F18: burst 250 at 100 a second, and 10,000 a day. What is beyond gets 429 and is not
// paid for: of 300 requests at once 250 are, and one more after 10 ms.
func TestF18UsagePlan(t *testing.T) {
	clock := newClock()
	l := serveLogged(t, withGateway(t, front.APIGatewayNonProxy, Gateway{
		APIKey: key, Plan: &Throttle{Burst: 250, Rate: 100}, Quota: &Quota{Limit: 252, Period: "DAY"}, Now: clock.Now,
	}))
	send := func(n, ok int, refusal string) {
		t.Helper()
		got := 0
		for range n {
			switch a := request(t, "POST", l.url(0), "", "x-api-key", key); {
			case a.status == 200:
				got++
			case a.status != 429 || a.body != refusal:
				t.Fatalf("%d %q", a.status, a.body)
			}
		}
		if got != ok {
			t.Errorf("%d of %d pass, want %d", got, n, ok)
		}
	}
	send(300, 250, `{"message":"Too Many Requests"}`)
	clock.pass(10 * time.Millisecond)
	send(2, 1, `{"message":"Too Many Requests"}`)
	if got := l.charged(t, 0); got != (charge{251, 251, "0.0009287"}) { // 251 x (0.0000035 + 0.0000002)
		t.Errorf("charged %+v", got)
	}
	clock.pass(time.Hour) // the bucket is full, and one request of the day is left
	send(3, 1, `{"message":"Limit Exceeded"}`)
	clock.pass(12 * time.Hour) // the next day
	send(1, 1, "")
	if got, throttled, over := l.charged(t, 0), l.counted(apigwThrottled), l.counted(apigwQuota); got.calls != 253 || throttled != 51 || over != 2 {
		t.Errorf("charged %+v, throttled %v, over the quota %v", got, throttled, over)
	}
	log := l.executionLog(t, 0)
	for _, line := range []string{
		"Key throttle limit exceeded for Usage Plan. Limit: 100.00 Burst: 250\n",
		"Key quota exhausted for Usage Plan. Quota Limit: 252 Period: DAY\n",
	} {
		if !strings.Contains(log, line) {
			t.Errorf("no %q in the execution log", line)
		}
	}
	l.has(t, l.Fronts()[0], map[string]float64{"Throttles": 0, "4XXError": 53})
}

// A stage's throttle holds for callers without keys, of HTTP APIs too.
func TestStageThrottle(t *testing.T) {
	for _, kind := range append(restKinds(), front.APIGatewayHTTP) {
		clock := newClock()
		l := serveLogged(t, withGateway(t, kind, Gateway{Stage: &Throttle{Burst: 2, Rate: 1}, Now: clock.Now}))
		for i, want := range []int{200, 200, 429, 200, 429} {
			if i == 3 {
				clock.pass(time.Second)
			}
			if a := get(t, l.url(0)); a.status != want {
				t.Errorf("%s, request %d: %d %q, want %d", kind, i, a.status, a.body, want)
			}
		}
		if got := l.charged(t, 0); got.calls != 3 || got.invocations != 3 {
			t.Errorf("%s: charged %+v", kind, got)
		}
	}
}

// F19: without a proxy integration a failure is 200, and only the body tells; with a
// selection pattern it has a status of its own. Both are paid for.
func TestF19NonProxyFailures(t *testing.T) {
	plain := rawFront(t, front.APIGatewayNonProxy, "errors")
	selected := rawFront(t, front.APIGatewayNonProxy, "errors")
	selected.ID, selected.Gateway.Selections = "selected", []front.Selection{{Pattern: "other", Status: 404}, {Pattern: ".*bananas", Status: 503}}
	l := serveLogged(t, plain, selected)
	const document = `{"errorMessage":"no bananas","errorType":"errorString"}`
	for i, want := range []int{200, 503} {
		if a := get(t, l.url(i)); a.status != want || a.body != document || a.header.Get("Content-Type") != "application/json" {
			t.Errorf("%d %q, want %d", a.status, a.body, want)
		}
		if got := l.charged(t, i); got != (charge{1, 1, "0.0000037"}) {
			t.Errorf("charged %+v", got)
		}
	}
	l.has(t, l.Fronts()[0], map[string]float64{"Errors": 1, "4XXError": 0, "5XXError": 0})
	l.has(t, l.Fronts()[1], map[string]float64{"Errors": 1, "5XXError": 1})
}

// An API whose one method is POST / passes the body through and knows no other call;
// meditate behind it answers as the tutorial shows.
func TestPassThrough(t *testing.T) {
	echo := rawFront(t, front.APIGatewayNonProxy, "echoes")
	echo.Gateway.PassThrough = true
	meditate := fronts(t, "meditate", front.APIGatewayNonProxy)[0]
	meditate.ID, meditate.Gateway.PassThrough = "meditate", true
	l := serveLogged(t, echo, meditate)
	for sent, got := range map[string]string{"": "{}", `{"a": 1}`: `{"a":1}`, `"x"`: `"x"`} {
		if a := request(t, "POST", l.url(0), sent); a.status != 200 || a.body != got {
			t.Errorf("%q: %d %q, want %q", sent, a.status, a.body, got)
		}
	}
	if a := request(t, "POST", l.url(0), "a=b"); a.status != 400 || !strings.Contains(a.body, "Could not parse request body into json") {
		t.Errorf("a form: %d %q", a.status, a.body)
	}
	if a := request(t, "POST", l.url(1), ""); a.status != 200 || !strings.HasPrefix(a.body, `{"status":"success","meditation":"`) {
		t.Errorf("meditate: %d %q", a.status, a.body)
	}
	for _, c := range [][2]string{{"GET", "/"}, {"POST", "/other"}, {"OPTIONS", "/"}} {
		if a := request(t, c[0], l.url(1)+c[1], ""); a.status != 403 || a.body != `{"message":"Missing Authentication Token"}` {
			t.Errorf("%v: %d %q", c, a.status, a.body)
		}
	}
	if got := l.charged(t, 1); got != (charge{1, 1, "0.0000037"}) || l.counted(apigwNoMethod) != 3 {
		t.Errorf("charged %+v, no method %v", got, l.counted(apigwNoMethod))
	}
}

// An edge-optimized API is behind CloudFront, both ways; the function runs where it
// did. The fields are those of LocalStack's recording of 2024-07-10
// (tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json).
func TestEdgeOptimized(t *testing.T) {
	for _, kind := range restKinds() {
		f := rawFront(t, kind, "echoes")
		regional := f
		f.Gateway.EdgeOptimized, regional.ID = true, "regional"
		if kind == front.APIGatewayREST {
			f.Command, regional.Command = append(f.Command[:2:2], "returns", `{"statusCode":200}`), append(f.Command[:2:2], "returns", `{"statusCode":200}`)
		}
		l := serveLogged(t, f, regional)
		a, b := get(t, l.url(0)), get(t, l.url(1))
		for name, want := range map[string]string{"X-Cache": "Miss from cloudfront", "Via": ".cloudfront.net (CloudFront)", "X-Amz-Cf-Id": "-", "X-Amz-Cf-Pop": "LAB"} {
			if got := a.header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q, want %q", kind, name, got, want)
			}
			if got := b.header.Get(name); got != "" {
				t.Errorf("%s, regional: %s is %q", kind, name, got)
			}
		}
		if kind != front.APIGatewayNonProxy {
			continue
		}
		for _, part := range []string{`"CloudFront-Forwarded-Proto":"http"`, `"Via":"1.1 d`, `"X-Amz-Cf-Id":"`, `"X-Forwarded-For":"127.0.0.1, 192.0.2.1"`, `"source-ip":"127.0.0.1"`} {
			if !strings.Contains(a.body, part) || strings.Contains(b.body, "CloudFront") {
				t.Errorf("%s: no %s in %s, or some in %s", kind, part, a.body, b.body)
			}
		}
	}
	if f := withGateway(t, front.APIGatewayREST, Gateway{EdgeOptimized: true, APIKey: key}); request(t, "GET", serveLogged(t, f).url(0), "").header.Get("X-Cache") != "Error from cloudfront" {
		t.Error("a refusal at the edge says nothing of an error")
	}
}

// F13 and F14: a query as each door delivers it, and what the handlers of
// https://blog.nightonly.com (2022-05-10) make of it. All of it is paid for.
func TestF13F14QueryParity(t *testing.T) {
	type got struct {
		status int
		body   string
	}
	kinds := []front.Kind{front.APIGatewayHTTP, front.ALB, front.EdgeViewerRequest}
	var list []Front
	for _, kind := range kinds {
		list = append(list, rawFront(t, kind, "parameter", "input_file"))
	}
	l := serveLogged(t, list...)
	for query, want := range map[string][]got{
		"input_file=Big+Buck%20Bunny.mp4": {{200, "Big Buck Bunny.mp4"}, {200, "Big+Buck%20Bunny.mp4"}, {200, "Big Buck Bunny.mp4"}},                           // F13
		"input_file=":                     {{422, "Not exist parameter input_file."}, {422, "Not exist parameter input_file."}, {400, "Not found parameter."}}, // F14
		"input_file=&x=1":                 {{422, "Not exist parameter input_file."}, {422, "Not exist parameter input_file."}, {400, "Not found parameter input_file."}},
		"x=1":                             {{400, "Not found parameter input_file."}, {400, "Not found parameter input_file."}, {400, "Not found parameter input_file."}},
	} {
		for i := range kinds {
			if a := get(t, l.url(i)+"/?"+query); a.status != want[i].status || a.body != want[i].body {
				t.Errorf("%s, %s: %d %q, want %v", kinds[i], query, a.status, a.body, want[i])
			}
		}
	}
	for i, want := range []charge{{4, 4, "0.0000048"}, {4, 4, "0.0000008"}, {4, 4, "0.0000064"}} {
		if got := l.charged(t, i); got != want {
			t.Errorf("%s: charged %+v, want %+v", kinds[i], got, want)
		}
	}
}

// F03 and F15: a load balancer takes no number for a header, and in multi-value mode
// no "headers"; the function ran and is paid for.
func TestALBRefusals(t *testing.T) {
	const single = `{"statusCode":200,"statusDescription":"200 OK","headers":{"x-n":"1"},"body":"x","isBase64Encoded":false}`
	const multi = `{"statusCode":200,"statusDescription":"200 OK","multiValueHeaders":{"x-n":["1"]},"body":"x","isBase64Encoded":false}`
	number := strings.Replace(single, `"1"`, "1", 1)
	for what, c := range map[string]struct {
		result string
		multi  bool
		status int
	}{
		"F03": {number, false, 502}, "text": {single, false, 200},
		"F15": {single, true, 502}, "lists": {multi, true, 200}, "lists in single mode": {multi, false, 502},
	} {
		f := rawFront(t, front.ALB, "returns", c.result)
		f.MultiValue = c.multi
		l := serveLogged(t, f)
		if a := get(t, l.url(0)); a.status != c.status || a.status == http.StatusBadGateway && !strings.Contains(a.body, albBad) {
			t.Errorf("%s: %d %q, want %d", what, a.status, a.body, c.status)
		}
		if got := l.charged(t, 0); got != (charge{1, 1, "0.0000002"}) {
			t.Errorf("%s: charged %+v", what, got)
		}
		if user := l.sum(t, l.Fronts()[0], "LambdaUserError"); (total(user) == 1) != (c.status == 502) {
			t.Errorf("%s: LambdaUserError %v", what, user)
		}
	}
}

// F04: a handler that fails costs what it costs when it does not.
func TestFailuresArePaidFor(t *testing.T) {
	for _, kind := range answering() {
		l := serveLogged(t, rawFront(t, kind, "errors"))
		failures()[kind].check(t, get(t, l.url(0)))
		if got := l.charged(t, 0); got != (charge{1, 1, oneCall()[kind]}) {
			t.Errorf("%s: charged %+v", kind, got)
		}
	}
}
