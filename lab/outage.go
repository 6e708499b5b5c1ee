package lab

import (
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// Outage is a failure that a trial brings about, on the lab's simulated clock.
type Outage struct {
	Region string
	// Health limits the outage to the endpoint that health checks ask: it gives
	// Answer with status 200, as the health check function of AWS's sample does with
	// another STATUS, and the API goes on. Else the whole Region closes its
	// connections and accepts no other.
	Health bool
	Answer string
	From   time.Duration // since the trial began
	Until  time.Duration // 0 is for good
}

// condition is what an outage has made of a door. The zero value is a sound one.
type condition struct {
	down   atomic.Bool
	answer atomic.Pointer[string] // in the function's place; nil: the function answers
}

// guard serves what the condition lets through.
func (c *condition) guard(sound http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.down.Load() {
			panic(http.ErrAbortHandler) // closes the connection without an answer
		}
		if answer := c.answer.Load(); answer != nil {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, *answer)
			return
		}
		sound.ServeHTTP(w, r)
		if c.down.Load() {
			panic(http.ErrAbortHandler) // it went down meanwhile: what was not sent yet is lost
		}
	})
}

// suffer begins or ends an outage for a door of its Region. check says that it is the
// door that health checks ask.
func (c *condition) suffer(o Outage, begins, check bool) {
	switch {
	case !o.Health:
		c.down.Store(begins)
	case check && begins:
		c.answer.Store(&o.Answer)
	case check:
		c.answer.Store(nil)
	}
}
