package telemetry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// logWorld is a run of two trials of one front, a minute each, whose answers told ids.
type logWorld struct {
	cloud
	run   record.Run
	told  Told
	front record.Front
	Config
}

func newLogWorld(t *testing.T, kind front.Kind) *logWorld {
	t.Helper()
	f := everyFront(kind)
	w := &logWorld{front: f, run: record.Run{ID: "r", Fronts: []record.Front{f}, Started: at("12:00:00"), Ended: at("12:05:00"), Trials: []record.Trial{
		{Round: 1, Front: f.ID, State: record.Done, Started: at("12:00:30"), Ended: at("12:01:30"), Load: &record.Load{Sent: 10}},
		{Round: 2, Front: f.ID, State: record.Done, Started: at("12:02:30"), Ended: at("12:03:30"), Load: &record.Load{Sent: 10}},
	}}}
	w.LogsEndpoint = w.cloud.serve(t)
	w.clocked(time.Minute, func(int) {})
	return w
}

// clocked gives the world a clock that only waiting moves, and calls tick with the
// number of the wait.
func (w *logWorld) clocked(deadline time.Duration, tick func(n int)) *int {
	now, waits := at("12:05:00"), 0
	w.Deadline, w.Poll = deadline, 5*time.Second
	w.Now = func() time.Time { return now }
	w.After = func(d time.Duration) <-chan time.Time {
		now = now.Add(d)
		waits++
		tick(waits)
		c := make(chan time.Time, 1)
		c <- now
		return c
	}
	return &waits
}

func (w *logWorld) answered(trial int, ids ...string) {
	var hits []record.Hit
	for _, id := range ids {
		hits = append(hits, record.Hit{RequestID: id, Status: 200})
	}
	w.told.Add(trial, hits)
}

func (w *logWorld) read(t *testing.T, how string) (Invocations, record.Reading) {
	t.Helper()
	r := NewReader(w.Config)
	got, err := r.Invocations(context.Background(), how, &w.run, w.run.Fronts, &w.told)
	if err != nil {
		t.Fatal(err)
	}
	return got, r.Reading()
}

// ids are the request ids of a trial's reports, with what they are billed.
func idsOf(reports []record.Report) string {
	var list []string
	for _, r := range reports {
		list = append(list, fmt.Sprintf("%s:%d", r.RequestID, r.BilledMS))
	}
	return strings.Join(list, " ")
}

const home = "eu-west-1"

// Reports go to the trial that was told their id, whatever the clocks say; one that no
// answer told to the trial under way when it began; one of no trial to none.
func TestInvocationsByTrial(t *testing.T) {
	for _, how := range []string{record.ReportsFilter, record.ReportsInsights} {
		w := newLogWorld(t, front.FunctionURL)
		w.call(home, "s1", "a", at("12:00:40"), 10)
		w.call(home, "s2", "b", at("12:00:40"), 20)
		w.call(home, "s1", "c", at("12:02:29.5"), 30) // before its trial by this machine's clock
		w.call(home, "s3", "gave-up", at("12:01:29"), 70_000)
		w.call(home, "s1", "other", at("12:04:30"), 1)
		w.call(home, "s4", "before", at("11:59:30"), 1)   // the run: nobody's business
		w.call(home, "s1", "stranger", at("12:03:00"), 1) // every request of this trial has told its invocation
		w.answered(0, "a", "b")
		w.answered(1, "c", "a") // a's answer came out of a cache the second time
		w.told.Add(0, []record.Hit{{Status: 0, Error: "timeout"}})
		got, reading := w.read(t, how)
		if a, b := idsOf(got.ByTrial[0]), idsOf(got.ByTrial[1]); a != "a:10 b:20 gave-up:70000" || b != "c:30" {
			t.Errorf("%s: %q and %q", how, a, b)
		}
		problems := got.Problems[w.front.ID]
		if len(problems) != 1 || !strings.Contains(problems[0], "REPORT lines of no trial: 2") {
			t.Errorf("%s: problems %q", how, problems)
		}
		for _, r := range got.ByTrial[0] {
			logged := r.LogBytes != record.NotKnown
			if r.Region != home || logged != (how == record.ReportsFilter) {
				t.Errorf("%s: %+v", how, r)
			}
		}
		region := reading.Regions[0]
		if filter := how == record.ReportsFilter; (region.LogCalls == 2 && region.LogEvents == 56) != filter ||
			(region.Queries == 2 && region.ScannedBytes == 2000) == filter {
			t.Errorf("%s: %+v", how, region)
		}
	}
}

// The bytes are those of every line, as in a file.
func TestInvocationsLogBytes(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	w.call(home, "s", "a", at("12:00:40"), 10)
	want := int64(0)
	for _, e := range w.events[home] {
		want += int64(len(e.message))
	}
	w.answered(0, "a")
	if got, _ := w.read(t, record.ReportsFilter); len(got.ByTrial[0]) != 1 || got.ByTrial[0][0].LogBytes != want {
		t.Errorf("%+v, want %d bytes", got.ByTrial[0], want)
	}
}

// Small pages, empty ones, and events that stand on two pages change nothing.
func TestInvocationsPaging(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	var want []string
	for i := range 40 {
		id := fmt.Sprintf("id-%02d", i)
		w.call(home, fmt.Sprintf("s%d", i%3), id, at("12:00:40").Add(time.Duration(i)*time.Second), int64(i+1))
		w.answered(0, id)
		want = append(want, fmt.Sprintf("%s:%d", id, i+1))
	}
	w.page = 7
	got, reading := w.read(t, record.ReportsFilter)
	if idsOf(got.ByTrial[0]) != strings.Join(want, " ") || len(got.Problems) != 0 {
		t.Errorf("%q, problems %q", idsOf(got.ByTrial[0]), got.Problems)
	}
	var bytes, printed int64
	for _, r := range got.ByTrial[0] {
		bytes += r.LogBytes
	}
	for _, e := range w.events[home] {
		printed += int64(len(e.message))
	}
	if bytes != printed {
		t.Errorf("%d bytes of logs, want %d: each event once", bytes, printed)
	}
	if n := reading.Regions[0].LogCalls; n != 45 { // 23 pages of 7, and an empty one before all but the first
		t.Errorf("%d calls, want 45", n)
	}
}

// Late lines are waited for, and asked for from the trial on that lacks them.
func TestInvocationsLate(t *testing.T) {
	for _, how := range []string{record.ReportsFilter, record.ReportsInsights} {
		w := newLogWorld(t, front.FunctionURL)
		w.call(home, "s", "a", at("12:00:40"), 10)
		w.answered(0, "a")
		w.answered(1, "b")
		waits := w.clocked(time.Minute, func(n int) {
			if n == 2 {
				w.call(home, "s", "b", at("12:02:40"), 20)
			}
		})
		got, reading := w.read(t, how)
		waited := 15.0 // 5 and 10
		if how == record.ReportsInsights {
			waited = 60 // 30 and the rest of the deadline: a query is billed
		}
		if *waits != 2 || reading.WaitedS != waited || idsOf(got.ByTrial[1]) != "b:20" || len(got.Problems) != 0 {
			t.Errorf("%s: %d waits, %v s, %q, problems %q", how, *waits, reading.WaitedS, idsOf(got.ByTrial[1]), got.Problems)
		}
		first := fmt.Sprintf("%s %d-", home, at("11:59:00").Unix())
		later := fmt.Sprintf("%s %d-", home, at("12:01:30").Unix()) // a minute before the second trial
		for i, window := range w.windows {
			if want := map[bool]string{true: first, false: later}[i == 0]; !strings.HasPrefix(window, want) {
				t.Errorf("%s: window %d is %q, want %q", how, i, window, want)
			}
		}
	}
}

// A line that never comes is given up after the deadline, and said.
func TestInvocationsThatNeverCome(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	w.call(home, "s", "a", at("12:00:40"), 10)
	w.answered(0, "a", "b")
	got, reading := w.read(t, record.ReportsFilter)
	if reading.WaitedS != 60 || idsOf(got.ByTrial[0]) != "a:10" {
		t.Errorf("%v s, %q", reading.WaitedS, idsOf(got.ByTrial[0]))
	}
	if p := got.Problems[w.front.ID]; len(p) != 1 || !strings.Contains(p[0], "1 of 2 invocations that answers told have no REPORT line") {
		t.Errorf("problems %q", p)
	}
}

// More rows than a query gives are read in halves of the window; so many in one second
// that no half is left are said.
func TestInvocationsOverflow(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	for i := range 25_000 {
		id := fmt.Sprintf("id-%05d", i)
		w.call(home, "s", id, at("12:00:31").Add(time.Duration(i)*2*time.Millisecond), 1)
		w.answered(0, id)
	}
	got, reading := w.read(t, record.ReportsInsights)
	billed := int64(0)
	for _, r := range got.ByTrial[0] {
		billed += r.BilledMS
	}
	if billed != 25_000 || len(got.Problems) != 0 {
		t.Errorf("%d billed ms, problems %q", billed, got.Problems)
	}
	if n := reading.Regions[0].Queries; n < 4 {
		t.Errorf("%d queries", n)
	}
	// Known beforehand, nothing is scanned twice.
	w.run.Trials[0].Load.Sent = 25_000
	w.windows = nil
	if _, reading = w.read(t, record.ReportsInsights); overlap(w.windows) {
		t.Errorf("windows %q", w.windows)
	}
	w.clocked(0, func(int) {})
	w.events, w.run.Trials[0].Load.Sent = nil, 10
	for i := range 10_001 {
		w.call(home, "s", fmt.Sprintf("id-%05d", i), at("12:00:31"), 1)
	}
	got, reading = w.read(t, record.ReportsInsights)
	if p := reading.Regions[0].Problems; len(p) == 0 || !strings.Contains(p[0], "more than 10000 REPORT lines at 12:00:31") {
		t.Errorf("problems %q", p)
	}
}

// overlap reports whether two windows share a second.
func overlap(windows []string) bool {
	covered := map[int64]bool{}
	for _, w := range windows {
		var from, until int64
		_, _ = fmt.Sscanf(w[strings.Index(w, " "):], "%d-%d", &from, &until)
		for s := from; s <= until; s++ {
			if covered[s] {
				return true
			}
			covered[s] = true
		}
	}
	return false
}

// A function at the edge logs in every Region that ran it; one that refuses is a problem
// and no failure, and is not waited for where others have all.
func TestInvocationsOfSeveralRegions(t *testing.T) {
	w := newLogWorld(t, front.EdgeViewerRequest)
	w.run.Fronts[0].FunctionIn, w.run.Fronts[0].AlsoIn = "eu-central-1", []string{"us-west-2", "sa-east-1"}
	w.call("eu-central-1", "s", "a", at("12:00:40"), 10)
	w.call("us-west-2", "s", "b", at("12:00:41"), 20)
	w.refuse = map[string]string{"sa-east-1": "AccessDeniedException"}
	w.answered(0, "a", "b")
	got, reading := w.read(t, record.ReportsFilter)
	var regions []string
	for _, r := range got.ByTrial[0] {
		regions = append(regions, r.Region)
	}
	if idsOf(got.ByTrial[0]) != "a:10 b:20" || !slices.Equal(regions, []string{"eu-central-1", "us-west-2"}) || reading.WaitedS != 0 {
		t.Errorf("%q of %q after %v s", idsOf(got.ByTrial[0]), regions, reading.WaitedS)
	}
	if p := got.Problems[w.front.ID]; len(p) != 1 || !strings.Contains(p[0], `Region "sa-east-1": CloudWatch Logs: FilterLogEvents: the credentials do not allow it (AccessDeniedException: no)`) {
		t.Errorf("problems %q", p)
	}
}

// A log group that is not there yet is asked for again; one in none of several Regions
// but one is no problem.
func TestInvocationsWithoutALogGroup(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	w.answered(0, "a")
	w.refuse = map[string]string{home: "ResourceNotFoundException"}
	w.clocked(time.Minute, func(n int) {
		if n == 1 {
			w.refuse = nil
			w.call(home, "s", "a", at("12:00:40"), 10)
		}
	})
	if got, _ := w.read(t, record.ReportsFilter); idsOf(got.ByTrial[0]) != "a:10" || len(got.Problems) != 0 {
		t.Errorf("%q, problems %q", idsOf(got.ByTrial[0]), got.Problems)
	}
	w = newLogWorld(t, front.EdgeViewerRequest)
	w.run.Fronts[0].FunctionIn, w.run.Fronts[0].AlsoIn = "eu-central-1", []string{"us-west-2"}
	w.call("eu-central-1", "s", "a", at("12:00:40"), 10)
	w.answered(0, "a")
	w.refuse = map[string]string{"us-west-2": "ResourceNotFoundException"}
	if got, _ := w.read(t, record.ReportsFilter); idsOf(got.ByTrial[0]) != "a:10" || len(got.Problems) != 0 {
		t.Errorf("%q, problems %q", idsOf(got.ByTrial[0]), got.Problems)
	}
}

// All refused: nothing is waited for.
func TestInvocationsDenied(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	w.answered(0, "a")
	w.refuse = map[string]string{home: "AccessDeniedException"}
	got, reading := w.read(t, record.ReportsInsights)
	if reading.WaitedS != 0 || len(got.ByTrial) != 0 || len(got.Problems[w.front.ID]) != 2 || len(reading.Regions[0].Problems) != 1 {
		t.Errorf("%v s, problems %q, of the Region %q", reading.WaitedS, got.Problems, reading.Regions[0].Problems)
	}
}

// A query takes a while; one that is cut short is started again.
func TestInvocationsOfARunningQuery(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	w.call(home, "s", "a", at("12:00:40"), 10)
	w.answered(0, "a")
	w.running = 3
	waits := w.clocked(time.Minute, func(int) {})
	if got, _ := w.read(t, record.ReportsInsights); idsOf(got.ByTrial[0]) != "a:10" || *waits != 3 {
		t.Errorf("%q after %d waits", idsOf(got.ByTrial[0]), *waits)
	}
}

// Lines in the JSON format, by either way.
func TestInvocationsInJSON(t *testing.T) {
	for _, how := range []string{record.ReportsFilter, record.ReportsInsights} {
		w := newLogWorld(t, front.FunctionURL)
		w.events = map[string][]fakeEvent{home: {{at("12:00:40"), "s", jsonStart}, {at("12:00:42"), "s", jsonCold}}}
		w.answered(0, "a")
		got, _ := w.read(t, how)
		if r := got.ByTrial[0]; len(r) != 1 || r[0].BilledMS != 1698 || r[0].InitUS != 463512 {
			t.Errorf("%s: %+v", how, r)
		}
	}
}

// Fronts that share a function share its log group, and each gets what is its own.
func TestInvocationsOfAFunctionBehindTwoFronts(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	other := everyFront(front.APIGatewayHTTP)
	other.Function, other.FunctionIn = w.front.Function, w.front.FunctionIn
	w.run.Fronts = append(w.run.Fronts, other)
	w.run.Trials[1].Front = other.ID
	w.call(home, "s", "a", at("12:00:40"), 10)
	w.call(home, "s", "unknown", at("12:02:40"), 30)
	w.call(home, "s", "b", at("12:02:45"), 20)
	w.answered(0, "a")
	w.answered(1, "b")
	w.told.Add(1, []record.Hit{{Status: 0}})
	got, reading := w.read(t, record.ReportsFilter)
	if idsOf(got.ByTrial[0]) != "a:10" || idsOf(got.ByTrial[1]) != "unknown:30 b:20" || len(got.Problems) != 0 || reading.Regions[0].LogCalls != 2 {
		t.Errorf("%q, %q, problems %q, %d calls", idsOf(got.ByTrial[0]), idsOf(got.ByTrial[1]), got.Problems, reading.Regions[0].LogCalls)
	}
}

func TestInvocationsStopWithTheContext(t *testing.T) {
	w := newLogWorld(t, front.FunctionURL)
	w.answered(0, "a")
	ctx, cancel := context.WithCancel(context.Background())
	w.After = func(time.Duration) <-chan time.Time { cancel(); return nil }
	if _, err := NewReader(w.Config).Invocations(ctx, record.ReportsFilter, &w.run, w.run.Fronts, &w.told); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	w.LogsEndpoint = "http://127.0.0.1:1"
	_, err := NewReader(w.Config).Invocations(context.Background(), record.ReportsFilter, &w.run, w.run.Fronts, &w.told)
	if err == nil || !strings.Contains(err.Error(), `read logs of Region "eu-west-1" from "http://127.0.0.1:1"`) {
		t.Errorf("%v, want an error that names Region and endpoint", err)
	}
}
