package handlers

import (
	"context"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"frontdoor/front"
)

// ConsumedHeader is the field by which the load generator learns what an invocation
// consumed of other services: no metric of AWS tells which front's requests read a
// table. Each handler that has a table sets it, "-" for nothing. record.Hit has the
// notation.
const ConsumedHeader = "x-bench-consumed"

// ledger adds up what one invocation consumes, in one goroutine.
type ledger struct {
	told  bool // the handler has tables, and answers for all of its calls
	lost  bool // a call failed: what it consumed nobody says
	calls []regionCalls
}

// regionCalls is what went to the tables of one Region.
type regionCalls struct {
	region              string
	read, written       float64 // request units
	bytesOut, bytesBack int64   // of messages, without what TLS and TCP add; of another Region than the function's
}

type ledgerKey struct{}

// withLedger is a context for one invocation.
func withLedger(ctx context.Context) (context.Context, *ledger) {
	l := new(ledger)
	return context.WithValue(ctx, ledgerKey{}, l), l
}

// ledgerOf is that of the invocation; outside of one it is nobody's.
func ledgerOf(ctx context.Context) *ledger {
	if l, ok := ctx.Value(ledgerKey{}).(*ledger); ok {
		return l
	}
	return new(ledger)
}

// consuming is a handler that has tables: its answers say what it consumed.
func consuming(h Handler) Handler {
	return func(ctx context.Context, r front.Request) (front.Answer, error) {
		ledgerOf(ctx).told = true
		return h(ctx, r)
	}
}

// in finds or makes the calls to a Region.
func (l *ledger) in(region string) *regionCalls {
	for i := range l.calls {
		if l.calls[i].region == region {
			return &l.calls[i]
		}
	}
	l.calls = append(l.calls, regionCalls{region: region})
	return &l.calls[len(l.calls)-1]
}

// consumed takes over what a call says of itself, nil where it failed.
func (l *ledger) consumed(units *float64, c *types.ConsumedCapacity) {
	if c == nil || c.CapacityUnits == nil {
		l.lost = true
		return
	}
	*units += *c.CapacityUnits
}

// String is what is said of the invocation; "" says nothing.
func (l *ledger) String() string {
	switch {
	case !l.told || l.lost:
		return ""
	case len(l.calls) == 0:
		return "-"
	}
	var calls []string
	for _, c := range l.calls {
		calls = append(calls, c.String())
	}
	return strings.Join(calls, ";")
}

func (c regionCalls) String() string {
	var b strings.Builder
	if c.bytesOut > 0 {
		b.WriteString(executionRegion() + ">")
	}
	b.WriteString(c.region)
	for _, unit := range []struct {
		name  string
		value float64
	}{{"rru", c.read}, {"wru", c.written}, {"out", float64(c.bytesOut)}, {"in", float64(c.bytesBack)}} {
		if unit.value > 0 {
			b.WriteString(" " + unit.name + "=" + strconv.FormatFloat(unit.value, 'f', -1, 64))
		}
	}
	return b.String()
}

// executionRegion is the Region that runs the function, at the edge too
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
func executionRegion() string { return os.Getenv("AWS_REGION") }

// weighed is a client that counts the bytes of each call and its answer where they cross
// a border of Regions, which AWS bills where they leave; calls tried again too.
type weighed struct {
	aws.HTTPClient
	region string // of the service
}

// Do sends a request.
func (w weighed) Do(r *http.Request) (*http.Response, error) {
	here := executionRegion()
	if here == "" || here == w.region {
		return w.HTTPClient.Do(r)
	}
	calls := ledgerOf(r.Context()).in(w.region)
	calls.bytesOut += requestSize(r)
	resp, err := w.HTTPClient.Do(r)
	if err == nil {
		calls.bytesBack += int64(len("HTTP/1.1 \r\n\r\n")+len(resp.Status)) + fieldsSize(resp.Header) + max(0, resp.ContentLength)
	}
	return resp, err
}

// requestSize is a request as HTTP/1.1 sends it, with the fields that net/http adds.
func requestSize(r *http.Request) int64 {
	n := len(r.Method) + len(r.URL.RequestURI()) + len("  HTTP/1.1\r\nHost: \r\n\r\n") + len(r.URL.Host)
	if r.ContentLength > 0 {
		n += len("Content-Length: \r\n") + len(strconv.FormatInt(r.ContentLength, 10))
	}
	return int64(n) + fieldsSize(r.Header) + max(0, r.ContentLength)
}

func fieldsSize(h http.Header) int64 {
	n := 0
	for name, values := range h {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return int64(n)
}
