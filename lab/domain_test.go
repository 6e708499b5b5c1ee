package lab

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab/route53"
	"frontdoor/world"
)

// named is a front with a copy in us-east-1 and one in us-west-2, as AWS's sample has
// it: the nearest healthy Region answers and says which it is.
func named(t testing.TB) Front {
	f := fronts(t, "hello-region", front.APIGatewayREST)[0]
	f.ID, f.Viewer = "global", "us-east-1"
	f.Domain = &Domain{
		Name: "api.myapp.com", Endpoint: world.EndpointRegional, Created: time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC),
		Routing: route53.Name{Policy: route53.Latency, TTL: time.Minute, Records: []route53.Record{{Region: "us-east-1"}, {Region: "us-west-2"}}},
		Check:   check(t, "ok"),
	}
	return f
}

// check is the sample's: every 30 s, twice in a row.
func check(t testing.TB, search string) *HealthCheck {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &HealthCheck{
		Check: route53.Check{Interval: 30 * time.Second, Threshold: 2, Checkers: 4, Search: search}, Path: "/healthcheck",
		Command: []string{self, string(front.APIGatewayREST), "healthcheck"}, Environment: map[string]string{"STATUS": "ok"},
	}
}

// serveNamed serves one front at a clock that runs 600 times as fast: a minute in 100 ms.
func serveNamed(t testing.TB, f Front) *Lab {
	t.Helper()
	d := world.Distance{Matrix: world.Recent(), TLS: world.TLS13} // no last mile: polls are quick
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}, Distance: &d, Speed: 600})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// poll asks once and tells what a page would show: the answer, or that there was none.
func poll(client *http.Client, url string) string {
	resp, err := client.Get(url)
	if err != nil {
		return "failed"
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

// pollUntil polls, each time on a new connection, until the answer contains a text,
// and counts what failed meanwhile.
func pollUntil(t testing.TB, url, text string) (failed int) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for patience := time.Now().Add(30 * time.Second); time.Now().Before(patience); time.Sleep(2 * time.Millisecond) {
		got := poll(client, url)
		if strings.Contains(got, text) {
			return failed
		}
		if got == "failed" {
			failed++
		}
	}
	t.Fatalf("never %q", text)
	return 0
}

// when is when something first happened in a Region; a failure when it did not.
func when(t testing.TB, events []Event, what, region string) time.Duration {
	t.Helper()
	i := slices.IndexFunc(events, func(e Event) bool { return e.What == what && e.Region == region })
	if i < 0 {
		t.Fatalf("%s in %s is not among %v", what, region, events)
	}
	return events[i].At
}

// A Region whose health check alone fails is left without one failed poll, and one
// that goes down after some; no sooner than the checks allow, and it is found again.
// A connection that is kept open stays where it is.
func TestFailover(t *testing.T) {
	for _, health := range []bool{true, false} {
		t.Run(fmt.Sprintf("health only %v", health), func(t *testing.T) {
			t.Parallel()
			f := named(t)
			l := serveNamed(t, f)
			url, trial := l.Fronts()[0].URL, l.begin("global")
			kept := &http.Client{Transport: &http.Transport{}}
			if got := poll(kept, url); !strings.Contains(got, "us-east-1") {
				t.Fatalf("the nearest Region answers %q", got)
			}
			l.checked(16) // each checker of each Region has been round: the functions are warm
			outage := Outage{Region: "us-east-1", Health: health, Answer: `{"status": "fail"}`}
			trial.suffer(outage, true)
			failed := pollUntil(t, url, "us-west-2")
			stays := poll(kept, url)
			trial.suffer(outage, false)
			pollUntil(t, url, "us-east-1")
			events := trial.end()
			if (failed == 0) != health || health != strings.Contains(stays, "us-east-1") {
				t.Errorf("%d polls failed; the connection that was open says %q", failed, stays)
			}
			began, found, moved := when(t, events, OutageBegins, "us-east-1"), when(t, events, CheckFails, "us-east-1"), when(t, events, Resolves, "us-west-2")
			bounds := world.Check{Interval: f.Domain.Check.Interval, Threshold: f.Domain.Check.Threshold}
			if found-began < bounds.Earliest() || moved < found {
				t.Errorf("began %v, found out %v, moved %v", began, found, moved)
			}
			if ended, back := when(t, events, OutageEnds, "us-east-1"), when(t, events, CheckPasses, "us-east-1"); back-ended < bounds.Earliest() {
				t.Errorf("ended %v, found again %v", ended, back)
			}
		})
	}
}

// checked waits for so many requests of health checkers.
func (l *Lab) checked(n float64) {
	for from := l.counted("route53.health_check_requests"); l.counted("route53.health_check_requests") < from+n; {
		time.Sleep(time.Millisecond)
	}
}

// Outages of a scenario come and go at their times, and end with the trial at the
// latest: the next one begins sound.
func TestOutagesTakeTheirCourse(t *testing.T) {
	f := fronts(t, "hello", front.ALB)[0]
	f.Outages = []Outage{{Region: "us-east-1", From: time.Minute, Until: 3 * time.Minute}, {Region: "us-east-1", From: 5 * time.Minute}}
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}, Speed: 600})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for range 2 {
		trial, client := l.begin(f.ID), &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		for len(trial.told()) < 3 {
			poll(client, l.Fronts()[0].URL)
		}
		if got := poll(client, l.Fronts()[0].URL); got != "failed" {
			t.Errorf("it answers %q", got)
		}
		events := trial.end()
		if got := poll(client, l.Fronts()[0].URL); !strings.Contains(got, "Hello") {
			t.Errorf("after the trial it answers %q", got)
		}
		for i, want := range []Event{{time.Minute, OutageBegins, "us-east-1"}, {3 * time.Minute, OutageEnds, "us-east-1"}, {5 * time.Minute, OutageBegins, "us-east-1"}, {5 * time.Minute, OutageEnds, "us-east-1"}} {
			if len(events) != 4 || events[i].What != want.What || events[i].At < want.At {
				t.Fatalf("%v, want %v", events, want)
			}
		}
	}
}

// F20: a search for "ok" finds it in "notok", so the failure is never noticed; a
// search for the whole field notices.
func TestSubstringTrap(t *testing.T) {
	for search, notices := range map[string]bool{"ok": false, `"status": "ok"`: true} {
		t.Run(search, func(t *testing.T) {
			t.Parallel()
			f := named(t)
			f.Domain.Check = check(t, search)
			l := serveNamed(t, f)
			trial := l.begin("global")
			l.checked(16)
			n := l.counted("route53.health_check_requests") // before what they ran: more may come between
			l.Settle()
			if ms := l.counted("route53.health_check_billed_ms"); ms < n {
				t.Errorf("%v health checks, and %v ms of their function are billed: want 1 ms or more for each", n, ms)
			}
			trial.suffer(Outage{Region: "us-east-1", Health: true, Answer: `{"status": "notok"}`}, true)
			if notices {
				pollUntil(t, l.Fronts()[0].URL, "us-west-2")
			} else {
				l.checked(80) // 10 turns of each checker
			}
			events := trial.end()
			failed := slices.ContainsFunc(events, func(e Event) bool { return e.What == CheckFails })
			if failed != notices {
				t.Errorf("noticed: %v, of %v", failed, events)
			}
		})
	}
}

// counted is the sum of a counter over Regions.
func (l *Lab) counted(name string) float64 {
	sum := 0.0
	for _, c := range l.Counters() {
		if c.Name == name {
			sum += c.Value
		}
	}
	return sum
}

// F21: a cold start of more than 2 s makes a check fail that the next request, warm,
// lets pass again: it flaps with nothing being down.
func TestColdStartFlapsTheCheck(t *testing.T) {
	t.Parallel()
	f := named(t)
	f.Domain.Routing.Records = f.Domain.Routing.Records[:1]
	slow := rawFront(t, front.APIGatewayREST, "starts-slowly", `{"statusCode":200,"body":"ok"}`)
	f.Domain.Check = &HealthCheck{Check: route53.Check{Interval: 10 * time.Second, Threshold: 1, Checkers: 1, Search: "ok"}, Path: "/", Command: slow.Command}
	f.Timeout = 10 * time.Second
	d := world.Default()
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}, Distance: &d, Speed: 3.5}) // 10 s in 2.9 s: a turn ends before the next
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	trial := l.begin("global")
	for len(trial.told()) < 2 { // go test ends it if the check never passes
		time.Sleep(time.Millisecond)
	}
	events := trial.end()
	l.Settle()
	if n, ms := l.counted("route53.health_check_requests"), l.counted("route53.health_check_billed_ms"); n < 2 || ms < 2 {
		t.Errorf("%v health checks and %v ms of their function are billed", n, ms)
	}
	var what []string
	for _, e := range events[:2] {
		what = append(what, e.What)
	}
	if want := []string{CheckFails, CheckPasses}; !slices.Equal(what, want) {
		t.Errorf("%q, want %q", what, want)
	}
}

// Route 53 meters what a resolver has to ask for: once in a TTL, however many
// connections there are.
func TestQueriesAreMetered(t *testing.T) {
	for _, c := range []struct {
		change func(*Domain)
		meter  string
	}{
		{func(*Domain) {}, "route53.queries.latency"},
		{func(d *Domain) { d.Routing.Policy = route53.Failover }, "route53.queries.standard"},
		{func(d *Domain) { d.Alias = true }, "route53.queries.alias"},
	} {
		f := named(t)
		f.Domain.Check, f.Domain.Routing.TTL = nil, 24*time.Hour
		c.change(f.Domain)
		l := serveNamed(t, f)
		end := l.Begin("global")
		for range 3 {
			pollUntil(t, l.Fronts()[0].URL, "us-east-1")
		}
		end()
		if got := l.counted(c.meter); got != 1 {
			t.Errorf("%s: %v queries, want 1", c.meter, got)
		}
	}
}

// F22: with edge-optimized endpoints a name is taken once in the world, and the lab
// refuses the second Region in AWS's words; with regional ones it is taken once in a
// Region, which needs a day from 2017-11 on.
func TestF22DomainTwice(t *testing.T) {
	for _, c := range []struct {
		endpoint world.Endpoint
		created  string
		want     string
	}{
		{world.EndpointEdge, "2016-06-29", "already associated with an existing CloudFront distribution"},
		{world.EndpointEdge, "2026-11-29", "already associated with an existing CloudFront distribution"},
		{world.EndpointRegional, "2016-06-29", "do not exist yet"},
		{world.EndpointRegional, "2017-12-01", ""},
	} {
		f := named(t)
		f.Domain.Check, f.Domain.Endpoint = nil, c.endpoint
		f.Domain.Created, _ = time.Parse(time.DateOnly, c.created)
		d := world.Default()
		l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}, Distance: &d})
		if err == nil {
			l.Close()
		}
		var refused *world.DomainError
		if errors.As(err, &refused) != (c.want != "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s on %s: %v, want %q", c.endpoint, c.created, err, c.want)
		}
	}
}

// What no domain can be is an error of Start.
func TestWrongDomain(t *testing.T) {
	for want, change := range map[string]func(*Front){
		"has no custom domain name":    func(f *Front) { f.Kind = front.FunctionURL },
		"has no record":                func(f *Front) { f.Domain.Routing.Records = nil },
		`"anycast" is not known`:       func(f *Front) { f.Domain.Routing.Policy = "anycast" },
		"health check every 1s":        func(f *Front) { f.Domain.Check.Interval = time.Second },
		`has no Region "mars-north-1"`: func(f *Front) { f.Domain.Routing.Records[1].Region = "mars-north-1" },
	} {
		f := named(t)
		change(&f)
		d := world.Default()
		l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}, Distance: &d})
		if err == nil {
			l.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	f := named(t)
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}})
	if err == nil {
		l.Close()
		t.Error("latency records without distance")
	}
}
