package cloudwatch

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"

	"frontdoor/lab/fault"
	"frontdoor/lab/sigv4"
)

const (
	service = "GraniteServiceVersion20100801"
	// AWS takes 1 MB (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html).
	// The lab is more generous on the wire and bounds what gzip may unfold.
	maxBody     = 4 << 20
	maxUnpacked = 8 << 20
)

// Handler serves a Store. Mount it at the root of a loopback listener: clients
// put the operation into the path, a header or the body, by protocol. The exported
// fields are for tests, and set before it serves.
type Handler struct {
	store *Store

	Verifier *sigv4.Verifier // nil: any signature will do
	Faults   fault.Point
}

// NewHandler returns a handler over store.
func NewHandler(store *Store) *Handler { return &Handler{store: store} }

var _ http.Handler = (*Handler)(nil)

// ServeHTTP answers one call in the protocol that it came in.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Amzn-Requestid", rand.Text())
	p, name := route(r)
	if p == nil {
		http.Error(w, fmt.Sprintf("%s %s is no CloudWatch call", r.Method, r.URL.Path), http.StatusNotFound)
		return
	}
	sent, body, err := readBody(w, r)
	if err != nil {
		p.fail(w, malformed(err))
		return
	}
	if name == "" {
		name = formAction(body)
	}
	f := h.Faults.Begin(w, name, sigv4.Region(r))
	w = f.Writer(w)
	answer, err := h.answer(r, sent, f, name, func(target any) error { return p.decode(body, target) })
	if err != nil {
		var known *apiError
		if !errors.As(err, &known) {
			known = internal(err)
		}
		p.fail(w, known)
		return
	}
	p.reply(w, name, answer)
}

// answer runs a call that is signed as it should be and that no fault forestalls.
func (h *Handler) answer(r *http.Request, sent []byte, f fault.Fault, name string, decode func(any) error) (encodable, error) {
	if h.Verifier != nil {
		if refusal := h.Verifier.Ahead(f.Ahead).Check(r, sent); refusal != nil {
			return nil, refused(refusal)
		}
	}
	if f.Code != "" {
		return nil, faulty(f)
	}
	return h.call(name, r, f, decode)
}

// call runs one operation; decode reads its input.
func (h *Handler) call(name string, r *http.Request, f fault.Fault, decode func(any) error) (encodable, error) {
	region := sigv4.Region(r)
	if region == "" {
		return nil, unsigned()
	}
	switch name {
	case "DescribeAlarms":
		return runOperation(h.store, region, decode, describeAlarms)
	case "PutMetricAlarm":
		return runOperation(h.store, region, decode, putMetricAlarm)
	case "GetMetricData":
		return runOperation(h.store, region, decode, faultyData(f))
	case "ListMetrics":
		return runOperation(h.store, region, decode, faultyList(f))
	case "PutMetricData":
		return runOperation(h.store, region, decode, putMetricData)
	}
	return nil, unknownOperation(name)
}

func runOperation[In any, Out encodable](s *Store, region string, decode func(any) error,
	operation func(*Store, string, In) (Out, error)) (encodable, error) {
	var in In
	if err := decode(&in); err != nil {
		return nil, malformed(err)
	}
	return operation(s, region, in)
}

// readBody returns the body as sent, which is what is signed, and unpacked.
func readBody(w http.ResponseWriter, r *http.Request) (sent, body []byte, err error) {
	if sent, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
		return nil, nil, fmt.Errorf("read the request: %w", err)
	}
	if r.Header.Get("Content-Encoding") != "gzip" {
		return sent, sent, nil
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(sent))
	if err != nil {
		return nil, nil, fmt.Errorf("read gzip: %w", err)
	}
	if body, err = io.ReadAll(io.LimitReader(unpacked, maxUnpacked+1)); err != nil {
		return nil, nil, fmt.Errorf("read the request: %w", err)
	}
	if len(body) > maxUnpacked {
		return nil, nil, fmt.Errorf("request of more than %d bytes", maxUnpacked)
	}
	return sent, body, nil
}
