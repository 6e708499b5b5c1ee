package telemetry

import (
	"fmt"
	"math"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// subject is one front of the run while its metrics are gathered.
type subject struct {
	front    record.Front
	window   window
	wanted   []Wanted
	sent     int
	warmup   int
	problems []string
	unplaced []string // functions at the edge that have to be looked for

	unanswered int // of the requests sent

	// What the last question said of how far CloudWatch has come.
	requests    *int64 // requests that the front itself counted; CloudFront only
	invocations *int64
	asked       bool
	settled     bool // invocations are the same as the time before
	waited      time.Duration
}

// subjectsOf lists the run's fronts with what was sent to each.
func subjectsOf(run *record.Run, w window) ([]*subject, error) {
	var list []*subject
	for _, f := range run.Fronts {
		s := &subject{front: f, window: w, wanted: Metrics(f), unplaced: unplaced(f)}
		if s.wanted == nil {
			return nil, fmt.Errorf("front %q is of unknown kind %q", f.ID, f.Kind)
		}
		s.countSent(run.Trials)
		list = append(list, s)
	}
	return list, nil
}

func (s *subject) countSent(trials []record.Trial) {
	for _, t := range trials {
		if t.Front != s.front.ID {
			continue
		}
		if t.Load != nil {
			s.sent += t.Load.Sent
			s.warmup += t.Load.Warmup
		} else if t.State != record.Planned && t.State != "" {
			s.problem("round %d is %s: what it sent is in the metrics but not in the count of requests", t.Round, t.State)
		}
	}
}

func (s *subject) problem(format string, a ...any) {
	s.problems = append(s.problems, fmt.Sprintf(format, a...))
}

// cached reports whether an answer may come without an invocation that Lambda counts:
// on origin events the function stands behind the cache, at viewer-response it does
// not run for errors, and a CloudFront Function is none of Lambda's.
func (s *subject) cached() bool {
	return s.front.Kind.CloudFront() && (s.front.Cached || s.front.Kind != front.EdgeViewerRequest)
}

// progress lists the counters that tell how far CloudWatch has come:
// invocations, and behind a cache the front's own requests too.
func (s *subject) progress() []ask {
	var asks []ask
	if s.front.FunctionIn != "" {
		invocations := alsoIn(lambda(s.front).wants(nil, "Invocations", count, false, "Sum"), functionAlso(s.front))
		asks = append(asks, ask{invocations[0], s.window, minuteS})
	}
	if s.cached() {
		requests := distribution(s.front).wants(nil, "Requests", none, false, "Sum")
		asks = append(asks, ask{requests[0], s.window, minuteS})
	}
	return asks
}

// take notes the answers to progress and reports whether a count grew.
func (s *subject) take(replies []reply) bool {
	before, beforeRequests := value(s.invocations), value(s.requests)
	if s.front.FunctionIn != "" {
		s.invocations = whole(combine("Sum", replies[0].values))
		replies = replies[1:]
	}
	if s.cached() {
		s.requests = whole(combine("Sum", replies[0].values))
	}
	s.settled = s.asked && value(s.invocations) == before
	s.asked = true
	return value(s.invocations) > before || value(s.requests) > beforeRequests
}

// complete reports whether CloudWatch has counted what was sent. Behind a
// cache nobody knows how many invocations to expect: there it is when the
// requests have come and the invocations have stopped growing.
func (s *subject) complete() bool {
	if !s.cached() {
		return value(s.invocations) >= int64(s.sent)
	}
	return value(s.requests) >= int64(s.sent) && (s.settled || s.sent == 0)
}

// answered reports whether CloudWatch has counted as much as was answered.
func (s *subject) answered() bool {
	n := s.invocations
	if s.cached() {
		n = s.requests
	}
	return s.asked && value(n) >= int64(s.sent-s.unanswered)
}

// lost reports whether the front's function has not been found in any Region.
func (s *subject) lost() bool { return len(s.unplaced) > 0 && s.front.FunctionIn == "" }

func value(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

func whole(v *float64) *int64 {
	if v == nil {
		return nil
	}
	n := int64(math.Round(*v))
	return &n
}
