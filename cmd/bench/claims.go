package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"frontdoor/claims"
	"frontdoor/record"
)

// claimOptions say by what claims are judged.
type claimOptions struct {
	outputs []string
	runs    string
	noRun   bool
	asOf    string
	book    string
}

func newClaims(env *env) *cobra.Command {
	var o claimOptions
	cmd := &cobra.Command{
		Use:   "claims [ID...]",
		Short: "Judge what the systems behind this project said of themselves",
		Long: `claims goes through the register of claims (all, or those named) and prints for
each who said it and when, the verdict (true, false, or conditional with the
boundary), and the evidence: which bill, which rule, which simulation, which run.
Nothing is stored but the word of each verdict when it was checked by hand; every
figure is computed now.

Claims that need a run of the lab get one: the shipped scenario is run for one
round into a temporary folder. --runs takes the newest runs of a folder in place of
that, and --no-run does without: claims that need one are then not judged. What had
no price on the day of --as-of is left out, and a line of evidence says so; a claim
of which nothing is left is not judged either.

Exit code 3: a verdict is another than the recorded one. Exit code 4: a claim is not
judged, for another reason than --no-run.`,
		Example: `  bench claims
  bench claims C1 C14 --as-of 2022-05-10
  bench claims --no-run -o json=claims.json
  bench claims C4 --runs runs
  bench claims -o markdown=docs/claims.md`,
		RunE: func(cmd *cobra.Command, args []string) error { return judge(cmd.Context(), env, args, o) },
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&o.outputs, "output", "o", nil, "format, or format=file; repeatable: "+strings.Join(claims.Formats(), ", ")+" (default table)")
	flags.StringVar(&o.runs, "runs", "", "folder with runs to judge by")
	flags.BoolVar(&o.noRun, "no-run", false, "run nothing")
	flags.StringVar(&o.asOf, "as-of", "today", "price under the rates and rules of this day, as 2018-01-01 or today")
	registerBook(flags, &o.book)
	return withSchema(env, cmd, claims.Schema)
}

func judge(ctx context.Context, env *env, ids []string, o claimOptions) error {
	if err := checkOutputs(o.outputs, claims.Formats()); err != nil {
		return usage(err)
	}
	for i, id := range ids {
		ids[i] = strings.ToUpper(id)
		if !slices.Contains(claims.IDs(), ids[i]) {
			return usage(fmt.Errorf("there is no claim %q: want some of %s", id, strings.Join(claims.IDs(), ", ")))
		}
	}
	e, err := o.evidence(env)
	if err != nil {
		return err
	}
	if e.Runs, err = o.records(ctx, env, needed(ids)); err != nil {
		return err
	}
	judged, err := claims.Judge(e, ids...)
	if err != nil {
		return usage(err)
	}
	page := claims.Page{AsOf: e.AsOf.String(), Book: e.BookName, Claims: judged}
	if err := writeOutputs(env, o.outputs, func(format, _ string) func(io.Writer) error {
		write, _ := claims.WriterOf(format)
		return func(w io.Writer) error { return write(w, page) }
	}); err != nil {
		return err
	}
	return o.verdict(judged)
}

// verdict is the exit code of all verdicts: a changed one weighs more than one that
// is not judged, and one that --no-run does without weighs nothing.
func (o *claimOptions) verdict(judged []claims.Judged) error {
	var changed, open []string
	for _, j := range judged {
		switch {
		case j.Changed():
			changed = append(changed, fmt.Sprintf("%s is %s, %s was recorded", j.ID, j.Word, j.Expected))
		case j.Word == claims.NotJudged && !(o.noRun && j.Needs != ""):
			open = append(open, fmt.Sprintf("%s %s", j.ID, j.Boundary))
		}
	}
	switch {
	case len(changed) > 0:
		return &exitError{exitGate, fmt.Errorf("verdicts changed: %s", strings.Join(changed, "; "))}
	case len(open) > 0:
		return &exitError{exitOpen, fmt.Errorf("not judged: %s", strings.Join(open, "; "))}
	}
	return nil
}

// evidence is the prices.
func (o *claimOptions) evidence(env *env) (*claims.Evidence, error) {
	day, err := dayOf(env, o.asOf)
	if err != nil {
		return nil, usage(fmt.Errorf("--as-of: %w", err))
	}
	book, name, err := loadBook(env, o.book)
	if err != nil {
		return nil, err
	}
	return &claims.Evidence{Book: book, BookName: name, AsOf: day, Alarms: billingAlarms}, nil
}

// needed lists the scenarios whose runs the claims are judged by.
func needed(ids []string) []string {
	var names []string
	for _, c := range claims.Register() {
		if c.Needs != "" && (len(ids) == 0 || slices.Contains(ids, c.ID)) && !slices.Contains(names, c.Needs) {
			names = append(names, c.Needs)
		}
	}
	return names
}

// records are the runs of the scenarios: those of a folder, or new ones.
func (o *claimOptions) records(ctx context.Context, env *env, names []string) ([]*record.Recording, error) {
	switch {
	case o.runs != "":
		return newestRuns(o.runs, names)
	case o.noRun || len(names) == 0:
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "bench-claims-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var runs []*record.Recording
	for _, name := range names {
		run, err := brief(ctx, env, name, dir)
		if err != nil {
			return nil, fmt.Errorf("run %s: %w", name, err)
		}
		runs = append(runs, run)
	}
	return runs, nil
}

// brief runs a shipped scenario for one round.
func brief(ctx context.Context, env *env, name, dir string) (*record.Recording, error) {
	s, err := loadScenario(env, name, "")
	if err != nil {
		return nil, err
	}
	s.Rounds = 1
	made, err := measure(ctx, env, s, runOptions{out: dir})
	if err != nil {
		return nil, err
	}
	run, err := record.Open(made)
	if err == nil {
		run.ID = "a round of " + name // its folder is not kept, and its id would be another each time
	}
	return run, err
}

// newestRuns opens the newest run of each scenario in a folder.
func newestRuns(folder string, names []string) ([]*record.Recording, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, usage(fmt.Errorf("--runs: %w", err))
	}
	newest := map[string]string{} // by scenario; ids begin with the time
	for _, entry := range entries {
		run, err := record.Peek(filepath.Join(folder, entry.Name()))
		if err == nil && slices.Contains(names, run.Scenario) && newest[run.Scenario] < entry.Name() {
			newest[run.Scenario] = entry.Name()
		}
	}
	var runs []*record.Recording
	for _, name := range newest {
		run, err := record.Open(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		runs = append(runs, run)
	}
	return runs, nil
}
