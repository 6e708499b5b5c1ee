package report

import (
	"fmt"
	"slices"

	"frontdoor/record"
	"frontdoor/report/words"
)

// Count is a quantity that the lab metered for a front beside CloudWatch, warm-ups
// included: what was read of a table, what a cache answered.
type Count struct {
	Name       string   // of the billed meter where there is one: "dynamodb.read_units"
	Region     string   // "" where it has no meaning
	Value      float64  // over the run
	PerRequest *float64 // nil when nothing was sent
}

// countsOf lists what the lab metered for a front.
func countsOf(rec *record.Recording, id string) []Count {
	sent := sentTo(rec, id)
	var list []Count
	for _, c := range rec.Counters {
		if c.Front != id {
			continue
		}
		count := Count{Name: c.Name, Region: c.Region, Value: c.Value}
		if sent > 0 {
			each := c.Value / float64(sent)
			count.PerRequest = &each
		}
		list = append(list, count)
	}
	return list
}

// sentTo is how many requests a front was sent in the whole run, warm-ups included.
func sentTo(rec *record.Recording, id string) int64 {
	sent := 0
	for _, t := range rec.Trials {
		if t.Front == id && t.Load != nil {
			sent += t.Load.Sent
		}
	}
	return int64(sent)
}

// countTable has a row for each quantity and a column for each front: what a request
// to it caused, on average. A quantity that was not metered there is no zero.
func countTable(r *Report) Grid {
	g := Grid{Header: []string{"counted by the lab, a request", "Region"}, Left: 2}
	var rows [][2]string
	for _, f := range r.Fronts {
		g.Header = append(g.Header, f.ID)
		for _, c := range f.Counts {
			if key := [2]string{c.Name, c.Region}; !slices.Contains(rows, key) {
				rows = append(rows, key)
			}
		}
	}
	slices.SortFunc(rows, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	for _, key := range rows {
		row := []string{key[0], orDash(key[1])}
		for _, f := range r.Fronts {
			row = append(row, f.counted(key))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func (f *Front) counted(key [2]string) string {
	for _, c := range f.Counts {
		if c.Name == key[0] && c.Region == key[1] {
			if c.PerRequest == nil {
				return fmt.Sprintf("%s in all", words.Figure(c.Value))
			}
			return words.Figure(*c.PerRequest)
		}
	}
	return "-"
}
