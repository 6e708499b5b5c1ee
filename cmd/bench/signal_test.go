package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"frontdoor/record"
)

// longRun is a scenario that no test waits out.
const longRun = `version: 1
name: long
handler: hello
fronts:
  - {id: url, kind: function-url}
  - {id: alb, kind: alb}
requests:
  - {method: GET, expect: {body: any}}
load: {rate: 100/s, duration: 1s, warmup: 100ms}
rounds: 500
`

// process is bench, running.
type process struct {
	*exec.Cmd
	t      *testing.T
	runs   string
	stdout bytes.Buffer
	mu     sync.Mutex
	stderr bytes.Buffer
}

// startRun starts "bench run" and returns once trials are through.
func startRun(t *testing.T, trials int) *process {
	t.Helper()
	dir := t.TempDir()
	scenario := filepath.Join(dir, "long.yaml")
	if err := os.WriteFile(scenario, []byte(longRun), 0o644); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, runs: filepath.Join(dir, "runs")}
	p.Cmd = exec.Command(os.Args[0], "run", scenario, "--out", p.runs)
	p.Env = append(os.Environ(), asBench+"=1", "HOME="+dir) // the functions inherit HOME, and are found by it
	p.Stdout = &p.stdout
	stderr, err := p.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	lines := bufio.NewScanner(stderr)
	for trials > 0 && lines.Scan() {
		p.log(lines.Text())
		if strings.HasPrefix(lines.Text(), "[") {
			trials--
		}
	}
	if trials > 0 {
		t.Fatalf("bench ended by itself: %s", p.errors())
	}
	go func() {
		for lines.Scan() {
			p.log(lines.Text())
		}
		_, _ = io.Copy(io.Discard, stderr)
	}()
	return p
}

func (p *process) log(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stderr.WriteString(line + "\n")
}

func (p *process) errors() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stderr.String()
}

// run is the folder of the only run.
func (p *process) run() string {
	dirs, _ := filepath.Glob(filepath.Join(p.runs, "*"))
	if len(dirs) != 1 {
		p.t.Fatalf("%d runs", len(dirs))
	}
	return dirs[0]
}

// alive lists the processes, bench's own or its functions', that still carry
// the run's mark in their environment.
func (p *process) alive() []string {
	if runtime.GOOS != "linux" {
		return nil
	}
	mark := []byte("HOME=" + filepath.Dir(p.runs) + "\x00")
	paths, _ := filepath.Glob("/proc/[0-9]*/environ")
	var alive []string
	for _, path := range paths {
		if data, err := os.ReadFile(path); err == nil && bytes.Contains(data, mark) {
			alive = append(alive, path)
		}
	}
	return alive
}

// awaitSilence waits until no process of the run is left. The kernel ends the
// functions when bench dies, which takes a moment after a kill -9.
func (p *process) awaitSilence() {
	p.t.Helper()
	for range 1200 {
		if len(p.alive()) == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Errorf("processes left behind: %v", p.alive())
}

// kill -9 in the middle: the record opens, names the trial in flight, and bills
// nothing for it.
func TestKilledRunLosesTheTrialInFlightOnly(t *testing.T) {
	p := startRun(t, 3)
	if n := len(p.alive()); runtime.GOOS == "linux" && n < 2 {
		t.Fatalf("%d processes are found while bench runs with its functions", n)
	}
	for { // until a trial is in flight
		rec, err := record.Open(p.run())
		if err != nil {
			t.Fatal(err)
		}
		if lost(rec) == 1 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	p.awaitSilence()
	rec, err := record.Open(p.run())
	if err != nil {
		t.Fatal(err)
	}
	if len(rec.Measured) < 3 || lost(rec) != 1 {
		t.Errorf("%d trials kept, %d lost", len(rec.Measured), lost(rec))
	}
	var stdout strings.Builder
	env := systemEnv()
	env.stdout = &stdout
	if code := bench(t.Context(), env, []string{"report", p.run()}); code != exitOK {
		t.Fatalf("report: exit %d", code)
	}
	if !strings.Contains(stdout.String(), "was in flight when the run ended: lost, nothing of it is counted") ||
		!strings.Contains(stdout.String(), "CloudWatch was not read") {
		t.Errorf("report does not say what was lost:\n%s", stdout.String())
	}
	r, err := compose(env, rec, viewOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Fronts {
		want := 0
		for _, m := range rec.Of(f.ID) {
			if len(m.Invalid) == 0 {
				want += len(m.Reports)
			}
		}
		if f.Function.All != want {
			t.Errorf("%s: %d invocations billed, %d in finished trials", f.ID, f.Function.All, want)
		}
	}
}

func lost(rec *record.Recording) int {
	n := 0
	for _, t := range rec.Trials {
		if t.State == record.Lost {
			n++
		}
	}
	return n
}

// Ctrl-C and SIGTERM: what was measured is kept and shown, the exit code says
// which it was, and no process is left.
func TestSignalsKeepWhatWasMeasured(t *testing.T) {
	for signal, code := range map[syscall.Signal]int{syscall.SIGINT: exitInterrupt, syscall.SIGTERM: exitTerminated} {
		p := startRun(t, 2)
		if err := p.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait()
		if got := p.ProcessState.ExitCode(); got != code {
			t.Errorf("%v: exit %d, want %d\n%s", signal, got, code, p.errors())
		}
		if alive := p.alive(); len(alive) > 0 {
			t.Errorf("%v: processes left behind: %v", signal, alive)
		}
		rec, err := record.Open(p.run())
		if err != nil {
			t.Fatal(err)
		}
		if rec.Stopped != "interrupt" || rec.Ended.IsZero() || len(rec.Measured) < 2 || lost(rec) != 0 {
			t.Errorf("%v: stopped %q, %d trials, %d lost", signal, rec.Stopped, len(rec.Measured), lost(rec))
		}
		if !strings.Contains(p.stdout.String(), "LAB figures") || !strings.Contains(p.errors(), "stopped: ") {
			t.Errorf("%v: stdout %q\nstderr %q", signal, p.stdout.String(), p.errors())
		}
	}
}
