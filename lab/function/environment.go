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
	"sync"
	"time"
)

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
	inv := &invocation{id: NewID(), concurrent: concurrent, answer: make(chan Result, 1), cold: !env.used}
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
	if env.dead {
		env.mu.Unlock()
		return false
	}
	env.printf("START RequestId: %s Version: %s\n", inv.id, env.f.cfg.Version)
	inv.sent = time.Now()
	conn, message := env.pending, env.event(inv, event)
	env.pending, env.current = nil, inv
	inv.timer = time.AfterFunc(env.f.cfg.Timeout, func() { env.expire(inv) })
	env.mu.Unlock()
	// Outside the lock: a runtime that does not read is ended by the timer. One that
	// went away is noticed by its exit, not by a failed write.
	_, _ = conn.Write(message)
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
		env.memory.peakMB() // while there still is a process to look at
		env.kill()          // reap reports the invocation once the process is gone
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
		env.memory.peakMB() // a first invocation that crashes leaves at least this
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

// NewID is a request id: a random UUID, version 4.
func NewID() string {
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
