package main

import (
	"runtime"

	"github.com/spf13/cobra"

	"frontdoor/front"
	"frontdoor/handlers"
)

// newFunction is the bootstrap of the lab's functions: the lab starts this
// program again with it. The handler comes as an argument and not through a
// variable, since a Lambda@Edge function has no environment variables.
func newFunction() *cobra.Command {
	return &cobra.Command{
		Use:    "function KIND HANDLER",
		Short:  "Serve a built-in handler to the Lambda Runtime API",
		Hidden: true,
		Args:   cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			kind, err := front.ParseKind(args[0])
			if err != nil {
				return usage(err)
			}
			// An environment serves one request at a time: further scheduler threads
			// only take the processor from the other environments.
			runtime.GOMAXPROCS(1)
			return usage(handlers.Serve(kind, args[1]))
		},
	}
}
