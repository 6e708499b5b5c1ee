// Package tables writes items into DynamoDB tables of an AWS account: the versions of
// items that change while a trial is measured, each at its time. In the lab items do that
// by themselves; on AWS somebody has to write them.
package tables

import "time"

// Table is a table in one Region, with the attribute that is its partition key, a text.
type Table struct{ Name, Region, Key string }

// Line is how one item changes in a trial. Times count from the trial's beginning.
type Line struct {
	Table    Table
	Key      string
	Versions []Version       // in order
	Reads    []time.Duration // when the item is asked for, in order
}

// Version is an item as it is from Due on.
type Version struct {
	Number int            // of its timeline, from 0
	Due    time.Duration  // of a seed: when the item is asked for first
	Seed   bool           // it is there before the trial begins
	Item   map[string]any // without its key: text, json.Number, bool, nil, lists and mappings
	Units  int64          // write request units, by its size
}

// Made is what became of writing a version.
type Made struct {
	Line, Version int // indices, into the lines and the line's versions
	Sent, Done    time.Duration
	Units         int64 // write request units, as DynamoDB counted; by the size where it does not say
	Attempts      int   // of the SDK
	Err           error // nil: it is written
}

// Late is how long after its time a version was written; negative: it was there before.
func (m Made) Late(lines []Line) time.Duration {
	return m.Done - lines[m.Line].Versions[m.Version].Due
}
