package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/runtimes"
)

// newFunction is the bootstrap of the lab's functions: the lab starts this
// program again with it. The handler comes as an argument and not through a
// variable, since a Lambda@Edge function has no environment variables.
func newFunction() *cobra.Command {
	var nodejs bool
	var constants map[string]string
	cmd := &cobra.Command{
		Use:    "function KIND HANDLER",
		Short:  "Serve a built-in handler to the Lambda Runtime API",
		Hidden: true,
		Args:   cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			for name, value := range constants {
				if err := os.Setenv(name, value); err != nil {
					return usage(fmt.Errorf("--constant %s: %w", name, err))
				}
			}
			if args[0] == s3Event {
				return serveS3Event(args[1])
			}
			kind, err := front.ParseKind(args[0])
			if err != nil {
				return usage(err)
			}
			if nodejs {
				return serveNodeJS(args[1])
			}
			// An environment serves one request at a time: further scheduler threads
			// only take the processor from the other environments.
			runtime.GOMAXPROCS(1)
			return usage(handlers.Serve(kind, args[1]))
		},
	}
	cmd.Flags().StringToStringVar(&constants, "constant", nil, "NAME=VALUE: what the handler finds in place of a variable of that name, as a constant in its code; a Lambda@Edge function has no other")
	cmd.Flags().BoolVar(&nodejs, "nodejs", false, "the handler's Node.js version, which is the one that Lambda@Edge takes")
	return cmd
}

// serveNodeJS becomes the interpreter with the handler's Node.js version.
func serveNodeJS(name string) error {
	files, ok := handlers.NodeCode(name)
	if !ok {
		return usage(fmt.Errorf("handler %q has no Node.js version", name))
	}
	command, err := runtimes.Embedded(files, name+".handler")
	if err != nil {
		return usage(err)
	}
	return become(command)
}
