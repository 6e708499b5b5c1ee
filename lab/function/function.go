// Package function runs a Lambda function as real processes behind the Lambda
// Runtime API, on loopback: one process per execution environment, environments
// added as the load needs them up to a limit, the most recently used one reused
// first, and every invocation metered as AWS defines it and reported in a log
// file with AWS's REPORT line.
//
// The protocol: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
package function

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Config describes a function.
type Config struct {
	Name        string
	Region      string
	ARN         string
	Version     string // "$LATEST" or a number
	MemoryMB    int
	Timeout     time.Duration
	Handler     string            // _HANDLER
	Command     []string          // the bootstrap: any program that speaks the Runtime API
	Dir         string            // where it runs, LAMBDA_TASK_ROOT; "" is the current folder
	Endpoints   map[string]string // of AWS's services, by the variables that SDKs read
	Environment map[string]string // added to Lambda's own variables
	Concurrency int               // most execution environments at once
	LogDir      string            // folder of the log group; one file per environment
	// Observe is called once per invocation when its REPORT line is written, from
	// the environment's goroutine. Nil is allowed.
	Observe func(Invocation)
}

// Invocation is what was measured of one invocation.
type Invocation struct {
	RequestID  string
	Started    time.Time
	Duration   time.Duration // from handing the event over until the runtime asks for the next
	Init       time.Duration // of the environment, on its first invocation; 0 on a warm start
	Billed     int64         // ms
	MaxMemory  int           // MB
	Status     string        // "", "error" or "timeout"
	Concurrent int           // executions under way when it started, itself included
}

// Result is a function's answer.
type Result struct {
	RequestID string
	Cold      bool // it was the first of its environment
	Payload   []byte
	Error     *Error // set when the invocation failed; Payload then holds AWS's error document
}

// Error is a failed invocation, as Lambda describes it.
type Error struct {
	Type    string `json:"errorType"`
	Message string `json:"errorMessage"`
}

func (e *Error) Error() string { return e.Type + ": " + e.Message }

// ErrThrottled is returned when every environment is busy and no more may start.
var ErrThrottled = errors.New("concurrency limit reached")

// errClosed is returned after Close.
var errClosed = errors.New("function is closed")

// Function is a function with its execution environments.
type Function struct {
	cfg Config

	mu        sync.Mutex
	settled   sync.Cond // busy or waiting reached 0
	all       map[*environment]struct{}
	idle      []*environment // a stack: the newest is reused first, as AWS does
	busy      int            // invocations whose REPORT line is not written yet
	closed    bool
	finishing int            // of the busy ones, those whose function has answered
	waiting   int            // callers that wait for one of those
	back      chan struct{}  // closed, and replaced, whenever an environment comes back
	exits     sync.WaitGroup // processes not yet reaped
}

// New checks the configuration and makes the log folder. No process is started
// before the first invocation, as on AWS.
func New(cfg Config) (*Function, error) {
	if len(cfg.Command) == 0 {
		return nil, fmt.Errorf("function %q has no command", cfg.Name)
	}
	if cfg.MemoryMB <= 0 || cfg.Timeout <= 0 || cfg.Concurrency <= 0 {
		return nil, fmt.Errorf("function %q: memory %d MB, timeout %v, concurrency %d: want all above zero", cfg.Name, cfg.MemoryMB, cfg.Timeout, cfg.Concurrency)
	}
	if err := os.MkdirAll(cfg.LogDir, 0o755); err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(cfg.LogDir)
	if err != nil {
		return nil, err
	}
	cfg.LogDir = dir
	f := &Function{cfg: cfg, all: map[*environment]struct{}{}, back: make(chan struct{})}
	f.settled.L = &f.mu
	return f, nil
}

// Invoke runs the function on one event and returns as soon as the function has
// answered; its metering goes on until the runtime asks for the next event. An
// error means that the invocation did not happen: ErrThrottled, or the context's
// when the caller left before an environment was free.
func (f *Function) Invoke(ctx context.Context, event []byte) (Result, error) {
	for {
		env, concurrent, err := f.take(ctx)
		if err != nil {
			return Result{}, err
		}
		if result, ok := env.invoke(ctx, event, concurrent); ok {
			return result, nil
		}
	}
}

// An environment that has answered is free as soon as its runtime asks for the
// next event, mostly within a tenth of a millisecond. A caller waits a little
// for it rather than start a process, which takes far longer; where none may be
// started it waits longer before it is throttled, since the function is not
// executing for anybody.
const (
	spare     = 5 * time.Millisecond
	lastSpare = time.Second
)

// take reserves an environment: the newest idle one, one that is about to be
// idle, or a new one.
func (f *Function) take(ctx context.Context) (*environment, int, error) {
	since := time.Now() // of arrival, or of the last environment that came back
	f.mu.Lock()
	defer f.mu.Unlock()
	for !f.closed {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		if n := len(f.idle); n > 0 {
			env := f.idle[n-1]
			f.idle = f.idle[:n-1]
			f.busy++
			return env, f.busy, nil
		}
		full := len(f.all) >= f.cfg.Concurrency
		wait, soon := spare, f.finishing > f.waiting
		if full {
			wait, soon = lastSpare, f.finishing > 0
		}
		if wait -= time.Since(since); soon && wait > 0 {
			if f.await(ctx, wait) && full {
				since = time.Now() // another caller was quicker; the queue moves on
			}
			continue
		}
		if full {
			return nil, 0, ErrThrottled
		}
		env := newEnvironment(f)
		f.all[env] = struct{}{}
		f.busy++
		return env, f.busy, nil
	}
	return nil, 0, errClosed
}

// await gives up the lock until an environment comes back (true), the caller
// leaves, or the wait is over.
func (f *Function) await(ctx context.Context, wait time.Duration) (came bool) {
	f.waiting++
	back := f.back
	f.mu.Unlock()
	timer := time.NewTimer(wait)
	select {
	case <-back:
		came = true
	case <-ctx.Done():
	case <-timer.C:
	}
	timer.Stop()
	f.mu.Lock()
	if f.waiting--; f.waiting == 0 {
		f.settled.Broadcast()
	}
	return came
}

// answered notes that an environment will be free soon; put takes it back.
func (f *Function) answered() {
	f.mu.Lock()
	f.finishing++
	f.mu.Unlock()
}

// put gives an environment back; gone says that its process is no more, finishing
// that it had been announced by answered.
func (f *Function) put(env *environment, gone, finishing bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if finishing {
		f.finishing--
	}
	close(f.back)
	f.back = make(chan struct{})
	if f.busy--; f.busy == 0 {
		f.settled.Broadcast()
	}
	if gone || f.closed {
		f.forget(env)
	} else {
		f.idle = append(f.idle, env)
	}
}

// lost forgets an idle environment whose process ended by itself.
func (f *Function) lost(env *environment) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, e := range f.idle {
		if e == env {
			f.idle = append(f.idle[:i], f.idle[i+1:]...)
			f.forget(env)
			return
		}
	}
}

func (f *Function) forget(env *environment) {
	delete(f.all, env)
	if env.log != nil {
		env.log.Close()
	}
}

// Settle waits until every invocation so far has its REPORT line and no caller
// waits for an environment.
func (f *Function) Settle() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.busy+f.waiting > 0 {
		f.settled.Wait()
	}
}

// Environments is the number of execution environments alive.
func (f *Function) Environments() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.all)
}

// Close ends every environment and waits until its process is gone.
func (f *Function) Close() {
	f.mu.Lock()
	f.closed = true
	envs := make([]*environment, 0, len(f.all))
	for env := range f.all {
		envs = append(envs, env)
	}
	idle := f.idle
	f.idle = nil
	f.mu.Unlock()
	for _, env := range envs {
		env.kill()
	}
	f.exits.Wait()
	f.Settle() // the busy ones give themselves back once their process is gone
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, env := range idle {
		f.forget(env)
	}
}
