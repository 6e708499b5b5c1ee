package main

import (
	"context"
	"fmt"

	"frontdoor/awscall"
	"frontdoor/guard"
	"frontdoor/record"
	"frontdoor/scenarios"
	"frontdoor/telemetry"
)

// checkHere refuses to read fronts of this machine at AWS: it knows nothing of them, and
// what has their names there is something else.
func (o *readingOptions) checkHere(ctx context.Context, s *scenarios.Scenario) error {
	for _, f := range s.Fronts {
		if f.Lab() || f.Metrics == scenarios.MetricsNone || !guard.Loopback(hostOf(f.URL)) {
			continue
		}
		if (telemetry.Config{}).Away(ctx, o.reports != record.ReportsNone) {
			return usage(fmt.Errorf("front %q is on this machine, and CloudWatch would be asked elsewhere: no variable such as AWS_ENDPOINT_URL_CLOUDWATCH says that it is here\nhint: paste the export lines that bench lab printed; a front that no lab serves wants metrics: none", f.ID))
		}
		return nil
	}
	return nil
}

// unreadable is a run that could not be read back. A lab that stands for AWS takes any
// credentials, so who has none in variables is told of the lab's.
func unreadable(ctx context.Context, env *env, err error) error {
	err = fmt.Errorf("nothing was sent, for the run could not be read back: %w", err)
	if awscall.KindOf(err) == awscall.Caller && env.getenv("AWS_ACCESS_KEY_ID") == "" && (telemetry.Config{}).Here(ctx) {
		err = fmt.Errorf("%w\nhint: CloudWatch is on this machine: paste the export lines that bench lab printed, for which any credentials will do", err)
	}
	return err
}

// unreadError is why deployed fronts that were measured could not be read back.
type unreadError struct{ err error }

func (e *unreadError) Error() string { return e.err.Error() }
func (e *unreadError) Unwrap() error { return e.err }
