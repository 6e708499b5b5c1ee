package telemetry

import (
	"context"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudwatch"
	"frontdoor/record"
)

// world is a lab's CloudWatch with a run beside it, from 12:00 to 12:05.
type world struct {
	store *cloudwatch.Store
	run   record.Run
	calls atomic.Int32
	Config
}

func newWorld(t *testing.T, fronts ...record.Front) *world {
	t.Helper()
	w := &world{store: cloudwatch.NewStore(), run: record.Run{ID: "r", Fronts: fronts, Started: at("12:00:10"), Ended: at("12:04:50")}}
	handler := cloudwatch.NewHandler(w.store)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.calls.Add(1)
		handler.ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	w.Endpoint = server.URL
	return w
}

// sent adds a trial in which n requests were sent to the front.
func (w *world) sent(f record.Front, n int) {
	w.run.Trials = append(w.run.Trials, record.Trial{Round: len(w.run.Trials) + 1, Front: f.ID, State: record.Done,
		Load: &record.Load{Planned: n, Sent: n, Warmup: n / 10}})
}

// put adds a value to a metric of the front, under the dimensions and the unit
// of its table.
func (w *world) put(f record.Front, name string, at time.Time, values ...float64) {
	for _, m := range Metrics(f) {
		if m.Name != name {
			continue
		}
		var d []cloudwatch.Dimension
		for _, x := range m.Dimensions {
			d = append(d, cloudwatch.Dimension{Name: x.Name, Value: x.Value})
		}
		for _, v := range values {
			w.store.Put(m.Region, cloudwatch.Datum{Namespace: m.Namespace, Name: name, Dimensions: d, Unit: m.Unit, Time: at, Value: v})
		}
		return
	}
	panic("no metric " + name)
}

// invoke adds invocations with the durations, in milliseconds.
func (w *world) invoke(f record.Front, at time.Time, durations ...float64) {
	for _, d := range durations {
		w.put(f, "Invocations", at, 1)
		w.put(f, "Errors", at, 0)
		w.put(f, "Duration", at, d)
		w.put(f, "ConcurrentExecutions", at, 1)
	}
}

func (w *world) collect(t *testing.T) []record.FrontMeters {
	t.Helper()
	meters, err := Collect(context.Background(), w.Config, &w.run)
	if err != nil {
		t.Fatal(err)
	}
	return meters.Fronts
}

func metric(t *testing.T, m record.FrontMeters, name, stat string) record.Metric {
	t.Helper()
	for _, x := range m.Metrics {
		if x.Name == name && x.Stat == stat {
			return x
		}
	}
	t.Fatalf("no %s of %s", stat, name)
	return record.Metric{}
}

func wantValue(t *testing.T, m record.FrontMeters, name, stat string, want float64) {
	t.Helper()
	if got := metric(t, m, name, stat).Value; got == nil || math.Abs(*got-want) > 1e-9 {
		t.Errorf("%s of %s = %v, want %v", stat, name, text(got), want)
	}
}

func text(v *float64) any {
	if v == nil {
		return "nothing"
	}
	return *v
}

func hasProblem(m record.FrontMeters, part string) bool {
	return slices.ContainsFunc(m.Problems, func(p string) bool { return strings.Contains(p, part) })
}

// Values by hand. p50 of ten is the 5th.
func TestCollect(t *testing.T) {
	f := everyFront(front.FunctionURL)
	w := newWorld(t, f)
	w.sent(f, 4)
	w.sent(f, 6)
	w.invoke(f, at("12:00:15"), 10, 20, 30, 40)
	w.invoke(f, at("12:04:49"), 50, 60, 70, 80, 90, 100)
	w.put(f, "UrlRequestCount", at("12:00:15"), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
	w.put(f, "UrlRequestLatency", at("12:00:15"), 11, 21)
	w.put(f, "Url5xxError", at("12:00:15"), 0, 1)
	m := w.collect(t)[0]
	for _, c := range []struct {
		name, stat string
		want       float64
	}{
		{"Invocations", "Sum", 10}, {"Errors", "Sum", 0}, {"ConcurrentExecutions", "Maximum", 1},
		{"Duration", "SampleCount", 10}, {"Duration", "Sum", 550}, {"Duration", "Minimum", 10}, {"Duration", "Maximum", 100},
		{"Duration", "Average", 55}, {"Duration", "p50", 50}, {"Duration", "p99", 100},
		{"UrlRequestCount", "Sum", 10}, {"Url5xxError", "Sum", 1}, {"UrlRequestLatency", "Average", 16},
	} {
		wantValue(t, m, c.name, c.stat, c.want)
	}
	if got := metric(t, m, "Throttles", "Sum"); got.Value != nil || got.Datapoints != 0 {
		t.Errorf("Throttles = %v, want nothing: missing is not zero", text(got.Value))
	}
	if len(m.Problems) != 0 {
		t.Errorf("problems %q", m.Problems)
	}
	if m.Front != f.ID || !m.From.Equal(at("12:00:00")) || !m.Until.Equal(at("12:05:00")) {
		t.Errorf("front %q from %v until %v", m.Front, m.From, m.Until)
	}
	if c := m.Coverage; c.Sent != 10 || c.Warmup != 0 || c.Invocations == nil || *c.Invocations != 10 || c.WaitedS != 0 {
		t.Errorf("coverage %+v", c)
	}
	sum, p99 := metric(t, m, "Duration", "Sum"), metric(t, m, "Duration", "p99")
	if sum.PeriodS != 60 || sum.Datapoints != 2 || sum.Region != "eu-west-1" || sum.Namespace != "AWS/Lambda" || sum.Unit != "Milliseconds" {
		t.Errorf("Sum of Duration: %+v", sum)
	}
	// 12:00 is 29922480 minutes after 1970, a multiple of 5: the window is its own cover.
	if p99.PeriodS != 300 || p99.Datapoints != 1 {
		t.Errorf("p99 of Duration: %+v", p99)
	}
}

// Every metric of every kind's table comes back when it is there.
func TestCollectEveryKind(t *testing.T) {
	var fronts []record.Front
	for _, kind := range front.Kinds() {
		fronts = append(fronts, everyFront(kind))
	}
	w := newWorld(t, fronts...)
	for _, f := range fronts {
		w.sent(f, 1)
		named := map[string]bool{}
		for _, x := range Metrics(f) {
			if !named[x.Name] {
				named[x.Name] = true
				w.put(f, x.Name, at("12:01:00"), 1)
			}
		}
	}
	for i, m := range w.collect(t) {
		if m.Front != fronts[i].ID || len(m.Metrics) != len(Metrics(fronts[i])) {
			t.Errorf("front %q has %d metrics, want %q with %d", m.Front, len(m.Metrics), fronts[i].ID, len(Metrics(fronts[i])))
		}
		for _, x := range m.Metrics {
			// The fronts of CloudFront share one distribution here, and the REST APIs a
			// name, so Sum is 2 there.
			shared := x.Namespace == "AWS/CloudFront" || fronts[i].Kind.REST() && x.Namespace == "AWS/ApiGateway"
			if x.Value == nil || *x.Value != 1 && !shared {
				t.Errorf("%s: %s of %s = %v", m.Front, x.Stat, x.Name, text(x.Value))
			}
		}
		want := 3
		if fronts[i].Kind == front.CloudFrontFunction { // has no durations
			want = 0
		}
		if len(m.Steps) != want {
			t.Errorf("%s: %d steps, want %d", m.Front, len(m.Steps), want)
		}
	}
}

func TestCollectMissing(t *testing.T) {
	f := everyFront(front.APIGatewayHTTP)
	w := newWorld(t, f)
	w.sent(f, 5)
	m := w.collect(t)[0]
	for _, x := range m.Metrics {
		if x.Value != nil {
			t.Errorf("%s of %s = %v from an empty store", x.Stat, x.Name, *x.Value)
		}
	}
	if m.Coverage.Invocations != nil || m.Steps != nil {
		t.Errorf("coverage %+v, steps %v", m.Coverage, m.Steps)
	}
	for _, part := range []string{"AWS/Lambda Invocations never came", "AWS/ApiGateway Count never came", "0 invocations for 5 requests sent"} {
		if !hasProblem(m, part) {
			t.Errorf("no problem %q in %q", part, m.Problems)
		}
	}
	if hasProblem(m, "5xx") {
		t.Errorf("an error counter without errors is a problem: %q", m.Problems)
	}
}

// What is computed by the minute cannot be there before the minute is over: it is late, not
// lost, until a minute after that.
func TestCollectBeforeTheMinuteIsOver(t *testing.T) {
	f := everyFront(front.ALB)
	for now, want := range map[string]string{
		"12:04:52": `AWS/ApplicationELB ConsumedLCUs is not there yet in Region "` + f.Region + `": the run's last minute ended at 12:05 UTC, or will; bench read asks again`,
		"12:05:59": "ConsumedLCUs is not there yet",
		"12:06:00": "AWS/ApplicationELB ConsumedLCUs never came",
	} {
		w := newWorld(t, f)
		w.sent(f, 1)
		w.invoke(f, at("12:01:00"), 1)
		w.Now = func() time.Time { return at(now) }
		if m := w.collect(t)[0]; !hasProblem(m, want) {
			t.Errorf("at %s: no problem %q in %q", now, want, m.Problems)
		}
	}
}

func TestCollectCounts(t *testing.T) {
	f := everyFront(front.FunctionURL)
	for part, fill := range map[string]func(*world){
		"3 invocations for 4 requests sent": func(w *world) { w.invoke(f, at("12:01:00"), 1, 2, 3) },
		"the window holds other traffic":    func(w *world) { w.invoke(f, at("12:01:00"), 1, 2, 3, 4, 5) },
		"4 invocations but 5 durations":     func(w *world) { w.invoke(f, at("12:01:00"), 1, 2, 3, 4); w.put(f, "Duration", at("12:01:00"), 5) },
		"MultipleUnits": func(w *world) {
			w.invoke(f, at("12:01:00"), 1, 2, 3, 4)
			w.store.Put("eu-west-1", cloudwatch.Datum{Namespace: "AWS/Lambda", Name: "Errors", Unit: "Percent",
				Dimensions: []cloudwatch.Dimension{{Name: "FunctionName", Value: f.Function}}, Time: at("12:01:00"), Value: 1})
		},
		"round 2 is interrupted": func(w *world) {
			w.invoke(f, at("12:01:00"), 1, 2, 3, 4)
			w.run.Trials = append(w.run.Trials, record.Trial{Round: 2, Front: f.ID, State: record.Interrupted})
		},
	} {
		w := newWorld(t, f)
		w.sent(f, 4)
		fill(w)
		if m := w.collect(t)[0]; !hasProblem(m, part) {
			t.Errorf("no problem %q in %q", part, m.Problems)
		}
	}
}

// The period of a percentile reaches over the window: 12:01 to 12:05 is not a
// multiple of 4 minutes.
func TestCollectOutsideTheWindow(t *testing.T) {
	f := everyFront(front.FunctionURL)
	for _, outside := range []bool{false, true} {
		w := newWorld(t, f)
		w.run.Started = at("12:01:10")
		w.sent(f, 2)
		w.invoke(f, at("12:01:20"), 10, 20)
		if outside {
			w.put(f, "Duration", at("12:00:30"), 500)
		}
		m := w.collect(t)[0]
		wantValue(t, m, "Duration", "Sum", 30)
		p99 := metric(t, m, "Duration", "p99")
		if p99.PeriodS <= 240 {
			t.Fatalf("the period of %d s does not reach over the window: choose another", p99.PeriodS)
		}
		if left := p99.Value == nil; left != outside || left != hasProblem(m, "p99 of Duration left out") {
			t.Errorf("with values outside %v: p99 %v, problems %q", outside, text(p99.Value), m.Problems)
		}
	}
}

// Fronts of two Regions, each asked in its own.
func TestCollectRegions(t *testing.T) {
	f := everyFront(front.EdgeViewerRequest)
	w := newWorld(t, f)
	w.sent(f, 1)
	w.invoke(f, at("12:01:00"), 5)
	w.put(f, "Requests", at("12:01:00"), 1)
	w.put(f, "4xxErrorRate", at("12:01:00"), 0, 100, 0, 100)
	m := w.collect(t)[0]
	wantValue(t, m, "Duration", "Sum", 5)
	wantValue(t, m, "Requests", "Sum", 1)
	wantValue(t, m, "4xxErrorRate", "Average", 50)
	if d, r := metric(t, m, "Duration", "Sum"), metric(t, m, "Requests", "Sum"); d.Region != "eu-central-1" || r.Region != "us-east-1" {
		t.Errorf("Duration from %q, Requests from %q", d.Region, r.Region)
	}
}
