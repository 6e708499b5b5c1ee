package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"frontdoor/deploy/apply"
	"frontdoor/record"
	"frontdoor/scenarios"
)

func writeText(path string, text []byte) error {
	return record.WriteWhole(path, func(w io.Writer) error { _, err := io.Copy(w, bytes.NewReader(text)); return err })
}

// make makes the deployment, writes its targets and asks every front for an answer.
func (o *deployOptions) make(ctx context.Context, env *env, cloud *apply.Cloud, s *loaded, order apply.Order) error {
	standing, err := cloud.Deploy(ctx, order)
	if err != nil {
		return o.unfinished(env, s, order, standing, err)
	}
	t, err := cloud.Targets(order, standing, env.now())
	if err != nil {
		return o.unfinished(env, s, order, standing, err)
	}
	o.keep(env, t)
	if err := writeText(o.targets, scenarios.FormatTargets(*t)); err != nil {
		return o.unfinished(env, s, order, standing, err)
	}
	for _, f := range t.Fronts {
		if _, err := fmt.Fprintf(env.stdout, "%-22s %s\n", f.ID, f.URL); err != nil {
			return err
		}
	}
	fmt.Fprintf(env.stderr, "%s says where they are; bench destroy %s takes them away\n", o.targets, o.targets)
	probes, err := o.probes(ctx, env, s)
	if err == nil {
		err = cloud.Answered(ctx, probes)
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("everything stands, but %w\nhint: the same command asks again", err)
	}
	return err
}

// unfinished says what stands after a failure or a signal, and how to go on or take it
// away.
func (o *deployOptions) unfinished(env *env, s *loaded, order apply.Order, standing apply.Standing, err error) error {
	var stand, regions []string
	for _, stack := range order.Deployment.Stacks {
		if standing.Outputs[stack.Name] != nil {
			stand = append(stand, stack.Name)
		}
		if text := "--region " + stack.Region; !strings.Contains(strings.Join(regions, " "), text) {
			regions = append(regions, text)
		}
	}
	for _, part := range []struct {
		what  string
		names []string
	}{{"stands", stand}, {"was begun and may be under way or have failed", standing.Begun}} {
		if len(part.names) > 0 {
			fmt.Fprintf(env.stderr, "%s: %s\n", part.what, strings.Join(part.names, ", "))
		}
	}
	hint := fmt.Sprintf("to go on: bench deploy %s --name %s and the same flags; to take away what stands: bench destroy --name %s %s",
		s.argument(), o.name, o.name, strings.Join(regions, " "))
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(env.stderr, hint) // of an error that is told by its exit code alone
		return err
	}
	return fmt.Errorf("%w\nhint: %s", err, hint)
}

// argument is what names the scenario on a command line.
func (l *loaded) argument() string {
	if l.name == l.Name+".yaml" {
		if _, err := os.Stat(l.name); err != nil {
			return l.Name
		}
	}
	return l.name
}
