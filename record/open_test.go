package record

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A run in which every state occurs. Trials in the order visited: rest and alb
// in round 1, alb and rest in round 2.
func TestStates(t *testing.T) {
	w := create(t, plan())
	finish(t, w, 0, Done)
	finish(t, w, 1, Interrupted)
	check(t, w.Begin(2, at(20)))

	rec := open(t, w.Dir())
	var states []State
	for _, trial := range rec.Trials {
		states = append(states, trial.State)
	}
	if want := []State{Done, Interrupted, Lost, Planned}; !slices.Equal(states, want) {
		t.Errorf("states are %q, want %q", states, want)
	}
	missing := []string{
		"round 1 of alb was stopped on the way: its hits until then are kept, and not compared",
		"round 2 of alb was in flight when the run ended: lost, nothing of it is counted",
		"1 of 4 trials were not visited, from round 2 on",
		"CloudWatch was not read: no meters.json",
	}
	if !slices.Equal(rec.Missing, missing) {
		t.Errorf("missing are\n%q, want\n%q", rec.Missing, missing)
	}
	if len(rec.Measured) != 2 || rec.Measured[1].State != Interrupted || len(rec.Measured[1].Hits) != 1 {
		t.Errorf("measured are %+v", rec.Measured)
	}
	if rec.Meters != nil {
		t.Errorf("meters are %+v", rec.Meters)
	}
}

// kill -9 in the second trial: run.json says running, a hits file is half
// written under its other name. The folder is copied elsewhere and opened there.
func TestOpenAfterKill(t *testing.T) {
	w := create(t, plan())
	check(t, w.SetFronts([]Front{{ID: "rest", URL: "http://127.0.0.1:1"}, {ID: "alb"}}))
	finish(t, w, 0, Done)
	check(t, w.Begin(1, at(10)))
	for _, name := range []string{"hits/01-alb.parquet.partial", "run.json.partial", "meters.json.partial"} {
		check(t, os.WriteFile(filepath.Join(w.Dir(), name), []byte("PAR1 half"), 0o644))
	}
	moved := filepath.Join(t.TempDir(), "moved")
	check(t, os.CopyFS(moved, os.DirFS(w.Dir())))

	rec := open(t, moved)
	if rec.Trials[1].State != Lost || len(rec.Measured) != 1 || len(rec.Of("alb")) != 0 || rec.Meters != nil {
		t.Errorf("state is %s, %d trials measured", rec.Trials[1].State, len(rec.Measured))
	}
	if want := "round 1 of alb was in flight when the run ended: lost, nothing of it is counted"; rec.Missing[0] != want {
		t.Errorf("missing are %q", rec.Missing)
	}
	if f, ok := rec.Front("rest"); !ok || f.URL != "http://127.0.0.1:1" {
		t.Errorf("front is %+v, %v", f, ok)
	}
	if _, ok := rec.Front("edge"); ok {
		t.Error("a front is found that the run has not")
	}
	// The leftovers are in nobody's way: the trial can be written again.
	finish(t, w, 1, Done)
	if rec = open(t, w.Dir()); len(rec.Measured) != 2 {
		t.Errorf("%d trials measured after the leftovers were written over", len(rec.Measured))
	}
}

// A file that is gone loses its trial, in words that do not depend on where the
// folder lies.
func TestOpenWithoutAFile(t *testing.T) {
	for _, gone := range []string{"hits/01-rest.parquet", "reports/01-rest.parquet"} {
		w := create(t, plan())
		finish(t, w, 0, Interrupted)
		finish(t, w, 1, Done)
		check(t, os.Remove(filepath.Join(w.Dir(), gone)))
		rec := open(t, w.Dir())
		want := fmt.Sprintf("round 1 of rest has no %s: lost, nothing of it is counted", gone)
		if rec.Trials[0].State != Lost || rec.Missing[0] != want || len(rec.Of("rest")) != 0 || len(rec.Of("alb")) != 1 {
			t.Errorf("without %s: %s, missing %q", gone, rec.Trials[0].State, rec.Missing)
		}
		if strings.Contains(strings.Join(rec.Missing, "\n"), "kept") {
			t.Errorf("hits that are gone are called kept: %q", rec.Missing)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	write := func(name, text string) func(string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644) }
	}
	remove := func(name string) func(string) error {
		return func(dir string) error { return os.Remove(filepath.Join(dir, name)) }
	}
	for _, c := range []struct {
		name   string
		damage func(dir string) error
		want   string
	}{
		{"no folder", os.RemoveAll, "is not a run: it has no run.json"},
		{"no run.json", remove("run.json"), "is not a run: it has no run.json"},
		{"other JSON", write("run.json", `{"name": "package"}`), "is not a run: its run.json has no format"},
		{"run.json cut", write("run.json", `{"format": 1, "id"`), `run.json": unexpected end of JSON input`},
		{"run.json empty", write("run.json", ""), `run.json": unexpected end of JSON input`},
		{"run.json of another shape", write("run.json", `{"format": 1, "trials": 3}`), "cannot unmarshal number"},
		{"too new", write("run.json", `{"format": 4}`), "has format 4 and this bench reads 1 to 3: use a newer bench"},
		{"format of no run", write("run.json", `{"format": -1}`), "is not a run"},
		{"state unknown", write("run.json", `{"format": 1, "trials": [{"round": 3, "front": "rest", "state": "paused"}]}`), `round 3 of rest has state "paused"`},
		{"no scenario", remove("scenario.yaml"), "scenario.yaml"},
		{"no targets", remove("targets.yaml"), "targets.yaml"},
		{"targets changed", write("targets.yaml", "fronts: {}"), `targets.yaml": it was changed since it was written`},
		{"hits cut", write("hits/01-rest.parquet", "PAR1"), `01-rest.parquet": it was changed since it was written`},
		{"reports changed", write("reports/01-rest.parquet", ""), `01-rest.parquet": it was changed since it was written`},
		{"meters cut", write("meters.json", `{"fronts": [`), `meters.json": unexpected end of JSON input`},
	} {
		w := create(t, plan())
		finish(t, w, 0, Done)
		check(t, w.WriteTargets([]byte("version: 1")))
		check(t, w.WriteMeters(Meters{}))
		open(t, w.Dir())
		check(t, c.damage(w.Dir()))
		rec, err := Open(w.Dir())
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), w.Dir()) || rec != nil {
			t.Errorf("%s: error is %v", c.name, err)
		}
	}
}

// A scenario edited after the run prices other things than were run: it opens,
// and says so.
func TestOpenNoticesAnEditedScenario(t *testing.T) {
	w := create(t, plan())
	check(t, os.WriteFile(filepath.Join(w.Dir(), "scenario.yaml"), []byte("edited"), 0o644))
	rec := open(t, w.Dir())
	if len(rec.Missing) == 0 || !strings.Contains(rec.Missing[0], "scenario.yaml was changed after the run") {
		t.Errorf("missing are %q", rec.Missing)
	}
}

// The files of one trial in the place of another's are noticed.
func TestOpenNoticesSwappedFiles(t *testing.T) {
	w := create(t, plan())
	finish(t, w, 0, Done)
	finish(t, w, 1, Done)
	check(t, os.Rename(filepath.Join(w.Dir(), "hits/01-alb.parquet"), filepath.Join(w.Dir(), "hits/01-rest.parquet")))
	if _, err := Open(w.Dir()); err == nil || !strings.Contains(err.Error(), "01-rest.parquet") {
		t.Errorf("error is %v", err)
	}
}

// A run of the bench that wrote format 1, as it came: what it did not record is
// absent and not made up.
func TestFormat1(t *testing.T) {
	rec := open(t, filepath.Join("testdata", "format1"))
	if rec.Format != 1 || len(rec.Measured) != 1 || len(rec.Missing) != 0 {
		t.Fatalf("format %d, %d trials, missing %q", rec.Format, len(rec.Measured), rec.Missing)
	}
	m := rec.Measured[0]
	if len(m.Hits) == 0 || len(m.Hits) != len(m.Reports) || len(m.Hits) != m.Load.Sent {
		t.Errorf("%d hits, %d reports, %d sent", len(m.Hits), len(m.Reports), m.Load.Sent)
	}
	for i, h := range m.Hits {
		if h.Status != 200 || h.RequestID == "" || h.Done <= h.Sent || h.BytesIn == 0 || h.Connect != 0 || h.Protocol != "" {
			t.Errorf("hit %d came as %+v", i, h)
		}
	}
	for i, r := range m.Reports {
		if r.RequestID == "" || r.BilledMS == 0 || r.MemoryMB != 128 || r.LogBytes == 0 || r.Region != "" {
			t.Errorf("report %d came as %+v", i, r)
		}
	}
}

// A run of the bench that wrote format 2, as it came: connection phases and all, and
// nothing of what its functions consumed, which is not that they consumed nothing.
func TestFormat2(t *testing.T) {
	rec := open(t, filepath.Join("testdata", "format2"))
	if rec.Format != 2 || len(rec.Measured) != 1 || len(rec.Missing) != 0 {
		t.Fatalf("format %d, %d trials, missing %q", rec.Format, len(rec.Measured), rec.Missing)
	}
	m := rec.Measured[0]
	if len(m.Hits) == 0 || len(m.Hits) != len(m.Reports) || len(m.Hits) != m.Load.Sent {
		t.Errorf("%d hits, %d reports, %d sent", len(m.Hits), len(m.Reports), m.Load.Sent)
	}
	connected := 0
	for i, h := range m.Hits {
		if h.Status != 200 || h.RequestID == "" || h.Done <= h.Sent || h.BytesIn == 0 || h.Protocol != "HTTP/1.1" || h.FrontID == "" || h.Consumed != "" {
			t.Errorf("hit %d came as %+v", i, h)
		}
		if h.NewConn && h.Connect > 0 {
			connected++
		}
		for _, said := range h.Consumption() {
			if said.Known || said.ID != h.RequestID {
				t.Errorf("hit %d said %+v", i, said)
			}
		}
	}
	if connected != m.Load.Connections {
		t.Errorf("%d connections, %d recorded", connected, m.Load.Connections)
	}
}
