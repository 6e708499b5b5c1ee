package telemetry

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"frontdoor/record"
)

// Invocations is what the logs of a run's functions held.
type Invocations struct {
	ByTrial  map[int][]record.Report // by position in Run.Trials
	Problems map[string][]string     // by front: what weakens them
}

// Invocations reads the REPORT lines of the fronts' functions, by FilterLogEvents or by
// Logs Insights as how says, and gives each to the trial that caused it. It asks until
// every request id that an answer told has its line, or until nothing new has come for
// the deadline; each further time only from the first trial on that lacks one. A log
// group that cannot be read is a problem of its fronts; the error is about not being
// able to ask at all.
func (r *Reader) Invocations(ctx context.Context, how string, run *record.Run, fronts []record.Front, told *Told) (Invocations, error) {
	p := &pursuit{Reader: r, how: how, run: run, told: told, groups: r.groupsOf(fronts), handsOn: map[string]bool{}}
	for _, f := range fronts {
		p.handsOn[f.ID] = handsOn(f)
	}
	if err := p.follow(ctx); err != nil {
		return Invocations{}, err
	}
	return p.result(fronts), nil
}

// result gives each invocation to its trial, and says what is not right.
func (p *pursuit) result(fronts []record.Front) Invocations {
	out := Invocations{ByTrial: map[int][]record.Report{}, Problems: map[string][]string{}}
	for _, g := range p.groups {
		byTrial, alone := p.told.assign(p.run, g.fronts, g.invocations(), p.mute(g))
		for i, reports := range byTrial {
			out.ByTrial[i] = append(out.ByTrial[i], reports...)
		}
		problem := g.problem
		if problem == "" && alone > 0 {
			problem = fmt.Sprintf("it holds other traffic: REPORT lines of no trial: %d", alone)
		}
		if problem == "" || g.absent && p.others(g) {
			continue
		}
		text := fmt.Sprintf("log group %q of Region %q: %s", g.name, g.region, problem)
		p.problem(g.region, "%s", text)
		for _, f := range g.fronts {
			out.Problems[f] = append(out.Problems[f], text)
		}
	}
	p.lacking(fronts, &out)
	return out
}

// others reports whether a function's log group was read in another Region: then it may
// well not be in this one.
func (p *pursuit) others(g *group) bool {
	return slices.ContainsFunc(p.groups, func(o *group) bool { return o.name == g.name && o.problem == "" })
}

// lacking says of each front how many ids have no REPORT line.
func (p *pursuit) lacking(fronts []record.Front, out *Invocations) {
	told, without := map[string]int{}, map[string]int{}
	for id, i := range p.told.trials {
		front := p.run.Trials[i].Front
		told[front]++
		if !p.seen[id] {
			without[front]++
		}
	}
	for _, f := range fronts {
		if n := without[f.ID]; n > 0 {
			out.Problems[f.ID] = append(out.Problems[f.ID], fmt.Sprintf("%d of %d invocations that answers told have no REPORT line: it is late, or was never delivered", n, told[f.ID]))
		}
		if len(functionsOf(f)) > 0 && !slices.ContainsFunc(p.groups, func(g *group) bool { return slices.Contains(g.fronts, f.ID) }) {
			out.Problems[f.ID] = append(out.Problems[f.ID], "no log group of its function is known")
		}
	}
}

// gather notes which request ids have a REPORT line.
func (p *pursuit) gather() {
	p.seen = map[string]bool{}
	for _, g := range p.groups {
		for _, v := range g.invocations() {
			p.seen[v.RequestID] = true
		}
	}
}

// lackingTrials are the trials that were told an id of which there is no REPORT line yet.
func (p *pursuit) lackingTrials() []int {
	trials := map[int]bool{}
	for id, i := range p.told.trials {
		if !p.seen[id] {
			trials[i] = true
		}
	}
	return slices.Sorted(maps.Keys(trials))
}
