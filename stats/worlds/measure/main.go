// Command measure writes docs/error-rates.md: how often comparisons are wrong,
// in simulated worlds. Run it from the root of the repository; it takes some eleven
// minutes of processor time, shared among all processors.
//
//	go run ./stats/worlds/measure [file]
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"

	"frontdoor/stats/worlds"
)

func main() {
	if err := measure(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func measure(args []string, log io.Writer) error {
	path := "docs/error-rates.md"
	switch len(args) {
	case 0:
	case 1:
		path = args[0]
	default:
		return fmt.Errorf("%d arguments: there is at most one, the file to write", len(args))
	}
	var b bytes.Buffer
	platform := fmt.Sprintf("%s on %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if err := worlds.Document(&b, log, worlds.Published(), platform); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
