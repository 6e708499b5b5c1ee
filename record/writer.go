package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Names of the files in a run's folder.
const (
	runFile      = "run.json"
	scenarioFile = "scenario.yaml"
	targetsFile  = "targets.yaml"
	planFile     = "plan.json"
	metersFile   = "meters.json"
	countersFile = "counters.json"
	hitsDir      = "hits"
	reportsDir   = "reports"
	logsDir      = "logs"
)

// Writer writes a run as it happens. Every file appears whole or not at all
// (written beside, synced, renamed), so a process that dies loses at most the
// trial in flight. A Writer is for one goroutine.
type Writer struct {
	dir string
	run Run
}

// Create makes the folder root/run.ID with the scenario and the plan of trials
// in it. When the folder exists already, a number is added to the ID.
func Create(root string, run Run, scenario []byte) (*Writer, error) {
	if err := os.MkdirAll(root, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder of runs: %w", err)
	}
	run.Format = Format
	id := run.ID
	for n := 2; ; n++ {
		err := os.Mkdir(filepath.Join(root, run.ID), 0o755)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("make the folder of run %q: %w", run.ID, err)
		}
		run.ID = fmt.Sprintf("%s-%d", id, n)
	}
	w := &Writer{dir: filepath.Join(root, run.ID), run: run}
	for _, dir := range []string{hitsDir, reportsDir, logsDir} {
		if err := os.Mkdir(filepath.Join(w.dir, dir), 0o755); err != nil {
			return nil, err
		}
	}
	if err := WriteWhole(filepath.Join(w.dir, scenarioFile), summed(bytesTo(scenario), &w.run.YAMLSum)); err != nil {
		return nil, err
	}
	return w, w.save()
}

// sameReports is the first format whose reports are those of this one: all that is
// written late is of them.
const sameReports = 2

// Resume writes on in the folder of a run that has ended: what AWS tells of it late. A
// run of an earlier format keeps it.
func Resume(dir string) (*Writer, error) {
	run, err := Peek(dir)
	if err != nil {
		return nil, err
	}
	if run.Format < sameReports || run.Format > Format {
		return nil, fmt.Errorf("run %q has format %d: only runs of format %d to %d can be written on", dir, run.Format, sameReports, Format)
	}
	return &Writer{dir: dir, run: run}, nil
}

// Dir is the run's folder.
func (w *Writer) Dir() string { return w.dir }

// LogDir is the folder for the functions' log files.
func (w *Writer) LogDir() string { return filepath.Join(w.dir, logsDir) }

// Run returns the run as written so far.
func (w *Writer) Run() Run {
	run := w.run
	run.Trials = append([]Trial(nil), w.run.Trials...)
	return run
}

// WriteTargets writes the file of deployed fronts that the run was given, byte for
// byte. It names secrets and holds none.
func (w *Writer) WriteTargets(yaml []byte) error {
	if err := WriteWhole(filepath.Join(w.dir, targetsFile), summed(bytesTo(yaml), &w.run.Targets)); err != nil {
		return err
	}
	return w.save()
}

// WritePlan writes what the run was expected to use, as JSON. Nothing reads it back:
// it is there to be looked at beside what the run did use.
func (w *Writer) WritePlan(plan any) error {
	return WriteWhole(filepath.Join(w.dir, planFile), jsonOf(plan))
}

// SetFronts records where the fronts are, once they are up.
func (w *Writer) SetFronts(fronts []Front) error {
	w.run.Fronts = append([]Front(nil), fronts...)
	return w.save()
}

// Add inserts a trial into the plan at position i, which nothing has begun yet.
func (w *Writer) Add(i int, t Trial) error {
	w.run.Trials = slices.Insert(slices.Clone(w.run.Trials), i, t)
	return w.save()
}

// Begin marks trial i as running: if nothing more is heard of it, it was lost.
func (w *Writer) Begin(i int, at time.Time) error {
	w.run.Trials[i].State = Running
	w.run.Trials[i].Started = at
	return w.save()
}

// Finish writes what trial i measured and then its state, in that order, so
// that run.json never promises a file that is not there.
func (w *Writer) Finish(i int, t Trial, hits []Hit, reports []Report) error {
	if err := WriteWhole(w.path(hitsDir, t), summed(parquetOf(hits), &t.HitsSum)); err != nil {
		return err
	}
	if err := WriteWhole(w.path(reportsDir, t), summed(parquetOf(reports), &t.ReportsSum)); err != nil {
		return err
	}
	w.run.Trials[i] = t
	return w.save()
}

// Keep writes what trial i sent and then its state. Its reports come later, by
// AddReports: until then the trial has hits, and no REPORT lines were read.
func (w *Writer) Keep(i int, t Trial, hits []Hit) error {
	if err := WriteWhole(w.path(hitsDir, t), summed(parquetOf(hits), &t.HitsSum)); err != nil {
		return err
	}
	w.run.Trials[i] = t
	return w.save()
}

// AddReports writes the reports of trial i, which Keep has written, and then their
// sum; those that it had are replaced. A process that dies in between leaves a trial
// without reports.
func (w *Writer) AddReports(i int, reports []Report) error {
	if w.run.Trials[i].ReportsSum != "" {
		w.run.Trials[i].ReportsSum = ""
		if err := w.save(); err != nil {
			return err
		}
	}
	t := w.run.Trials[i]
	if err := WriteWhole(w.path(reportsDir, t), summed(parquetOf(reports), &t.ReportsSum)); err != nil {
		return err
	}
	w.run.Trials[i] = t
	return w.save()
}

// WriteMeters writes what CloudWatch said.
func (w *Writer) WriteMeters(m Meters) error {
	return WriteWhole(filepath.Join(w.dir, metersFile), jsonOf(m))
}

// WriteCounters writes what the lab metered beside CloudWatch.
func (w *Writer) WriteCounters(list []Counter) error {
	return WriteWhole(filepath.Join(w.dir, countersFile), jsonOf(list))
}

// Close ends the run; stopped says why it ended before its plan, or is "".
func (w *Writer) Close(at time.Time, stopped string) error {
	w.run.Ended = at
	w.run.Stopped = stopped
	return w.save()
}

func (w *Writer) save() error {
	return WriteWhole(filepath.Join(w.dir, runFile), jsonOf(w.run))
}

func (w *Writer) path(dir string, t Trial) string {
	return filepath.Join(w.dir, dir, trialFile(t))
}

// trialFile names a trial's file. An id may end in "-attempt2" and has no dot.
func trialFile(t Trial) string {
	name := fmt.Sprintf("%02d-%s", t.Round, t.Front)
	if t.Arm > 0 {
		name += ".b"
	}
	if t.Attempt > 1 {
		name += fmt.Sprintf(".attempt%d", t.Attempt)
	}
	return name + ".parquet"
}

// WriteWhole makes the file appear at once and complete: written under another
// name in the same folder, synced, renamed. On an error nothing is left behind.
// A device, a pipe or a link (/dev/stdout is one, to a file when redirected) is
// written to: renaming would put a file in its place, and
// for root a file /dev/null in that of the machine's.
func WriteWhole(path string, write func(io.Writer) error) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return writeThrough(path, write)
	}
	tmp := path + ".partial"
	f, err := os.Create(tmp)
	if err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if dir, derr := os.Open(filepath.Dir(path)); derr == nil {
		_ = dir.Sync() // the rename itself outlives a power cut, where the system can promise it
		dir.Close()
	}
	if err != nil {
		os.Remove(tmp)
		return fmt.Errorf("write %q: %w", path, err)
	}
	return nil
}

// writeThrough writes to what cannot be replaced.
func writeThrough(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err == nil {
		err = write(f)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return nil
}

// summed writes and leaves the SHA-256 of what was written in sum.
func summed(write func(io.Writer) error, sum *string) func(io.Writer) error {
	return func(w io.Writer) error {
		hash := sha256.New()
		err := write(io.MultiWriter(w, hash))
		*sum = hex.EncodeToString(hash.Sum(nil))
		return err
	}
}

func bytesTo(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}

func jsonOf(v any) func(io.Writer) error {
	return func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	}
}
