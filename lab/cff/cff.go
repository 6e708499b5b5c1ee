// Package cff runs CloudFront Functions: JavaScript without a network, file system or
// timers, on an embedded engine. It reports its own time: the compute utilisation that
// AWS shows is a share of a limit that AWS does not state, and is not claimed.
//
// The language: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
// The engine knows more of ECMAScript than AWS's runtime does, so that code which runs
// here may still be refused there; what AWS forbids for security is forbidden here.
package cff

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sync"
	"time"

	"modernc.org/quickjs"
)

// MaxCode is the largest code of a function, in bytes:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
const MaxCode = 10 << 10

// Limit is how long a function may run here. AWS's own limit is below a millisecond of
// its machines, which a shared machine's scheduling alone would exceed.
const Limit = time.Second

// memory keeps a function that grows without bounds from taking the lab with it. AWS's
// limit of 2 MB is of another engine and is not measured here.
const memory = 64 << 20

//go:embed prelude.js
var prelude string

// Function is a CloudFront Function. It is safe for concurrent use: each caller has a
// realm of his own, in which global variables live on from one call to a later one.
type Function struct {
	code string
	log  *log

	mu     sync.Mutex
	idle   []*realm
	closed bool
}

// Invocation is what came of one call.
type Invocation struct {
	Result   []byte        // JSON; "null" where the function gave nothing
	Duration time.Duration // of the handler in the engine, on this machine
	Logged   int           // bytes of log
}

// ErrTimeout is returned for a function that ran longer than Limit.
var ErrTimeout = errors.New("the function took longer to run than the limit")

// New compiles a function whose log lines, with the id of their request, go to log; nil
// drops them. The error is a function that AWS would not publish: too large, not to be
// parsed, or without a handler.
func New(code string, log io.Writer) (*Function, error) {
	if len(code) > MaxCode {
		return nil, fmt.Errorf("function of %d bytes: CloudFront takes %d at most", len(code), MaxCode)
	}
	code, err := imports(code)
	if err != nil {
		return nil, err
	}
	f := &Function{code: code, log: newLog(log)}
	r, err := newRealm(f)
	if err != nil {
		return nil, err
	}
	f.put(r)
	return f, nil
}

// module is an import of runtime 2.0, which this runs as a require.
var module = regexp.MustCompile(`(?m)^[ \t]*import[ \t]+([A-Za-z_$][\w$]*)[ \t]+from[ \t]+['"]([\w:]+)['"][ \t]*;?`)

// imports turns the imports of built-in modules into requires, on the same lines.
func imports(code string) (string, error) {
	for _, m := range module.FindAllStringSubmatch(code, -1) {
		if m[2] == "cloudfront" {
			return "", errors.New("the module cloudfront (key-value stores, origins) is not in the lab")
		}
	}
	return module.ReplaceAllString(code, `const $1 = require("$2");`), nil
}

// Invoke runs the handler on an event, a JSON document. The error is what it threw, or
// ErrTimeout.
func (f *Function) Invoke(ctx context.Context, event []byte) (Invocation, error) {
	if err := ctx.Err(); err != nil {
		return Invocation{}, err
	}
	r, err := f.take()
	if err != nil {
		return Invocation{}, err
	}
	id, distribution := contextOf(event)
	lines := f.log.begin(id, distribution)
	r.lines = lines
	before := time.Now()
	result, err := r.call(string(event), before)
	i := Invocation{Result: result, Duration: time.Since(before)}
	if err != nil {
		lines.add("ERROR: " + err.Error())
	}
	i.Logged = f.log.end(lines)
	if errors.Is(err, ErrTimeout) {
		r.vm.Close() // where the code was stopped is not known
	} else {
		f.put(r)
	}
	return i, err
}

// contextOf is the request and the distribution of an event.
func contextOf(event []byte) (id, distribution string) {
	var e struct {
		Context struct {
			RequestID      string `json:"requestId"`
			DistributionID string `json:"distributionId"`
		} `json:"context"`
	}
	_ = json.Unmarshal(event, &e) // what is no event has no id, and the handler will say so
	return e.Context.RequestID, e.Context.DistributionID
}

func (f *Function) take() (*realm, error) {
	f.mu.Lock()
	if n := len(f.idle); n > 0 {
		r := f.idle[n-1]
		f.idle = f.idle[:n-1]
		f.mu.Unlock()
		return r, nil
	}
	closed := f.closed
	f.mu.Unlock()
	if closed {
		return nil, errors.New("function is closed")
	}
	return newRealm(f)
}

func (f *Function) put(r *realm) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		r.vm.Close()
		return
	}
	f.idle = append(f.idle, r)
}

// Close frees the engine's memory; calls under way end first.
func (f *Function) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for _, r := range f.idle {
		r.vm.Close()
	}
	f.idle = nil
}

// realm is a JavaScript world with the function in it, for one caller at a time.
type realm struct {
	vm    *quickjs.VM
	lines *lines
}

func newRealm(f *Function) (_ *realm, err error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("start the JavaScript engine: %w", err)
	}
	r := &realm{vm: vm, lines: &lines{}}
	defer func() {
		if err != nil {
			vm.Close()
		}
	}()
	vm.SetMemoryLimit(memory)
	for name, host := range map[string]any{"__log": func(s string) { r.lines.add(s) }, "__digest": digest, "__encode": encode, "__decode": decode} {
		if err := vm.RegisterFunc(name, host, false); err != nil {
			return nil, fmt.Errorf("prepare the JavaScript engine: %w", err)
		}
	}
	if _, err := vm.Eval(prelude, quickjs.EvalGlobal); err != nil {
		return nil, fmt.Errorf("prepare the JavaScript engine: %w", err)
	}
	if err := vm.SetEvalTimeout(Limit); err != nil {
		return nil, fmt.Errorf("prepare the JavaScript engine: %w", err)
	}
	// "Functions operate in strict mode by default"; on the first line, so that the
	// lines of errors are those of the code.
	if _, err := vm.Eval(`"use strict";`+f.code, quickjs.EvalGlobal); err != nil {
		return nil, fmt.Errorf("the function cannot be compiled: %w", err)
	}
	if has, err := vm.Eval(`typeof handler === "function"`, quickjs.EvalGlobal); err != nil || has != true {
		return nil, errors.New("the function has no handler: want function handler(event)")
	}
	return r, nil
}

// call runs the handler, and what it promises to the end.
func (r *realm) call(event string, now time.Time) ([]byte, error) {
	began := time.Now()
	out, err := r.vm.Call("__invoke", event, float64(now.UnixMilli()))
	for err == nil && out == nil { // a promise that is not settled yet
		var jobs int
		if jobs, err = r.vm.ExecutePendingJobs(); err == nil {
			out, err = r.vm.Call("__settled")
		}
		if err == nil && out == nil && jobs == 0 {
			err = errors.New("the handler's promise is never settled")
		}
	}
	switch {
	case err != nil && time.Since(began) >= Limit:
		return nil, ErrTimeout
	case err != nil:
		return nil, err
	}
	text, ok := out.(string)
	if !ok {
		return []byte("null"), nil
	}
	return []byte(text), nil
}
