package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"frontdoor/lab"
	"frontdoor/scenarios"
)

func newLab(env *env) *cobra.Command {
	var logs, targets string
	cmd := &cobra.Command{
		Use:   "lab SCENARIO",
		Short: "Serve a scenario's fronts on loopback until Ctrl-C",
		Long: `lab brings up every lab front of the scenario with its function, the CloudWatch
endpoint that holds their metrics and the CloudWatch Logs endpoint over what the
functions log, and prints a curl line for each front and the variables by which AWS
clients find the endpoints. Of a scenario of offload it serves the bucket, Akamai's
interfaces and the edges: what is put into the bucket is published. Nothing listens
on anything but 127.0.0.1.

With --targets it also writes the fronts into a targets file, so that bench run in
another process measures them as it would deployed ones. A file of the lab's is
replaced by it, and no other. Items of tables do not change by themselves then, as on
AWS: bench run writes them.`,
		Example: "  bench lab quickstart\n  bench lab quickstart --targets t.yaml\n  bench lab offload-a-b",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return serveLab(cmd.Context(), env, args[0], logs, targets)
		},
	}
	cmd.Flags().StringVar(&targets, "targets", "", "targets file to write, for bench run --targets")
	cmd.Flags().StringVar(&logs, "logs", "", "folder for the functions' logs (default: a temporary one, removed at the end)")
	return cmd
}

// serveLab serves a scenario until ctx ends, with the functions' logs in a folder,
// "" for one that is removed at the end, and writes a targets file where one is named.
func serveLab(ctx context.Context, env *env, scenario, logs, targets string) error {
	s, err := loadScenario(env, scenario, "")
	if err != nil {
		return err
	}
	if err := checkLabTargets(targets, s.Scenario); err != nil {
		return err
	}
	if served, _ := labFronts(s.Scenario); s.Offload == nil && len(served) == 0 {
		return usage(fmt.Errorf("scenario %q has no front for the lab: all of them have a url", s.Name))
	}
	self, err := env.self()
	if err != nil {
		return err
	}
	if logs == "" {
		if logs, err = os.MkdirTemp("", "bench-lab-"); err != nil {
			return err
		}
		defer os.RemoveAll(logs)
	}
	if s.Offload != nil {
		return serveOffload(ctx, env, s, self, logs)
	}
	return serveFronts(ctx, env, s, self, logs, scenario, targets)
}

// serveFronts serves the fronts until ctx ends; scenario is as the command line has it.
func serveFronts(ctx context.Context, env *env, s *loaded, self, logs, scenario, targets string) error {
	config := labConfig(s, self, logs, env.now())
	if targets != "" {
		config.Tables = untimed(config.Tables)
	}
	l, err := lab.Start(config)
	if err != nil {
		return err
	}
	err = writeLabTargets(targets, s.Scenario, l.Fronts())
	if err == nil {
		err = announce(env, s.Scenario, l, logs, measuring(s.Scenario, l.TablesURL(), scenario, targets))
	}
	if err != nil {
		return errors.Join(err, l.Close())
	}
	for _, f := range l.Fronts() { // health checks run, and outages take their course once
		defer l.Begin(f.ID)()
	}
	<-ctx.Done()
	return l.Close()
}

// announce prints where everything is, ready to be pasted; more goes below the
// variables.
func announce(env *env, s *scenarios.Scenario, l *lab.Lab, logs, more string) error {
	var b strings.Builder
	for _, f := range l.Fronts() {
		fmt.Fprintf(&b, "%-22s %-20s %s\n", f.ID, f.Kind, f.URL)
	}
	fmt.Fprintf(&b, "%-22s %-20s %s\n", "cloudwatch", "every Region", l.MetricsURL())
	fmt.Fprintf(&b, "%-22s %-20s %s\n", "cloudwatch logs", "every Region", l.LogsURL())
	b.WriteString(stores(s, l.Fronts()[0]) + "\n")
	for _, f := range l.Fronts() {
		fmt.Fprintf(&b, "  %s\n", curl(f.URL, s.Requests[0].Named(scenarios.SessionAside(f.ID))))
	}
	b.WriteString("\nany AWS client finds them, with any credentials, by\n")
	fmt.Fprintf(&b, "  export AWS_ENDPOINT_URL_CLOUDWATCH=%s\n  export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=%s\n", l.MetricsURL(), l.LogsURL())
	b.WriteString(more)
	fmt.Fprintf(&b, "\nfunction logs: %s\nCtrl-C ends it\n", logs)
	_, err := io.WriteString(env.stdout, b.String())
	return err
}

// curl is the command line that sends the scenario's first request.
func curl(url string, r scenarios.Request) string {
	parts := []string{"curl", "-i"}
	if r.Method != "GET" {
		parts = append(parts, "-X", r.Method)
	}
	for name, value := range r.Headers {
		parts = append(parts, "-H", quote(name+": "+value))
	}
	if r.Body != "" {
		parts = append(parts, "-d", quote(r.Body))
	}
	return strings.Join(append(parts, quote(url+r.Target())), " ")
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
