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
