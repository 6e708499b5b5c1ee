package main

import (
	"fmt"
	"strings"
	"time"

	"frontdoor/load"
	"frontdoor/record"
)

// progress tells on stderr how far the run is: a line that is drawn over and
// over on a terminal, one line per trial elsewhere.
type progress struct {
	env    *env
	trials int
	index  int
	trial  record.Trial
	drawn  int // width of the live line on screen
}

func newProgress(env *env, trials int) *progress { return &progress{env: env, trials: trials} }

func (p *progress) begin(i int, t record.Trial) {
	p.index, p.trial = i+1, t
	if p.env.live {
		p.draw(p.head())
	}
}

func (p *progress) head() string {
	again := ""
	if p.trial.Arm > 0 {
		again = " again"
	}
	return fmt.Sprintf("[%d/%d] round %d %s%s", p.index, p.trials, p.trial.Round, p.trial.Front, again)
}

// show is called at most four times a second while a trial runs.
func (p *progress) show(s load.Progress) {
	if !p.env.live {
		return
	}
	line := fmt.Sprintf("%s  %d/%d requests  p50 %s  p99 %s", p.head(), s.Done, s.Planned, shown(s.P50), shown(s.P99))
	if s.Errors > 0 {
		line += fmt.Sprintf("  %d failed", s.Errors)
	}
	p.draw(line)
}

// finish reports a trial that ended.
func (p *progress) finish(t record.Trial, r *load.Result) {
	failed := 0
	for _, h := range r.Hits {
		if h.Error != "" && !h.Warmup {
			failed++
		}
	}
	line := fmt.Sprintf("%s  %d requests, %d failed, generator late by %s at p99", p.head(), r.Load.Sent-r.Load.Warmup, failed, shown(time.Duration(r.Load.LateP99)))
	if t.State == record.Interrupted {
		line += "  interrupted"
	}
	for _, why := range t.Invalid {
		line += "\n  invalid: " + why
	}
	if p.env.live && len(t.Invalid) == 0 {
		p.draw(line)
		return
	}
	p.clear()
	fmt.Fprintln(p.env.stderr, line)
}

// end leaves the terminal to the result.
func (p *progress) end() { p.clear() }

func (p *progress) draw(line string) {
	pad := max(0, p.drawn-len(line))
	fmt.Fprintf(p.env.stderr, "\r%s%s", line, strings.Repeat(" ", pad))
	p.drawn = len(line)
}

func (p *progress) clear() {
	if p.drawn > 0 {
		fmt.Fprintf(p.env.stderr, "\r%s\r", strings.Repeat(" ", p.drawn))
		p.drawn = 0
	}
}

func shown(d time.Duration) time.Duration {
	switch {
	case d > time.Second:
		return d.Round(10 * time.Millisecond)
	case d > time.Millisecond:
		return d.Round(10 * time.Microsecond)
	}
	return d.Round(time.Microsecond)
}
