package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/scenarios"
)

func newWorkloads(env *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "workloads",
		Short:   "List, show and check workloads, which bench cost prices",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Example: "  bench workloads list\n  bench workloads show hello-doors > mine.yaml\n  bench workloads validate mine.yaml",
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the workloads that come with bench", Args: cobra.NoArgs,
			Example: "  bench workloads list",
			RunE:    func(*cobra.Command, []string) error { return listShipped(env, scenarios.Workloads()) },
		},
		&cobra.Command{
			Use: "show NAME", Short: "Print a workload, comments included", Args: cobra.ExactArgs(1),
			Example: "  bench workloads show hello-doors > mine.yaml",
			RunE:    func(_ *cobra.Command, args []string) error { return showShipped(env, args[0], scenarios.OpenWorkload) },
		},
		newWorkloadsValidate(env),
		&cobra.Command{
			Use: "schema", Short: "Print the JSON Schema of workloads, for editors", Args: cobra.NoArgs,
			Example: "  bench workloads schema > workload.schema.json",
			RunE:    func(*cobra.Command, []string) error { return printSchema(env, scenarios.WorkloadSchema) },
		})
	return cmd
}

func newWorkloadsValidate(env *env) *cobra.Command {
	return &cobra.Command{
		Use: "validate FILE...", Short: "Check workloads and say what is wrong, by line and column", Args: cobra.MinimumNArgs(1),
		Example: "  bench workloads validate mine.yaml",
		RunE: func(_ *cobra.Command, args []string) error {
			var errs []error
			for _, arg := range args {
				err := validWorkload(env, arg)
				errs = append(errs, err)
				if err == nil {
					if _, err := fmt.Fprintf(env.stdout, "%s: ok\n", arg); err != nil {
						return err
					}
				}
			}
			return usage(errors.Join(errs...))
		},
	}
}

// validWorkload checks all that bench cost would refuse: what the text says, the
// meters and Regions that it names, and the runs.
func validWorkload(env *env, arg string) error {
	l, err := loadWorkload(arg)
	if err != nil {
		return err
	}
	book, _, err := loadBook(env, "")
	if err != nil {
		return err
	}
	in := estimate.Input{Book: book, Options: pricing.BillOptions{AsOf: pricing.DateOf(env.now()), FreeTier: pricing.FreeNone}}
	return usage(l.fill(&in, ""))
}
