package record

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func at(second int) time.Time { return time.Date(2026, 11, 22, 15, 30, second, 0, time.UTC) }

// plan is a run of two fronts and two rounds.
func plan() Run {
	return Run{
		ID: "20261122T153000Z-two", Scenario: "two", Tool: "v0.1.0", Source: SourceLab, Seed: 7, Rounds: 2, Started: at(0),
		Fronts: []Front{{ID: "rest", Kind: "apigw-rest"}, {ID: "alb", Kind: "alb"}},
		Trials: []Trial{
			{Round: 1, Attempt: 1, Front: "rest", State: Planned}, {Round: 1, Attempt: 1, Front: "alb", State: Planned},
			{Round: 2, Attempt: 1, Front: "alb", State: Planned}, {Round: 2, Attempt: 1, Front: "rest", State: Planned},
		},
	}
}

func create(t testing.TB, run Run) *Writer {
	t.Helper()
	w, err := Create(t.TempDir(), run, []byte("version: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string) *Recording {
	t.Helper()
	rec, err := Open(dir)
	check(t, err)
	return rec
}

// finish runs trial i to its end in the given state, with one hit and one report.
func finish(t testing.TB, w *Writer, i int, state State) {
	t.Helper()
	check(t, w.Begin(i, at(10*i)))
	trial := w.Run().Trials[i]
	trial.State, trial.Ended = state, at(10*i+9)
	check(t, w.Finish(i, trial, []Hit{{Seq: int64(i), Status: 200}}, []Report{{RequestID: "r", BilledMS: int64(i)}}))
}

func TestEveryFieldSurvives(t *testing.T) {
	n := 0
	run, meters := filled[Run](t, &n), filled[Meters](t, &n)
	run.ID, run.Trials = "all-fields", run.Trials[:1]
	hits, reports := []Hit{filled[Hit](t, &n), filled[Hit](t, &n)}, []Report{filled[Report](t, &n), filled[Report](t, &n)}
	trial := run.Trials[0]
	trial.State = Done

	w := create(t, run)
	check(t, w.Finish(0, trial, hits, reports))
	check(t, w.WriteTargets([]byte("version: 1")))
	check(t, w.WriteMeters(meters))
	check(t, w.Close(run.Ended, run.Stopped))

	rec := open(t, w.Dir())
	run.Format, run.YAMLSum, run.Targets, run.Trials = Format, w.Run().YAMLSum, w.Run().Targets, w.Run().Trials
	if trial.HitsSum, trial.ReportsSum = run.Trials[0].HitsSum, run.Trials[0].ReportsSum; !reflect.DeepEqual(run.Trials[0], trial) {
		t.Errorf("trial is kept as\n%+v, want\n%+v", run.Trials[0], trial)
	}
	if !reflect.DeepEqual(rec.Run, run) {
		t.Errorf("run came back as\n%+v, want\n%+v", rec.Run, run)
	}
	if rec.Meters == nil || !reflect.DeepEqual(*rec.Meters, meters) {
		t.Errorf("meters came back as\n%+v, want\n%+v", rec.Meters, meters)
	}
	if len(rec.Measured) != 1 || !reflect.DeepEqual(rec.Measured[0], Measured{trial, hits, reports}) {
		t.Errorf("measured came back as\n%+v, want\n%+v", rec.Measured, Measured{trial, hits, reports})
	}
	if string(rec.Targets) != "version: 1" {
		t.Errorf("targets came back as %q", rec.Targets)
	}
	if len(rec.Missing) != 0 || n < 100 {
		t.Errorf("missing are %q; %d values were filled", rec.Missing, n)
	}
}

// What CloudWatch had no datapoint for stays nil, and does not come back as 0.
func TestMissingValuesStayMissing(t *testing.T) {
	w := create(t, plan())
	check(t, w.WriteMeters(Meters{Fronts: []FrontMeters{{Front: "rest", Metrics: []Metric{{Name: "Duration"}}}}}))
	rec := open(t, w.Dir())
	m := rec.Meters.Fronts[0]
	if m.Coverage.Invocations != nil || m.Metrics[0].Value != nil {
		t.Errorf("came back as %+v", m)
	}
	if !rec.Ended.IsZero() || rec.Trials[0].Load != nil {
		t.Errorf("a run in flight came back as ended %v, load %v", rec.Ended, rec.Trials[0].Load)
	}
}

func TestScenarioIsKeptByteForByte(t *testing.T) {
	for _, text := range []string{"", "version: 1\r\nname: x # no newline at the end", "\xef\xbb\xbf\xff\x00"} {
		w, err := Create(t.TempDir(), plan(), []byte(text))
		check(t, err)
		onDisk, err := os.ReadFile(filepath.Join(w.Dir(), "scenario.yaml"))
		check(t, err)
		if rec := open(t, w.Dir()); string(rec.YAML) != text || string(onDisk) != text {
			t.Errorf("%q came back as %q and is %q on disk", text, rec.YAML, onDisk)
		}
	}
}

func TestSecondRunWithTheSameID(t *testing.T) {
	root := filepath.Join(t.TempDir(), "not", "yet")
	for _, want := range []string{"20261122T153000Z-two", "20261122T153000Z-two-2", "20261122T153000Z-two-3"} {
		w, err := Create(root, plan(), []byte(want))
		check(t, err)
		if filepath.Base(w.Dir()) != want || w.Run().ID != want || open(t, w.Dir()).ID != want {
			t.Errorf("folder %q, run %q, want %q", w.Dir(), w.Run().ID, want)
		}
	}
	if first := open(t, filepath.Join(root, "20261122T153000Z-two")); string(first.YAML) != first.ID {
		t.Errorf("the first run now has the scenario of %q", first.YAML)
	}
}

// An attempt has its own file, also beside a front whose id looks like one.
func TestAttemptsHaveTheirOwnFiles(t *testing.T) {
	run := plan()
	run.Trials = []Trial{{Round: 1, Attempt: 1, Front: "rest"}, {Round: 1, Attempt: 1, Front: "rest-attempt2", State: Planned}}
	w := create(t, run)
	finish(t, w, 0, Done)
	check(t, w.Add(1, Trial{Round: 1, Attempt: 2, Front: "rest", State: Planned}))
	finish(t, w, 1, Done)
	finish(t, w, 2, Done)
	rec := open(t, w.Dir())
	for i, m := range rec.Measured {
		if m.Hits[0].Seq != int64(i) || m.Reports[0].BilledMS != int64(i) {
			t.Errorf("attempt %d of %s has the hits of trial %d", m.Attempt, m.Front, m.Hits[0].Seq)
		}
	}
	files, err := os.ReadDir(filepath.Join(w.Dir(), "hits"))
	if err != nil || len(files) != 3 || len(rec.Measured) != 3 || len(rec.Of("rest")) != 2 {
		t.Errorf("%d files for %d trials, %d of rest, %v", len(files), len(rec.Measured), len(rec.Of("rest")), err)
	}
}

// A pipe stays one, and has what was written.
func TestWriteWholeIntoAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	check(t, syscall.Mkfifo(path, 0o600))
	got := make(chan string)
	go func() {
		text, _ := os.ReadFile(path)
		got <- string(text)
	}()
	check(t, WriteWhole(path, bytesTo([]byte("through"))))
	info, err := os.Lstat(path)
	check(t, err)
	if info.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("%s took the place of the pipe", info.Mode())
	}
	if text := <-got; text != "through" {
		t.Errorf("read %q", text)
	}
}

// A write that fails leaves what was there before, and nothing beside it.
func TestWriteWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "run.json")
	full := errors.New("disk full")
	half := func(w io.Writer) error {
		_, err := w.Write([]byte("hal"))
		return errors.Join(err, full)
	}
	if err := WriteWhole(path, half); !errors.Is(err, full) || !strings.Contains(err.Error(), path) {
		t.Errorf("error is %v", err)
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("a failed write left %q", got)
	}
	check(t, WriteWhole(path, bytesTo([]byte("before"))))
	if err := WriteWhole(path, half); !errors.Is(err, full) {
		t.Errorf("error is %v", err)
	}
	if data, err := os.ReadFile(path); string(data) != "before" || err != nil {
		t.Errorf("a failed write left %q, %v", data, err)
	}
	check(t, os.Mkdir(filepath.Join(dir, "folder"), 0o755))
	if err := WriteWhole(filepath.Join(dir, "folder"), bytesTo(nil)); err == nil {
		t.Error("a folder was written over")
	}
	if got := names(t, dir); !slices.Equal(got, []string{"folder", "run.json"}) {
		t.Errorf("left are %q", got)
	}
}

func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	check(t, err)
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// When the reports cannot be written, run.json must not call the trial done.
func TestFinishWritesTheStateLast(t *testing.T) {
	w := create(t, plan())
	check(t, w.Begin(0, at(1)))
	check(t, os.RemoveAll(filepath.Join(w.Dir(), "reports")))
	trial := w.Run().Trials[0]
	trial.State = Done
	if err := w.Finish(0, trial, []Hit{{}}, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error is %v", err)
	}
	if rec := open(t, w.Dir()); rec.Trials[0].State != Lost || len(rec.Measured) != 0 || w.Run().Trials[0].State != Running {
		t.Errorf("trial is %s on disk and %s in the writer", rec.Trials[0].State, w.Run().Trials[0].State)
	}
}

// Run is a copy, and what was handed in stays the caller's.
func TestWriterKeepsItsOwnRun(t *testing.T) {
	fronts := []Front{{ID: "rest"}}
	w := create(t, plan())
	check(t, w.SetFronts(fronts))
	fronts[0].ID = "changed"
	w.Run().Trials[0].State = Done
	check(t, w.Close(at(59), ""))
	rec := open(t, w.Dir())
	if rec.Fronts[0].ID != "rest" || rec.Trials[0].State != Planned || !rec.Ended.Equal(at(59)) {
		t.Errorf("run is %+v", rec.Run)
	}
	if data, err := os.ReadFile(filepath.Join(w.Dir(), "run.json")); err != nil || !bytes.HasSuffix(data, []byte("}\n")) {
		t.Errorf("run.json does not end in a line: %v", err)
	}
}

// As root, a rename over /dev/null takes it from the whole machine. A link to a
// device stands in for it.
func TestWriteWholeLeavesDevices(t *testing.T) {
	path := filepath.Join(t.TempDir(), "device")
	if err := os.Symlink("/dev/zero", path); err != nil {
		t.Skip(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().IsRegular() {
		t.Skip("no /dev/zero here")
	}
	if err := WriteWhole(path, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("%q was replaced: %v, %v", path, info.Mode(), err)
	}
}
