package main

import (
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"frontdoor/record"
)

// slowed writes the run in a folder again with every response time times a
// factor: slowed OLD NEW FACTOR
func slowed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: slowed OLD NEW FACTOR")
	}
	factor, err := strconv.ParseFloat(args[2], 64)
	ts.Check(err)
	again(ts, args[0], args[1], func(*record.Run) {}, func(h *record.Hit) { h.Done = h.Due + int64(float64(h.Done-h.Due)*factor) })
}

// moved writes the run in a folder again as another machine's: moved OLD NEW
func moved(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: moved OLD NEW")
	}
	again(ts, args[0], args[1], func(r *record.Run) { r.Host.CPUModel = "lone CPU" }, func(*record.Hit) {})
}

// again copies a run hit by hit, a day later.
func again(ts *testscript.TestScript, from, to string, run func(*record.Run), hit func(*record.Hit)) {
	old, err := record.Open(ts.MkAbs(from))
	ts.Check(err)
	next := old.Run
	next.ID, next.Started, next.Trials = filepath.Base(to), old.Started.Add(24*time.Hour), nil
	run(&next)
	w, err := record.Create(ts.MkAbs("made"), next, old.YAML)
	ts.Check(err)
	for i, m := range old.Measured {
		for k := range m.Hits {
			hit(&m.Hits[k])
		}
		ts.Check(w.Add(i, record.Trial{Round: m.Round, Attempt: m.Attempt, Front: m.Front, State: record.Planned}))
		ts.Check(w.Finish(i, m.Trial, m.Hits, m.Reports))
	}
	if old.Meters != nil {
		ts.Check(w.WriteMeters(*old.Meters))
	}
	ts.Check(w.Close(old.Ended.Add(24*time.Hour), ""))
	ts.Check(os.Rename(w.Dir(), ts.MkAbs(to)))
}
