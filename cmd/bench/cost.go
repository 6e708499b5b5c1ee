package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/report"
)

// costOptions say how a workload is priced and shown.
type costOptions struct {
	outputs  []string // FORMAT or FORMAT=FILE
	region   string
	asOf     string
	freeTier string
	rounding string
	init     initFlags
	book     string
	sweeps   []string
	material string
	seed     uint64
	lines    bool
	eras     bool
}

func newCost(env *env) *cobra.Command {
	var o costOptions
	cmd := &cobra.Command{
		Use:   "cost WORKLOAD",
		Short: "Price front doors from a workload, without measuring",
		Long: `cost prices a workload: a YAML file that says how a function is used (or a
month's quantities by meter), or the name of one that comes with bench. It writes
every line of each front's bill, says where the cheapest front changes with the
month's requests and with the function's duration, exactly, and what inputs that
are known only as a range do to the choice. Nothing is measured and nothing but
files is touched.

Durations that are known by their mean or percentiles only give a bill between
two bounds: a billed duration is rounded up for each invocation, which no mean
tells.`,
		Example: `  bench cost hello-doors
  bench workloads show hello-doors > mine.yaml
  bench cost mine.yaml --lines --free-tier always --rounding aws-page
  bench cost mine.yaml --sweep requests=1e4..1e10 --sweep duration=1ms..5s
  bench cost mine.yaml --eras -o json=costs.json
  bench cost --schema > costs.schema.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runCost(env, args[0], o) },
	}
	o.register(cmd.Flags())
	return withSchema(env, cmd, report.CostSchema)
}

func (o *costOptions) register(flags *pflag.FlagSet) {
	flags.StringArrayVarP(&o.outputs, "output", "o", nil, "format, or format=file; repeatable: "+strings.Join(report.CostFormats(), ", ")+" (default table)")
	flags.BoolVar(&o.lines, "lines", false, "in the table, every line of every bill with its source")
	flags.StringVar(&o.region, "region", "", "price in this Region (default: the workload's; Lambda@Edge stays in us-east-1)")
	flags.StringVar(&o.asOf, "as-of", "today", "price under the rates and rules of this day, as 2018-01-01 or today")
	flags.StringVar(&o.freeTier, "free-tier", "none", "none (list prices), always (what every account gets each month), or new-account (and its first 12 months, for accounts opened before 2025-07-15)")
	flags.StringVar(&o.rounding, "rounding", "exact", "exact, aws-bill (each line to 10 decimals) or aws-page (each line to cents, then added)")
	o.init.register(flags)
	registerBook(flags, &o.book)
	flags.StringArrayVar(&o.sweeps, "sweep", nil, "follow the choice over a range: requests=1e4..1e10, duration=1ms..5s or response_size=100B..1MB; twice for a map")
	flags.BoolVar(&o.eras, "eras", false, "also price the same workload under the rules and rates of each era, with and without INIT")
	flags.StringVar(&o.material, "material", "10", "USD a month below which a difference is no reason, for workloads with ranges")
	flags.Uint64Var(&o.seed, "seed", 1, "of the worlds that are drawn for workloads with ranges")
}

func runCost(env *env, arg string, o costOptions) error {
	in, c, err := o.input(env)
	if err != nil {
		return err
	}
	l, err := loadWorkload(arg)
	if err != nil {
		return err
	}
	if err := l.fill(&in, o.region); err != nil {
		return usage(err)
	}
	e, err := estimate.New(in)
	if err != nil {
		return usage(fmt.Errorf("%s: %w", l.name, err))
	}
	if err := l.anyBill(in.Book, e); err != nil {
		return usage(err)
	}
	c.Name, c.Description = l.Workload.Name, l.Description
	if c.Name == "" {
		c.Name = l.name
	}
	c.Account, c.Init = in.Options.Account != nil, o.init.String()
	c.Recorded, c.Lab = l.recordedRun, l.lab
	costs, err := report.NewCosts(c, e, in.Fronts)
	if err != nil {
		return err
	}
	if e.Phase != nil {
		if costs.Map, err = estimate.NewMap(in, e.Phase, mapColumns, mapRows); err != nil {
			return err
		}
	}
	return o.write(env, costs)
}

// The size of a diagram in letters.
const (
	mapColumns = 72
	mapRows    = 24
)

// input checks the flags and turns them into what an estimate needs.
func (o *costOptions) input(env *env) (estimate.Input, report.Costs, error) {
	in := estimate.Input{Seed: o.seed, Eras: o.eras}
	fail := func(err error) (estimate.Input, report.Costs, error) { return in, report.Costs{}, usage(err) }
	if err := checkOutputs(o.outputs, report.CostFormats()); err != nil {
		return fail(err)
	}
	day, err := dayOf(env, o.asOf)
	if err != nil {
		return fail(fmt.Errorf("--as-of: %w", err))
	}
	free, err := pricing.ParseFreeTier(o.freeTier)
	if err != nil {
		return fail(fmt.Errorf("--free-tier: %w", err))
	}
	rounding, err := pricing.ParseRounding(o.rounding)
	if err != nil {
		return fail(fmt.Errorf("--rounding: %w", err))
	}
	material, err := pricing.ParseUSD(o.material)
	if err != nil || material.Sign() < 0 {
		return fail(fmt.Errorf("--material: %q is not an amount: want dollars a month such as 10", o.material))
	}
	in.Material = material.Float()
	in.Options = pricing.BillOptions{AsOf: day, FreeTier: free}
	if in.Options.Init, err = o.init.choice(); err != nil {
		return fail(err)
	}
	for _, text := range o.sweeps {
		s, err := parseSweep(text)
		if err != nil {
			return fail(fmt.Errorf("--sweep: %w", err))
		}
		in.Sweeps = append(in.Sweeps, s)
	}
	if err := estimate.CheckSweeps(in.Sweeps); err != nil {
		return fail(fmt.Errorf("--sweep: %w", err))
	}
	book, name, err := loadBook(env, o.book)
	if err != nil {
		return in, report.Costs{}, err
	}
	in.Book = book
	if o.region != "" {
		if problem, want := unpriced(book, pricing.LambdaRequests, o.region); problem != "" {
			return fail(fmt.Errorf("--region: %s: want %s", problem, want))
		}
	}
	return in, report.Costs{Book: name, AsOf: day, FreeTier: free, Rounding: rounding, Lines: o.lines}, nil
}

// unpriced is what is wrong with a Region in which the book does not have a
// meter, and what would be right; "" for the others.
func unpriced(book *pricing.Book, m pricing.Meter, region string) (problem, want string) {
	known := book.Regions(m)
	if slices.Contains(known, region) {
		return "", ""
	}
	return fmt.Sprintf("no prices are known for %q", region), "one of " + strings.Join(known, ", ")
}

// fill adds the workload to the input.
func (l *loadedWorkload) fill(in *estimate.Input, region string) error {
	account, err := l.items(in.Book, l.Account, region, in.Options.AsOf)
	if err != nil {
		return err
	}
	in.Options.Account = account
	if l.Usage != nil {
		items, err := l.items(in.Book, l.Usage, region, in.Options.AsOf)
		in.Usage = &pricing.Usage{Front: "usage", Items: items}
		if l.RequestsPerMonth != nil {
			in.Usage.Requests = pricing.Count(int64(*l.RequestsPerMonth))
		}
		return err
	}
	var variables []estimate.Variable
	for i := range l.Fronts {
		f, named, err := l.front(i, region)
		if err == nil {
			err = l.priced(in.Book, i, f.Workload)
		}
		if err != nil {
			return err
		}
		in.Fronts = append(in.Fronts, f)
		variables = append(variables, named...)
	}
	in.Variables = joined(variables)
	return nil
}

// write writes every output asked for: those with a file into it, the others to
// stdout in the order given.
func (o *costOptions) write(env *env, c *report.Costs) error {
	return writeOutputs(env, o.outputs, func(format, _ string) func(w io.Writer) error {
		write, _ := report.CostWriterOf(format)
		if format == "csv" && len(o.sweeps) > 0 {
			write = report.SweepCSV
		}
		return func(w io.Writer) error { return write(w, c) }
	})
}
