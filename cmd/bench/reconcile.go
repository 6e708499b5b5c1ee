package main

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdoor/guard"
	"frontdoor/pricing"
	"frontdoor/reconcile"
	"frontdoor/record"
	"frontdoor/report/reconciled"
	"frontdoor/scenarios"
)

// reconcileOptions say what a run is held against.
type reconcileOptions struct {
	bills     []string
	tolerance string
	tag       string
	account   string
	book      string
	outputs   []string
	colour    string
	runs      string
}

// deploymentTag is the tag that everything of a deployment bears.
const deploymentTag = "bench:deployment"

func newReconcile(env *env) *cobra.Command {
	var o reconcileOptions
	cmd := &cobra.Command{
		Use:   "reconcile RUN --bill FILE",
		Short: "Hold a run against the bill that AWS sent for it",
		Long: `reconcile reads the export of a bill (CUR 2.0, or FOCUS 1.0, 1.2, 1.3 or 1.4 with AWS
columns; CSV, gzip or Parquet), finds the lines of the run's hours, and prints for
each meter, Region and hour what the run's own record says it used and would cost
at list price, what was billed, the difference, what explains it, and the residual
that nothing explains. RUN is a run's folder, the id of one in --runs, or a file that
bench bundle made, with its own price book unless --book names another.

Explained are: free tiers, bands of the month, negotiated prices, Savings Plans,
whole hours of load balancers, the 10 decimals of bills, what stands there without
the run, what the record does not know. Credits, tax, discounts and refunds are
apart. Lines are the run's by the tag bench:deployment of its targets.yaml (or
--tag) or by its resources; a bill without either is matched by time and Region,
and others' use is then in it. docs/reconcile.md says how to export a bill.

It ends with 7 when more than --tolerance of some line, or of all together, is not
explained, and says of which line most; with 2 when the bill has no line of the run at
all. A billed line that the run has no estimate of, and an estimate without a line, are
residuals too.`,
		Example: `  bench reconcile runs/20261122T155000Z-quickstart --bill cur.csv.gz
  bench reconcile runs/20261122T155000Z-quickstart --bill a.parquet --bill b.parquet -o table -o csv=lines.csv
  bench reconcile RUN --bill focus.csv --tag team=frontdoor --account 123456789012 --tolerance 0.5%
  bench reconcile --schema > reconcile.schema.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runReconcile(env, cmd.Flags(), args[0], o) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&o.bills, "bill", nil, "file of the bill's export; repeatable, all of one export: "+strings.Join(reconcile.Formats(), ", "))
	flags.StringVar(&o.tolerance, "tolerance", "1%", "share of a line, and of the total, that may be unexplained")
	flags.StringVar(&o.tag, "tag", "", "KEY=VALUE that the run's resources bear (default "+deploymentTag+" of its targets.yaml)")
	flags.StringVar(&o.account, "account", "", "AWS account that ran it, twelve digits (default that of its targets.yaml)")
	flags.StringArrayVarP(&o.outputs, "output", "o", nil, "format, or format=file; repeatable: "+strings.Join(reconciled.Formats(), ", ")+" (default table)")
	flags.StringVar(&o.colour, "color", "auto", "colour in tables: "+strings.Join(colours(), ", "))
	flags.StringVar(&o.runs, "runs", "runs", "folder in which a run that is named by its id is looked for")
	registerBook(flags, &o.book)
	return withSchema(env, cmd, reconciled.Schema)
}

// runReconcile reads the run and the bill, writes what came out, and judges it.
func runReconcile(env *env, flags *pflag.FlagSet, path string, o reconcileOptions) error {
	if len(o.bills) == 0 {
		return usage(errors.New("--bill: no file of a bill is given\nhint: docs/reconcile.md says how to export one"))
	}
	if err := errors.Join(checkOutputs(o.outputs, reconciled.Formats()), checkColour(o.colour)); err != nil {
		return usage(err)
	}
	view := viewOptions{book: o.book}
	rec, err := view.either(flags, find(path, o.runs))
	if err != nil {
		return err
	}
	in, r, err := o.input(env, &view, rec)
	if err != nil {
		return err
	}
	keeper, err := reconcile.New(in)
	if err != nil {
		return usage(err)
	}
	exports, err := reconcile.ReadAll(o.bills, keeper.Add)
	if err != nil {
		return usage(err)
	}
	if r.Result, err = keeper.Result(exports); err != nil {
		return usage(err)
	}
	if err := writeOutputs(env, o.outputs, func(format, file string) func(io.Writer) error {
		write, _ := reconciled.WriterOf(format)
		if format == "table" && file == "" {
			write = reconciled.Table(env.style(o.colour))
		}
		return func(w io.Writer) error { return write(w, r) }
	}); err != nil {
		return err
	}
	if mismatch := r.Mismatch(); mismatch != "" {
		return &exitError{exitBill, fmt.Errorf("the bill does not match: %s", mismatch)}
	}
	return nil
}

// input turns options and record into what a bill is held against.
func (o *reconcileOptions) input(env *env, view *viewOptions, rec *record.Recording) (reconcile.Input, *reconciled.Report, error) {
	in := reconcile.Input{Started: rec.Started, Ended: ended(rec), Lab: rec.Source == record.SourceLab || slices.ContainsFunc(rec.Fronts, here)}
	fail := func(err error) (reconcile.Input, *reconciled.Report, error) { return in, nil, usage(err) }
	var err error
	if in.Tolerance, err = exactShare(o.tolerance); err != nil {
		return fail(fmt.Errorf("--tolerance: %w", err))
	}
	if in.Scope, err = o.scope(rec); err != nil {
		return fail(err)
	}
	if in.Spent, err = spentBy(rec); err != nil {
		return fail(err)
	}
	book, name, err := view.bookOf(env, rec)
	if err != nil {
		return in, nil, err
	}
	in.Book = book
	return in, &reconciled.Report{Scenario: rec.Scenario, Book: name, Day: pricing.DateOf(rec.Started)}, nil
}

// here reports whether a front stands on this machine, for which AWS bills nothing,
// whatever the run calls its figures: a lab that stands for AWS, say.
func here(f record.Front) bool {
	u, err := url.Parse(f.URL)
	return err == nil && u.Host != "" && guard.Loopback(u.Host)
}

// ended is when a run ended; one that was cut short, with its last trial.
func ended(rec *record.Recording) (at time.Time) {
	at = rec.Ended
	for _, t := range rec.Trials {
		if t.Ended.After(at) {
			at = t.Ended
		}
	}
	return at
}

// scope is whose lines are looked for: by the options, else by the deployment that
// the run was given.
func (o *reconcileOptions) scope(rec *record.Recording) (reconcile.Scope, error) {
	s := reconcile.Scope{Account: o.account, Resources: reconcile.ResourcesOf(rec.Run)}
	if rec.Targets != nil {
		t, err := scenarios.ParseTargets(rec.Dir+"/targets.yaml", rec.Targets)
		if err != nil {
			return s, err
		}
		if d := t.Deployment; d != nil {
			s.Key, s.Value = deploymentTag, d.Name
			if s.Account == "" {
				s.Account = d.Account
			}
		}
	}
	if o.account != "" && (len(o.account) != 12 || strings.Trim(o.account, "0123456789") != "") {
		return s, fmt.Errorf("--account: %q: want the twelve digits of an AWS account", o.account)
	}
	if o.tag == "" {
		return s, nil
	}
	key, value, ok := strings.Cut(o.tag, "=")
	if !ok || key == "" || value == "" {
		return s, fmt.Errorf("--tag: %q: want KEY=VALUE such as %s=quickstart-3f9a", o.tag, deploymentTag)
	}
	s.Key, s.Value = key, value
	return s, nil
}

// exactShare reads "1%" and "0.01" exactly.
func exactShare(text string) (pricing.Quantity, error) {
	number, percent := strings.CutSuffix(text, "%")
	q, err := pricing.ParseQuantity(strings.TrimSpace(number))
	if percent {
		q = q.Div(pricing.Count(100))
	}
	if err != nil || q.Sign() < 0 || q.Cmp(pricing.Count(1)) > 0 {
		return q, fmt.Errorf("%q: want a share from 0 to 1 such as 1%% or 0.01", text)
	}
	return q, nil
}
