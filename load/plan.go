// Package load sends the requests of one trial at the moments that an open-loop
// schedule fixed in advance, and records for each when it was due, when it was
// launched, when it had a connection, and when its answer was complete.
//
// vegeta's Attacker drives the workers; what it would lose is kept here: the
// intended time of each hit (it knows it in the pacer and drops it), the time a
// request waited for a connection, and the time the generator itself was late.
// See docs/adr/0004 for the traps of vegeta as a library and how each is closed.
package load

import (
	"crypto/tls"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// Stage is a stretch of the schedule in which the rate goes from From to To
// (requests per second) in a straight line.
type Stage struct {
	From, To float64
	Duration time.Duration
}

// Request is one kind of request of a trial.
type Request struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
	Weight float64
	// Check returns "" when the answer is the expected one and otherwise what is
	// wrong with it in one or two words. Nil accepts any answer.
	Check func(status int, body []byte) string
	// Sign puts what proves who the caller is into a request that is about to be sent;
	// nil sends it as it is. Its error is the failure Credentials of the hit, and nothing
	// more is said of it there, for it may know secrets.
	Sign func(*http.Request) error
}

// Credentials is the failure of a request that could not be signed, and was not sent.
const Credentials = "credentials"

func (r Request) target() vegeta.Target {
	return vegeta.Target{Method: r.Method, URL: r.URL, Header: r.Header, Body: r.Body}
}

// Plan is what a trial sends.
type Plan struct {
	Requests    []Request
	Stages      []Stage
	Warmup      time.Duration // at the first stage's rate, before it
	Poisson     bool          // exponential gaps; false: even gaps
	Polling     Polling       // the zero value: every request stands alone
	Seed        uint64
	Timeout     time.Duration // of one request, from its due time
	Connections int           // most connections open at once
	KeepAlive   bool
	HTTP2       bool
	HTTP3       bool        // to https URLs, over one connection; with KeepAlive only
	TLS         *tls.Config // NextProtos and session tickets are the trial's own affair
	FrontIDs    []string    // fields of an answer in which the front names its own id of the request, the best first
	Limit       *Limit      // of all trials of the run together; nil: none
	Target      string      // whose requests these are, for Limit's share of failures
	// Begun is told, before anything is sent, from which moment due times count; nil is
	// nobody.
	Begun func(time.Time)
}

// check refuses plans that vegeta would read as "without limit".
func (p Plan) check() error {
	if len(p.Requests) == 0 {
		return errors.New("plan has no requests")
	}
	if len(p.Stages) == 0 {
		return errors.New("plan has no stages")
	}
	for i, s := range p.Stages {
		if !(s.From >= 0) || !(s.To >= 0) || s.From+s.To <= 0 || math.IsInf(s.From+s.To, 0) || s.Duration <= 0 {
			return fmt.Errorf("stage %d: rate %g to %g over %v: want rates above zero and a duration", i+1, s.From, s.To, s.Duration)
		}
	}
	if err := p.Polling.check(p.Stages); err != nil {
		return err
	}
	if p.HTTP3 && !p.KeepAlive {
		return errors.New("plan of HTTP/3 without keepalive: a connection for each request is not made")
	}
	if p.Connections <= 0 || p.Timeout <= 0 || p.Warmup < 0 {
		return fmt.Errorf("plan wants connections (%d) and timeout (%v) above zero", p.Connections, p.Timeout)
	}
	return nil
}

// arrival is one planned request: when it is due after the trial's start, and
// which of the plan's requests it is.
type arrival struct {
	due     time.Duration
	request int32
	session int32 // from 0; of polling
	warmup  bool
}

// maxArrivals bounds the memory of a schedule; a trial is seconds to minutes.
const maxArrivals = 20_000_000

// schedule fixes every arrival of the plan before the first is sent.
//
// The n-th arrival is where the integral of the rate reaches n (even gaps) or
// the sum of n unit exponentials (Poisson, also right for ramps).
func (p Plan) schedule() ([]arrival, error) {
	stages := p.Stages
	if p.Warmup > 0 { // at the rate at which the first stage begins: a ramp from 0 has none
		first := p.Stages[0].From
		stages = append([]Stage{{From: first, To: first, Duration: p.Warmup}}, stages...)
	}
	total := 0.0
	for _, s := range stages {
		total += s.area()
	}
	if total > maxArrivals {
		return nil, fmt.Errorf("plan of %.0f requests in one trial: want at most %d", total, maxArrivals)
	}
	rng := rand.New(rand.NewPCG(p.Seed, 0x62656e6368)) // "bench": a stream of its own
	pick := p.picker(rng)
	if p.Polling.Times > 0 {
		return p.polls(rng, pick), nil
	}
	arrivals := make([]arrival, 0, int(total)+16)
	var start time.Duration
	done, next := 0.0, p.gap(rng)
	for i, s := range stages {
		for ; next <= done+s.area(); next += p.gap(rng) {
			due := start + s.reach(next-done)
			arrivals = append(arrivals, arrival{due: due, request: pick(), warmup: i == 0 && p.Warmup > 0})
		}
		done += s.area()
		start += s.Duration
	}
	return arrivals, nil
}

func (p Plan) gap(rng *rand.Rand) float64 {
	if p.Poisson {
		return rng.ExpFloat64()
	}
	return 1
}

// picker draws requests by weight.
func (p Plan) picker(rng *rand.Rand) func() int32 {
	sum := 0.0
	for _, r := range p.Requests {
		sum += r.Weight
	}
	return func() int32 {
		x := rng.Float64() * sum
		for i, r := range p.Requests {
			if x -= r.Weight; x < 0 {
				return int32(i)
			}
		}
		return int32(len(p.Requests) - 1)
	}
}

// area is the number of requests in the stage.
func (s Stage) area() float64 { return (s.From + s.To) / 2 * s.Duration.Seconds() }

// reach is the time into the stage at which n requests have come due: the root
// of From*t + (To-From)/(2*D)*t^2 = n, in the form that is stable for level stages.
func (s Stage) reach(n float64) time.Duration {
	slope := (s.To - s.From) / s.Duration.Seconds()
	t := 2 * n / (s.From + math.Sqrt(max(0, s.From*s.From+2*slope*n)))
	return min(time.Duration(t*float64(time.Second)), s.Duration)
}

// MeasuredRate is the mean rate that the plan asks for outside the warm-up.
func (p Plan) MeasuredRate() float64 {
	n, d := 0.0, 0.0
	for _, s := range p.Stages {
		n += s.area()
		d += s.Duration.Seconds()
	}
	return n / d
}

// Duration is the length of the schedule, warm-up included.
func (p Plan) Duration() time.Duration {
	d := p.Warmup
	for _, s := range p.Stages {
		d += s.Duration
	}
	return d
}
