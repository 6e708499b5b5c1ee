package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// cutter is a stderr that ends the run as soon as it hears of the first trial's end.
type cutter struct {
	heard bytes.Buffer
	cut   context.CancelFunc
}

func (c *cutter) Write(p []byte) (int, error) {
	n, err := c.heard.Write(p)
	if strings.Contains(c.heard.String(), "round 1 ") {
		c.cut()
	}
	return n, err
}

// A run of deployed fronts that is stopped has its requests and nothing of CloudWatch's. It
// says what asks for that, and that command finds what the run lacks.
func TestStoppedRunSaysHowToReadIt(t *testing.T) {
	_, fronts := deployedLab(t, front.FunctionURL)
	dir := t.TempDir()
	scenario, runs := filepath.Join(dir, "stopped.yaml"), filepath.Join(dir, "runs")
	text := "version: 1\nname: stopped\nfronts:\n" + fronts + "requests:\n  - {method: GET, expect: {body: {contains: Hello}}}\n" +
		"load: {rate: 60/s, duration: 500ms, warmup: 100ms}\nrounds: 4\ntraffic: {requests_per_month: {expected: 1M}}\n"
	if err := os.WriteFile(scenario, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var out bytes.Buffer
	errs := &cutter{cut: cancel}
	env := systemEnv()
	env.stdout, env.stderr, env.live = &out, errs, false
	bench(ctx, env, []string{"run", scenario, "--out", runs, "--seed", "7"})
	found, _ := filepath.Glob(filepath.Join(runs, "*"))
	if len(found) != 1 {
		t.Fatalf("%d runs: %s", len(found), errs.heard.String())
	}
	if want := "they are kept and shown above\nhint: bench read " + found[0] + " reads their metrics and REPORT lines\n"; !strings.Contains(errs.heard.String(), want) {
		t.Errorf("want %q: %s", want, errs.heard.String())
	}
	if rec, err := record.Open(found[0]); err != nil || rec.Meters != nil || len(rec.Measured) == 0 {
		t.Fatalf("%v, or the run was read, or none of it measured: %s", err, errs.heard.String())
	}
	env.stderr = &out
	bench(context.Background(), env, []string{"read", found[0], "--count-invalid", "--wait", "5s"})
	if rec, err := record.Open(found[0]); err != nil || rec.Meters == nil || len(rec.Meters.Fronts) != 1 {
		t.Errorf("%v, or nothing was read: %s", err, out.String())
	}
}
