package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdoor/deploy/apply"
	"frontdoor/scenarios"
)

func newDeploy(env *env) *cobra.Command {
	var o deployOptions
	cmd := &cobra.Command{
		Use:   "deploy SCENARIO",
		Short: "Make a scenario's fronts on AWS, and write where they are",
		Long: `deploy makes CloudFormation stacks for the scenario's fronts, with the handler's
code, its tables and their items, waits until every front answers, and writes
targets.yaml, which bench run --targets measures. It shows what it will make and what
that costs while nobody calls, and asks before it makes anything.

The same command again goes on after a failure or Ctrl-C, and brings up to date what
stands. bench destroy takes everything away. --dry-run asks AWS nothing.

Credentials, profile and endpoint are those of the AWS SDK: AWS_PROFILE and others.
bench doctor says which permissions are missing.`,
		Example: `  bench deploy quickstart --dry-run --templates templates
  bench deploy quickstart --name quickstart-3f9a
  bench run quickstart --targets targets.yaml
  bench destroy targets.yaml`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDeploy(cmd.Context(), env, args[0], o)
		},
	}
	o.register(cmd)
	return cmd
}

type deployOptions struct {
	region, name, targets string
	viewers               []string
	retention             int
	alarm, email          string
	certificate, host     string
	signed                bool
	from                  string
	bound                 string
	account               string                    // that the targets file names; "" without one
	before                []scenarios.DeployedStack // that it has
	dryRun, yes           bool
	templates             string
	book, color           string
	bootstraps, code      map[string]string
	runtime, entry        string
}

func (o *deployOptions) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&o.region, "region", "", "Region of every front but those at the edge (default: the scenario's)")
	flags.StringVar(&o.name, "name", "", "the deployment's name (default: that of the targets file, or the scenario's with four more characters)")
	flags.StringVar(&o.targets, "targets", "targets.yaml", "file to write the fronts' addresses to")
	flags.StringArrayVar(&o.viewers, "viewer-region", nil, "Region in which functions at the edge will run, whose logs are kept; repeatable (default: the scenario's viewers')")
	flags.IntVar(&o.retention, "log-retention", 0, "days that logs are kept (default 3)")
	flags.StringVar(&o.alarm, "billing-alarm", "", "USD: an alarm of what the account has been charged in the month")
	flags.StringVar(&o.email, "alarm-email", "", "whom the billing alarm tells")
	flags.StringVar(&o.certificate, "certificate", "", "ARN of a certificate for load balancers, which listen on plain HTTP without one; with --certificate-host")
	flags.StringVar(&o.host, "certificate-host", "", "a name of that certificate that you will lead to the load balancer")
	signedFlag(flags, &o.signed)
	flags.StringVar(&o.from, "from", "", "IPv4 addresses that load balancers let in, such as 203.0.113.7/32 (default: everybody's)")
	flags.StringVar(&o.bound, "permissions-boundary", "", "ARN of a policy that bounds what the functions' roles may do")
	flags.BoolVar(&o.dryRun, "dry-run", false, "print what would be made and its idle cost, without any call to AWS")
	flags.StringVar(&o.templates, "templates", "", "folder to write each stack's template and parameters to")
	flags.BoolVar(&o.yes, "yes", false, "do not ask")
	flags.StringToStringVar(&o.bootstraps, "bootstrap", nil, "ARCHITECTURE=FILE: a program built from cmd/bootstrap, in place of building it; arm64 or x86_64")
	flags.StringToStringVar(&o.code, "code", nil, "FRONT=FILE.zip or FOLDER: the package of a front that runs a command")
	flags.StringVar(&o.runtime, "runtime", "", "Lambda's Runtime of those packages (default provided.al2023, which starts a program called bootstrap)")
	flags.StringVar(&o.entry, "entry", "", "what Lambda calls in them, its Handler, such as index.handler (default bootstrap)")
	flags.StringVar(&o.book, "book", "", "price book for the idle cost (default $BENCH_BOOK, or bench/prices.csv among your configuration)")
	flags.StringVar(&o.color, "color", "auto", "auto, always or never")
}

// signedFlag is --signed, of what is deployed. It was called --signed-urls as long as APIs
// could not be closed by it.
func signedFlag(flags *pflag.FlagSet, signed *bool) {
	flags.BoolVar(signed, "signed", false, "APIs and function URLs let in signed requests alone (AWS_IAM)")
	flags.SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "signed-urls" {
			name = "signed"
		}
		return pflag.NormalizedName(name)
	})
}

// runDeploy plans, asks, makes and writes.
func runDeploy(ctx context.Context, env *env, nameOrPath string, o deployOptions) error {
	s, err := loadScenario(env, nameOrPath, o.book)
	if err != nil {
		return err
	}
	if err := cmp.Or(checkColour(o.color), o.check(), o.settle(s)); err != nil {
		return usage(err)
	}
	s.warn(env)
	d, err := o.plan(s)
	if err != nil {
		return usage(err)
	}
	if err := writeTemplates(o.templates, d); err != nil {
		return err
	}
	if o.dryRun {
		return o.show(env, env.stdout, d, "")
	}
	if !o.yes && !env.asks {
		return usage(errors.New("it would make things that cost money, and there is no terminal to ask on\nhint: give --yes, or --dry-run to see what it would make"))
	}
	cloud, err := apply.Open(ctx, env.pace, func(line string) { fmt.Fprintln(env.stderr, line) }, env.known.Add)
	if err != nil {
		return err
	}
	if o.account != "" && o.account != cloud.Account {
		return usage(fmt.Errorf("%s is of a deployment in account %s, and the credentials are of %s: want --targets with another file", o.targets, o.account, cloud.Account))
	}
	if err := o.show(env, env.stderr, d, "account "+cloud.Account); err != nil {
		return err
	}
	if !o.yes && !env.confirmed(ctx, "Make this?") {
		return &exitError{exitGuard, errors.New("nothing was made: it was not agreed to\nhint: answer y, or give --yes")}
	}
	fmt.Fprintln(env.stderr, "building the packages")
	packages, err := pack(ctx, d, o.bootstraps)
	if err := cmp.Or(ctx.Err(), usage(err)); err != nil {
		return err
	}
	return o.make(ctx, env, cloud, s, apply.Order{Deployment: d, Scenario: s.Scenario, Packages: packages})
}
