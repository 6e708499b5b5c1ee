// Command bench measures one Lambda handler behind several front doors, prices
// what it measured, and reports which door it should stand behind.
package main

import (
	"context"
	"os"
)

func main() { os.Exit(bench(context.Background(), systemEnv(), os.Args[1:])) }
