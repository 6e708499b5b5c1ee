package telemetry

import "context"

// await asks until every front is complete, or until no count has grown for
// the deadline. AWS names no bound for how late a datapoint may be.
func await(ctx context.Context, r *reader, subjects []*subject) error {
	began := r.config.now()
	for now, grew := began, began; ; now = r.config.now() {
		open, growing, err := progress(ctx, r, subjects)
		if err != nil {
			return err
		}
		for _, s := range open {
			s.waited = now.Sub(began)
		}
		if growing {
			grew = now
		}
		left := r.config.Deadline - now.Sub(grew)
		if allComplete(subjects) || left <= 0 {
			return nil
		}
		if err := r.config.sleep(ctx, min(left, r.config.poll())); err != nil {
			return err
		}
	}
}

// progress asks once about the fronts that are not complete. It returns them
// and whether a count grew.
func progress(ctx context.Context, r *reader, subjects []*subject) ([]*subject, bool, error) {
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

func allComplete(subjects []*subject) bool {
	for _, s := range subjects {
		if !s.complete() {
			return false
		}
	}
	return true
}
