package main

import (
	"fmt"
	"math"
	"slices"
	"time"

	"frontdoor/lab/dynamodb"
	"frontdoor/load"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/scenarios"
	"frontdoor/tables"
)

// This file works out what bench writes for a trial on deployed fronts, whose tables do
// not change by themselves as the lab's do.

// mostWritten bounds what is written in a run: run.json has each of them.
const mostWritten = 20_000

// played reports whether bench itself changes the items of the scenario's tables: its
// fronts are where a targets file says, and items change in a trial.
func (l *loaded) played() bool {
	return l.targets != nil && slices.ContainsFunc(l.Tables, scenarios.Table.Timed)
}

// checkUnplayed refuses timelines that bench could not play, by their field.
func (l *loaded) checkUnplayed() error {
	if !l.played() {
		return nil
	}
	if u, found := l.Unplayed(); found {
		return l.Error(u.Field, u.Problem, u.Want)
	}
	return nil
}

// checkPlayed refuses what could not be played, or is too much to be kept.
func (l *loaded) checkPlayed(o runOptions) error {
	if err := l.checkUnplayed(); err != nil || !l.played() {
		return usage(err)
	}
	var all int64
	for _, t := range plan(l.Scenario, o.seed, o.aa) {
		lines, err := l.itemLines(loadPlan(l, record.Front{ID: t.Front}, o.seed, t))
		if err != nil {
			return err
		}
		_, writes := writtenUntil(lines, math.MaxInt64)
		all += writes
	}
	if all > mostWritten {
		return usage(l.Error("load", fmt.Sprintf("bench would write %d versions of items, and %d is the most", all, mostWritten), "fewer rounds, a lower rate or fewer versions"))
	}
	return nil
}

// timed are the tables whose items change, in the Region that the scenario names.
func (l *loaded) timed() []tables.Table {
	var list []tables.Table
	for _, t := range l.Tables {
		if t.Timed() {
			list = append(list, tables.Table{Name: t.Name, Region: t.Region, Key: t.Key})
		}
	}
	return list
}

// itemLines are what is written for a trial: versions of the items that the sessions of its plan ask for.
// Times count from when the first request of a session is due; in the lab they do from
// when it reads.
func (l *loaded) itemLines(p load.Plan) ([]tables.Line, error) {
	sessions, err := p.Sessions()
	if err != nil {
		return nil, err
	}
	var lines []tables.Line
	for i, t := range l.Tables {
		at := tables.Table{Name: t.Name, Region: t.Region, Key: t.Key}
		for _, s := range sessions {
			seen := map[string]bool{} // the first timeline that matches is a key's
			for n, timeline := range t.Timelines {
				for _, key := range l.Requests[s.Request].Keys(timeline, s.Name) {
					if !seen[key] {
						seen[key] = true
						lines = append(lines, tables.Line{Table: at, Key: key, Reads: s.Polls, Versions: versionsOf(l.tables[i], timeline, l.tables[i].Timelines[n], key, s.Polls)})
					}
				}
			}
		}
	}
	return lines, nil
}

// versionsOf are those of a key that somebody reads. One that is there from the first
// read on is there before the trial.
func versionsOf(t dynamodb.Table, plain scenarios.Timeline, line dynamodb.Timeline, key string, reads []time.Duration) []tables.Version {
	var out []tables.Version
	first, last := reads[0], reads[len(reads)-1]
	before := 0
	for n, v := range line.Versions {
		due := first + v.After
		if due > last {
			break
		}
		if v.After == 0 {
			out, before = nil, 0
		}
		size := v.Item.Size() + len(t.Key.Hash.Name) + len(key)
		out = append(out, tables.Version{Number: n, Due: due, Seed: v.After == 0, Item: plain.Versions[n].Item, Units: int64(dynamodb.UnitsWritten(before, size))})
		before = size
	}
	return out
}

// writtenUntil is the units of lines that are due by a time of the trial.
func writtenUntil(lines []tables.Line, until time.Duration) (units spend.Written, writes int64) {
	units = spend.Written{}
	for _, l := range lines {
		for _, v := range l.Versions {
			if v.Seed || v.Due <= until {
				units[l.Table.Region] += v.Units
				writes++
			}
		}
	}
	return units, writes
}
