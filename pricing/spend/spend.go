// Package spend is what a measurement itself costs: not the month that a report
// prices, but the requests, bytes and hours that the run causes while it measures.
// Of reads them off the record of a run that was made, Planned works them out for one
// that is to be made. Both are Spent: quantities by front, meter, Region and clock
// hour, as an hourly line of a bill has them.
//
// What AWS counts and the record does not know is in Missing; a bill with such a gap
// is a lower bound.
package spend

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
)

// Use is a quantity of one meter in one clock hour.
type Use struct {
	Front    string           `json:"front"` // "" for what no front caused: reading the run's own metrics, and bench's own writes
	Kind     front.Kind       `json:"kind,omitempty"`
	Meter    pricing.Meter    `json:"meter"`
	Region   string           `json:"region"`
	Hour     time.Time        `json:"hour"` // start of the UTC hour
	Quantity pricing.Quantity `json:"quantity"`
}

// Spent is what a run used of what AWS bills.
type Spent struct {
	Run     string        `json:"run"`
	Day     pricing.Date  `json:"day"`  // on which the run began
	Uses    []Use         `json:"uses"` // by front as the run has them, meter, Region and hour
	Traffic Traffic       `json:"traffic"`
	Missing []pricing.Gap `json:"missing,omitempty"` // billed by AWS, and not known how much
	Notes   []string      `json:"notes,omitempty"`   // what was assumed
}

// Traffic is what went over the wire, warm-ups included: requests sent, and bytes of
// lines, headers and bodies.
type Traffic struct {
	Requests pricing.Quantity `json:"requests"`
	Out      pricing.Quantity `json:"bytes_out"` // of requests
	In       pricing.Quantity `json:"bytes_in"`  // of answers
}

// Bill is the cost of all of it at the rates of o.AsOf, or of the run's own day when
// that is zero. Durations stay rounded as they were billed on the run's day. Free
// quantities of a month are granted as if the account used nothing else, unless
// o.Account says what. What the book has no price of is missing from the bill.
func (s Spent) Bill(book *pricing.Book, o pricing.BillOptions) (pricing.Bill, error) {
	if o.AsOf.IsZero() {
		o.AsOf = s.Day
	}
	u := pricing.Usage{Front: s.Run, Missing: slices.Clone(s.Missing), Notes: s.Notes}
	for _, use := range s.Uses {
		var unknown *pricing.UnknownRateError
		if _, err := book.Rates(use.Meter, use.Region, o.AsOf); errors.As(err, &unknown) {
			if gap := (pricing.Gap{Meter: use.Meter, Reason: err.Error()}); !slices.Contains(u.Missing, gap) {
				u.Missing = append(u.Missing, gap)
			}
			continue
		}
		u.Items = append(u.Items, pricing.Item{Meter: use.Meter, Region: use.Region, Quantity: use.Quantity})
	}
	return book.Bill(u, o)
}

// Front is the uses of one front. Traffic and gaps are the run's, and stay.
func (s Spent) Front(id string) Spent {
	var own []Use
	for _, use := range s.Uses {
		if use.Front == id {
			own = append(own, use)
		}
	}
	s.Uses = own
	return s
}

// Sum is the quantity of a meter over all fronts, Regions and hours.
func (s Spent) Sum(m pricing.Meter) pricing.Quantity {
	var sum pricing.Quantity
	for _, use := range s.Uses {
		if use.Meter == m {
			sum = sum.Add(use.Quantity)
		}
	}
	return sum
}

// gap notes once what is not known.
func (s *Spent) gap(m pricing.Meter, reason string) {
	if g := (pricing.Gap{Meter: m, Reason: reason}); !slices.Contains(s.Missing, g) {
		s.Missing = append(s.Missing, g)
	}
}

// note says once what was assumed.
func (s *Spent) note(text string) {
	if !slices.Contains(s.Notes, text) {
		s.Notes = append(s.Notes, text)
	}
}

// use adds a quantity of a front; none is no line.
func (s *Spent) use(id string, kind front.Kind, m pricing.Meter, region string, hour time.Time, q pricing.Quantity) {
	if q.Sign() <= 0 {
		return
	}
	for i := range s.Uses {
		if u := &s.Uses[i]; u.Front == id && u.Meter == m && u.Region == region && u.Hour.Equal(hour) {
			u.Quantity = u.Quantity.Add(q)
			return
		}
	}
	s.Uses = append(s.Uses, Use{id, kind, m, region, hour, q})
}

// sort puts the uses of each front in order. Fronts are as they came.
func (s *Spent) sort() {
	place := map[string]int{}
	for _, use := range s.Uses {
		if _, ok := place[use.Front]; !ok {
			place[use.Front] = len(place)
		}
	}
	slices.SortStableFunc(s.Uses, func(a, b Use) int {
		return cmp.Or(cmp.Compare(place[a.Front], place[b.Front]), cmp.Compare(a.Meter, b.Meter),
			cmp.Compare(a.Region, b.Region), a.Hour.Compare(b.Hour))
	})
}
