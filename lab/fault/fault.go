// Package fault is what goes wrong at an AWS endpoint, decided call by call: a test gives
// the lab's endpoints a Plan, and sees what a client makes of it. What is not in a plan
// goes well.
package fault

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Fault is what goes wrong with one call; the zero value is nothing.
type Fault struct {
	// An error instead of an answer: AWS's code, in the words of services that speak JSON.
	Code, Message string
	Status        int           // 0 is 400
	RetryAfter    time.Duration // told with the error; 0 is not

	Ahead time.Duration // of the server's clock, which its Date says
	Cut   bool          // the connection is closed in the middle of the answer

	// An answer that is not whole.
	Page    int           // at most so many things on a page; 0: as many as AWS puts there
	Empty   bool          // nothing on this page, and a token for the next
	State   string        // of results: PartialData, InternalError; of a query: Running, Failed
	Missing []string      // metrics by name that have no datapoints
	Late    time.Duration // what is younger is not there yet
}

// Call is one call of an endpoint. The number counts those of its operation in its Region, from 1.
type Call struct {
	Operation, Region string
	Number            int
}

// Plan decides what goes wrong with a call.
type Plan func(Call) Fault

// First lets the first n calls of each operation go wrong, and none after them.
func First(n int, f Fault) Plan {
	return func(c Call) Fault {
		if c.Number <= n {
			return f
		}
		return Fault{}
	}
}

// Always lets every call go wrong.
func Always(f Fault) Plan { return func(Call) Fault { return f } }

// Throttled is AWS's answer to too many calls, as CloudWatch and its Logs word it.
func Throttled() Fault { return Fault{Code: "ThrottlingException", Message: "Rate exceeded"} }

// Of lets calls of one operation alone go wrong.
func (p Plan) Of(operation string) Plan {
	return func(c Call) Fault {
		if c.Operation == operation {
			return p(c)
		}
		return Fault{}
	}
}

// Point is where faults come into an endpoint. Its zero value has none; it is safe for
// concurrent use.
type Point struct {
	Plan Plan

	mu    sync.Mutex
	calls map[Call]int
}

// Begin counts a call and returns what goes wrong with it, having set the server's clock.
func (p *Point) Begin(w http.ResponseWriter, operation, region string) Fault {
	if p.Plan == nil {
		return Fault{}
	}
	p.mu.Lock()
	if p.calls == nil {
		p.calls = map[Call]int{}
	}
	key := Call{Operation: operation, Region: region}
	p.calls[key]++
	key.Number = p.calls[Call{Operation: operation, Region: region}]
	p.mu.Unlock()
	f := p.Plan(key)
	if f.Ahead != 0 {
		w.Header().Set("Date", time.Now().Add(f.Ahead).UTC().Format(http.TimeFormat))
	}
	if f.RetryAfter > 0 {
		// In seconds and, as newer SDKs read it, in milliseconds.
		w.Header().Set("Retry-After", strconv.Itoa(int((f.RetryAfter+time.Second-1)/time.Second)))
		w.Header().Set("X-Amz-Retry-After", strconv.FormatInt(f.RetryAfter.Milliseconds(), 10))
	}
	if f.Status == 0 {
		f.Status = http.StatusBadRequest
	}
	return f
}

// Writer is where the answer goes: to the middle of it where the connection is cut.
func (f Fault) Writer(w http.ResponseWriter) http.ResponseWriter {
	if f.Cut {
		return cut{w}
	}
	return w
}

// cut sends half of what is written and closes the connection.
type cut struct{ http.ResponseWriter }

func (c cut) Write(body []byte) (int, error) {
	c.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if _, err := c.ResponseWriter.Write(body[:len(body)/2]); err == nil {
		_ = http.NewResponseController(c.ResponseWriter).Flush() // the client has gone already if not
	}
	panic(http.ErrAbortHandler)
}

// Least is the smaller of what a caller asked for and the fault's page; nil: neither says.
func (f Fault) Least(asked *int) *int {
	if f.Page > 0 && (asked == nil || *asked > f.Page) {
		return &f.Page
	}
	return asked
}
