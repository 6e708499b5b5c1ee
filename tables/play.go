package tables

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// Seed writes every version that is there before a trial, and returns when all are
// written, or when one has failed and those under way are through: its error. Times are
// before the trial begins, which nobody knows yet: Sent and Done are negative.
func (w *Writer) Seed(ctx context.Context, lines []Line) ([]Made, error) {
	begun := time.Now()
	more, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	made, free := &list{}, make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for i, l := range lines {
		for n, v := range l.Versions {
			if !v.Seed {
				continue
			}
			free <- struct{}{}
			all.Go(func() {
				defer func() { <-free }()
				if more.Err() != nil {
					return
				}
				m := w.make(ctx, lines, i, n, begun)
				if made.add(m); m.Err != nil {
					stop(m.Err)
				}
			})
		}
	}
	all.Wait()
	took := time.Since(begun)
	for i := range made.of {
		made.of[i].Sent -= took
		made.of[i].Done = min(made.of[i].Done-took, -1)
	}
	return made.sorted(), context.Cause(more)
}

// Play writes the versions that are no seeds, each at its time after begun, and returns
// at once. Those of one item follow each other: a late one is not overtaken. end stops
// what waits for its time, waits for what is on its way, and returns what was made.
func (w *Writer) Play(ctx context.Context, begun time.Time, lines []Line) (end func() []Made) {
	waiting, stop := context.WithCancel(ctx)
	made := &list{}
	var all sync.WaitGroup
	for i, l := range lines {
		all.Go(func() {
			for n, v := range l.Versions {
				if v.Seed {
					continue
				}
				if !until(waiting, begun.Add(v.Due)) {
					return
				}
				made.add(w.make(ctx, lines, i, n, begun))
			}
		})
	}
	return func() []Made {
		stop()
		all.Wait()
		return made.sorted()
	}
}

// until waits for a moment; false when the context ends before.
func until(ctx context.Context, at time.Time) bool {
	timer := time.NewTimer(time.Until(at))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}

// make writes one version of one line.
func (w *Writer) make(ctx context.Context, lines []Line, line, version int, begun time.Time) Made {
	l := lines[line]
	v := l.Versions[version]
	m := Made{Line: line, Version: version, Sent: time.Since(begun)}
	a, err := w.put(ctx, l.Table, l.whole(v))
	m.Done, m.Units, m.Attempts, m.Err = time.Since(begun), a.units, a.attempts, err
	if err == nil && m.Units == 0 {
		m.Units = v.Units
	}
	return m
}

// list gathers what several goroutines made.
type list struct {
	mu sync.Mutex
	of []Made
}

func (l *list) add(m Made) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of = append(l.of, m)
}

func (l *list) sorted() []Made {
	slices.SortFunc(l.of, func(a, b Made) int {
		return cmp.Or(cmp.Compare(a.Sent, b.Sent), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Version, b.Version))
	})
	return l.of
}
