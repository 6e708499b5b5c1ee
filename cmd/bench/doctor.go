package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"frontdoor/deploy"
	"frontdoor/doctor"
)

// doctorOptions say what the account is to be ready for.
type doctorOptions struct {
	outputs []string
	targets string
	policy  string
	region  string
	viewers []string
	alarm   string
	signed  bool
	bound   string
}

// What --policy prints.
const (
	policyDeploy  = "deploy"
	policyMeasure = "measure"
)

func newDoctor(env *env) *cobra.Command {
	var o doctorOptions
	cmd := &cobra.Command{
		Use:   "doctor [SCENARIO | --targets FILE]",
		Short: "Say what an AWS account lacks for a deployment and a run",
		Long: `doctor asks AWS who you are, and looks at what a deployment of the scenario and a
run on it need: the permissions of the IAM policy, Regions that are enabled, quotas
that are high enough for the fronts and their load, a clock that agrees with AWS's.
Without SCENARIO it is quickstart, which has every kind of front; with --targets it is
a run on fronts that stand already.

It changes nothing, and its calls are free. What it may not look at it says. Permissions
are decided by IAM's policy simulator, which needs iam:SimulatePrincipalPolicy; without
it, or when something is missing, the policy is printed.

--policy prints the policy alone, as JSON to paste, and needs no credentials: deploy is
for bench deploy and destroy, measure for bench run.

Nothing of this has run on AWS yet (docs/deploying.md).

Exit codes: 3 when something is missing, 4 when something could not be looked at.`,
		Example: `  bench doctor quickstart --region eu-west-1
  bench doctor --targets targets.yaml
  bench doctor quickstart --policy > deploy.json
  bench doctor quickstart --policy=measure > measure.json

  # An account that is nearly ready:
  bench doctor quickstart
  account 123456789012, as arn:aws:iam::123456789012:user/ann
    ✓ clock: agrees with AWS's within 5s
    ✗ permissions: to deploy and destroy: nothing allows lambda:CreateFunction on ...
      do: give the caller the policy: bench doctor --policy
    ...
  Not ready: 1 thing missing.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runDoctor(cmd.Context(), env, args, o) },
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&o.outputs, "output", "o", nil, "format, or format=file; repeatable: table, json (default table)")
	flags.StringVar(&o.targets, "targets", "", "targets.yaml of fronts that stand already")
	flags.StringVar(&o.policy, "policy", "", "print the IAM policy alone, to deploy or to measure")
	flags.Lookup("policy").NoOptDefVal = policyDeploy
	flags.StringVar(&o.region, "region", "", "Region of the Regional fronts (default: the scenario's)")
	flags.StringArrayVar(&o.viewers, "viewer-region", nil, "Region in which functions at the edge will run; repeatable (default: the scenario's viewers')")
	flags.StringVar(&o.alarm, "billing-alarm", "", "USD, as bench deploy takes it: the alarm needs permissions of its own")
	signedFlag(flags, &o.signed)
	flags.StringVar(&o.bound, "permissions-boundary", "", "ARN of the policy that bench deploy is to bound every role by: no role can be made without it then")
	return withSchema(env, cmd, doctor.Schema)
}

func runDoctor(ctx context.Context, env *env, args []string, o doctorOptions) error {
	if err := checkOutputs(o.outputs, doctor.Formats()); err != nil {
		return usage(err)
	}
	subject, err := o.subject(args)
	if err != nil {
		return usage(err)
	}
	if o.policy != "" {
		return o.printPolicy(env, subject)
	}
	subject.Learn = env.known.Add
	report, err := doctor.Examine(ctx, subject)
	var credentials *doctor.CredentialsError
	switch {
	case errors.As(err, &credentials):
		return usage(err)
	case err != nil:
		return err
	}
	if err := writeOutputs(env, o.outputs, func(format, _ string) func(io.Writer) error {
		write, _ := doctor.WriterOf(format)
		return func(w io.Writer) error { return write(w, report) }
	}); err != nil {
		return err
	}
	return o.verdict(env, subject, report)
}

// verdict is the exit code, with the policies where permissions lack or are not known
// and nobody asked for data alone.
func (o doctorOptions) verdict(env *env, s doctor.Subject, r *doctor.Report) error {
	if slices.ContainsFunc(r.Findings, func(f doctor.Finding) bool {
		return f.About == "permissions" && (f.Level == doctor.Missing || f.Level == doctor.Unknown)
	}) && len(o.outputs) == 0 {
		for _, p := range s.Purposes {
			fmt.Fprintf(env.stdout, "\nThe policy to %s:\n%s", p.Name, p.Policy.JSON())
		}
	}
	switch missing, unknown := r.Count(doctor.Missing), r.Count(doctor.Unknown); {
	case missing > 0:
		return &exitError{exitGate, fmt.Errorf("the account is not ready: %d of what is listed above is missing", missing)}
	case unknown > 0:
		return &exitError{exitOpen, fmt.Errorf("%d of what is listed above could not be looked at", unknown)}
	}
	return nil
}

func (o doctorOptions) printPolicy(env *env, s doctor.Subject) error {
	if o.policy != policyDeploy && o.policy != policyMeasure {
		return usage(fmt.Errorf("--policy: %q: want %s or %s, behind an equals sign", o.policy, policyDeploy, policyMeasure))
	}
	for _, p := range s.Purposes {
		if (p.Name == doctor.ToDeploy) == (o.policy == policyDeploy) {
			if size := p.Policy.Size(); size > deploy.MaxPolicy {
				fmt.Fprintf(env.stderr, "bench: the policy has %d characters, and a managed policy takes %d: put it into a role as an inline policy, which takes 10240\n", size, deploy.MaxPolicy)
			}
			_, err := env.stdout.Write(p.Policy.JSON())
			return err
		}
	}
	return usage(fmt.Errorf("--policy=%s: fronts that stand already are measured only: want --policy=%s", o.policy, policyMeasure))
}
