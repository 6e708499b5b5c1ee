package offload

import (
	"context"
	"time"

	"frontdoor/akamai"
)

// pollEvery is how often viewers ask, and grace how long behind a purge's time they
// go on asking before the new version is given up.
const (
	pollEvery = 25 * time.Millisecond
	grace     = 500 * time.Millisecond
)

// change puts a new version, lets the option do what it does, and has viewers ask
// until every edge gives the new version.
func (s *stage) change(ctx context.Context) (Change, error) {
	s.version++
	event, err := s.bucket.Put(object, s.body())
	if err != nil {
		return Change{}, err
	}
	began := time.Now()
	done := make(chan error, 1)
	var c Change
	go func() { done <- s.act(ctx, event, &c.Attempts) }()
	given := time.NewTimer(time.Hour) // set when the option has done what it does
	defer given.Stop()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	var seen Change // of the viewers; attempts are the goroutine's until it is done
	acting := true
	for acting || !seen.Fresh {
		select {
		case err := <-done:
			if err != nil {
				return c, err
			}
			acting = false
			given.Reset(s.c.PurgeTakes + grace)
		case <-tick.C:
			if seen.Fresh {
				continue
			}
			stale, err := s.stale(ctx)
			if err != nil {
				return seen, err
			}
			seen.StaleReads += stale
			seen.Fresh, seen.After = stale == 0, time.Since(began)
		case <-given.C:
			seen.Attempts = c.Attempts
			return seen, nil
		case <-ctx.Done():
			return seen, ctx.Err()
		}
	}
	seen.Attempts = c.Attempts
	return seen, nil
}

// stale is how many edges give an older version.
func (s *stage) stale(ctx context.Context) (int, error) {
	stale := 0
	for i := range s.c.Edges {
		fresh, err := s.read(ctx, i)
		if err != nil {
			return 0, err
		}
		if !fresh {
			stale++
		}
	}
	return stale, nil
}

// act is what an option does about a change: option a's job, or the function, as S3
// and Lambda run it.
func (s *stage) act(ctx context.Context, event []byte, attempts *[]Attempt) error {
	if s.function == nil {
		return s.job(ctx)
	}
	results, err := s.function.Async(ctx, event, func(ctx context.Context, _ time.Duration) error {
		select {
		case <-time.After(s.c.RetryWait):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	if err != nil {
		return err
	}
	s.function.Settle()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range results {
		a := Attempt{RequestID: r.RequestID, Cold: r.Cold, BilledMS: s.billed[r.RequestID]}
		if r.Error != nil {
			a.Error = r.Error.Error()
		} else {
			a.Result = r.Payload
		}
		*attempts = append(*attempts, a)
	}
	return nil
}

// job is option a's scheduled invalidation.
func (s *stage) job(ctx context.Context) error {
	_, err := s.purger.Do(ctx, akamai.Purge{Action: akamai.Invalidate, By: akamai.ByURL, Network: akamai.Production, Objects: []any{"https://" + host + "/" + object}})
	return err
}

// idle is the job on a day without a change: every edge asks again, and S3 sends no body.
func (s *stage) idle(ctx context.Context) error {
	before := s.akamai.Production.Meters()
	if err := s.job(ctx); err != nil {
		return err
	}
	select {
	case <-time.After(s.c.PurgeTakes + grace):
	case <-ctx.Done():
		return ctx.Err()
	}
	if _, err := s.stale(ctx); err != nil {
		return err
	}
	after := s.akamai.Production.Meters()
	s.option.IdleFull, s.option.IdleSame = after.Origin200-before.Origin200, after.Origin304-before.Origin304
	return nil
}
