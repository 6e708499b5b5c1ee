package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"frontdoor/handlers"
	"frontdoor/lab/dynamodb"
	"frontdoor/lab/s3"
	"frontdoor/pricing"
	"frontdoor/scenarios"
)

func newScenarios(env *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "scenarios",
		Short:   "List, show and check scenarios",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Example: "  bench scenarios list\n  bench scenarios show quickstart > mine.yaml\n  bench scenarios validate mine.yaml",
	}
	cmd.AddCommand(newScenariosList(env), newScenariosShow(env), newScenariosValidate(env), newScenariosSchema(env))
	return cmd
}

func newScenariosList(env *env) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the scenarios that come with bench", Args: cobra.NoArgs,
		Example: "  bench scenarios list",
		RunE: func(*cobra.Command, []string) error {
			return listShipped(env, scenarios.Shipped())
		},
	}
}

// listShipped, showShipped and printSchema are what scenarios and workloads
// have in common.
func listShipped(env *env, infos []scenarios.Info) error {
	out := tabwriter.NewWriter(env.stdout, 0, 0, 2, ' ', 0)
	for _, s := range infos {
		fmt.Fprintf(out, "%s\t%s\n", s.Name, s.Description)
	}
	return out.Flush()
}

func showShipped(env *env, name string, open func(string) (string, []byte, error)) error {
	_, data, err := open(name)
	if err != nil {
		return usage(err)
	}
	_, err = env.stdout.Write(data)
	return err
}

func printSchema(env *env, schema func() ([]byte, error)) error {
	data, err := schema()
	if err != nil {
		return err
	}
	_, err = env.stdout.Write(data)
	return err
}

func newScenariosShow(env *env) *cobra.Command {
	return &cobra.Command{
		Use: "show NAME", Short: "Print a scenario, comments included", Args: cobra.ExactArgs(1),
		Example: "  bench scenarios show quickstart > mine.yaml",
		RunE: func(_ *cobra.Command, args []string) error {
			return showShipped(env, args[0], scenarios.Open)
		},
	}
}

func newScenariosValidate(env *env) *cobra.Command {
	var path string
	var fronts []string
	cmd := &cobra.Command{
		Use: "validate FILE...", Short: "Check scenarios and say what is wrong, by line and column", Args: cobra.MinimumNArgs(1),
		Example: "  bench scenarios validate mine.yaml\n  bench scenarios validate mine.yaml --targets targets.yaml",
		RunE: func(_ *cobra.Command, args []string) error {
			at, err := loadTargets(path, fronts)
			if err != nil {
				return err
			}
			var errs []error
			for _, arg := range args {
				s, err := loadScenario(env, arg, "")
				if err == nil {
					if s, err = s.on(at); err == nil {
						err = s.checkUnplayed()
					}
				}
				errs = append(errs, err)
				if err == nil {
					s.warn(env)
					if _, err := fmt.Fprintf(env.stdout, "%s: ok: %s\n", arg, s.Name); err != nil {
						return err
					}
				}
			}
			return usage(errors.Join(errs...))
		},
	}
	cmd.Flags().StringVar(&path, "targets", "", "targets file that must fit the scenario")
	cmd.Flags().StringSliceVar(&fronts, "fronts", nil, "ids of the deployed fronts that a run would measure, of those that --targets names (default: all of the scenario's)")
	return cmd
}

func newScenariosSchema(env *env) *cobra.Command {
	var targets bool
	cmd := &cobra.Command{
		Use: "schema", Short: "Print the JSON Schema of scenarios, for editors", Args: cobra.NoArgs,
		Example: "  bench scenarios schema > scenario.schema.json\n  bench scenarios schema --targets > targets.schema.json",
		RunE: func(*cobra.Command, []string) error {
			if targets {
				return printSchema(env, scenarios.TargetsSchema)
			}
			return printSchema(env, scenarios.Schema)
		},
	}
	cmd.Flags().BoolVar(&targets, "targets", false, "that of targets files, which say where a scenario's fronts are deployed")
	return cmd
}

// loaded is a scenario as read: with its text, and where it lies.
type loaded struct {
	*scenarios.Scenario
	name string
	yaml []byte
	dir  string // of the file; commands and certificates are found from there
	tls  *tls.Config

	targets     *targets     // nil: none were given
	stamp       string       // of the run, in names of sessions; "" where nothing is left of one
	credentials *credentials // nil: until they are prepared, and of fronts of the lab

	tables  []dynamodb.Table
	buckets []s3.Bucket
	code    map[string]string // of CloudFront Functions, by the files' names
}

// loadScenario reads a scenario by name or path and checks what needs more than
// its text: that its prices and its commands exist.
func loadScenario(env *env, nameOrPath, bookFlag string) (*loaded, error) {
	name, data, err := scenarios.Open(nameOrPath)
	if err != nil {
		return nil, usage(err)
	}
	s, err := scenarios.Parse(name, data, handlers.Names()...)
	if err != nil {
		return nil, usage(err)
	}
	l := &loaded{Scenario: s, name: name, yaml: data, dir: filepath.Dir(name)}
	l.tls, err = l.tlsConfig()
	return l, usage(errors.Join(l.checkRegion(env, bookFlag), l.checkCommands(), l.checkRuntimes(), l.checkClaims(), err, l.fillTables(), l.fillBuckets(), l.readCode()))
}

// checkRegion refuses a Region to price in that no book knows. A front's own
// Region may be unknown: its latencies count, and its bill says what is missing.
func (l *loaded) checkRegion(env *env, bookFlag string) error {
	if l.Pricing.Region == "" {
		return nil
	}
	book, _, err := loadBook(env, bookFlag)
	if err != nil {
		return err
	}
	if problem, want := unpriced(book, pricing.LambdaRequests, l.Pricing.Region); problem != "" {
		return l.Error("pricing.region", problem, want)
	}
	return nil
}

// checkCommands refuses a command that is not there before anything is measured.
func (l *loaded) checkCommands() error {
	for i, f := range l.Fronts {
		if len(f.Command) == 0 {
			continue
		}
		at := fmt.Sprintf("fronts[%d].command", i)
		if slices.Equal(f.Command, l.Command) {
			at = "command"
		}
		program := f.Command[0]
		if program == ownName {
			if err := checkOwn(f.Command, l.dir); err != nil {
				return l.Error(at, err.Error(), "")
			}
			continue
		}
		if strings.ContainsRune(program, filepath.Separator) && !filepath.IsAbs(program) {
			program = filepath.Join(l.dir, program)
			if !strings.ContainsRune(program, filepath.Separator) {
				program = "." + string(filepath.Separator) + program
			}
		}
		if _, err := exec.LookPath(program); err != nil {
			return l.Error(at, err.Error(), "a program on the path, or one that lies relative to the scenario's file")
		}
	}
	return nil
}

// warn prints what weakens the scenario.
func (l *loaded) warn(env *env) {
	for _, w := range l.Warnings {
		fmt.Fprintf(env.stderr, "warning: %s\n", w)
	}
}
