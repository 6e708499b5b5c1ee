package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"frontdoor/claims"
	lab "frontdoor/lab/offload"
	"frontdoor/offload"
	"frontdoor/pricing"
	"frontdoor/record"
	written "frontdoor/report/offload"
	"frontdoor/scenarios"
)

// errOffload refuses what only runs of fronts have.
func errOffload(name, what string) error {
	return usage(fmt.Errorf("scenario %q is of offload, without fronts: %s\nhint: bench run and bench report show it", name, what))
}

// checkOffload refuses options that an offload scenario has no use for, before
// anything is run.
func (o *runOptions) checkOffload(env *env, s *scenarios.Scenario) error {
	if o.aa {
		return errOffload(s.Name, "--aa visits each front twice")
	}
	if err := o.open.check(); err != nil {
		return err
	}
	return o.view.checkOffload(env, s.Name)
}

func (v *viewOptions) checkOffload(env *env, scenario string) error {
	if len(v.rules.gates) > 0 {
		return errOffload(scenario, "--gate judges figures of fronts")
	}
	if v.documents.github || v.eras {
		return errOffload(scenario, "--github and --eras show figures of fronts")
	}
	for _, o := range v.outputs {
		format, _, _ := strings.Cut(o, "=")
		if slices.Contains(formats(), format) && !slices.Contains(written.Formats(), format) {
			return usage(fmt.Errorf("--output %s: a scenario of offload is reported as %s", o, strings.Join(written.Formats(), ", ")))
		}
	}
	return v.check(env)
}

// runOffload simulates an offload scenario, runs its handlers on loopback, and shows
// both.
func runOffload(ctx context.Context, env *env, s *loaded, o runOptions) error {
	if err := o.checkOffload(env, s.Scenario); err != nil {
		return err
	}
	s.warn(env)
	dir, err := observe(ctx, env, s, o)
	if dir == "" {
		return err
	}
	fmt.Fprintf(env.stderr, "run folder: %s\n", dir)
	if err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("%w\nhint: what was observed until then is in %s", err, dir)
	}
	rec, err := record.Open(dir)
	if err != nil {
		return err
	}
	r, err := composeOffload(env, rec, s.Scenario, o.view)
	if err != nil {
		return err
	}
	if err := errors.Join(
		writeOffload(filepath.Join(dir, "cost.csv"), written.CSV, r),
		writeOffload(filepath.Join(dir, "report.json"), written.JSON, r),
		o.view.writeOffload(env, r),
	); err != nil {
		return err
	}
	return ctx.Err()
}

func writeOffload(path string, write written.Writer, r *written.Report) error {
	return record.WriteWhole(path, func(w io.Writer) error { return write(w, r) })
}

// observe runs the options on loopback and records what they did.
func observe(ctx context.Context, env *env, s *loaded, o runOptions) (dir string, err error) {
	self, err := env.self()
	if err != nil {
		return "", fmt.Errorf("find this program, which the lab starts as the function's bootstrap: %w", err)
	}
	started := env.now().UTC()
	w, err := record.Create(o.out, record.Run{
		ID: started.Format("20060102T150405Z") + "-" + s.Name, Scenario: s.Name, Tool: env.version, Source: record.SourceLab,
		Seed: chooseSeed(s.Scenario, o), Host: host(), Started: started,
	}, s.yaml)
	if err != nil {
		return "", err
	}
	c := offloadConfig(s.Offload, self, w.LogDir())
	if env.live {
		c.Progress = func(option string, change int) {
			fmt.Fprintf(env.stderr, "on loopback: %s, change %d of %d\n", option, change, c.Changes)
		}
	}
	observed, err := lab.Run(ctx, c)
	stopped := ""
	if err != nil {
		stopped = err.Error()
		if errors.Is(err, context.Canceled) {
			stopped = "interrupt"
		}
	}
	var recorded record.Offload
	text, merr := json.Marshal(observed) // the file is what the two stages share
	if merr == nil {
		merr = json.Unmarshal(text, &recorded)
	}
	if merr == nil {
		merr = w.WriteOffload(recorded)
	}
	return w.Dir(), errors.Join(err, merr, w.Close(env.now().UTC(), stopped))
}

// The run on loopback is about behaviour: a few edges and a small object show it.
const (
	mostEdges = 4
	mostBytes = 1 << 20
)

func offloadConfig(o *scenarios.Offload, self, logDir string) lab.Config {
	edges := min(o.Edges, mostEdges)
	return lab.Config{
		Command: []string{self, "function", s3Event, "publish"}, LogDir: logDir, Changes: o.Loopback.Changes,
		ObjectSize: int(min(max(o.ObjectSize, 64), mostBytes)), Edges: edges, Parents: min(o.Parents, edges), MemoryMB: int(o.Publish.Memory),
		PurgeTakes: time.Duration(o.Loopback.PurgeTakes), RetryWait: time.Duration(o.Loopback.RetryWait),
	}
}

// offloadParams are the scenario's in the simulation's types.
func offloadParams(o *scenarios.Offload) (offload.Params, error) {
	delay := func(d *scenarios.OffloadDelay) offload.Delay {
		return offload.Delay{Median: time.Duration(d.Median), Sigma: d.Sigma}
	}
	b, f := o.Publish, o.Faults
	bugs, err := offload.BugsOf(b.Bugs...)
	return offload.Params{
		Days: o.Days, Edges: o.Edges, Parents: o.Parents, ReadsPerHour: o.ReadsPerHour, Poisson: o.Arrivals == scenarios.Poisson, Size: int64(o.ObjectSize),
		Changes: offload.Changes{At: time.Duration(o.Changes.At), Deviation: time.Duration(o.Changes.Deviation), Miss: float64(o.Changes.MissDay)},
		TTL:     time.Duration(o.TTL), PurgeEffect: time.Duration(o.PurgeTakes),
		Schedule: offload.Schedule{Margin: time.Duration(o.Invalidation.Margin), Every: time.Duration(o.Invalidation.Every), Manual: time.Duration(o.Invalidation.Manual)},
		Publish: offload.Publish{
			TTL: time.Duration(b.TTL), Bugs: bugs, Event: delay(b.Event), Init: delay(b.Init), Get: delay(b.Get), Upload: delay(b.Upload), Settle: time.Duration(b.Settle),
			Replication: delay(b.Replication), PurgeCall: time.Duration(b.PurgeCall), MemoryMB: int(b.Memory), LogBytes: int64(b.Log), Replicas: b.Replicas, Neighbours: b.Neighbours,
		},
		Faults: offload.Faults{
			Double: float64(f.Double), Gap: offload.Defaults().Faults.Gap, Swapped: float64(f.Swapped), Duplicate: float64(f.Duplicate), Multipart: float64(f.Multipart),
			UploadFails: float64(f.UploadFails), PurgeFails: float64(f.PurgeFails),
		},
	}, err
}

// offloadOf is the scenario of a recording if it is one of offload; nil if it is not.
func offloadOf(rec *record.Recording) (*scenarios.Scenario, error) {
	s, err := asWritten(rec)
	if err != nil {
		return nil, usage(err)
	}
	if s.Offload == nil {
		return nil, nil
	}
	return s, nil
}

// composeOffload makes the report of a recording.
func composeOffload(env *env, rec *record.Recording, s *scenarios.Scenario, v viewOptions) (*written.Report, error) {
	params, err := offloadParams(s.Offload)
	if err != nil {
		return nil, usage(err)
	}
	book, described, err := v.bookOf(env, rec)
	if err != nil {
		return nil, err
	}
	in := written.Input{
		Run: rec.Run, Description: s.Description, Params: params, Bugs: s.Offload.Publish.Bugs, Observed: rec.Offload, Region: s.Pricing.Region, Book: book, BookName: described,
		AsOf: pricing.DateOf(s.Pricing.AsOf.In(rec.Started)), FreeTier: pricing.FreeTier(s.Pricing.FreeTier),
	}
	if in.Region == "" {
		in.Region = "us-east-1"
	}
	if v.asOf != "" {
		if in.AsOf, err = dayOf(env, v.asOf); err != nil {
			return nil, usage(err)
		}
	}
	if v.freeTier != "" {
		in.FreeTier = pricing.FreeTier(v.freeTier)
	}
	for _, w := range s.Warnings {
		in.Warnings = append(in.Warnings, fmt.Sprintf("%s: %s: %s", w.Field, w.Text, w.Help))
	}
	if in.Claims, err = claimsOf(claims.Evidence{Book: book, BookName: described, AsOf: in.AsOf, Runs: []*record.Recording{rec}, Offload: &in.Params}, s.Claims); err != nil {
		return nil, usage(err)
	}
	return written.New(in)
}

// reportOffload shows a recording again.
func reportOffload(env *env, flags *pflag.FlagSet, rec *record.Recording, s *scenarios.Scenario, v viewOptions, err error) error {
	if err == nil {
		err = v.checkOffload(env, s.Name)
	}
	if err != nil {
		return err
	}
	r, err := composeOffload(env, rec, s, v)
	if err != nil {
		return err
	}
	if err := v.writeOffload(env, r); err != nil {
		return err
	}
	return v.compared(env, flags, rec, offloadWriter(r))
}

// serveOffload keeps option b up until ctx ends.
func serveOffload(ctx context.Context, env *env, s *loaded, self, logs string) error {
	c := offloadConfig(s.Offload, self, logs)
	c.TTL, c.PurgeTakes = time.Duration(s.Offload.Publish.TTL), time.Duration(s.Offload.PurgeTakes)
	served, err := lab.Serve(c)
	if err != nil {
		return err
	}
	if err := announceOffload(env, served, logs); err != nil {
		return errors.Join(err, served.Close())
	}
	<-ctx.Done()
	return served.Close()
}

// announceOffload prints where everything is, ready to be pasted.
func announceOffload(env *env, s *lab.Served, logs string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-10s %s\n", "bucket", s.Bucket())
	for i, url := range s.Edges() {
		fmt.Fprintf(&b, "%-10s %s\n", fmt.Sprintf("edge %d", i+1), url)
	}
	fmt.Fprintf(&b, "\n  curl -T report.csv %s\n  curl -i %s\n", quote(s.Bucket()+"/data/report.csv"), quote(s.Edges()[0]+"/data/report.csv"))
	b.WriteString("\nfor a publishing handler of your own:\n")
	for _, variable := range s.Environment() {
		fmt.Fprintf(&b, "  %s\n", variable)
	}
	fmt.Fprintf(&b, "\nthe repaired handler publishes what is put into the bucket; its logs: %s\nCtrl-C ends it\n", logs)
	_, err := io.WriteString(env.stdout, b.String())
	return err
}

// writeOffload writes every output asked for.
func (v *viewOptions) writeOffload(env *env, r *written.Report) error {
	return writeOutputs(env, v.outputs, func(format, file string) func(io.Writer) error {
		write, _ := written.WriterOf(format)
		if format == "table" && file == "" {
			write = written.Table(env.style(v.color))
		}
		return func(w io.Writer) error { return write(w, r) }
	})
}
