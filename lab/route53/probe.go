package route53

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"time"
)

// UserAgent is how Route 53's checkers name themselves, less the ids:
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
const UserAgent = "Amazon-Route53-Health-Check-Service"

// Probe sends one request of a checker, on a connection of its own, and waits for no
// longer than a check allows. Redirects are answers, and are not followed.
func Probe(ctx context.Context, url string) Result {
	ctx, cancel := context.WithTimeout(ctx, ConnectWithin+AnswerWithin+BodyWithin)
	defer cancel()
	var r Result
	began := time.Now()
	var connected time.Time
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected = time.Now() },
	}), http.MethodGet, url, nil)
	if err != nil {
		return Result{Err: err}
	}
	req.Header.Set("User-Agent", UserAgent)
	transport := &http.Transport{DisableKeepAlives: true, DialContext: (&net.Dialer{Timeout: ConnectWithin}).DialContext}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) && !connected.IsZero() {
			return Result{Connect: connected.Sub(began), Answer: time.Since(connected)} // connected, and never answered in time
		}
		return Result{Err: err}
	}
	defer resp.Body.Close()
	answered := time.Now()
	r.Connect, r.Answer, r.Status = connected.Sub(began), answered.Sub(connected), resp.StatusCode
	r.Body, err = io.ReadAll(io.LimitReader(resp.Body, searched))
	r.Read = time.Since(answered)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		r.Err = err
	}
	return r
}
