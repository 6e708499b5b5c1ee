package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"frontdoor/lab"
	"frontdoor/record"
)

// TestMain makes the test binary the bench command: for scripts, and for the
// lab, which starts this very program as the functions' bootstrap.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") != "" || os.Getenv(asBench) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"bench": main})
}

// asBench in the environment makes the test binary bench.
const asBench = "BENCH_TEST_AS_BENCH"

var update = flag.Bool("update", false, "write what scripts compare with cmp anew")

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"order":    order,
			"ledger":   ledger,
			"contains": contains,
			"paid":     paid,
			"only":     only,
			"slowed":   slowed,
			"steady":   steady,
			"moved":    moved,
			"refusing": refusing,
		},
		Setup: func(e *testscript.Env) error { // a run and its bill, for reconcile
			synthetic, err := filepath.Abs("../../reconcile/testdata")
			e.Setenv("SYNTHETIC", synthetic)
			return err
		},
		UpdateScripts: *update,
	})
}

// exits runs a command that must end with one of the exit codes: exits 0|5 bench run x.yaml
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE[|CODE...] command args...")
	}
	code := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		code = fmt.Sprint(exit.ExitCode())
	}
	if !slices.Contains(strings.Split(args[0], "|"), code) {
		ts.Fatalf("%s ended with %s, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

// order writes the order in which a run visits its fronts into a file. Further
// attempts of a trial are left out: they depend on the machine.
func order(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: order RUNS-FOLDER FILE")
	}
	var b strings.Builder
	for _, t := range open(ts, args[0]).Trials {
		if t.Attempt == 1 {
			fmt.Fprintf(&b, "%d %s\n", t.Round, t.Front)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

// open opens the only run in a folder.
func open(ts *testscript.TestScript, runs string) *record.Recording {
	dirs, err := filepath.Glob(filepath.Join(ts.MkAbs(runs), "*"))
	ts.Check(err)
	if len(dirs) != 1 {
		ts.Fatalf("%d runs in %s, want 1", len(dirs), runs)
	}
	rec, err := record.Open(dirs[0])
	ts.Check(err)
	return rec
}

// contains checks that a file has every one of the texts.
func contains(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: contains FILE TEXT...")
	}
	data := ts.ReadFile(args[0])
	for _, text := range args[1:] {
		if strings.Contains(data, text) == neg {
			ts.Fatalf("%s: %q found %v\n%s", args[0], text, !neg, data)
		}
	}
}

// only moves the only run in a folder to where scripts can name it.
func only(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: only RUNS-FOLDER FOLDER")
	}
	ts.Check(os.Rename(open(ts, args[0]).Dir, ts.MkAbs(args[1])))
}

// reportLine is AWS's REPORT line, read here by other means than telemetry's.
var reportLine = regexp.MustCompile(`(?m)^REPORT RequestId: (\S+)\tDuration: (\d+)\.(\d\d) ms\t.*?(?:Init Duration: (\d+)\.(\d\d) ms\t)?$`)

// ledger checks a run to the invocation: every hit has exactly one REPORT line in
// the lab's logs, CloudWatch counted as many, and the billed totals are the sums
// of ceil(duration/g) over those lines, read here by a regular expression.
func ledger(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: ledger RUNS-FOLDER")
	}
	rec := open(ts, args[0])
	r, err := compose(systemEnv(), rec, viewOptions{countInvalid: true})
	ts.Check(err)
	for _, f := range r.Fronts {
		front, _ := rec.Front(f.ID)
		lines := logged(ts, filepath.Join(rec.Dir, "logs", lab.LogFolder(front.Function, front.FunctionIn)))
		want := map[int64][2]int64{1: {}, 50: {}, 100: {}}
		hits, counted := 0, 0
		trials := rec.Of(f.ID)
		for i, trial := range trials {
			// A trial is tried again until it may be believed: the last attempt counts.
			counts := !slices.ContainsFunc(trials[i+1:], func(m record.Measured) bool { return m.Round == trial.Round })
			for _, h := range trial.Hits {
				line, ok := lines[h.RequestID]
				if !ok {
					ts.Fatalf("front %s: request id %q of a hit is in no REPORT line", f.ID, h.RequestID)
				}
				hits++
				if !counts {
					continue
				}
				counted++
				for g, sum := range want {
					sum[0] += (line[0] + 100*g - 1) / (100 * g) * g
					sum[1] += (line[0] + line[1] + 100*g - 1) / (100 * g) * g
					want[g] = sum
				}
			}
		}
		got := f.Function
		if hits == 0 || hits != len(lines) || counted != got.All {
			ts.Fatalf("front %s: %d hits, %d REPORT lines, %d hits counted, %d in the report", f.ID, hits, len(lines), counted, got.All)
		}
		for g, pair := range map[int64][2]int64{
			1:   {got.AllWithoutInit.MS1, got.AllWithInit.MS1},
			50:  {got.AllWithoutInit.MS50, got.AllWithInit.MS50},
			100: {got.AllWithoutInit.MS100, got.AllWithInit.MS100},
		} {
			if pair != want[g] {
				ts.Fatalf("front %s, %d ms: billed %v, REPORT lines say %v", f.ID, g, pair, want[g])
			}
		}
		if f.Coverage.Invocations == nil || *f.Coverage.Invocations != int64(hits) {
			ts.Fatalf("front %s: CloudWatch saw %v invocations, the logs have %d", f.ID, f.Coverage.Invocations, hits)
		}
	}
}

// logged reads every REPORT line below a log group: Duration and Init Duration in
// hundredths of a millisecond, by request id.
func logged(ts *testscript.TestScript, group string) map[string][2]int64 {
	lines := map[string][2]int64{}
	logs, err := filepath.Glob(filepath.Join(group, "*", "*", "*", "*.log"))
	ts.Check(err)
	for _, path := range logs {
		data, err := os.ReadFile(path)
		ts.Check(err)
		for _, m := range reportLine.FindAllStringSubmatch(string(data), -1) {
			d, _ := strconv.ParseInt(m[2]+m[3], 10, 64)
			i, _ := strconv.ParseInt("0"+m[4]+m[5], 10, 64)
			lines[m[1]] = [2]int64{d, i}
		}
	}
	return lines
}

// Every subcommand's help ends with an example, and the codes in help are those
// of the program.
func TestHelpIsComplete(t *testing.T) {
	root := newRoot(systemEnv())
	for _, code := range []int{exitOK, exitInternal, exitUsage, exitInvalid, exitBill, exitInterrupt, exitTerminated} {
		if !strings.Contains(root.Long, fmt.Sprintf("\n  %-4d ", code)) {
			t.Errorf("exit code %d is not in the help", code)
		}
	}
	for _, cmd := range root.Commands() {
		if !cmd.Hidden && cmd.Name() != "help" && cmd.Name() != "completion" && cmd.Example == "" {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for _, sub := range cmd.Commands() {
			if cmd.Name() != "completion" && sub.Example == "" {
				t.Errorf("%s has no example", sub.CommandPath())
			}
		}
	}
}

func TestUsageErrorsExitWith2(t *testing.T) {
	for _, args := range [][]string{
		{"fly"}, {"run"}, {"run", "a", "b"}, {"run", "--nope"}, {"run", "quickstart", "-o", "pdf"},
		{"report", "--as-of", "yesterday"}, {"report", "--free-tier", "some"}, {"report", "nowhere"},
		{"report", "--edge-init", "perhaps"}, {"scenarios", "show", "nothing"}, {"function", "x", "y"},
		{"function", "alb", "nothing"}, {"report", "-o", "csv=a", "-o", "json=a"},
	} {
		var stderr strings.Builder
		env := systemEnv()
		env.stdout, env.stderr = &strings.Builder{}, &stderr
		if code := bench(context.Background(), env, args); code != exitUsage || !strings.HasPrefix(stderr.String(), "bench: ") {
			t.Errorf("bench %s: exit %d, stderr %q", strings.Join(args, " "), code, stderr.String())
		}
	}
}
