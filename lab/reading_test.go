package lab

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
	"frontdoor/telemetry"
)

// The same invocations read from the files, through FilterLogEvents and through Logs
// Insights are the same reports: each as it is printed, none twice, none missing. A
// function at the edge, of which no Region is told, is found by ListMetrics.
func TestReadThreeWays(t *testing.T) {
	callers, each := 16, 10
	if testing.Short() {
		callers, each = 8, 5
	}
	eachKind(t, func(t *testing.T, kind front.Kind) {
		f := fronts(t, "hello", kind)[0]
		f.Timeout = 5 * time.Second
		l := serveLogged(t, f)
		ids := storm(t, l.url(0), callers, each)
		l.Settle()
		l.Flush()
		lines := printedOf(t, l.logs(t))
		files, err := telemetry.ReadReports(l.dir).Next("")
		if err != nil {
			t.Fatal(err)
		}
		filtered := readLogs(t, l, record.ReportsFilter, ids)
		queried := readLogs(t, l, record.ReportsInsights, ids)
		for name, reports := range map[string][]record.Report{"files": files, "FilterLogEvents": filtered, "Insights": queried} {
			if len(reports) != callers*each || len(lines) != callers*each {
				t.Errorf("%s: %d reports of %d lines for %d requests", name, len(reports), len(lines), callers*each)
			}
			for _, r := range reports {
				p, ok := lines[r.RequestID]
				if !ok || r.DurationUS != int64(p.duration)*10 || r.BilledMS != int64(p.billedMS) || max(r.InitUS, 0) != int64(p.init)*10 {
					t.Errorf("%s: %+v is not what the line says: %+v", name, r, p)
				}
			}
		}
		byID(files)
		byID(filtered)
		for i, r := range filtered {
			region := r.Region
			r.Region = ""
			if region != l.Fronts()[0].FunctionRegion || r != files[i] {
				t.Errorf("FilterLogEvents has %+v of %q, the files have %+v", r, region, files[i])
			}
		}
	})
}

func byID(reports []record.Report) {
	slices.SortFunc(reports, func(a, b record.Report) int { return cmp.Compare(a.RequestID, b.RequestID) })
}

// readLogs reads a lab as a deployed front is read: by its name, its Region and the ids
// that answers told.
func readLogs(t *testing.T, l logged, how string, ids map[string]bool) []record.Report {
	t.Helper()
	f := recorded(l.Fronts()[0])
	if f.Kind.Edge() {
		f.FunctionIn = ""
	}
	trial := record.Trial{Front: f.ID, State: record.Done, Started: l.started, Ended: time.Now(), Load: &record.Load{Sent: len(ids)}}
	run := &record.Run{ID: "reading", Started: l.started, Ended: time.Now(), Fronts: []record.Front{f}, Trials: []record.Trial{trial}}
	var told telemetry.Told
	for id := range ids {
		told.Add(0, []record.Hit{{RequestID: id, Status: 200}})
	}
	r := telemetry.NewReader(telemetry.Config{Endpoint: l.MetricsURL(), LogsEndpoint: l.LogsURL(), Deadline: time.Second, Poll: 50 * time.Millisecond})
	_, found, err := r.Collect(context.Background(), run, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.Invocations(context.Background(), how, run, found, &told)
	if err != nil || len(got.Problems) > 0 {
		t.Fatalf("problems %q, %v", got.Problems, err)
	}
	return got.ByTrial[0]
}
