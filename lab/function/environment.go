package function

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// initLimit is how long an environment may take until its first /next:
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html ("10 seconds").
const initLimit = 10 * time.Second

// environment is one execution environment: a process, its Runtime API on a
// port of its own, and its log file. It serves one invocation at a time.
type environment struct {
	f      *Function
	server *http.Server
	cmd    *exec.Cmd
	log    *os.File
	work   chan *invocation // to the runtime's pending /next
	died   chan struct{}    // closed when the process is gone

	mu      sync.Mutex
	exit    error         // how the process ended, valid once died is closed
	current *invocation   // between handing over the event and the next /next
	started bool          // the process was asked to start
	begun   time.Time     // when it was
	init    time.Duration // until its first /next
	inited  chan struct{} // closed at the first /next
	failure *Error        // what the runtime said to /init/error
	served  bool          // the first invocation has been reported
	peakKB  int           // most memory seen so far
}

// invocation is one event on its way through the environment.
type invocation struct {
	id         string
	event      []byte
	concurrent int
	sent       time.Time
	deadline   time.Time
	answered   bool // these three under the environment's mutex
	errored    bool
	reported   bool
	answer     chan Result   // buffered, one
	finished   chan struct{} // closed at the next /next
}

func newEnvironment(f *Function) *environment {
	return &environment{f: f, work: make(chan *invocation), died: make(chan struct{}), inited: make(chan struct{})}
}

// invoke carries one event to the process, starting it when this is its first,
// and returns its answer; the metering is finished in the background.
func (env *environment) invoke(ctx context.Context, event []byte, concurrent int) Result {
	inv := &invocation{
		id: newID(), event: event, concurrent: concurrent,
		answer: make(chan Result, 1), finished: make(chan struct{}),
	}
	if err := env.ready(); err != nil {
		return env.failedInit(inv, err)
	}
	inv.deadline = time.Now().Add(env.f.cfg.Timeout)
	select {
	case env.work <- inv:
	case <-env.died:
		return env.crashed(inv)
	}
	timer := time.NewTimer(env.f.cfg.Timeout)
	go env.watch(inv, timer)
	select {
	case result := <-inv.answer:
		return result
	case <-ctx.Done():
		return Result{RequestID: inv.id, Error: &Error{"Lab.ClientGone", ctx.Err().Error()}}
	}
}

// watch ends the invocation: at the next /next, at the timeout, or with the process.
func (env *environment) watch(inv *invocation, timer *time.Timer) {
	defer timer.Stop()
	select {
	case <-inv.finished: // reported by the /next that ended it
		env.release(inv, false)
	case <-timer.C:
		env.kill()
		<-env.died
		message := fmt.Sprintf("Task timed out after %.2f seconds", env.f.cfg.Timeout.Seconds())
		env.printf("%s %s %s\n\n", time.Now().UTC().Format("2006-01-02T15:04:05.000Z"), inv.id, message)
		env.report(inv, env.f.cfg.Timeout, "timeout")
		inv.reply(Result{Error: &Error{"Sandbox.Timedout", "RequestId: " + inv.id + " Error: " + message}})
		env.release(inv, true)
	case <-env.died:
		select {
		case <-inv.finished: // it asked for the next event before it died
			env.release(inv, true)
		default:
			inv.reply(env.crashed(inv))
		}
	}
}

// crashed reports an invocation whose process ended under it.
func (env *environment) crashed(inv *invocation) Result {
	env.mu.Lock()
	how := "exit status 0"
	if env.exit != nil {
		how = env.exit.Error()
	}
	handed := !inv.sent.IsZero()
	env.mu.Unlock()
	duration := time.Duration(0)
	if handed {
		duration = time.Since(inv.sent)
	} else {
		env.begin(inv)
	}
	env.report(inv, duration, "error")
	env.release(inv, true)
	return inv.failed(&Error{"Runtime.ExitError", fmt.Sprintf("RequestId: %s Error: Runtime exited with error: %s", inv.id, how)})
}

// failedInit reports an invocation whose environment never became ready.
func (env *environment) failedInit(inv *invocation, err error) Result {
	env.kill()
	env.begin(inv)
	env.report(inv, 0, "error")
	env.release(inv, true)
	env.mu.Lock()
	failure := env.failure
	env.mu.Unlock()
	if failure == nil {
		failure = &Error{"Runtime.ExitError", fmt.Sprintf("RequestId: %s Error: %v", inv.id, err)}
	}
	return inv.failed(failure)
}

// release gives the environment back after the invocation.
func (env *environment) release(inv *invocation, gone bool) {
	env.mu.Lock()
	finishing := inv.answered
	env.mu.Unlock()
	env.f.put(env, gone, finishing)
}

// begin writes START and starts the clock of the invocation.
func (env *environment) begin(inv *invocation) {
	env.printf("START RequestId: %s Version: %s\n", inv.id, env.f.cfg.Version)
	env.mu.Lock()
	inv.sent = time.Now()
	env.mu.Unlock()
}

func (inv *invocation) failed(e *Error) Result {
	payload, _ := json.Marshal(e)
	return Result{RequestID: inv.id, Payload: payload, Error: e}
}

// reply hands the result to the caller once; later answers are dropped.
func (inv *invocation) reply(r Result) {
	r.RequestID = inv.id
	if r.Error != nil && r.Payload == nil {
		r = inv.failed(r.Error)
	}
	select {
	case inv.answer <- r:
	default:
	}
}

// ready starts the process on the first call and waits for its first /next.
func (env *environment) ready() error {
	if !env.started {
		env.started = true
		if err := env.start(); err != nil {
			return err
		}
	}
	limit := time.NewTimer(initLimit)
	defer limit.Stop()
	select {
	case <-env.inited:
		return nil
	case <-env.died:
		if env.exit == nil {
			return fmt.Errorf("runtime exited before it asked for an event")
		}
		return fmt.Errorf("runtime exited before it asked for an event: %w", env.exit)
	case <-limit.C:
		return fmt.Errorf("runtime did not ask for an event within %v", initLimit)
	}
}

// start opens the log stream and the Runtime API and starts the process. The
// process writes its output straight into the log file, so lines stand in the
// order written, between START and END.
func (env *environment) start() error {
	stream := fmt.Sprintf("[%s]%s.log", env.f.cfg.Version, newHex())
	now := time.Now().UTC()
	dir := filepath.Join(env.f.cfg.LogDir, now.Format("2006/01/02"))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		close(env.died)
		return err
	}
	var err error
	if env.log, err = os.OpenFile(filepath.Join(dir, stream), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644); err != nil {
		close(env.died)
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		close(env.died)
		return err
	}
	env.server = &http.Server{Handler: env.api(), ReadHeaderTimeout: initLimit}
	go env.server.Serve(listener)

	env.cmd = exec.Command(env.f.cfg.Command[0], env.f.cfg.Command[1:]...)
	env.cmd.Env = env.f.variables(listener.Addr().String(), stream)
	env.cmd.Stdout, env.cmd.Stderr = env.log, env.log
	env.cmd.SysProcAttr = processGroup()
	env.mu.Lock()
	env.begun = time.Now()
	env.mu.Unlock()
	if err := env.cmd.Start(); err != nil {
		env.server.Close()
		close(env.died)
		return fmt.Errorf("start function %q: %w", env.f.cfg.Name, err)
	}
	env.f.exits.Add(1)
	go env.reap()
	return nil
}

// reap waits for the process and takes the environment's port down with it.
func (env *environment) reap() {
	defer env.f.exits.Done()
	err := env.cmd.Wait()
	env.mu.Lock()
	env.exit = err
	env.mu.Unlock()
	close(env.died)
	env.server.Close()
	env.f.lost(env)
}

// kill ends the process and every process it started.
func (env *environment) kill() {
	if env.cmd != nil && env.cmd.Process != nil {
		killGroup(env.cmd.Process.Pid)
	}
}

// variables is what Lambda sets in an environment:
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
func (f *Function) variables(api, stream string) []string {
	vars := map[string]string{
		"AWS_LAMBDA_RUNTIME_API":          api,
		"_HANDLER":                        f.cfg.Handler,
		"AWS_REGION":                      f.cfg.Region,
		"AWS_DEFAULT_REGION":              f.cfg.Region,
		"AWS_EXECUTION_ENV":               "AWS_Lambda_provided.al2023",
		"AWS_LAMBDA_FUNCTION_NAME":        f.cfg.Name,
		"AWS_LAMBDA_FUNCTION_VERSION":     f.cfg.Version,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": fmt.Sprint(f.cfg.MemoryMB),
		"AWS_LAMBDA_INITIALIZATION_TYPE":  "on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME":       "/aws/lambda/" + f.cfg.Name,
		"AWS_LAMBDA_LOG_STREAM_NAME":      stream,
		"AWS_ACCESS_KEY_ID":               "lab",
		"AWS_SECRET_ACCESS_KEY":           "lab",
		"TZ":                              ":UTC",
		"LANG":                            "en_US.UTF-8",
		"PATH":                            os.Getenv("PATH"), // a user's own command finds its interpreter as in their shell
		"HOME":                            os.Getenv("HOME"),
	}
	if wd, err := os.Getwd(); err == nil {
		vars["LAMBDA_TASK_ROOT"] = wd
	}
	for k, v := range f.cfg.Environment {
		vars[k] = v
	}
	list := make([]string, 0, len(vars))
	for k, v := range vars {
		list = append(list, k+"="+v)
	}
	return list
}

// newID is a request id: a random UUID, version 4.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // documented never to fail
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func newHex() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
