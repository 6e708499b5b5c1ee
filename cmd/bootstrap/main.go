// Command bootstrap is what bench deploys as a Lambda function in Go: one of the
// handlers that come with bench behind one kind of front, for the runtime
// provided.al2023. Two variables of the function's environment say which:
// BENCH_FRONT_KIND and BENCH_HANDLER.
package main

import (
	"fmt"
	"io"
	"os"

	"frontdoor/front"
	"frontdoor/handlers"
)

// The variables that choose.
const (
	kindVariable    = "BENCH_FRONT_KIND"
	handlerVariable = "BENCH_HANDLER"
)

func main() { os.Exit(bootstrap(os.Getenv, os.Stderr)) }

// bootstrap serves until Lambda ends the process. It returns when the environment
// names nothing to serve, after one line for the function's log.
func bootstrap(getenv func(string) string, log io.Writer) int {
	kind, err := front.ParseKind(getenv(kindVariable))
	if err != nil {
		fmt.Fprintf(log, "bootstrap: %s: %v\n", kindVariable, err)
		return 2
	}
	fmt.Fprintf(log, "bootstrap: %s: %v\n", handlerVariable, handlers.Serve(kind, getenv(handlerVariable)))
	return 2
}
