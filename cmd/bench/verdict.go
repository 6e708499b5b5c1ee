package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/scenarios"
)

// ruleOptions say how figures become verdicts.
type ruleOptions struct {
	gates     []string
	reference string
	metrics   []string
	delta     string
	material  string
	floor     string

	parsed []gate.Gate // by check
	rule   report.Choices
}

func (o *ruleOptions) register(flags *pflag.FlagSet) {
	flags.StringArrayVar(&o.gates, "gate", nil, "a condition beside the scenario's, such as 'p(95)[alb]<200' or 'usd_per_million<1.50'; repeatable")
	flags.StringVar(&o.reference, "reference", "", "front that the others are compared with, or all for every pair (default: the cheapest that meets the gates)")
	flags.StringSliceVar(&o.metrics, "metrics", []string{"p50", "p99"}, "response times that decide, of "+strings.Join(report.Metrics(), ", ")+"; the others are exploratory")
	flags.StringVar(&o.delta, "delta", "5%", "two fronts within this of each other are equivalent")
	flags.StringVar(&o.material, "material", "10", "USD a month below which a difference is no reason")
	flags.StringVar(&o.floor, "floor", "", "A/A run whose noise floor is printed beside the comparisons, or none (default: the one known when the run began)")
}

// alpha is the share of families of comparisons in which a verdict may be false.
const alpha = 0.05

func (o *ruleOptions) check() error {
	o.parsed = nil
	for _, text := range o.gates {
		g, err := gate.Parse(text)
		if err != nil {
			var wrong *gate.Error
			if errors.As(err, &wrong) {
				err = fmt.Errorf("%q %s", wrong.Text, wrong.Problem)
			}
			return usage(fmt.Errorf("--gate: %w", err))
		}
		o.parsed = append(o.parsed, g)
	}
	for i, m := range o.metrics {
		if !slices.Contains(report.Metrics(), m) || slices.Contains(o.metrics[:i], m) {
			return usage(fmt.Errorf("--metrics: %q: want some of %s, each once", m, strings.Join(report.Metrics(), ", ")))
		}
	}
	delta, err := share(o.delta)
	if err != nil || delta <= 0 || delta > 1 {
		return usage(fmt.Errorf("--delta: %q: want a share such as 5%% or 0.05", o.delta))
	}
	material, err := pricing.ParseUSD(o.material)
	if err != nil || material.Sign() < 0 {
		return usage(fmt.Errorf("--material: %q is not an amount: want dollars a month such as 10", o.material))
	}
	o.rule = report.Choices{Material: material.Float(), Delta: delta, Alpha: alpha, Reference: o.reference, Metrics: o.metrics}
	return nil
}

// share reads "5%" and "0.05".
func share(text string) (float64, error) {
	number, percent := strings.CutSuffix(text, "%")
	x, err := strconv.ParseFloat(number, 64)
	if percent {
		x /= 100
	}
	return x, err
}

// apply adds the rules, and the gates of the scenario and of the options.
func (o *ruleOptions) apply(in *report.Input, s *scenarios.Scenario) error {
	if o.rule.Alpha == 0 { // a caller without flags
		o.register(pflag.NewFlagSet("", pflag.ContinueOnError))
		if err := o.check(); err != nil {
			return err
		}
	}
	var ids []string
	for _, f := range s.Fronts {
		ids = append(ids, f.ID)
	}
	if err := o.known(ids); err != nil {
		return err
	}
	c := &in.Choices
	c.Material, c.Delta, c.Alpha, c.Reference, c.Metrics = o.rule.Material, o.rule.Delta, o.rule.Alpha, o.rule.Reference, o.rule.Metrics
	for _, g := range s.Gates {
		in.Gates = append(in.Gates, g.Gate)
	}
	in.Gates = append(in.Gates, o.parsed...)
	return nil
}

// known refuses fronts that the run does not have.
func (o *ruleOptions) known(fronts []string) error {
	want := "one of " + strings.Join(fronts, ", ")
	if o.reference != "" && o.reference != report.AllPairs && !slices.Contains(fronts, o.reference) {
		return usage(fmt.Errorf("--reference: there is no front %q: want %s, or all", o.reference, want))
	}
	for _, g := range o.parsed {
		for _, id := range g.Fronts() {
			if !slices.Contains(fronts, id) {
				return usage(fmt.Errorf("--gate: %q names the front %q, which is not there: want %s", g.Text, id, want))
			}
		}
	}
	return nil
}

// openOptions say what becomes of what cannot be told.
type openOptions struct{ inconclusive string }

func (o *openOptions) register(flags *pflag.FlagSet) {
	flags.StringVar(&o.inconclusive, "inconclusive", "fail", "what an inconclusive result does: pass, warn (on stderr) or fail (exit code 4)")
}

func (o *openOptions) check() error {
	if !slices.Contains([]string{"pass", "warn", "fail"}, o.inconclusive) {
		return usage(fmt.Errorf("--inconclusive: %q: want pass, warn or fail", o.inconclusive))
	}
	return nil
}

// exit is the error of an outcome: nil when all is well.
func (o *openOptions) exit(env *env, outcome gate.Outcome, why string) error {
	switch outcome {
	case gate.Invalid:
		return &exitError{exitInvalid, fmt.Errorf("a gate cannot be judged: %s", why)}
	case gate.Fail:
		return &exitError{exitGate, fmt.Errorf("a gate fails: %s", why)}
	case gate.Inconclusive:
		if o.inconclusive == "fail" {
			return &exitError{exitOpen, fmt.Errorf("inconclusive: %s\nhint: more rounds, or --inconclusive=warn", why)}
		}
		if o.inconclusive == "warn" {
			fmt.Fprintf(env.stderr, "warning: inconclusive: %s\n", why)
		}
	}
	return nil
}

// gated is the error of a report's gates.
func (o *openOptions) gated(env *env, r *report.Report) error {
	outcome := r.Outcome()
	var why []string
	for _, g := range r.Gates {
		if g.Outcome == outcome {
			why = append(why, fmt.Sprintf("%q: %s", g.Gate, report.GateWords(g)))
		}
	}
	return o.exit(env, outcome, strings.Join(why, "; "))
}
