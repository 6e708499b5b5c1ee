package function

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
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
	f        *Function
	listener net.Listener
	cmd      *exec.Cmd
	memory   *memory
	used     bool // these two are the caller's that has taken the environment
	asked    bool // to start
	log      *os.File
	pid      int           // of the process, under the function's lock; 0 before it is started
	inited   chan struct{} // closed at the first /next
	died     chan struct{} // closed when the process is gone

	mu      sync.Mutex
	dead    bool          // the process is gone, or never was
	exit    error         // how it ended
	pending net.Conn      // whose /next waits for an event
	current *invocation   // between handing over the event and the next /next
	begun   time.Time     // when the process was started
	init    time.Duration // from then until its first /next
	failure *Error        // what the runtime said to /init/error
	served  bool          // the first invocation has been reported
}

// invocation is one event on its way through the environment. What can change
// is under the environment's mutex.
type invocation struct {
	id         string
	concurrent int
	cold       bool
	answer     chan Result // buffered, one
	timer      *time.Timer
	sent       time.Time
	answered   bool
	errored    bool
	timedOut   bool
}

func newEnvironment(f *Function) *environment {
	return &environment{f: f, died: make(chan struct{}), inited: make(chan struct{})}
}

// invoke carries one event to the process, starting it when this is its first,
// and returns its answer; the metering ends with the runtime's next /next. It
// returns false, and nothing has happened, when the process ended while idle.
func (env *environment) invoke(ctx context.Context, event []byte, concurrent int) (Result, bool) {
	inv := &invocation{id: newID(), concurrent: concurrent, answer: make(chan Result, 1), cold: !env.used}
	env.used = true
	if err := env.ready(); err != nil {
		return env.failedInit(inv, err), true
	}
	if !env.hand(inv, event) {
		env.f.put(env, true, false)
		return Result{}, false
	}
	select {
	case result := <-inv.answer:
		result.Cold = inv.cold
		return result, true
	case <-ctx.Done():
		return Result{RequestID: inv.id, Cold: inv.cold, Error: &Error{"Lab.ClientGone", ctx.Err().Error()}}, true
	}
}

// hand writes START and gives the event to the waiting /next; false when the
// process is gone. Duration runs from here.
func (env *environment) hand(inv *invocation, event []byte) bool {
	env.mu.Lock()
	defer env.mu.Unlock()
	if env.dead {
		return false
	}
	env.printf("START RequestId: %s Version: %s\n", inv.id, env.f.cfg.Version)
	inv.sent = time.Now()
	conn := env.pending
	env.pending, env.current = nil, inv
	inv.timer = time.AfterFunc(env.f.cfg.Timeout, func() { env.expire(inv) })
	// A runtime that went away is noticed by its exit, not by a failed write.
	_, _ = conn.Write(env.event(inv, event))
	return true
}

// expire ends an invocation that took too long, and its environment with it.
func (env *environment) expire(inv *invocation) {
	env.mu.Lock()
	late := env.current == inv
	if late {
		inv.timedOut = true
	}
	env.mu.Unlock()
	if late {
		env.kill() // reap reports the invocation once the process is gone
	}
}

// next ends the invocation before it and waits for the one after it on conn. It
// returns false when the runtime has not answered the one before it.
func (env *environment) next(conn net.Conn) bool {
	now := time.Now()
	env.mu.Lock()
	inv := env.current
	if inv != nil && (!inv.answered || inv.timedOut) {
		env.mu.Unlock()
		return false
	}
	first := env.init == 0
	if first {
		env.init = now.Sub(env.begun)
	}
	env.current, env.pending = nil, conn
	env.mu.Unlock()
	if inv != nil {
		inv.timer.Stop()
		env.report(inv, now.Sub(inv.sent), "")
		env.f.put(env, false, true)
	}
	if first {
		close(env.inited)
	}
	return true
}

// answering marks the current invocation answered; a nil invocation says that
// the id is not the current one, or that it has been answered already.
func (env *environment) answering(id string, errored bool) (inv *invocation, twice bool) {
	env.mu.Lock()
	defer env.mu.Unlock()
	inv = env.current
	if inv == nil || inv.id != id {
		return nil, false
	}
	if inv.answered {
		return nil, true
	}
	inv.answered, inv.errored = true, errored
	env.f.answered()
	return inv, false
}

// reap waits for the process, takes its port down with it, and settles the
// invocation that it was on.
func (env *environment) reap() {
	defer env.f.exits.Done()
	err := env.cmd.Wait()
	env.f.mu.Lock()
	env.pid = 0 // the number may be another process's from now on
	env.f.mu.Unlock()
	env.listener.Close()
	env.memory.close()
	env.mu.Lock()
	env.dead, env.exit = true, err
	inv := env.current
	env.current = nil
	env.mu.Unlock()
	close(env.died)
	switch {
	case inv == nil:
		env.f.lost(env)
	case inv.timedOut:
		message := fmt.Sprintf("Task timed out after %.2f seconds", env.f.cfg.Timeout.Seconds())
		env.printf("%s %s %s\n\n", time.Now().UTC().Format("2006-01-02T15:04:05.000Z"), inv.id, message)
		env.report(inv, env.f.cfg.Timeout, "timeout")
		env.f.put(env, true, inv.answered)
		inv.reply(inv.failed(&Error{"Sandbox.Timedout", "RequestId: " + inv.id + " Error: " + message}))
	default:
		inv.timer.Stop()
		inv.reply(env.crashed(inv))
	}
}

// crashed reports an invocation whose process ended under it.
func (env *environment) crashed(inv *invocation) Result {
	how := "exit status 0"
	if env.exit != nil {
		how = env.exit.Error()
	}
	failure := &Error{"Runtime.ExitError", fmt.Sprintf("RequestId: %s Error: Runtime exited with error: %s", inv.id, how)}
	env.printf("%s\n%s\n", failure.Message, failure.Type) // as AWS logs it
	env.report(inv, time.Since(inv.sent), "error")
	env.f.put(env, true, inv.answered)
	return inv.failed(failure)
}

// failedInit reports an invocation whose environment never became ready.
func (env *environment) failedInit(inv *invocation, err error) Result {
	env.kill()
	env.mu.Lock()
	failure := env.failure
	env.mu.Unlock()
	if failure == nil {
		failure = &Error{"Runtime.ExitError", fmt.Sprintf("RequestId: %s Error: %v", inv.id, err)}
	}
	env.printf("START RequestId: %s Version: %s\n", inv.id, env.f.cfg.Version)
	env.printf("%s\n%s\n", failure.Message, failure.Type)
	inv.sent = time.Now()
	env.report(inv, 0, "error")
	env.f.put(env, true, false)
	result := inv.failed(failure)
	result.Cold = true
	return result
}

// failed is the result of a failed invocation with AWS's error document.
func (inv *invocation) failed(e *Error) Result {
	payload, _ := json.Marshal(e) // two strings
	return Result{RequestID: inv.id, Payload: payload, Error: e}
}

// reply hands the result to the caller once; a later one is dropped.
func (inv *invocation) reply(r Result) {
	r.RequestID = inv.id
	select {
	case inv.answer <- r:
	default:
	}
}

// ready starts the process on the first call and waits for its first /next.
func (env *environment) ready() error {
	if !env.asked {
		env.asked = true
		if err := env.start(); err != nil {
			env.mu.Lock()
			env.dead = true
			env.mu.Unlock()
			return err
		}
	}
	select {
	case <-env.inited: // mostly: without a timer
		return nil
	default:
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
	stream := fmt.Sprintf("[%s]%s", env.f.cfg.Version, newHex())
	dir := filepath.Join(env.f.cfg.LogDir, time.Now().UTC().Format("2006/01/02"))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var err error
	if env.log, err = os.OpenFile(filepath.Join(dir, stream+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644); err != nil {
		return err
	}
	if env.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	env.cmd = exec.Command(env.f.cfg.Command[0], env.f.cfg.Command[1:]...)
	env.cmd.Dir = env.f.cfg.Dir
	env.cmd.Env = env.f.variables(env.listener.Addr().String(), stream)
	env.cmd.Stdout, env.cmd.Stderr = env.log, env.log
	env.cmd.SysProcAttr = processGroup()
	env.mu.Lock()
	env.begun = time.Now()
	env.mu.Unlock()
	if err := env.launch(); err != nil {
		env.listener.Close()
		return fmt.Errorf("start function %q: %w", env.f.cfg.Name, err)
	}
	go env.serve()
	go env.reap()
	return nil
}

// launch starts the process under the function's lock: Close either finds it
// there to be killed, or keeps it from being started.
func (env *environment) launch() error {
	env.f.mu.Lock()
	defer env.f.mu.Unlock()
	if env.f.closed {
		return errClosed
	}
	if err := env.cmd.Start(); err != nil {
		return err
	}
	env.pid = env.cmd.Process.Pid
	env.memory = watchMemory(env.pid)
	env.f.exits.Add(1)
	return nil
}

// kill ends the process and every process it started.
func (env *environment) kill() {
	env.f.mu.Lock()
	defer env.f.mu.Unlock()
	if env.pid != 0 {
		killGroup(env.pid)
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
	if root, err := filepath.Abs(f.cfg.Dir); err == nil {
		vars["LAMBDA_TASK_ROOT"] = root
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
