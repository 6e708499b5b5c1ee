package logs

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"frontdoor/lab/fault"
	"frontdoor/lab/sigv4"
)

const (
	target  = "Logs_20140328"
	maxBody = 1 << 20 // no operation served has a larger request
)

// Handler serves log groups. Mount it at the root of a loopback listener. The exported
// fields are for tests, and set before it serves.
type Handler struct {
	groups []Group

	Verifier *sigv4.Verifier // nil: any signature will do
	Faults   fault.Point

	mu      sync.Mutex
	queries map[string]*query // by id
	recent  recent
}

// NewHandler returns a handler over groups.
func NewHandler(groups []Group) *Handler {
	return &Handler{groups: groups, queries: map[string]*query{}}
}

var _ http.Handler = (*Handler)(nil)

// ServeHTTP answers one call of AWS JSON 1.1.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Amzn-Requestid", rand.Text())
	name, ok := strings.CutPrefix(r.Header.Get("X-Amz-Target"), target+".")
	if !ok || r.Method != http.MethodPost {
		http.Error(w, fmt.Sprintf("%s %s is no call of CloudWatch Logs", r.Method, r.URL.Path), http.StatusNotFound)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		fail(w, malformed(err))
		return
	}
	c := call{Fault: h.Faults.Begin(w, name, sigv4.Region(r)), region: sigv4.Region(r)}
	w = c.Writer(w)
	answer, err := h.answer(r, c, name, body)
	if err != nil {
		fail(w, err)
		return
	}
	write(w, http.StatusOK, answer)
}

// call is what an operation knows beside its input.
type call struct {
	fault.Fault
	region string
}

// answer runs a call that is signed as it should be and that no fault forestalls.
func (h *Handler) answer(r *http.Request, c call, name string, body []byte) (any, error) {
	if h.Verifier != nil {
		if refusal := h.Verifier.Ahead(c.Ahead).Check(r, body); refusal != nil {
			return nil, &apiError{shape: refusal.Code(), message: refusal.Message, status: http.StatusBadRequest}
		}
	}
	switch {
	case c.Code != "":
		return nil, &apiError{shape: c.Code, message: c.Message, status: c.Status}
	case c.region == "":
		return nil, unsigned()
	}
	switch name {
	case "DescribeLogGroups":
		return runOperation(c, body, h.describeLogGroups)
	case "FilterLogEvents":
		return runOperation(c, body, h.filterLogEvents)
	case "StartQuery":
		return runOperation(c, body, h.startQuery)
	case "GetQueryResults":
		return runOperation(c, body, h.getQueryResults)
	case "StopQuery":
		return runOperation(c, body, h.stopQuery)
	}
	return nil, unknownOperation(name)
}

func runOperation[In, Out any](c call, body []byte, operation func(call, In) (Out, error)) (any, error) {
	var in In
	if len(body) > 0 {
		if err := json.Unmarshal(body, &in); err != nil {
			return nil, malformed(err)
		}
	}
	return operation(c, in)
}

func fail(w http.ResponseWriter, err error) {
	var known *apiError
	if !errors.As(err, &known) {
		known = internal(err)
	}
	write(w, known.status, struct {
		Type    string        `json:"__type"`
		Message string        `json:"message"`
		Compile *compileError `json:"queryCompileError,omitempty"`
	}{known.shape, known.message, known.compile})
}

func write(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"__type":"ServiceUnavailableException"}`)
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the client has gone: nobody is left to tell
}
