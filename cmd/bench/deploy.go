package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"frontdoor/deploy"
	"frontdoor/deploy/apply"
	"frontdoor/deploy/code"
	"frontdoor/handlers"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/deployed"
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
	account               string // that the targets file names; "" without one
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
	flags.BoolVar(&o.signed, "signed-urls", false, "function URLs let in signed requests alone (AWS_IAM)")
	flags.BoolVar(&o.dryRun, "dry-run", false, "print what would be made and its idle cost, without any call to AWS")
	flags.StringVar(&o.templates, "templates", "", "folder to write each stack's template to")
	flags.BoolVar(&o.yes, "yes", false, "do not ask")
	flags.StringToStringVar(&o.bootstraps, "bootstrap", nil, "ARCHITECTURE=FILE: a program built from cmd/bootstrap, in place of building it; arm64 or x86_64")
	flags.StringToStringVar(&o.code, "code", nil, "FRONT=FILE.zip or FOLDER: the package of a front that runs a command")
	flags.StringVar(&o.runtime, "runtime", "", "Lambda's Runtime of those packages (default provided.al2023, which starts a program called bootstrap)")
	flags.StringVar(&o.entry, "entry", "", "what Lambda calls in them, its Handler, such as index.handler (default bootstrap)")
	flags.StringVar(&o.book, "book", "", "price book for the idle cost (default $BENCH_BOOK, or bench/prices.csv among your configuration)")
	flags.StringVar(&o.color, "color", "auto", "auto, always or never")
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
	cloud, err := apply.Open(ctx, env.pace, func(line string) { fmt.Fprintln(env.stderr, line) })
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

// check tests the flags that the planner does not see.
func (o *deployOptions) check() error {
	for architecture := range o.bootstraps {
		if architecture != code.ARM64 && architecture != code.X86 {
			return fmt.Errorf("--bootstrap: %q is no architecture: want %s or %s", architecture, code.ARM64, code.X86)
		}
	}
	return nil
}

// settle decides on the deployment's name, and refuses to write over the targets of
// another: they may be all that tells where it is.
func (o *deployOptions) settle(s *loaded) error {
	data, err := os.ReadFile(o.targets)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if o.name == "" {
			o.name = fmt.Sprintf("%s-%04x", s.Name, rand.N(0x10000))
		}
		return nil
	case err != nil:
		return fmt.Errorf("open targets file: %w", err)
	}
	t, err := scenarios.ParseTargets(o.targets, data)
	if err != nil {
		return fmt.Errorf("%w\nhint: --targets FILE writes another file", err)
	}
	if t.Deployment == nil || t.Scenario != s.Name || o.name != "" && o.name != t.Deployment.Name {
		return fmt.Errorf("%s is %s: want --targets with another file", o.targets, whose(t))
	}
	o.name, o.account = t.Deployment.Name, t.Deployment.Account
	return nil
}

// whose says what a targets file is of.
func whose(t *scenarios.Targets) string {
	if t.Deployment == nil {
		return "written by hand, of scenario " + t.Scenario
	}
	return fmt.Sprintf("of deployment %s, of scenario %s", t.Deployment.Name, t.Scenario)
}

func (o *deployOptions) plan(s *loaded) (*deploy.Deployment, error) {
	c := deploy.Config{
		Scenario: s.Scenario, File: s.name, Name: o.name, Region: o.region, ViewerRegions: o.viewers, LogRetentionDays: o.retention,
		SignedURLs: o.signed, Certificate: deploy.Certificate{ARN: o.certificate, Host: o.host}, AlarmEmail: o.email, Packages: o.code, Runtime: o.runtime, Entry: o.entry,
		HasNode: func(handler string) bool { _, ok := handlers.NodeCode(handler); return ok },
	}
	if o.alarm != "" {
		var err error
		if c.BillingAlarmUSD, err = pricing.ParseUSD(o.alarm); err != nil || c.BillingAlarmUSD.Sign() <= 0 {
			return nil, fmt.Errorf("--billing-alarm: %q is not an amount: want US dollars such as 10", o.alarm)
		}
	}
	return deploy.Plan(c)
}

// show writes the plan with its idle cost.
func (o *deployOptions) show(env *env, out io.Writer, d *deploy.Deployment, where string) error {
	book, _, err := loadBook(env, o.book)
	if err != nil {
		return err
	}
	idle, err := d.Idle(book, pricing.DateOf(env.now()))
	if err != nil {
		return err
	}
	doc, err := deployed.Document(d, idle, where)
	if err != nil {
		return err
	}
	return env.style(o.color).Document(out, doc)
}

// writeTemplates writes every stack's template into a folder, made for it; "" is none.
func writeTemplates(dir string, d *deploy.Deployment) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return usage(fmt.Errorf("--templates: %w", err))
	}
	for _, s := range d.Stacks {
		body, err := s.Body()
		if err != nil {
			return err
		}
		if err := writeText(filepath.Join(dir, s.Name+".yaml"), []byte(body)); err != nil {
			return err
		}
	}
	return nil
}

func writeText(path string, text []byte) error {
	return record.WriteWhole(path, func(w io.Writer) error { _, err := io.Copy(w, bytes.NewReader(text)); return err })
}

// make makes the deployment, writes its targets and asks every front for an answer.
func (o *deployOptions) make(ctx context.Context, env *env, cloud *apply.Cloud, s *loaded, order apply.Order) error {
	standing, err := cloud.Deploy(ctx, order)
	if err != nil {
		return o.unfinished(env, s, order, standing, err)
	}
	t, err := cloud.Targets(order, standing, env.now())
	if err != nil {
		return o.unfinished(env, s, order, standing, err)
	}
	if err := writeText(o.targets, scenarios.FormatTargets(*t)); err != nil {
		return o.unfinished(env, s, order, standing, err)
	}
	for _, f := range t.Fronts {
		if _, err := fmt.Fprintf(env.stdout, "%-22s %s\n", f.ID, f.URL); err != nil {
			return err
		}
	}
	fmt.Fprintf(env.stderr, "%s says where they are; bench destroy %s takes them away\n", o.targets, o.targets)
	probes, err := o.probes(ctx, env, s)
	if err == nil {
		err = cloud.Answered(ctx, probes)
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("everything stands, but %w\nhint: the same command asks again", err)
	}
	return err
}

// unfinished says what stands after a failure or a signal, and how to go on or take it
// away.
func (o *deployOptions) unfinished(env *env, s *loaded, order apply.Order, standing apply.Standing, err error) error {
	var stand, regions []string
	for _, stack := range order.Deployment.Stacks {
		if standing.Outputs[stack.Name] != nil {
			stand = append(stand, stack.Name)
		}
		if text := "--region " + stack.Region; !strings.Contains(strings.Join(regions, " "), text) {
			regions = append(regions, text)
		}
	}
	for _, part := range []struct {
		what  string
		names []string
	}{{"stands", stand}, {"was begun and may be under way or have failed", standing.Begun}} {
		if len(part.names) > 0 {
			fmt.Fprintf(env.stderr, "%s: %s\n", part.what, strings.Join(part.names, ", "))
		}
	}
	hint := fmt.Sprintf("to go on: bench deploy %s --name %s and the same flags; to take away what stands: bench destroy --name %s %s",
		s.argument(), o.name, o.name, strings.Join(regions, " "))
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(env.stderr, hint) // of an error that is told by its exit code alone
		return err
	}
	return fmt.Errorf("%w\nhint: %s", err, hint)
}

// argument is what names the scenario on a command line.
func (l *loaded) argument() string {
	if l.name == l.Name+".yaml" {
		if _, err := os.Stat(l.name); err != nil {
			return l.Name
		}
	}
	return l.name
}
