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

	"frontdoor/lab/sigv4"
)

const (
	target  = "Logs_20140328"
	maxBody = 1 << 20 // no operation served has a larger request
)

// Handler serves log groups. Mount it at the root of a loopback listener.
type Handler struct {
	groups []Group

	mu      sync.Mutex
	queries map[string]*query // by id
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
	answer, err := h.call(name, sigv4.Region(r), body)
	if err != nil {
		fail(w, err)
		return
	}
	write(w, http.StatusOK, answer)
}

// call runs one operation.
func (h *Handler) call(name, region string, body []byte) (any, error) {
	if region == "" {
		return nil, unsigned()
	}
	switch name {
	case "DescribeLogGroups":
		return runOperation(region, body, h.describeLogGroups)
	case "FilterLogEvents":
		return runOperation(region, body, h.filterLogEvents)
	case "StartQuery":
		return runOperation(region, body, h.startQuery)
	case "GetQueryResults":
		return runOperation(region, body, h.getQueryResults)
	case "StopQuery":
		return runOperation(region, body, h.stopQuery)
	}
	return nil, unknownOperation(name)
}

func runOperation[In, Out any](region string, body []byte, operation func(string, In) (Out, error)) (any, error) {
	var in In
	if len(body) > 0 {
		if err := json.Unmarshal(body, &in); err != nil {
			return nil, malformed(err)
		}
	}
	return operation(region, in)
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
