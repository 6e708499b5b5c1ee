package reconcile

import (
	"fmt"
	"slices"
	"time"

	"frontdoor/pricing"
	"frontdoor/pricing/offers"
	"frontdoor/pricing/spend"
)

// Input is what a bill is held against.
type Input struct {
	Spent     spend.Spent // what the run used, by meter, Region and hour
	Started   time.Time   // of the run
	Ended     time.Time
	Lab       bool
	Book      *pricing.Book
	Scope     Scope
	Tolerance pricing.Quantity // share of a line; 0 is none
}

// Reconciler takes the lines of a bill one by one and keeps those of the run's
// hours.
type Reconciler struct {
	in       Input
	hours    []time.Time
	meters   map[offers.Usage]placed
	charges  map[place][]charge
	tagged   bool // some line of the bill is the run's by its tag or resource
	apart    map[Kind]*Apart
	unplaced map[unplaced]*Unplaced
	others   Others
	named    bool            // some line of the run's hours bears the scope's tag
	values   map[string]bool // of the scope's tag, on others' lines of the run's hours
	from     time.Time       // what the bill's lines cover
	until    time.Time
}

// placed is what offers says of a usage, kept: a bill repeats itself.
type placed struct {
	at  place
	err error
}

// place is a meter in a Region.
type place struct {
	meter  pricing.Meter
	region string
}

// charge is a line of the bill with its owner.
type charge struct {
	Charge
	owner owner
}

type unplaced struct {
	usage offers.Usage
	owner owner
}

// New begins a reconciliation. The error is for a run that used nothing.
func New(in Input) (*Reconciler, error) {
	r := &Reconciler{in: in, meters: map[offers.Usage]placed{}, charges: map[place][]charge{},
		apart: map[Kind]*Apart{}, unplaced: map[unplaced]*Unplaced{}, values: map[string]bool{}}
	for _, u := range in.Spent.Uses {
		if hour := u.Hour.UTC(); !slices.ContainsFunc(r.hours, hour.Equal) {
			r.hours = append(r.hours, hour)
		}
	}
	if len(r.hours) == 0 {
		return nil, fmt.Errorf("run %q used nothing that AWS bills, as far as its record tells", in.Spent.Run)
	}
	slices.SortFunc(r.hours, time.Time.Compare)
	return r, nil
}

// Add takes a line of the bill.
func (r *Reconciler) Add(c Charge) error {
	r.cover(c)
	if !r.touches(c) {
		return nil
	}
	o := r.in.Scope.owner(c)
	value := r.in.Scope.tagged(c)
	r.named = r.named || value != "" && o == own
	if o == foreign {
		r.others.add(c)
		if value != "" {
			r.values[value] = true
		}
		return nil
	}
	r.tagged = r.tagged || o == own
	if !c.used() {
		r.aside(c.Kind, c.Cost)
		return nil
	}
	p, known := r.meters[c.Usage]
	if !known {
		p.at.meter, p.at.region, p.err = offers.MeterOf(c.Usage)
		r.meters[c.Usage] = p
	}
	if p.err != nil {
		r.leave(c, o, p.err.Error())
		return nil
	}
	r.charges[p.at] = append(r.charges[p.at], charge{c, o})
	return nil
}

// aside adds to what is apart.
func (r *Reconciler) aside(kind Kind, usd pricing.USD) {
	a := r.apart[kind]
	if a == nil {
		a = &Apart{Kind: kind}
		r.apart[kind] = a
	}
	a.Charges, a.USD = a.Charges+1, a.USD.Add(usd)
}

// beside sets a discount apart that stands in the same line as the full price, as CUR
// has those of its net costs.
func (r *Reconciler) beside(c charge) {
	if c.Discount.Sign() != 0 {
		r.aside(Discount, c.Discount)
	}
}

// touches reports whether a line is of some hour of the run.
func (r *Reconciler) touches(c Charge) bool {
	return slices.ContainsFunc(r.hours, func(hour time.Time) bool { return within(hour, c.From, c.Until) })
}

// within reports whether an hour overlaps a span; one without length is a moment.
func within(hour, from, until time.Time) bool {
	if from.Equal(until) {
		return !from.Before(hour) && from.Before(hour.Add(time.Hour))
	}
	return from.Before(hour.Add(time.Hour)) && until.After(hour)
}

// leave lists a line that counts no meter.
func (r *Reconciler) leave(c Charge, o owner, why string) {
	id := unplaced{c.Usage, o}
	u := r.unplaced[id]
	if u == nil {
		u = &Unplaced{Service: c.Usage.Service, UsageType: c.Usage.UsageType, Operation: c.Usage.Operation, Region: c.Usage.Region,
			Why: why, Own: o == own, First: Source{c.File, c.At}}
		r.unplaced[id] = u
	}
	u.Charges, u.USD = u.Charges+1, u.USD.Add(c.Cost)
}

func (o *Others) add(c Charge) { o.Charges, o.USD = o.Charges+1, o.USD.Add(c.Cost) }
