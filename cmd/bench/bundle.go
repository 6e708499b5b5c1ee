package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdoor/bundle"
	"frontdoor/pricing"
	"frontdoor/record"
)

func newBundle(env *env) *cobra.Command {
	view := viewOptions{documents: documentOptions{focus: newestFOCUS()}}
	var runs, out string
	var logs bool
	cmd := &cobra.Command{
		Use:   "bundle [RUN]",
		Short: "Pack a run and all that its report is made of into one file",
		Long: `bundle packs a recorded run, the price book, the options given here, the A/A run
of its noise floor, and the SHA-256 of every file and of every report that they
give, into one file. bench report, gate and compare take it in place of a run, and
write the same bytes on any machine, on any day, whatever its price book: a file to
attach to a decision. Without RUN it takes the newest run.

What is packed is what was recorded. The logs of the lab's functions hold whatever
a function printed, and are left out unless --logs asks for them. The same run with
the same options gives the same file.

A bundle that was changed, cut short or made to do harm is refused before anything
in it is used. When another version of bench writes other bytes than the one that
made the bundle, report says so.`,
		Example: `  bench bundle
  bench bundle runs/20261129T070000Z-quickstart --as-of 2026-11-29 -o quickstart.tar.zst
  bench report quickstart.tar.zst -o html=report.html
  bench gate quickstart.tar.zst --gate 'p(95)<200'`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := view.check(env); err != nil {
				return err
			}
			dir, err := choose(args, runs)
			if err != nil {
				return err
			}
			if bundle.Is(dir) {
				return usage(fmt.Errorf("%q is a file: want the folder of a run", dir))
			}
			return makeBundle(env, cmd.Flags(), view, dir, out, logs)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&runs, "runs", "runs", "folder in which the newest run is looked for when RUN is not given")
	flags.StringVarP(&out, "output", "o", "", "file to write (default: the run's id with .tar.zst, in this folder)")
	flags.BoolVar(&logs, "logs", false, "pack the logs of the lab's functions too")
	view.registerPricing(flags)
	view.registerEras(flags)
	flags.Lookup("color").Hidden = true
	return cmd
}

// makeBundle lays everything out in a folder as a bundle has it, reports from there
// as a reader will, and packs it.
func makeBundle(env *env, flags *pflag.FlagSet, view viewOptions, dir, out string, logs bool) error {
	rec, err := record.Open(dir)
	if err != nil {
		return usage(err)
	}
	out = cmp.Or(out, rec.ID+".tar.zst")
	if err := checkTarget(out); err != nil {
		return usage(fmt.Errorf("--output: %w", err))
	}
	stage, err := os.MkdirTemp("", "bench-bundle-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(stage)
	m := bundle.Manifest{Tool: env.version, Run: rec.ID, Book: view.described, Reports: []bundle.File{}}
	if m.Options, err = view.options(env, flags); err != nil {
		return err
	}
	if m.Floor, m.FloorMissing, err = view.lay(env, rec, stage, logs); err != nil {
		return err
	}
	if m.Files, err = bundle.List(stage); err != nil {
		return err
	}
	if m.Reports, err = view.reports(env, flags, out, stage, m); err != nil {
		return err
	}
	if err := record.WriteWhole(out, func(w io.Writer) error { return bundle.Write(w, stage, m) }); err != nil {
		return err
	}
	packed, err := bundle.Sum(out)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.stdout, "%s: %d files of run %s, %d bytes, SHA-256 %s\n", out, len(m.Files), rec.ID, packed.Size, packed.SHA256)
	return err
}

// lay copies the run, the A/A run of its noise floor and the price book; it returns
// the id of that run, or why there is none.
func (v *viewOptions) lay(env *env, rec *record.Recording, stage string, logs bool) (floorID, missing string, err error) {
	if err := layRun(rec.Dir, filepath.Join(stage, "run"), logs); err != nil {
		return "", "", err
	}
	aa, missing, err := v.floorOf(rec)
	if err != nil {
		return "", "", err
	}
	if aa != nil && aa != rec {
		floorID = aa.ID
		if err := layRun(aa.Dir, filepath.Join(stage, "floor"), false); err != nil {
			return "", "", err
		}
	}
	return floorID, missing, v.layPrices(env, stage)
}

func (v *viewOptions) layPrices(env *env, stage string) error {
	prices := filepath.Join(stage, "prices")
	if err := os.CopyFS(filepath.Join(prices, shippedFolder), pricing.ShippedFiles()); err != nil {
		return err
	}
	own, _ := bookPath(env, v.book)
	if own == "" {
		return nil
	}
	err := copyFile(own, filepath.Join(prices, ownBook))
	if errors.Is(err, os.ErrNotExist) { // the place where one would be, and is none
		return nil
	}
	return err
}

func layRun(from, to string, logs bool) error {
	files, err := record.Files(from, logs)
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := os.MkdirAll(filepath.Join(to, filepath.FromSlash(path.Dir(name))), 0o755); err != nil {
			return err
		}
		if err := copyFile(filepath.Join(from, filepath.FromSlash(name)), filepath.Join(to, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// reports are the sums of every format that is one file, made from what is laid out.
func (v *viewOptions) reports(env *env, flags *pflag.FlagSet, path, stage string, m bundle.Manifest) ([]bundle.File, error) {
	read := *v
	rec, err := read.take(flags, path, stage, &m)
	if err != nil {
		return nil, err
	}
	read.ownBook, read.ownFloor = false, false // as a reader has it, to whom nobody gave any
	read.book, read.rules.floor = nameable(read.book), nameable(read.rules.floor)
	if day, ok := m.Options["as-of"]; ok {
		read.asOf = day[0]
	}
	formats, writer, err := read.writers(env, rec)
	if err != nil {
		return nil, err
	}
	sums := []bundle.File{}
	for _, format := range formats {
		sum, err := rendered(format, writer(format))
		if err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}
