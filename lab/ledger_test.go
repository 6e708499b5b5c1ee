package lab

import (
	"context"
	"io"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
	"frontdoor/telemetry"
)

var reportLine = regexp.MustCompile(`(?m)^REPORT RequestId: (\S+)\tDuration: (\d+)\.(\d\d) ms\tBilled Duration: (\d+) ms\t.*?(?:Init Duration: (\d+)\.(\d\d) ms\t)?$`)

// printed is what one REPORT line says, in hundredths of a millisecond.
type printed struct{ duration, init, billedMS int }

// printedOf reads the log text by itself: the product's parser is under test too.
func printedOf(t *testing.T, logs string) map[string]printed {
	t.Helper()
	number := func(s string) int {
		if s == "" {
			return 0
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	lines := map[string]printed{}
	for _, m := range reportLine.FindAllStringSubmatch(logs, -1) {
		lines[m[1]] = printed{100*number(m[2]) + number(m[3]), 100*number(m[5]) + number(m[6]), number(m[4])}
	}
	return lines
}

// Every request is in the log, in the metrics and in the answers once, and all
// three agree on what it took, under more callers than there are processors.
func TestLedger(t *testing.T) {
	callers, each := 64, 15
	if testing.Short() {
		callers, each = 16, 5
	}
	eachKind(t, func(t *testing.T, kind front.Kind) {
		f := fronts(t, "hello", kind)[0]
		f.Timeout = 5 * time.Second    // the most of a viewer-request function: a busy machine is slow
		f.Concurrency = callers * each // and an environment that has answered may be long in coming back
		l := serveLogged(t, f)
		ids := storm(t, l.url(0), callers, each)
		lines := printedOf(t, l.logs(t))
		requests := callers * each
		if len(ids) != requests || len(lines) != requests {
			t.Errorf("%d ids in answers and %d REPORT lines for %d requests", len(ids), len(lines), requests)
		}
		for id := range ids {
			if _, ok := lines[id]; !ok {
				t.Errorf("%s was answered and has no REPORT line", id)
			}
		}
		meters := collect(t, l, requests)
		if len(meters.Problems) > 0 {
			t.Errorf("problems: %q", meters.Problems)
		}
		checkReports(t, l, lines)
		checkTotals(t, meters, lines)
		for _, steps := range meters.Steps {
			checkSteps(t, steps, lines)
		}
	})
}

// storm sends each requests from every caller and returns the request ids that
// came back, all different.
func storm(t *testing.T, url string, callers, each int) map[string]bool {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: callers}}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	ids := map[string]bool{}
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for range each {
				resp, err := client.Get(url)
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				if err != nil || resp.StatusCode != http.StatusOK {
					t.Errorf("%d %q %v", resp.StatusCode, body, err)
				}
				mu.Lock()
				ids[resp.Header.Get("X-Bench-Request-Id")] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return ids
}

func collect(t *testing.T, l logged, requests int) record.FrontMeters {
	t.Helper()
	l.Flush()
	fronts := []record.Front{recorded(l.Fronts()[0])}
	run := &record.Run{ID: "ledger", Started: l.started, Ended: time.Now(), Fronts: fronts,
		Trials: []record.Trial{{Front: fronts[0].ID, State: record.Done, Load: &record.Load{Sent: requests}}}}
	meters, err := telemetry.Collect(context.Background(), telemetry.Config{Endpoint: l.MetricsURL()}, run)
	if err != nil {
		t.Fatal(err)
	}
	return meters.Fronts[0]
}

// checkReports compares the product's reader of the log with the text.
func checkReports(t *testing.T, l logged, lines map[string]printed) {
	t.Helper()
	reports, err := telemetry.ReadReports(l.dir).Next("")
	if err != nil {
		t.Fatal(err)
	}
	if len(reports) != len(lines) {
		t.Errorf("%d reports of %d lines", len(reports), len(lines))
	}
	for _, r := range reports {
		p := lines[r.RequestID]
		// Since 2025-08-01 the first invocation is billed with its Init Duration.
		if r.DurationUS != int64(p.duration)*10 || r.BilledMS != int64(p.billedMS) || p.billedMS != ceil(p.duration+p.init, 100) {
			t.Errorf("%+v is not what the line says: %+v", r, p)
		}
	}
}

func checkTotals(t *testing.T, m record.FrontMeters, lines map[string]printed) {
	t.Helper()
	sum := 0
	for _, p := range lines {
		sum += p.duration
	}
	want := map[string]float64{
		"Invocations Sum": float64(len(lines)), "Duration SampleCount": float64(len(lines)),
		"Duration Sum": float64(sum) / 100, "Errors Sum": 0, "Throttles Sum": 0,
	}
	for _, got := range m.Metrics {
		id := got.Name + " " + got.Stat
		v, ok := want[id]
		if !ok || got.Namespace != "AWS/Lambda" {
			continue
		}
		delete(want, id)
		// Both come from whole hundredths of a millisecond: only the float may differ.
		if got.Value == nil || math.Abs(*got.Value-v) > 1e-9*v {
			t.Errorf("%s = %v, want %v", id, got.Value, v)
		}
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
}

// checkSteps compares the billed time that follows from CloudWatch's counts with
// that of the log: the sum of ceil(duration / g), in ms.
func checkSteps(t *testing.T, steps record.Steps, lines map[string]printed) {
	t.Helper()
	g, want, above := steps.GranularityMS, 0, 0
	for _, p := range lines {
		n := ceil(p.duration, 100*g)
		want += n * g
		if n > len(steps.Counts) {
			above++
		}
	}
	if steps.BilledMin > int64(want) || int64(want) > steps.BilledMax {
		t.Errorf("steps of %d ms: %d to %d ms billed, the log has %d", g, steps.BilledMin, steps.BilledMax, want)
	}
	if steps.TailCount != int64(above) {
		t.Errorf("steps of %d ms: %d above the last, the log has %d", g, steps.TailCount, above)
	}
	if above == 0 && steps.BilledMin != steps.BilledMax {
		t.Errorf("steps of %d ms: %d to %d ms where every duration is in a step", g, steps.BilledMin, steps.BilledMax)
	}
}

// ceil is n in whole steps, rounded up.
func ceil(n, step int) int { return (n + step - 1) / step }
