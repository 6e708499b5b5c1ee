package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"frontdoor/deploy/apply"
	"frontdoor/scenarios"
)

func newDestroy(env *env) *cobra.Command {
	var o destroyOptions
	cmd := &cobra.Command{
		Use:   "destroy [TARGETS.yaml]",
		Short: "Delete everything that bench deploy has made, and prove that nothing is left",
		Long: `destroy deletes the stacks of a deployment with what is in their buckets and the log
groups that Lambda made by itself, then looks for anything that has the deployment's
tag: in every Region used and in each where functions at the edge write logs. What is
left is named, and the exit code is 1. A deployment that is gone already is no error.

A function of Lambda@Edge cannot be deleted while CloudFront has replicas of it, which
go some hours after the distribution. Everything else is deleted then, and the same
command deletes the function later; --wait goes on trying.

Without a file of targets (targets.yaml by default), --name and --region say what and
where.`,
		Example: `  bench destroy targets.yaml
  bench destroy targets.yaml --wait 3h
  bench destroy --name quickstart-3f9a --region eu-central-1`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDestroy(cmd.Context(), env, args, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.name, "name", "", "the deployment's name, where its targets file is lost")
	flags.StringArrayVar(&o.regions, "region", nil, "a Region that it has stacks in, with --name; repeatable; us-east-1 and those of the edge are looked at anyway")
	flags.DurationVar(&o.wait, "wait", 0, "how long to go on trying while CloudFront has replicas of a function, such as 3h")
	flags.BoolVar(&o.yes, "yes", false, "do not ask")
	return cmd
}

type destroyOptions struct {
	name    string
	regions []string
	wait    time.Duration
	yes     bool
}

func runDestroy(ctx context.Context, env *env, args []string, o destroyOptions) error {
	ruin, account, err := o.ruin(args)
	if err != nil {
		return usage(err)
	}
	if !o.yes && !env.asks {
		return usage(fmt.Errorf("it would delete deployment %s, and there is no terminal to ask on\nhint: give --yes", ruin.Name))
	}
	cloud, err := apply.Open(ctx, env.pace, func(line string) { fmt.Fprintln(env.stderr, line) }, env.known.Add)
	if err != nil {
		return err
	}
	if account != "" && account != cloud.Account {
		return usage(fmt.Errorf("deployment %s is in account %s, and the credentials are of %s", ruin.Name, account, cloud.Account))
	}
	if !o.yes && !env.confirmed(ctx, fmt.Sprintf("Delete deployment %s from account %s?", ruin.Name, cloud.Account)) {
		return &exitError{exitGuard, errors.New("nothing was deleted: it was not agreed to\nhint: answer y, or give --yes")}
	}
	remains, err := cloud.Destroy(ctx, ruin)
	tellRemains(env, remains)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(env.stderr, "stopped: CloudFormation goes on with what it has begun; the same command goes on with the rest")
		return err
	case err != nil:
		return fmt.Errorf("%w\nhint: the same command goes on", err)
	}
	return o.verdict(env, args, ruin.Name, remains)
}

// ruin is what to destroy: by the file, or by name. account is where the file says it is.
func (o *destroyOptions) ruin(args []string) (r apply.Ruin, account string, err error) {
	if o.wait < 0 {
		return r, "", fmt.Errorf("--wait: %s is less than nothing", o.wait)
	}
	if o.name != "" {
		if len(args) > 0 {
			return r, "", errors.New("--name and a targets file each say what to delete: want one of them")
		}
		return apply.Ruin{Name: o.name, Regions: o.regions, Wait: o.wait}, "", nil
	}
	path := "targets.yaml"
	if len(args) > 0 {
		path = args[0]
	}
	data, err := openTargets(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, "", fmt.Errorf("%w\nhint: where it is lost, bench destroy --name NAME --region REGION", err)
	}
	if err != nil {
		return r, "", err
	}
	t, err := scenarios.ParseTargets(path, data)
	if err != nil {
		return r, "", err
	}
	if t.Deployment == nil {
		return r, "", fmt.Errorf("%s: no deployment stands in it, so that there is nothing to delete", path)
	}
	r = apply.Ruin{Name: t.Deployment.Name, Regions: o.regions, Stacks: t.Deployment.Stacks, Wait: o.wait}
	for _, f := range t.Fronts {
		r.Functions = append(r.Functions, f.Function)
		for _, one := range f.Functions {
			r.Functions = append(r.Functions, one.Function)
		}
	}
	return r, t.Deployment.Account, nil
}

// verdict says that nothing is left, or what.
func (o *destroyOptions) verdict(env *env, args []string, name string, r apply.Remains) error {
	again := "bench destroy " + strings.Join(args, " ")
	if o.name != "" {
		again = "bench destroy --name " + o.name
		for _, region := range o.regions {
			again += " --region " + region
		}
	}
	again = strings.TrimSpace(again)
	switch {
	case len(r.Replicated) > 0:
		return fmt.Errorf("deployment %s is gone but for %s: CloudFront still has replicas of its function, which go some hours after the distribution\nhint: then run %s, or now with --wait 3h", name, strings.Join(r.Replicated, ", "), again)
	case len(r.ARNs) > 0:
		return fmt.Errorf("deployment %s: something is left, named above\nhint: AWS may show what is gone for a while: run %s again, and delete by hand what it names then", name, again)
	case len(r.Unseen) > 0:
		return fmt.Errorf("deployment %s: nothing is left where it was looked, and it could not be looked everywhere", name)
	}
	where := ""
	if o.name != "" { // no file says where all of it was
		where = " in " + strings.Join(r.Regions, ", ")
	}
	_, err := fmt.Fprintf(env.stdout, "deployment %s: nothing is left%s\n", name, where)
	return err
}

// tellRemains lists what is left, and where could not be looked.
func tellRemains(env *env, r apply.Remains) {
	for _, arn := range r.ARNs {
		fmt.Fprintf(env.stderr, "left: %s\n", arn)
	}
	for _, why := range r.Unseen {
		fmt.Fprintf(env.stderr, "not looked: %s\n", why)
	}
}
