package telemetry

import (
	"context"
	"slices"
	"time"
)

// await asks until every front is complete, or until no count has grown for
// the deadline, which is shorter where only requests without an answer are not counted.
// AWS names no bound for how late a datapoint may be.
//
// Each question is billed by the metric. Only counters are asked, only of fronts that
// are not complete, and each time that none has grown the wait for the next doubles, up
// to slowest times the first: three minutes of waiting are nine questions.
func await(ctx context.Context, r *Reader, subjects []*subject) error {
	began := r.config.now()
	pause := r.config.poll()
	var looked time.Time
	for now, grew := began, began; ; now = r.config.now() {
		if looked.IsZero() || now.Sub(looked) >= lookAgain {
			looked = now
			if err := r.locate(ctx, incomplete(subjects)); err != nil {
				return err
			}
		}
		open, growing, err := progress(ctx, r, subjects)
		if err != nil {
			return err
		}
		for _, s := range open {
			s.waited = now.Sub(began)
		}
		r.waitedS = max(r.waitedS, now.Sub(began).Seconds())
		if growing {
			grew, pause = now, r.config.poll()
		}
		left := r.config.patience(incomplete(subjects)) - now.Sub(grew)
		if len(incomplete(subjects)) == 0 || left <= 0 {
			return nil
		}
		if err := r.config.sleep(ctx, min(left, pause)); err != nil {
			return err
		}
		pause = min(2*pause, slowest*r.config.poll())
	}
}

// patience is how long to go on asking about fronts that are not complete. A request
// that got no answer may have invoked the function, which then is billed, or may never
// have arrived: nobody can tell how many to expect of those. They are given a minute after
// the last count, the period of Lambda's metrics, in which a function runs on whose caller
// gave up; what is answered for certain is waited for as long as the user says.
func (c Config) patience(open []*subject) time.Duration {
	if slices.ContainsFunc(open, func(s *subject) bool { return !s.answered() }) {
		return c.Deadline
	}
	return min(c.Deadline, minuteS*time.Second)
}

// lookAgain is how long a function at the edge is not looked for again: a Region may
// list its metrics late, and looking asks every Region.
const lookAgain = time.Minute

// slowest bounds the time between two questions, in times of the first.
const slowest = 6

// progress asks once about the fronts that are not complete. It returns them
// and whether a count grew.
func progress(ctx context.Context, r *Reader, subjects []*subject) ([]*subject, bool, error) {
	var open []*subject
	var asks []ask
	var first []int // where each open front's asks begin
	for _, s := range subjects {
		if s.asked && s.complete() {
			continue
		}
		open = append(open, s)
		first = append(first, len(asks))
		asks = append(asks, s.progress()...)
	}
	replies, err := r.read(ctx, asks)
	if err != nil {
		return nil, false, err
	}
	growing := false
	for i, s := range open {
		if s.take(replies[first[i]:][:len(s.progress())]) {
			growing = true
		}
	}
	return open, growing, nil
}

// incomplete are the fronts of which more is expected.
func incomplete(subjects []*subject) []*subject {
	return slices.DeleteFunc(slices.Clone(subjects), func(s *subject) bool { return s.asked && s.complete() })
}
