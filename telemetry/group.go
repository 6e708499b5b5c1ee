package telemetry

import (
	"slices"
	"time"

	"frontdoor/record"
)

// group is a function's log group in one Region, as far as it has been read.
type group struct {
	name, region string
	fronts       []string // that the function stands behind
	problem      string   // why it could not be read the last time; "" for none
	absent       bool     // it does not exist, or not yet
	refused      bool     // it will not be read, however often it is asked for

	streams map[string][]logged // by log stream; of FilterLogEvents
	seen    map[string]bool     // ids of events
	rows    map[string]reported // by request id; of Logs Insights
}

// logged is a line with its time in Unix milliseconds.
type logged struct {
	line
	at int64
}

// groupsOf lists the log groups of a run's fronts, each once: fronts may share a
// function. A function at the edge has one in each Region that knows it.
func (r *Reader) groupsOf(fronts []record.Front) []*group {
	var groups []*group
	add := func(front, function, region string) {
		name := LogGroup(function)
		i := slices.IndexFunc(groups, func(g *group) bool { return g.name == name && g.region == region })
		if i < 0 {
			i = len(groups)
			groups = append(groups, &group{name: name, region: region, streams: map[string][]logged{}, seen: map[string]bool{}, rows: map[string]reported{}})
		}
		if !slices.Contains(groups[i].fronts, front) {
			groups[i].fronts = append(groups[i].fronts, front)
		}
	}
	for _, f := range fronts {
		for _, one := range functionsOf(f) {
			regions := r.known[one.Function]
			if len(regions) == 0 {
				regions = joined(one.In, one.AlsoIn)
			}
			for _, region := range regions {
				add(f.ID, one.Function, region)
			}
		}
	}
	return groups
}

// take adds an event of a stream, once.
func (g *group) take(id, stream, message string, at int64) {
	if g.seen[id] {
		return
	}
	g.seen[id] = true
	g.streams[stream] = append(g.streams[stream], logged{lineOf(message), at})
}

// invocations are those that the group has shown so far. A line that comes late may lie
// between others of its stream, so each stream is gone through from its start.
func (g *group) invocations() []reported {
	var all []reported
	for _, v := range g.rows {
		all = append(all, v)
	}
	for _, lines := range g.streams {
		slices.SortStableFunc(lines, func(a, b logged) int { return int(a.at - b.at) })
		var s stream
		for _, l := range lines {
			if report, ok := s.take(l.line); ok {
				report.Region = g.region
				all = append(all, reported{report, time.UnixMilli(l.at)})
			}
		}
	}
	return all
}
