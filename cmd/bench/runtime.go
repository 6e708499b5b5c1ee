package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"frontdoor/handlers"
	"frontdoor/runtimes"
	"frontdoor/scenarios"
)

// newRuntime is the bootstrap of functions that are files of a user's own. A
// scenario names it in command:, where the first word bench means this program.
func newRuntime() *cobra.Command {
	return &cobra.Command{
		Use:   "runtime python|nodejs FILE.HANDLER",
		Short: "Serve a handler file in Python or Node.js to the Lambda Runtime API",
		Long: `runtime serves a function of a file in the working directory as AWS's Python and
Node.js runtimes do. The lab starts it; a scenario asks for it in command:

  command: [bench, runtime, python, lambda_function.lambda_handler]
  command: [bench, runtime, nodejs, index.handler]

The file lies relative to the scenario's own. python3 or node must be installed.`,
		Example: "  bench runtime python lambda_function.lambda_handler",
		Hidden:  true,
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
				return usage(errors.New("runtime is started by the lab: AWS_LAMBDA_RUNTIME_API is not set\nhint: name it in a scenario's command; bench runtime --help shows how"))
			}
			command, err := runtimes.Command(args[0], args[1])
			if err != nil {
				return usage(err)
			}
			return become(command)
		},
	}
}

// ownName is this program as a scenario's command calls it, whatever the path holds.
const ownName = "bench"

// checkOwn refuses a command of this program's that is known to fail: of runtime,
// a missing interpreter or file.
func (l *loaded) checkOwn(words []string) error {
	if len(words) < 2 || words[1] != "runtime" {
		return nil // no more is known of it before it runs
	}
	if len(words) != 4 {
		return fmt.Errorf("%q: want [bench, runtime, python or nodejs, FILE.HANDLER]", words)
	}
	return runtimes.Check(words[2], words[3], l.dir)
}

// checkRuntimes refuses a built-in handler behind a front that has no use for it, a
// Node.js version of one that there is not, and one that nothing could run.
func (l *loaded) checkRuntimes() error {
	for i, f := range l.Fronts {
		if !f.Lab() || len(f.Command) > 0 {
			continue
		}
		if problem, want := handlers.Misplaced(l.Handler, f.Kind); problem != "" {
			return fmt.Errorf("%s: fronts[%d].kind: %s, and handler %q %s: want %s", l.name, i, f.Kind, l.Handler, problem, want)
		}
		if f.Runtime != scenarios.RuntimeNodeJS {
			continue
		}
		files, ok := handlers.NodeCode(l.Handler)
		if !ok {
			return fmt.Errorf("%s: fronts[%d].runtime: handler %q has no Node.js version: want go", l.name, i, l.Handler)
		}
		if _, err := runtimes.Embedded(files, l.Handler); err != nil {
			return fmt.Errorf("%s: fronts[%d].runtime: %w: want go, or an installation of Node.js", l.name, i, err)
		}
	}
	return nil
}

// become makes this process the command: it keeps the process id that the lab
// measures and ends.
func become(command []string) error { return syscall.Exec(command[0], command, os.Environ()) }
