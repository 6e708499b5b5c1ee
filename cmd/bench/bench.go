package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"frontdoor/auth"
	"frontdoor/awscall"
	"frontdoor/deploy/apply"
)

// env is what the program has of the outside world.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	asks           bool   // stdin and stderr are a terminal on which somebody can answer
	live           bool   // stderr is a terminal that can be drawn on
	screen         screen // of stdout
	getenv         func(string) string
	now            func() time.Time
	pace           apply.Pace             // of what is made on AWS; zero is as it should be there
	self           func() (string, error) // path of this program, which is also the functions' bootstrap
	version        string
	known          *auth.Redactor // what nothing that is printed may have in it; nil knows nothing
}

// discreet is env with outputs that leave out every secret that is found on the way.
func (e *env) discreet() *env {
	own := *e
	own.known = &auth.Redactor{}
	own.stdout, own.stderr = own.known.Writer(e.stdout), own.known.Writer(e.stderr)
	return &own
}

func systemEnv() *env {
	return &env{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		asks:   term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd())),
		live:   term.IsTerminal(int(os.Stderr.Fd())) && os.Getenv("TERM") != "dumb" && os.Getenv("CI") == "",
		screen: screenOf(os.Stdout), getenv: os.Getenv, now: time.Now, self: os.Executable, version: version(),
	}
}

// version is the module's version, with the revision where the build knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" {
		v = "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && !strings.Contains(v, s.Value[:min(12, len(s.Value))]) {
			v += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return v
}

// The exit codes. They are part of the interface: the root command's help lists
// them and a test holds help, codes and behaviour together.
const (
	exitOK          = 0
	exitInternal    = 1
	exitUsage       = 2
	exitGate        = 3
	exitOpen        = 4
	exitInvalid     = 5
	exitGuard       = 6
	exitBill        = 7
	exitInterrupt   = 130
	exitTerminated  = 143
	exitCodesInHelp = `Exit codes:
  0    done
  1    something failed that is not the user's doing, such as AWS or the way to it;
       of deploy and destroy: not everything is as it was asked for
  2    wrong usage, scenario, workload, price book or run folder, no AWS credentials,
       or credentials that AWS does not take or that do not allow a call; the error
       says what would be right
  3    a gate fails; of compare: a front became slower; of check: the handler would
       break behind a front; of claims: a verdict is another than the recorded one;
       of doctor: the account lacks something
  4    inconclusive: nothing fails, and something cannot be told from what was
       measured (--inconclusive=pass or warn makes it 0); of claims: one is not
       judged; of doctor: something could not be looked at
  5    the run is invalid: a front has no trial that may be believed, no request
       that succeeded, too few requests of a deployed front joined to their REPORT
       lines, or a gate's figure was not measured
  6    stopped by the guard: a plan over its budget, a host that nobody claims, or a
       limit reached on the way; what was measured is kept
  7    of reconcile: run and bill differ by more than --tolerance, and nothing explains
       it; the lines are named
  130  stopped by Ctrl-C (SIGINT); what was measured is kept
  143  stopped by SIGTERM; what was measured is kept
`
)

// exitError carries the exit code of an error.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// usage marks an error as the user's to mend.
func usage(err error) error {
	if err == nil {
		return nil
	}
	return &exitError{exitUsage, err}
}

// bench is the program. It returns the exit code.
func bench(ctx context.Context, env *env, args []string) int {
	env = env.discreet()
	ctx, caught, stop := withSignals(ctx)
	defer stop()
	root := newRoot(env)
	root.SetArgs(args)
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK // also of a command that ends by a signal as it should, such as lab
	}
	code := caught()
	if code == 0 || !errors.Is(err, context.Canceled) {
		fmt.Fprintf(env.stderr, "bench: %v\n", err)
	}
	if code != 0 {
		return code
	}
	var exit *exitError
	switch {
	case errors.As(err, &exit):
		return exit.code
	case awscall.KindOf(err) == awscall.Caller:
		return exitUsage
	}
	return exitInternal
}

// withSignals ends the context at the first SIGINT or SIGTERM; caught gives the
// exit code that the signal asks for. A second signal ends the process at once.
func withSignals(ctx context.Context) (_ context.Context, caught func() int, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	code := make(chan int, 1)
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			if s == syscall.SIGTERM {
				code <- exitTerminated
			} else {
				code <- exitInterrupt
			}
			cancel()
		case <-ctx.Done():
		}
	}()
	caught = func() int {
		select {
		case c := <-code:
			return c
		default:
			return 0
		}
	}
	return ctx, caught, func() { signal.Stop(signals); cancel() }
}

func newRoot(env *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "bench",
		Short: "Which front door should this Lambda handler stand behind?",
		Long: `Which front door should this Lambda handler stand behind?

bench runs a load scenario against the same Lambda handler behind several front
doors (API Gateway REST and HTTP APIs, an Application Load Balancer, a function
URL, CloudFront with Lambda@Edge), measures latency and function duration, and
prices the measured usage with every line of the AWS bill.

Without deployed endpoints it runs on an embedded lab on loopback. A lab figure
is labelled as one: it compares handlers and bills, not AWS's network.

` + exitCodesInHelp,
		Example: `  bench run quickstart
  bench report runs/20261122T153000Z-quickstart --lines
  bench run quickstart --gate 'p(95)<50' -o html=report.html -o adr=docs/decisions
  bench gate --gate 'p(95)[alb] <= p(95)[http-api] + 5ms'
  bench bundle -o decision.tar.zst
  bench cost hello-doors --sweep requests=1e4..1e10
  bench report --as-of 2018-01-01
  bench reconcile runs/20261122T153000Z-quickstart --bill cur.csv.gz`,
		SilenceUsage: true, SilenceErrors: true,
		Version: env.version,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if strings.Contains(err.Error(), " duration ") { // as time.ParseDuration has it
			err = fmt.Errorf("%w: want a number with its unit, such as 3m", err)
		}
		return usage(fmt.Errorf("%w\nhint: %s --help", flagNear(cmd, err), cmd.CommandPath()))
	})
	root.AddCommand(newRun(env), newRead(env), newImport(env), newReport(env), newGate(env), newCompare(env), newBundle(env), newCost(env), newWorkloads(env), newScenarios(env), newPrices(env), newLab(env), newCheck(env), newDoctor(env), newReconcile(env), newClaims(env), newFunction(), newRuntime())
	root.AddCommand(newDeploy(env), newDestroy(env))
	strict(root)
	return root
}

// strict makes wrong arguments usage errors, in this command and those below.
func strict(cmd *cobra.Command) {
	if args := cmd.Args; args != nil {
		cmd.Args = func(cmd *cobra.Command, given []string) error {
			if err := args(cmd, given); err != nil {
				if strings.Contains(err.Error(), " arg(s)") { // cobra's way to count
					err = miscounted(cmd, len(given))
				}
				return usage(fmt.Errorf("%w\nhint: %s --help", commandNear(cmd, given, err), cmd.CommandPath()))
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		strict(sub)
	}
}

// miscounted is about a command line with too few or too many arguments.
func miscounted(cmd *cobra.Command, given int) error {
	what := fmt.Sprintf("%d arguments are given", given)
	switch given {
	case 0:
		what = "no argument is given"
	case 1:
		what = "one argument is given"
	}
	return fmt.Errorf("%s: want %s", what, strings.TrimSpace(strings.TrimSuffix(cmd.CommandPath(), cmd.Name())+cmd.Use))
}
