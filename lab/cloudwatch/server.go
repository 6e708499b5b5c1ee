package cloudwatch

import (
	"compress/gzip"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"

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
// put the operation into the path, a header or the body, by protocol.
type Handler struct {
	store *Store
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
	body, err := readBody(w, r)
	if err != nil {
		p.fail(w, malformed(err))
		return
	}
	if name == "" {
		name = formAction(body)
	}
	answer, err := h.call(name, r, func(target any) error { return p.decode(body, target) })
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

// call runs one operation; decode reads its input.
func (h *Handler) call(name string, r *http.Request, decode func(any) error) (encodable, error) {
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
		return runOperation(h.store, region, decode, getMetricData)
	case "ListMetrics":
		return runOperation(h.store, region, decode, listMetrics)
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

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	var from io.Reader = http.MaxBytesReader(w, r.Body, maxBody)
	if r.Header.Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(from)
		if err != nil {
			return nil, fmt.Errorf("read gzip: %w", err)
		}
		from = io.LimitReader(unpacked, maxUnpacked+1)
	}
	body, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	if len(body) > maxUnpacked {
		return nil, fmt.Errorf("request of more than %d bytes", maxUnpacked)
	}
	return body, nil
}
