package main

import (
	"os"
	"path/filepath"
	"slices"
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
	again(ts, args[0], args[1], func(*record.Run) {}, eachHit(func(_ record.Measured, h *record.Hit) { h.Done = h.Due + int64(float64(h.Done-h.Due)*factor) }))
}

// steady writes the run in a folder again as a machine with nothing else to do would have
// run it, for scripts about what is concluded and not about running: every request leaves
// when it is due, finds an environment warm, and succeeds after a time that its front,
// round and place tell. Fronts
// are 2 ms apart, requests of a round 0.6 ms at most and rounds 0.03 ms, so that a
// request is worth one: steady OLD NEW
func steady(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: steady OLD NEW")
	}
	old, err := record.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	place := func(id string) int {
		return slices.IndexFunc(old.Fronts, func(f record.Front) bool { return f.ID == id })
	}
	again(ts, args[0], args[1], func(*record.Run) {}, eachHit(func(m record.Measured, h *record.Hit) {
		took := 10*time.Millisecond + time.Duration(place(m.Front))*2*time.Millisecond + time.Duration(m.Round%4)*10*time.Microsecond + time.Duration(h.Seq%7)*100*time.Microsecond
		h.Launched, h.Sent, h.Status, h.Error, h.Cold = h.Due, h.Due, 200, "", 0
		h.FirstByte, h.Done = h.Due+int64(took), h.Due+int64(took)
	}))
}

// moved writes the run in a folder again as another machine's: moved OLD NEW
func moved(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: moved OLD NEW")
	}
	again(ts, args[0], args[1], func(r *record.Run) { r.Host.CPUModel = "lone CPU" }, func(record.Measured) {})
}

// eachHit changes the hits of a trial one by one.
func eachHit(change func(record.Measured, *record.Hit)) func(record.Measured) {
	return func(m record.Measured) {
		for i := range m.Hits {
			change(m, &m.Hits[i])
		}
	}
}

// again copies a run trial by trial, a day later.
func again(ts *testscript.TestScript, from, to string, run func(*record.Run), trial func(record.Measured)) {
	old, err := record.Open(ts.MkAbs(from))
	ts.Check(err)
	next := old.Run
	next.ID, next.Started, next.Trials = filepath.Base(to), old.Started.Add(24*time.Hour), nil
	run(&next)
	w, err := record.Create(ts.MkAbs("made"), next, old.YAML)
	ts.Check(err)
	for i, m := range old.Measured {
		trial(m)
		ts.Check(w.Add(i, record.Trial{Round: m.Round, Attempt: m.Attempt, Front: m.Front, State: record.Planned}))
		ts.Check(w.Finish(i, m.Trial, m.Hits, m.Reports))
	}
	if old.Meters != nil {
		ts.Check(w.WriteMeters(*old.Meters))
	}
	ts.Check(w.Close(old.Ended.Add(24*time.Hour), ""))
	ts.Check(os.Rename(w.Dir(), ts.MkAbs(to)))
}
