package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"frontdoor/contract"
	"frontdoor/front"
)

// checkOptions say what is asked of the handler and where.
type checkOptions struct {
	outputs      []string
	fronts       []string
	method       string
	path         string
	headers      []string
	body         string
	environment  []string
	memory       int
	timeout      time.Duration
	architecture string
	with         string
	strict       bool
}

func newCheck(env *env) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check HANDLER | check -- COMMAND [ARG...]",
		Short: "Find what would break a handler behind each front door",
		Long: `check sends the cases of every front's contract through a handler and lists what
would break, where, why, and what to do: methods, bodies, repeated and blank query
parameters, encodings, headers, sizes up to the limits and over them, requests at
once, the validity of the answers, time and memory near the limits. HANDLER is one
that comes with bench; COMMAND is any program that speaks the Lambda Runtime API
(bench as its first word is this program).

Each case goes through the lab's HTTP front and Runtime API to a process, twice.
--path, --method, --header and --body say what the handler is known to answer;
cases are made of that. What the function answers itself, a 404 included, is its
own affair; where the answers to one case differ from front to front they are
listed, and --strict makes that an exit code too.

Exit code 3: something would break.`,
		Example: `  bench check hello
  bench check meditate --method POST --front apigw-rest --front alb
  bench check jobid --with contract-check --path '/api/media/job_id?input_file=a'
  bench check --front edge-viewer-request -- ./bootstrap
  bench check --path '/api/media/job_id?input_file=a.mp4' -o markdown=check.md -- python3 bootstrap.py

  # A function that was written for API Gateway, at the edge:
  bench check --front edge-viewer-request -- ./bootstrap
  What would break
    ✗ edge-viewer-request, every case: the client gets 502 for a bad result
      rule: The Lambda function result failed validation: status must be between ...
      why:  statusCode is the name behind API Gateway, ALB and function URLs; ...
      do:   return status behind CloudFront, as a string: "status": "200"`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return check(cmd.Context(), env, args, o) },
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&o.outputs, "output", "o", nil, "format, or format=file; repeatable: "+strings.Join(contract.Formats(), ", ")+" (default table)")
	flags.StringSliceVar(&o.fronts, "front", nil, "kind of front to check; repeatable (default: those whose function answers by itself: "+checkable()+")")
	flags.StringVar(&o.method, "method", "GET", "method of a request that the handler answers")
	flags.StringVar(&o.path, "path", "/", "its path, with a query where it has one")
	flags.StringArrayVar(&o.headers, "header", nil, "its header field, as 'Name: value'; repeatable")
	flags.StringVar(&o.body, "body", "", "its body")
	flags.StringArrayVar(&o.environment, "env", nil, "environment variable of the function, as NAME=value; repeatable")
	flags.IntVar(&o.memory, "memory", 128, "memory of the function, MB")
	flags.DurationVar(&o.timeout, "timeout", 3*time.Second, "timeout of the function, as Lambda gives a new one")
	flags.StringVar(&o.architecture, "architecture", "x86_64", "x86_64 or arm64")
	flags.StringVar(&o.with, "with", "", "scenario whose tables and buckets the function finds, such as mediaconvert-status")
	flags.BoolVar(&o.strict, "strict", false, "answers that differ from front to front end with exit code 3 too")
	return withSchema(env, cmd, contract.Schema)
}

func check(ctx context.Context, env *env, args []string, o checkOptions) error {
	if err := checkOutputs(o.outputs, contract.Formats()); err != nil {
		return usage(err)
	}
	kinds, err := kindsOf(o.fronts)
	if err != nil {
		return usage(fmt.Errorf("--front: %w", err))
	}
	s, err := o.subject(env, args)
	if err != nil {
		return usage(err)
	}
	result, err := contract.Check(ctx, s, kinds)
	if err != nil {
		return err
	}
	if !builtIn(args) {
		result.Reading(contract.Variables(contract.Sources(s.Dir, args)))
	}
	if err := writeOutputs(env, o.outputs, func(format, _ string) func(io.Writer) error {
		write, _ := contract.WriterOf(format)
		return func(w io.Writer) error { return write(w, result) }
	}); err != nil {
		return err
	}
	switch broken, differ := result.Broken(), len(result.Of(contract.Differs)); {
	case broken > 0:
		return &exitError{exitGate, fmt.Errorf("%s would break: %d of what is listed above", s.Name, broken)}
	case o.strict && differ > 0:
		return &exitError{exitGate, fmt.Errorf("%s answers %d cases otherwise from front to front", s.Name, differ)}
	}
	return nil
}

// checkable lists the kinds of front that check knows.
func checkable() string {
	var names []string
	for _, k := range contract.Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// kindsOf reads kinds of fronts, all that can be checked where none is named.
func kindsOf(names []string) ([]front.Kind, error) {
	if len(names) == 0 {
		return contract.Kinds(), nil
	}
	var kinds []front.Kind
	for _, name := range names {
		k, err := front.ParseKind(name)
		if err != nil {
			return nil, err
		}
		if slices.Contains(kinds, k) {
			return nil, fmt.Errorf("%q is named twice", name)
		}
		if !slices.Contains(contract.Kinds(), k) {
			return nil, fmt.Errorf("%q has no function that answers by itself: want one of %s", name, checkable())
		}
		kinds = append(kinds, k)
	}
	return kinds, nil
}
