package function

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// maxResponse is the largest answer Lambda takes in buffered mode: 6 MB and the
// 100 bytes that its own runtime interface emulator allows beside it
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
const maxResponse = 6*1024*1024 + 100

// api is the Runtime API of one environment.
func (env *environment) api() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", env.next)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", env.response)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", env.failed)
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", env.initFailed)
	return mux
}

// next ends the invocation before it and hands out the one after it. The call
// blocks until there is one, for as long as it takes.
func (env *environment) next(w http.ResponseWriter, r *http.Request) {
	now := time.Now()
	if !env.finish(now) {
		refuse(w, http.StatusForbidden, "InvalidStateTransition", "/next before the answer to the invocation before it")
		return
	}
	select {
	case inv := <-env.work:
		env.hand(w, inv)
	case <-r.Context().Done():
	}
}

// finish closes the books on the current invocation; false when the runtime has
// not answered it.
func (env *environment) finish(now time.Time) bool {
	env.mu.Lock()
	inv := env.current
	if inv != nil && !inv.answered {
		env.mu.Unlock()
		return false
	}
	first := env.init == 0
	if first {
		env.init = now.Sub(env.begun)
	}
	env.current = nil
	env.mu.Unlock()
	if inv != nil {
		env.report(inv, now.Sub(inv.sent), "")
		close(inv.finished)
	}
	if first {
		close(env.inited)
	}
	return true
}

// hand writes START and the event.
func (env *environment) hand(w http.ResponseWriter, inv *invocation) {
	h := w.Header()
	h.Set("Lambda-Runtime-Aws-Request-Id", inv.id)
	h.Set("Lambda-Runtime-Deadline-Ms", fmt.Sprint(inv.deadline.UnixMilli()))
	h.Set("Lambda-Runtime-Invoked-Function-Arn", env.f.cfg.ARN)
	h.Set("Lambda-Runtime-Trace-Id", traceID(inv.id))
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", fmt.Sprint(len(inv.event)))
	env.mu.Lock()
	env.current = inv
	env.mu.Unlock()
	env.begin(inv)
	_, _ = w.Write(inv.event) // a runtime that went away is noticed by its exit
}

// response takes the function's answer and passes it on at once: the caller
// does not wait for what the function does until its next /next.
func (env *environment) response(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxResponse))
	// A client that streams tells of a failure on the way in a trailer.
	late := r.Trailer.Get("Lambda-Runtime-Function-Error-Type")
	inv, ok := env.answering(w, r, err != nil || late != "")
	if !ok {
		return
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		inv.reply(Result{Error: &Error{"Function.ResponseSizeTooLarge", "Response payload size exceeded maximum allowed payload size (6291556 bytes)."}})
		refuse(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (6291556 bytes).")
		return
	case err != nil:
		inv.reply(Result{Error: &Error{"Runtime.TruncatedResponse", err.Error()}})
		refuse(w, http.StatusBadRequest, "TruncatedResponse", err.Error())
		return
	case late != "":
		inv.reply(Result{Error: &Error{late, string(body)}})
	default:
		inv.reply(Result{Payload: body})
	}
	accept(w)
}

// failed takes the function's error document.
func (env *environment) failed(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(http.MaxBytesReader(w, r.Body, maxResponse))
	inv, ok := env.answering(w, r, true)
	if !ok {
		return
	}
	inv.reply(Result{Payload: body, Error: errorOf(r, body)})
	accept(w)
}

// answering finds the invocation that the call answers and marks it answered.
func (env *environment) answering(w http.ResponseWriter, r *http.Request, errored bool) (*invocation, bool) {
	env.mu.Lock()
	defer env.mu.Unlock()
	inv := env.current
	switch {
	case inv == nil || inv.id != r.PathValue("id"):
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "Invalid request ID")
		return nil, false
	case inv.answered:
		refuse(w, http.StatusForbidden, "InvalidStateTransition", "the invocation is answered already")
		return nil, false
	}
	inv.answered, inv.errored = true, errored
	env.f.answered()
	return inv, true
}

// initFailed remembers why the runtime could not start; it is about to exit.
func (env *environment) initFailed(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(http.MaxBytesReader(w, r.Body, maxResponse))
	env.mu.Lock()
	env.failure = errorOf(r, body)
	env.mu.Unlock()
	accept(w)
}

func errorOf(r *http.Request, body []byte) *Error {
	e := &Error{}
	_ = json.Unmarshal(body, e) // a body that is no error document leaves the type of the header
	if e.Type == "" {
		e.Type = r.Header.Get("Lambda-Runtime-Function-Error-Type")
	}
	if e.Type == "" {
		e.Type = "Runtime.Unknown"
	}
	return e
}

func accept(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusAccepted)
	_, _ = io.WriteString(w, `{"status":"OK"}`)
}

func refuse(w http.ResponseWriter, code int, kind, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(Error{kind, message})
}

// traceID is a tracing header that is not sampled, as Lambda sends without X-Ray.
func traceID(id string) string {
	return "Root=1-" + id[:8] + "-" + id[24:] + id[9:13] + id[14:18] + id[19:23] + ";Parent=" + id[19:23] + id[24:] + ";Sampled=0"
}
