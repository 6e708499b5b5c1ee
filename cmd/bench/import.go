package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"frontdoor/intake"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// importOptions are the flags of import.
type importOptions struct {
	hits, reports             []string // ID=FILE[,FILE...]
	format, reportFormat, out string
	intake.Options
}

func newImport(env *env) *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import SCENARIO --front ID=FILE... [--reports ID=FILE...]",
		Short: "Make a run of what vegeta, k6, hey or CloudWatch Logs have measured already",
		Long: `import makes a run of measurements that are there already, so that they can be
priced and compared as one of bench's own. SCENARIO says what the fronts are: their
kinds, Regions, memory, and the month to price.

Requests, by front: results of vegeta (gob, JSON lines, CSV), k6 (--out csv) and hey
(-o csv). A file is a round, and a sample is a round: several files of a front are
several rounds, and --split cuts a long file into rounds. Rounds of fronts that were
not measured by turns differ by the hour too, and nothing here can tell.

Invocations, by front: REPORT lines as text, as aws logs tail and aws logs
filter-log-events print them, and exports of Logs Insights in CSV or JSON. They are
joined with requests by request id where there is one, else by file or time. Without
requests they are priced alone: each is a request, and there are no latencies.

What a format does not have stays absent. None of these tools says when a request was
due, so that queueing in the tool is in no figure; the report says what else is missing,
and the bill is a lower bound where it rests on it. The files are not copied: the run
has their names and SHA-256.`,
		Example: `  bench scenarios show quickstart > mine.yaml   # its fronts are yours to change
  bench import mine.yaml --front alb=alb-1.bin,alb-2.bin,alb-3.bin --reports alb=insights.csv
  bench import mine.yaml --front http-api=k6.csv --split 1m --warmup 30s
  bench import mine.yaml --reports url=report-lines.txt && bench report --lines`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, err := importRun(env, args[0], o)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(env.stdout, "run folder: %s\nnow: bench report %s\n", dir, dir)
			return err
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.hits, "front", nil, "ID=FILE[,FILE...]: results of requests to the front ID, a file a round")
	f.StringArrayVar(&o.reports, "reports", nil, "ID=FILE[,FILE...]: invocations of the function of the front ID")
	f.StringVar(&o.format, "format", intake.Auto, "of the files of --front: "+strings.Join(intake.HitFormats(), ", "))
	f.StringVar(&o.reportFormat, "reports-format", intake.Auto, "of the files of --reports: "+strings.Join(intake.ReportFormats(), ", "))
	f.DurationVar(&o.Split, "split", 0, "cut each file into rounds of this length")
	f.DurationVar(&o.Warmup, "warmup", 0, "the first part of each file, which is not measured")
	f.StringVar(&o.out, "out", "runs", "folder in which the run's folder is made")
	return cmd
}

// importedFront is one front with its rounds.
type importedFront struct {
	front  record.Front
	rounds []intake.Round
}

// importRun reads everything before it writes anything.
func importRun(env *env, nameOrPath string, o importOptions) (dir string, err error) {
	s, err := loadScenario(env, nameOrPath, "")
	if err != nil {
		return "", err
	}
	if s.Offload != nil {
		return "", usage(errOffload(s.Name, "it has no fronts to import into"))
	}
	if err := o.check(); err != nil {
		return "", usage(err)
	}
	files, ids, err := o.files(s.Scenario)
	if err != nil {
		return "", usage(err)
	}
	var fronts []importedFront
	for _, id := range ids {
		f, _ := s.Front(id)
		one, err := o.read(f, files[id])
		if err != nil {
			return "", usage(fmt.Errorf("front %q: %w", id, err))
		}
		fronts = append(fronts, one)
	}
	if err := twice(fronts); err != nil {
		return "", usage(err)
	}
	return writeImported(env, s, fronts, o.out)
}

// twice refuses what would count double: the same measurement is no further round.
func twice(fronts []importedFront) error {
	type place struct{ front, file string }
	seen := map[string]place{}
	for _, f := range fronts {
		for _, file := range f.front.Imported.Files {
			here := place{f.front.ID, file.Name}
			if was, ok := seen[file.Sum]; ok {
				return fmt.Errorf("front %q: %s is given twice: it holds the same, byte for byte, as %s of front %q", here.front, here.file, was.file, was.front)
			}
			seen[file.Sum] = here
		}
	}
	return nil
}

func (o importOptions) check() error {
	switch {
	case len(o.hits)+len(o.reports) == 0:
		return fmt.Errorf("there is nothing to import\nhint: --front ID=FILE for requests, --reports ID=FILE for REPORT lines")
	case o.Split < 0 || o.Warmup < 0:
		return fmt.Errorf("--split %s, --warmup %s: want 0s or more", o.Split, o.Warmup)
	case !slices.Contains(intake.HitFormats(), o.format):
		return fmt.Errorf("--format %q: want one of %s", o.format, strings.Join(intake.HitFormats(), ", "))
	case !slices.Contains(intake.ReportFormats(), o.reportFormat):
		return fmt.Errorf("--reports-format %q: want one of %s", o.reportFormat, strings.Join(intake.ReportFormats(), ", "))
	}
	return nil
}

// importedFiles are the files of one front.
type importedFiles struct{ hits, reports []string }

// files sorts the files by front, and lists the fronts in the scenario's order.
func (o importOptions) files(s *scenarios.Scenario) (map[string]*importedFiles, []string, error) {
	files := map[string]*importedFiles{}
	for flag, values := range map[string][]string{"--front": o.hits, "--reports": o.reports} {
		for _, value := range values {
			id, list, ok := strings.Cut(value, "=")
			if !ok || list == "" {
				return nil, nil, fmt.Errorf("%s %q: want ID=FILE[,FILE...]", flag, value)
			}
			if _, known := s.Front(id); !known {
				return nil, nil, fmt.Errorf("%s %q: scenario %q has no front %q: want one of %s", flag, value, s.Name, id, strings.Join(frontIDs(s), ", "))
			}
			if files[id] == nil {
				files[id] = &importedFiles{}
			}
			of := &files[id].hits
			if flag == "--reports" {
				of = &files[id].reports
			}
			*of = append(*of, strings.Split(list, ",")...)
		}
	}
	ids := slices.DeleteFunc(frontIDs(s), func(id string) bool { return files[id] == nil })
	return files, ids, nil
}

func frontIDs(s *scenarios.Scenario) []string {
	var ids []string
	for _, f := range s.Fronts {
		ids = append(ids, f.ID)
	}
	return ids
}

// read makes the rounds of one front.
func (o importOptions) read(f scenarios.Front, files *importedFiles) (one importedFront, err error) {
	var captures []intake.Capture
	var invocations []intake.Invocations
	var sources []record.ImportedFile
	var notes []string
	var last time.Time // change of a file
	for _, path := range files.hits {
		data, changed, err := readFile(path)
		if err != nil {
			return one, err
		}
		c, err := intake.ReadHits(path, data, o.format, f.Kind)
		if err != nil {
			return one, err
		}
		if c.Started.IsZero() {
			c.Started = changed.Add(-c.Ended().Sub(c.Started))
			notes = append(notes, fmt.Sprintf("%s has no date: it is taken to end when the file was last changed", filepath.Base(path)))
		}
		captures, sources, last = append(captures, c), append(sources, sourceOf(path, data, c.Format)), changed
	}
	for _, path := range files.reports {
		data, changed, err := readFile(path)
		if err != nil {
			return one, err
		}
		all, err := intake.ReadReports(path, data, o.reportFormat)
		if err != nil {
			return one, err
		}
		invocations, sources, last = append(invocations, all), append(sources, sourceOf(path, data, all.Format)), changed
	}
	one.front = deployedFront(f)
	rounds, what, err := intake.Assemble(captures, invocations, o.Options)
	if err != nil {
		return one, err
	}
	for i := range rounds {
		if rounds[i].Started.IsZero() { // REPORT lines without a time
			rounds[i].Started, rounds[i].Ended = last.UTC(), last.UTC()
		}
	}
	what.Files, what.Notes = sources, append(what.Notes, notes...)
	for _, all := range invocations {
		if mb := int(all.MemoryMB()); mb != 0 && mb != one.front.MemoryMB {
			what.Notes = append(what.Notes, fmt.Sprintf("REPORT lines say %d MB and the scenario %d MB: priced with %d MB", mb, one.front.MemoryMB, mb))
			one.front.MemoryMB = mb
		}
	}
	one.front.Imported, one.rounds = &what, rounds
	return one, nil
}

func readFile(path string) ([]byte, time.Time, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, time.Time{}, err
	}
	data, err := os.ReadFile(path)
	return data, info.ModTime(), err
}

func sourceOf(path string, data []byte, format string) record.ImportedFile {
	sum := sha256.Sum256(data)
	return record.ImportedFile{Name: filepath.Base(path), Sum: hex.EncodeToString(sum[:]), Format: format}
}

// writeImported writes the run: round by round, front by front.
func writeImported(env *env, s *loaded, fronts []importedFront, out string) (dir string, err error) {
	run := record.Run{Scenario: s.Name, Tool: env.version, Source: record.SourceURL, Imported: env.now().UTC()}
	var ended time.Time
	for _, f := range fronts {
		run.Rounds, run.Fronts = max(run.Rounds, len(f.rounds)), append(run.Fronts, f.front)
		for _, r := range f.rounds {
			if run.Started.IsZero() || r.Started.Before(run.Started) {
				run.Started = r.Started.UTC()
			}
			if r.Ended.After(ended) {
				ended = r.Ended
			}
		}
	}
	run.ID = run.Started.Format("20060102T150405Z") + "-" + s.Name
	type piece struct {
		trial record.Trial
		round intake.Round
	}
	var pieces []piece
	for n := range run.Rounds {
		for _, f := range fronts {
			if n < len(f.rounds) {
				r := f.rounds[n]
				t := record.Trial{Round: n + 1, Attempt: 1, Front: f.front.ID, State: record.Done, Started: r.Started.UTC(), Ended: r.Ended.UTC(), Load: &r.Load}
				pieces = append(pieces, piece{t, r})
				planned := t
				planned.State, planned.Load = record.Planned, nil
				run.Trials = append(run.Trials, planned)
			}
		}
	}
	w, err := record.Create(out, run, s.yaml)
	if err != nil {
		return "", err
	}
	for i, p := range pieces {
		if p.round.Reports == nil {
			err = w.Keep(i, p.trial, p.round.Hits)
		} else {
			err = w.Finish(i, p.trial, p.round.Hits, p.round.Reports)
		}
		if err != nil {
			return "", err
		}
	}
	return w.Dir(), w.Close(ended.UTC(), "")
}

// imports reports whether a run was imported.
func imports(rec *record.Recording) bool {
	return slices.ContainsFunc(rec.Fronts, func(f record.Front) bool { return f.Imported != nil })
}
