package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"frontdoor/handlers"
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
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the scenarios that come with bench", Args: cobra.NoArgs,
			Example: "  bench scenarios list",
			RunE: func(*cobra.Command, []string) error {
				for _, s := range scenarios.Shipped() {
					fmt.Fprintf(env.stdout, "%-14s %s\n", s.Name, s.Description)
				}
				return nil
			},
		},
		&cobra.Command{
			Use: "show NAME", Short: "Print a scenario, comments included", Args: cobra.ExactArgs(1),
			Example: "  bench scenarios show quickstart > mine.yaml",
			RunE: func(_ *cobra.Command, args []string) error {
				_, data, err := scenarios.Open(args[0])
				if err != nil {
					return usage(err)
				}
				_, err = env.stdout.Write(data)
				return err
			},
		},
		&cobra.Command{
			Use: "validate FILE...", Short: "Check scenarios and say what is wrong, by line and column", Args: cobra.MinimumNArgs(1),
			Example: "  bench scenarios validate mine.yaml",
			RunE: func(_ *cobra.Command, args []string) error {
				var errs []error
				for _, arg := range args {
					s, _, err := loadScenario(arg)
					errs = append(errs, err)
					if err == nil {
						fmt.Fprintf(env.stdout, "%s: ok: %s\n", arg, s.Name)
						warn(env, arg, s)
					}
				}
				return usage(errors.Join(errs...))
			},
		},
		&cobra.Command{
			Use: "schema", Short: "Print the JSON Schema of scenarios, for editors", Args: cobra.NoArgs,
			Example: "  bench scenarios schema > scenario.schema.json",
			RunE: func(*cobra.Command, []string) error {
				data, err := scenarios.Schema()
				if err != nil {
					return err
				}
				_, err = env.stdout.Write(data)
				return err
			},
		},
	)
	return cmd
}

// loadScenario reads a scenario by name or path.
func loadScenario(nameOrPath string) (*scenarios.Scenario, []byte, error) {
	name, data, err := scenarios.Open(nameOrPath)
	if err != nil {
		return nil, nil, usage(err)
	}
	s, err := scenarios.Parse(name, data, handlers.Names()...)
	if err != nil {
		return nil, nil, usage(err)
	}
	return s, data, nil
}

func warn(env *env, name string, s *scenarios.Scenario) {
	for _, w := range s.Warnings {
		fmt.Fprintf(env.stderr, "%s: warning: %s\n", name, w)
	}
}
