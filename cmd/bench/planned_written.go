package main

import (
	"math"
	"time"

	"frontdoor/guard"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/tables"
)

// written is what bench writes for a trial until so long after its beginning; nil where
// items do not change, or the lab changes them.
func (p *planner) written(t record.Trial, until time.Duration) (spend.Written, error) {
	if !p.at.played() {
		return nil, nil
	}
	lines, err := p.at.itemLines(loadPlan(p.at, record.Front{ID: t.Front}, p.seed, t))
	if err != nil {
		return nil, err
	}
	units, _ := writtenUntil(lines, until)
	return units, nil
}

// tries is what trying the tables writes.
func (p *planner) tries() spend.Written {
	if !p.at.played() {
		return nil
	}
	units := spend.Written{}
	for _, t := range p.at.timed() {
		units[t.Region] += tables.TryUnits
	}
	return units
}

// writeAttempts is how often the SDK tries a write at most, unless the user's
// configuration says otherwise
// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
const writeAttempts = 3

// retried has every write of a plan made as often as it may be.
func retried(plan *spend.Plan) {
	plan.Tried = plan.Tried.Times(writeAttempts)
	for i := range plan.Trials {
		plan.Trials[i].Written = plan.Trials[i].Written.Times(writeAttempts)
	}
}

// tables are those that bench writes, with how often it does when every trial is made
// once.
func (p *planner) tables() ([]guard.Table, error) {
	if !p.at.played() {
		return nil, nil
	}
	var list []guard.Table
	at := map[tables.Table]int{}
	for i, t := range p.at.timed() {
		at[t] = i
		list = append(list, guard.Table{Name: t.Name, Region: t.Region})
	}
	for _, t := range plan(p.at.Scenario, p.seed, p.aa) {
		lines, err := p.at.itemLines(loadPlan(p.at, record.Front{ID: t.Front}, p.seed, t))
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			_, writes := writtenUntil([]tables.Line{l}, math.MaxInt64)
			list[at[l.Table]].Writes += writes
		}
	}
	return list, nil
}
