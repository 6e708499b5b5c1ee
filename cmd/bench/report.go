package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"frontdoor/record"
	"frontdoor/report"
)

func newReport(env *env) *cobra.Command {
	var view viewOptions
	var lines bool
	var runs string
	cmd := &cobra.Command{
		Use:   "report [RUN]",
		Short: "Report on a recorded run again: other formats, dates, free tiers",
		Long: `report opens the folder of a run, prices it, and writes it in any format. It
touches nothing but files: the same record gives the same bytes. Without RUN it
takes the run made last; RUN is a folder, a bundle of bench bundle, or the id of a
run. --as-of prices the same measurement under the rates and billing rules of
another day. It only shows: whatever gates say, it ends with 0; bench gate is for
the exit code.`,
		Example: `  bench report
  bench report runs/20261122T153000Z-quickstart -o csv -o json=report.json
  bench report -o html=report.html -o adr=docs/decisions -o markdown=summary.md -o svg=pictures
  bench report --lines --as-of 2018-01-01
  bench report --schema > report.schema.json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if lines {
				view.outputs = append(view.outputs, "lines")
			}
			rec, err := view.open(env, cmd.Flags(), args, runs)
			if err != nil {
				return err
			}
			if s, err := offloadOf(rec); s != nil || err != nil {
				return reportOffload(env, cmd.Flags(), rec, s, view, err)
			}
			r, err := compose(env, rec, view)
			if err != nil {
				return err
			}
			if err := view.write(env, r); err != nil {
				return err
			}
			return view.compared(env, cmd.Flags(), rec, view.writer(env, r))
		},
	}
	cmd.Flags().StringVar(&runs, "runs", "runs", "folder in which the newest run is looked for when RUN is not given")
	cmd.Flags().BoolVar(&lines, "lines", false, "every line of every bill, with its source (the same as -o lines)")
	view.register(cmd.Flags())
	return withSchema(env, cmd, report.Schema)
}

// choose is the run named, by its path or by its id, or the newest one.
func choose(args []string, runs string) (string, error) {
	if len(args) == 1 {
		return find(args[0], runs), nil
	}
	newest, err := newestRun(runs, func(record.Run) bool { return true })
	if err != nil {
		return "", usage(err)
	}
	if newest != "" {
		return newest, nil
	}
	return "", usage(fmt.Errorf("there is no run in %q\nhint: bench run quickstart makes one; --runs names another folder", runs))
}

// find is where a run is that was named by its id alone, as reports name it: in the
// folder of runs, or in a bundle here or there. What is there already is meant.
func find(named, runs string) string {
	if _, err := os.Stat(named); err == nil || named != filepath.Base(named) {
		return named
	}
	for _, path := range []string{filepath.Join(runs, named), named + ".tar.zst", filepath.Join(runs, named+".tar.zst")} {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return named
}

// newestRun is the folder of the run made last of those that pass; "" when there is none.
func newestRun(runs string, pass func(record.Run) bool) (string, error) {
	entries, err := os.ReadDir(runs)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	var newest string
	var made time.Time
	for _, entry := range entries {
		dir := filepath.Join(runs, entry.Name())
		if run, err := record.Peek(dir); err == nil && !run.Made().Before(made) && pass(run) {
			newest, made = dir, run.Made()
		}
	}
	return newest, nil
}
