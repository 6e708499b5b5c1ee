package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Recording is a run read back from disk, whole or as far as it got.
type Recording struct {
	Run
	Dir      string
	Sum      string    // SHA-256 of run.json, which holds those of hits, reports and scenario
	YAML     []byte    // scenario.yaml, byte for byte
	Targets  []byte    // targets.yaml, byte for byte; nil when there is none
	Meters   *Meters   // nil when the run ended before CloudWatch was read
	Offload  *Offload  // nil for scenarios of fronts
	Counters []Counter // nil when the run has none: of deployed fronts, or of an earlier bench
	Measured []Measured
	Missing  []string // what the run should have and has not, one sentence each
}

// Measured is one trial that was finished, or stopped with hits to keep.
type Measured struct {
	Trial
	Hits    []Hit
	Reports []Report
}

// Peek reads run.json alone; an error when dir is no run.
func Peek(dir string) (Run, error) {
	var run Run
	err := readJSON(filepath.Join(dir, runFile), &run)
	return run, err
}

// Open reads the run in the folder dir. A run that was cut short opens: trials
// in flight become Lost and Missing names them.
func Open(dir string) (*Recording, error) {
	rec := &Recording{Dir: dir}
	sum, err := readSummed(filepath.Join(dir, runFile), &rec.Run)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%q is not a run: it has no %s", dir, runFile)
		}
		return nil, err
	}
	switch {
	case rec.Format < 1:
		return nil, fmt.Errorf("%q is not a run: its %s has no format", dir, runFile)
	case rec.Format > Format:
		return nil, fmt.Errorf("run %q has format %d and this bench reads 1 to %d: use a newer bench", dir, rec.Format, Format)
	}
	rec.Sum = sum
	if rec.YAML, err = os.ReadFile(filepath.Join(dir, scenarioFile)); err != nil {
		return nil, fmt.Errorf("open run: %w", err)
	}
	if sum := sha256.Sum256(rec.YAML); hex.EncodeToString(sum[:]) != rec.YAMLSum {
		rec.miss("%s was changed after the run: what is priced is the changed one", scenarioFile)
	}
	if err := rec.readTargets(); err != nil {
		return nil, err
	}
	for i := range rec.Trials {
		if err := rec.readTrial(&rec.Trials[i]); err != nil {
			return nil, err
		}
	}
	rec.missPlanned()
	rec.missReports()
	if err := readJSON(filepath.Join(dir, offloadFile), &rec.Offload); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if rec.Offload == nil { // it has no fronts, and CloudWatch knows of none
		if err := rec.readMeters(); err != nil {
			return nil, err
		}
	}
	if err := readJSON(filepath.Join(dir, countersFile), &rec.Counters); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return rec, nil
}

// missPlanned says how much of the plan was not visited: a number, for it can be
// hundreds of trials.
func (rec *Recording) missPlanned() {
	planned, first := 0, 0
	for _, t := range rec.Trials {
		if t.State == Planned {
			planned++
			if first == 0 {
				first = t.Round
			}
		}
	}
	if planned > 0 {
		rec.miss("%d of %d trials were not visited, from round %d on", planned, len(rec.Trials), first)
	}
}

// missReports says of which fronts REPORT lines were not read.
func (rec *Recording) missReports() {
	without, of := map[string]int{}, map[string]int{}
	for _, m := range rec.Measured {
		of[m.Front]++
		if m.ReportsSum == "" {
			without[m.Front]++
		}
	}
	for _, f := range rec.Fronts {
		if n := without[f.ID]; n > 0 {
			rec.miss("the REPORT lines of %d of %d trials of %s were not read", n, of[f.ID], f.ID)
		}
	}
}

func (rec *Recording) readTrial(t *Trial) error {
	t.Attempt = max(t.Attempt, 1)
	switch t.State {
	case Planned:
		return nil
	case Running, Lost:
		t.State = Lost
		rec.miss("round %d of %s was in flight when the run ended: lost, nothing of it is counted", t.Round, t.Front)
		return nil
	case Done, Interrupted:
	default:
		return fmt.Errorf("run %q: round %d of %s has state %q, which this bench does not know", rec.Dir, t.Round, t.Front, t.State)
	}
	m := Measured{Trial: *t}
	file, dir := trialFile(*t), hitsDir
	var err error
	if m.Hits, err = readHits(rec.Format, filepath.Join(rec.Dir, dir, file), t.HitsSum); err == nil && t.ReportsSum != "" {
		dir = reportsDir
		m.Reports, err = readReports(rec.Format, filepath.Join(rec.Dir, dir, file), t.ReportsSum)
	}
	if errors.Is(err, fs.ErrNotExist) {
		t.State = Lost
		rec.miss("round %d of %s has no %s/%s: lost, nothing of it is counted", t.Round, t.Front, dir, file)
		return nil
	}
	if err != nil {
		return err
	}
	if t.State == Interrupted {
		rec.miss("round %d of %s was stopped on the way: its hits until then are kept, and not compared", t.Round, t.Front)
	}
	rec.Measured = append(rec.Measured, m)
	return nil
}

// readTargets reads targets.yaml where the run has one. Unlike a scenario, which may
// be edited to price another month, it says only where the fronts were.
func (rec *Recording) readTargets() error {
	if rec.Run.Targets == "" {
		return nil
	}
	var err error
	if rec.Targets, err = os.ReadFile(filepath.Join(rec.Dir, targetsFile)); err != nil {
		return fmt.Errorf("open run: %w", err)
	}
	if sum := sha256.Sum256(rec.Targets); hex.EncodeToString(sum[:]) != rec.Run.Targets {
		return fmt.Errorf("read %q: it was changed since it was written: its SHA-256 is not the one in %s", filepath.Join(rec.Dir, targetsFile), runFile)
	}
	return nil
}

func (rec *Recording) readMeters() error {
	var m Meters
	err := readJSON(filepath.Join(rec.Dir, metersFile), &m)
	if errors.Is(err, fs.ErrNotExist) {
		rec.miss("CloudWatch was not read: no %s", metersFile)
		return nil
	}
	if err != nil {
		return err
	}
	rec.Meters = &m
	return nil
}

func (rec *Recording) miss(format string, args ...any) {
	rec.Missing = append(rec.Missing, fmt.Sprintf(format, args...))
}

// Of returns the measured trials of one front, in the order visited.
func (rec *Recording) Of(id string) []Measured {
	var trials []Measured
	for _, m := range rec.Measured {
		if m.Front == id {
			trials = append(trials, m)
		}
	}
	return trials
}

func readJSON(path string, v any) error {
	_, err := readSummed(path, v)
	return err
}

// readSummed also gives the file's SHA-256.
func readSummed(path string, v any) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return "", fmt.Errorf("read %q: %w", path, err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
