package record

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// keep runs trial i to its end with one hit; its reports come later, or never.
func keep(t testing.TB, w *Writer, i int) {
	t.Helper()
	check(t, w.Begin(i, at(10*i)))
	trial := w.Run().Trials[i]
	trial.State, trial.Ended = Done, at(10*i+9)
	check(t, w.Keep(i, trial, []Hit{{Seq: int64(i), Status: 200}}))
}

// Reports that come at the end of a run are those of a run that read them trial by
// trial.
func TestReportsThatComeLater(t *testing.T) {
	w := create(t, plan())
	for i := range 4 {
		keep(t, w, i)
	}
	for i := range 4 {
		check(t, w.AddReports(i, []Report{{RequestID: "r", BilledMS: int64(i), LogBytes: NotKnown, Region: "eu-west-1"}}))
	}
	rec := open(t, w.Dir())
	for i, m := range rec.Measured {
		if len(m.Hits) != 1 || len(m.Reports) != 1 || m.Reports[0].BilledMS != int64(i) || m.Reports[0].LogBytes != -1 {
			t.Errorf("trial %d came back with %+v and %+v", i, m.Hits, m.Reports)
		}
	}
	if len(rec.Measured) != 4 || !slices.Equal(rec.Missing, []string{"CloudWatch was not read: no meters.json"}) {
		t.Errorf("%d trials, missing %q", len(rec.Measured), rec.Missing)
	}
}

// A run that died before its REPORT lines were read keeps its hits and says what it
// lacks; a file whose sum run.json has not promised yet is not taken.
func TestReportsThatNeverCame(t *testing.T) {
	w := create(t, plan())
	for i := range 4 {
		keep(t, w, i)
	}
	check(t, w.AddReports(0, nil))
	check(t, os.WriteFile(filepath.Join(w.Dir(), "reports/01-alb.parquet"), []byte("PAR1 half"), 0o644))
	rec := open(t, w.Dir())
	want := []string{
		"the REPORT lines of 1 of 2 trials of rest were not read", "the REPORT lines of 2 of 2 trials of alb were not read",
		"CloudWatch was not read: no meters.json",
	}
	if !slices.Equal(rec.Missing, want) {
		t.Errorf("missing are %q, want %q", rec.Missing, want)
	}
	for _, m := range rec.Measured {
		if len(m.Hits) != 1 || len(m.Reports) != 0 {
			t.Errorf("round %d of %s has %d hits and %d reports", m.Round, m.Front, len(m.Hits), len(m.Reports))
		}
	}
	check(t, w.Close(at(50), ""))
	if rec = open(t, w.Dir()); len(rec.Measured) != 4 {
		t.Errorf("%d trials", len(rec.Measured))
	}
}

// A run that has ended is written on: reports replace those that were there, and a
// process that dies between the two leaves a run that opens.
func TestResume(t *testing.T) {
	w := create(t, plan())
	for i := range 4 {
		keep(t, w, i)
	}
	check(t, w.AddReports(0, []Report{{RequestID: "old"}}))
	check(t, w.Close(at(50), "read metrics: no answer"))
	later, err := Resume(w.Dir())
	check(t, err)
	for i := range 4 {
		check(t, later.AddReports(i, []Report{{RequestID: "new"}}))
	}
	rec := open(t, w.Dir())
	for _, m := range rec.Measured {
		if len(m.Hits) != 1 || len(m.Reports) != 1 || m.Reports[0].RequestID != "new" {
			t.Errorf("%+v", m)
		}
	}
	if len(rec.Measured) != 4 || rec.Stopped == "" || !rec.Ended.Equal(at(50)) {
		t.Errorf("%d trials, stopped %q, ended %v", len(rec.Measured), rec.Stopped, rec.Ended)
	}
	check(t, os.Remove(filepath.Join(w.Dir(), "reports/01-rest.parquet")))
	check(t, os.Mkdir(filepath.Join(w.Dir(), "reports/01-rest.parquet.partial"), 0o755)) // so that it cannot be written
	if err := later.AddReports(0, nil); err == nil {
		t.Error("the file was written")
	}
	if rec = open(t, w.Dir()); len(rec.Measured) != 4 || len(rec.Measured[0].Reports) != 0 {
		t.Errorf("%d trials, the first with %+v", len(rec.Measured), rec.Measured[0].Reports)
	}
	if _, err := Resume(filepath.Join("testdata", "format1")); err == nil {
		t.Error("a run of format 1 was opened for writing")
	}
	if w, err := Resume(filepath.Join("testdata", "format2")); err != nil || w.Run().Format != 2 {
		t.Errorf("a run of format 2, whose reports are the same, was not opened for writing: %v", err)
	}
	if _, err := Resume(t.TempDir()); err == nil {
		t.Error("a folder without a run was opened for writing")
	}
}
