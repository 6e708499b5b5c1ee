package spend

import (
	"fmt"
	"time"

	"frontdoor/pricing"
	"frontdoor/record"
)

// wrote adds what bench itself wrote into tables, for the trials of a run. No front
// causes it.
func (s *Spent) wrote(trials []record.Trial) {
	unsure := 0
	for _, t := range trials {
		for _, e := range t.Events {
			if e.Write == nil {
				continue
			}
			at := t.Started.Add(time.Duration(e.AtS * float64(time.Second)))
			s.written(e.Region, hourOf(at), pricing.Count(e.Write.Units))
			if e.Write.Error != "" || e.Write.Attempts > 1 {
				unsure++
			}
		}
	}
	if unsure > 0 {
		s.gap(pricing.DynamoDBWriteUnits, fmt.Sprintf("%d of bench's own writes failed at least once: whether AWS bills what it did not answer is not known", unsure))
	}
}

func (s *Spent) written(region string, hour time.Time, units pricing.Quantity) {
	s.use("", "", pricing.DynamoDBWriteUnits, region, hour, units)
}

// Written is write request units of bench's own, by the table's Region.
type Written map[string]int64

// Times is what so many attempts of each write are.
func (w Written) Times(n int64) Written {
	out := Written{}
	for region, units := range w {
		out[region] = units * n
	}
	return out
}

// write adds what a plan writes, each trial's in the hour in which it starts.
func (p Plan) write(s *Spent) {
	put := func(at time.Time, w Written) {
		for region, units := range w {
			s.written(region, hourOf(at), pricing.Count(units))
		}
	}
	put(p.Start, p.Tried)
	for _, t := range p.Trials {
		put(t.Start, t.Written)
	}
}
