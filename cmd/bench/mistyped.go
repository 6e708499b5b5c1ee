package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdoor/gate"
)

// flagNear says which flag of the command one that it has not is near to; err is what
// pflag said, and stays what it is where nothing is near.
func flagNear(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return fmt.Errorf("%w%s", err, gate.DidYouMean(unknown.GetSpecifiedName(), names))
}

// commandNear does the same for a command below cmd.
func commandNear(cmd *cobra.Command, given []string, err error) error {
	if !cmd.HasAvailableSubCommands() || len(given) == 0 {
		return err
	}
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return fmt.Errorf("%w%s", err, gate.DidYouMean(given[0], names))
}
