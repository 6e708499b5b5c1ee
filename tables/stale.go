package tables

import "time"

// Stale counts reads of the lines, and those of them that may have found another version
// than the one of their time: its write had failed, or had not been answered when they
// were due. A read that its front serves late may have found it all the same.
func Stale(lines []Line, made []Made) (stale, reads int) {
	type one struct{ line, version int }
	there := map[one]time.Duration{}
	for _, m := range made {
		if m.Err == nil {
			there[one{m.Line, m.Version}] = m.Done
		}
	}
	for i, l := range lines {
		for _, at := range l.Reads {
			reads++
			due := l.at(at)
			if due < 0 {
				continue
			}
			if since, ok := there[one{i, due}]; !ok || since > at {
				stale++
			}
		}
	}
	return stale, reads
}

// at is the index of the version that is due at a time, -1 for none.
func (l Line) at(at time.Duration) int {
	n := -1
	for i, v := range l.Versions {
		if v.Due <= at {
			n = i
		}
	}
	return n
}
