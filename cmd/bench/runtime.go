package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"frontdoor/front"
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

// ownCommand is a command in which a first word bench is this program, self.
func ownCommand(words []string, self string) []string {
	words = slices.Clone(words)
	if words[0] == ownName {
		words[0] = self
	}
	return words
}

// checkOwn refuses a command of this program's that is known to fail: of runtime,
// a missing interpreter or file in the folder dir.
func checkOwn(words []string, dir string) error {
	if len(words) < 2 || words[1] != "runtime" {
		return nil // no more is known of it before it runs
	}
	if len(words) != 4 {
		return fmt.Errorf("%q: want [bench, runtime, python or nodejs, FILE.HANDLER]", words)
	}
	return runtimes.Check(words[2], words[3], dir)
}

// checkRuntimes refuses a built-in handler behind a front that has no use for it, a
// version of one that there is not, and one that nothing could run.
func (l *loaded) checkRuntimes() error {
	for i, f := range l.Fronts {
		if !f.Lab() {
			continue
		}
		path := fmt.Sprintf("fronts[%d]", i)
		if len(f.Command) == 0 && f.Code == "" {
			name := handlerOf(l.Scenario, f)
			if err := l.checkVersion(path, name, f.Kind, f.Runtime); err != nil {
				return err
			}
			if f.Kind == front.CloudFrontFunction { // which runs at viewer-request
				if err := l.checkPlace(path, name, f.Kind, front.EdgeViewerRequest); err != nil {
					return err
				}
			}
		}
		if f.CloudFront == nil {
			continue
		}
		for j, one := range f.CloudFront.Functions {
			if one.Handler == "" {
				continue
			}
			if err := l.checkVersion(fmt.Sprintf("%s.cloudfront.functions[%d]", path, j), one.Handler, one.Kind(), one.Runtime); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkVersion refuses a handler that has no version of a kind or a runtime.
func (l *loaded) checkVersion(path, handler string, kind front.Kind, runtime string) error {
	if kind == front.CloudFrontFunction {
		if _, ok := handlers.FunctionCode(handler); !ok {
			return l.Error(path, fmt.Sprintf("handler %q has no version for CloudFront Functions", handler), "code, or another handler")
		}
		return nil
	}
	if err := l.checkPlace(path, handler, kind, kind); err != nil {
		return err
	}
	if runtime != scenarios.RuntimeNodeJS {
		return nil
	}
	files, ok := handlers.NodeCode(handler)
	if !ok {
		return l.Error(path+".runtime", fmt.Sprintf("handler %q has no Node.js version", handler), "go")
	}
	if _, err := runtimes.Embedded(files, handler); err != nil {
		return l.Error(path+".runtime", err.Error(), "go, or an installation of Node.js")
	}
	return nil
}

// checkPlace refuses a handler behind a kind whose event, which is that of the kind
// at, it has no use for.
func (l *loaded) checkPlace(path, handler string, kind, at front.Kind) error {
	if problem, want := handlers.Misplaced(handler, at); problem != "" {
		return l.Error(path+".kind", fmt.Sprintf("%s, and handler %q %s", kind, handler, problem), want)
	}
	return nil
}

// become makes this process the command: it keeps the process id that the lab
// measures and ends.
func become(command []string) error { return syscall.Exec(command[0], command, os.Environ()) }
