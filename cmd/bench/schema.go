package main

import "github.com/spf13/cobra"

// withSchema gives a command the flag --schema, with which it takes no arguments and
// prints the JSON Schema of the JSON that it writes.
func withSchema(env *env, cmd *cobra.Command, schema func() []byte) *cobra.Command {
	args, run, asked := cmd.Args, cmd.RunE, false
	if args == nil {
		args = cobra.ArbitraryArgs
	}
	cmd.Args = func(cmd *cobra.Command, given []string) error {
		if asked {
			return cobra.NoArgs(cmd, given)
		}
		return args(cmd, given)
	}
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if asked {
			_, err := env.stdout.Write(schema())
			return err
		}
		return run(cmd, given)
	}
	cmd.Flags().BoolVar(&asked, "schema", false, "print the JSON Schema of its JSON and do nothing else")
	return cmd
}
