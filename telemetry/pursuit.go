package telemetry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"frontdoor/awscall"
	"frontdoor/record"
)

// pursuit is the reading of a run's logs under way.
type pursuit struct {
	*Reader
	how    string
	run    *record.Run
	told   *Told
	groups []*group
	seen   map[string]bool // request ids with a REPORT line; nil before the first question

	handsOn map[string]bool // by front: some of its functions may tell themselves in no answer
}

// follow reads until all is there, as await does for metrics.
func (p *pursuit) follow(ctx context.Context) error {
	pause := p.pause()
	began := p.config.now()
	for now, grew := began, began; ; now = p.config.now() {
		before, first := len(p.seen), p.seen == nil
		for _, g := range p.groups {
			if err := p.read(ctx, g, now); err != nil {
				return err
			}
		}
		p.gather()
		p.waitedS = max(p.waitedS, now.Sub(began).Seconds())
		if len(p.seen) > before {
			grew, pause = now, p.pause()
		}
		left := p.config.Deadline - now.Sub(grew)
		if left <= 0 || p.complete(!first && len(p.seen) == before) {
			return nil
		}
		if err := p.config.sleep(ctx, min(left, pause)); err != nil {
			return err
		}
		pause = min(2*pause, slowest*p.pause())
	}
}

// pause is the first wait between two questions: longer for Logs Insights, which bills
// each.
func (p *pursuit) pause() time.Duration {
	if p.how == record.ReportsInsights {
		return slowest * p.config.poll()
	}
	return p.config.poll()
}

// complete reports whether no more is expected: every id has its line, and, where
// requests were sent that told none, or not all, nothing new came with the last question.
func (p *pursuit) complete(settled bool) bool {
	for _, i := range p.lackingTrials() {
		if p.readable(i) {
			return false
		}
	}
	return settled || len(p.told.silent) == 0 && !slices.ContainsFunc(p.run.Trials, func(t record.Trial) bool { return p.handsOn[t.Front] })
}

// readable reports whether a log group of a trial's front can be read at all.
func (p *pursuit) readable(trial int) bool {
	return slices.ContainsFunc(p.groups, func(g *group) bool {
		return slices.Contains(g.fronts, p.run.Trials[trial].Front) && !g.refused
	})
}

// margin is how far a window reaches over what happened in it, for clocks that differ.
const margin = time.Minute

// read asks for what a group may still lack: everything at first, then from the first
// trial on that lacks a line.
func (p *pursuit) read(ctx context.Context, g *group, now time.Time) error {
	from, open := p.run.Started, p.seen == nil
	if !open {
		from, open = p.lackingFrom(g)
	}
	if !open || g.refused {
		return nil
	}
	from, until := from.Add(-margin), now.Add(margin)
	var err error
	if p.how == record.ReportsInsights {
		err = p.insights(ctx, g, from, until, func(from, until time.Time) float64 { return p.expected(g, from, until) })
	} else {
		err = p.filter(ctx, g, from, until)
	}
	return p.note(g, err)
}

// note keeps what AWS refused as a problem of the group. What may pass is asked again.
func (p *pursuit) note(g *group, err error) error {
	g.problem, g.absent = "", false
	if err == nil {
		return nil
	}
	text, refused := refusal(err)
	if !refused {
		return fmt.Errorf("read logs of Region %q from %q: %w", g.region, p.logsAt(g.region), awscall.Explain(err))
	}
	g.problem = text
	var missing *types.ResourceNotFoundException
	g.absent = errors.As(err, &missing)
	g.refused = !g.absent && !passing(err)
	return nil
}

// lackingFrom is when the first trial of a group's fronts began that lacks a line, or was
// sent requests that told of no invocation.
func (p *pursuit) lackingFrom(g *group) (from time.Time, open bool) {
	lacking := p.lackingTrials()
	for i, t := range p.run.Trials {
		if !slices.Contains(g.fronts, t.Front) || t.Started.IsZero() || !slices.Contains(lacking, i) && p.told.silent[i] == 0 && !p.handsOn[t.Front] {
			continue
		}
		if !open || t.Started.Before(from) {
			from, open = t.Started, true
		}
	}
	return from, open
}

// expected is about how many invocations of a group fall into a window.
func (p *pursuit) expected(g *group, from, until time.Time) float64 {
	n := 0.0
	for _, t := range p.run.Trials {
		length := t.Ended.Sub(t.Started)
		if t.Load == nil || length <= 0 || !slices.Contains(g.fronts, t.Front) {
			continue
		}
		begin, end := t.Started, t.Ended
		if from.After(begin) {
			begin = from
		}
		if until.Before(end) {
			end = until
		}
		n += float64(t.Load.Sent) * max(0, end.Sub(begin).Seconds()) / length.Seconds()
	}
	return n
}
