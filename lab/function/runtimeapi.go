package function

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// maxResponse is the largest answer Lambda takes in buffered mode: 6 MB and the
// 100 bytes that its own runtime interface emulator allows beside it
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
const maxResponse = 6*1024*1024 + 100

// apiPrefix is the path of every call: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
const apiPrefix = "/2018-06-01/runtime/"

// serve is the Runtime API of the environment. It reads requests with net/http's
// parser and answers on the bare connection: net/http's server starts a reader
// beside every request and arms timers for it; without it the lab makes about a
// quarter more invocations per second (docs/adr/0002).
func (env *environment) serve() {
	for {
		conn, err := env.listener.Accept()
		if err != nil {
			return // closed with the process
		}
		go env.converse(conn)
	}
}

// converse serves one connection. A call to /next leaves it open and waiting;
// the answer to it is written by whoever brings the event.
func (env *environment) converse(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for {
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		if strings.EqualFold(req.Header.Get("Expect"), "100-continue") {
			// curl, and so a bootstrap written in shell, waits a second for it before a
			// large body, and the second would be billed.
			if _, err := io.WriteString(conn, "HTTP/1.1 100 Continue\r\n\r\n"); err != nil {
				return
			}
		}
		answer := env.call(conn, req)
		_, _ = io.Copy(io.Discard, req.Body) // what a refused call did not read
		if len(answer) > 0 {
			if _, err := conn.Write(answer); err != nil {
				return
			}
		}
		// The answer to /next is still to come, and a client that wants no more than
		// that (Python's urllib asks for each call to be the last) closes by itself.
		if req.Close && len(answer) > 0 {
			return
		}
	}
}

// call answers one call; the answer to /next comes later.
func (env *environment) call(conn net.Conn, req *http.Request) []byte {
	path, ok := strings.CutPrefix(req.URL.Path, apiPrefix)
	id, verb, _ := strings.Cut(strings.TrimPrefix(path, "invocation/"), "/")
	switch {
	case !ok:
	case req.Method == http.MethodGet && path == "invocation/next":
		if !env.next(conn) {
			return refusal(http.StatusForbidden, "InvalidStateTransition", "/next before the answer to the invocation before it")
		}
		return nil
	case req.Method == http.MethodPost && path == "init/error":
		return env.initFailed(req)
	case req.Method == http.MethodPost && verb == "response":
		return env.response(id, req)
	case req.Method == http.MethodPost && verb == "error":
		return env.failed(id, req)
	}
	return refusal(http.StatusNotFound, "NotFound", req.Method+" "+req.URL.Path+" is no call of the Runtime API")
}

// event is the answer to /next.
func (env *environment) event(inv *invocation, event []byte) []byte {
	var b bytes.Buffer
	b.Grow(len(event) + 512)
	fmt.Fprintf(&b, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"+
		"Lambda-Runtime-Aws-Request-Id: %s\r\nLambda-Runtime-Deadline-Ms: %d\r\n"+
		"Lambda-Runtime-Invoked-Function-Arn: %s\r\nLambda-Runtime-Trace-Id: %s\r\n\r\n",
		len(event), inv.id, inv.sent.Add(env.f.cfg.Timeout).UnixMilli(), env.f.cfg.ARN, traceID(inv.id))
	b.Write(event)
	return b.Bytes()
}

// response takes the function's answer and passes it on at once: the caller
// does not wait for what the function does until its next /next.
func (env *environment) response(id string, req *http.Request) []byte {
	body, err := readBody(req)
	// A client that streams tells of a failure on the way in a trailer.
	late := req.Trailer.Get("Lambda-Runtime-Function-Error-Type")
	inv, twice := env.answering(id, err != nil || late != "")
	switch {
	case inv == nil:
		return outOfTurn(twice)
	case errors.Is(err, errTooLarge):
		inv.reply(inv.failed(&Error{"Function.ResponseSizeTooLarge", "Response payload size exceeded maximum allowed payload size (6291556 bytes)."}))
		return refusal(http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (6291556 bytes).")
	case err != nil:
		inv.reply(inv.failed(&Error{"Runtime.TruncatedResponse", err.Error()}))
		return refusal(http.StatusBadRequest, "TruncatedResponse", err.Error())
	case late != "":
		inv.reply(inv.failed(&Error{late, string(body)}))
	default:
		inv.reply(Result{Payload: body})
	}
	return accepted()
}

// failed takes the function's error document.
func (env *environment) failed(id string, req *http.Request) []byte {
	body, _ := readBody(req) // an error document that is cut short is still an error
	inv, twice := env.answering(id, true)
	if inv == nil {
		return outOfTurn(twice)
	}
	inv.reply(Result{Payload: body, Error: errorOf(req, body)})
	return accepted()
}

// initFailed remembers why the runtime could not start; it is about to exit.
func (env *environment) initFailed(req *http.Request) []byte {
	body, _ := readBody(req)
	env.mu.Lock()
	env.failure = errorOf(req, body)
	env.mu.Unlock()
	return accepted()
}

var errTooLarge = errors.New("body over Lambda's limit")

func readBody(req *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(req.Body, maxResponse+1))
	if err == nil && len(body) > maxResponse {
		err = errTooLarge
	}
	return body, err
}

func errorOf(req *http.Request, body []byte) *Error {
	e := &Error{}
	_ = json.Unmarshal(body, e) // a body that is no error document leaves the type of the header
	if e.Type == "" {
		e.Type = req.Header.Get("Lambda-Runtime-Function-Error-Type")
	}
	if e.Type == "" {
		e.Type = "Runtime.Unknown"
	}
	return e
}

func outOfTurn(twice bool) []byte {
	if twice {
		return refusal(http.StatusForbidden, "InvalidStateTransition", "the invocation is answered already")
	}
	return refusal(http.StatusBadRequest, "InvalidRequestID", "Invalid request ID")
}

func accepted() []byte { return document(http.StatusAccepted, []byte(`{"status":"OK"}`)) }

func refusal(code int, kind, message string) []byte {
	body, _ := json.Marshal(Error{kind, message}) // two strings
	return document(code, body)
}

func document(code int, body []byte) []byte {
	head := "HTTP/1.1 " + strconv.Itoa(code) + " " + http.StatusText(code) +
		"\r\nContent-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n"
	return append([]byte(head), body...)
}

// traceID is a tracing header that is not sampled, as Lambda sends without X-Ray.
func traceID(id string) string {
	return "Root=1-" + id[:8] + "-" + id[24:] + id[9:13] + id[14:18] + id[19:23] + ";Parent=" + id[19:23] + id[24:] + ";Sampled=0"
}
