package estimate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"frontdoor/pricing"
)

// Input is what an estimate is made of.
type Input struct {
	Book    *pricing.Book
	Options pricing.BillOptions

	Fronts []Front
	Usage  *pricing.Usage // in place of Fronts: a month that is already counted

	Variables []Variable // inputs that may change the choice, requests apart
	Material  float64    // dollars a month from which on a difference is a reason
	Seed      uint64     // of the simulation
	Draws     int        // worlds; 0 is as many as make P(cheapest) good to half a percent

	Sweeps []Sweep // none, one, or two of which one is over requests
	Eras   bool
}

// Front is one candidate: its workload at the expected values, and the range of
// its requests.
type Front struct {
	Workload  pricing.Workload
	Low, High int64  // requests per month
	Durations string // where the durations are from, when somebody modelled or recorded them; "" when they were given
}

// Estimate is the answer: values only.
type Estimate struct {
	Fronts      []Priced
	Cheapest    string       // "" when it cannot be told: bounds overlap, a meter is missing, months differ
	Requests    *BreakEven   // along the month's requests; nil for fewer than two comparable fronts
	Duration    *BreakEven   // along the billed duration, at the expected requests
	Sensitivity *Sensitivity // nil as Requests is
	Uncertainty *Uncertainty // nil when every input is certain
	Sweep       *Sweep1      // of one input
	Phase       *Phase       // of two
	Eras        *pricing.EraTable
	Notes       []string

	DifferentMonths bool // the fronts' requests differ: nothing is compared
}

// Priced is a front and its bill at the expected month, and at the ends of the
// range of its requests.
type Priced struct {
	ID        string
	Bill      pricing.Bill
	Low, High *pricing.Bill // nil when the requests are certain
	Usage     pricing.Usage
	Cannot    string // why the front cannot carry the workload; "" when it can
}

// candidate is a front that can be compared: it exists on the day and can carry
// the workload.
type candidate struct {
	Front
	usage pricing.Usage
	perMS pricing.Usage // at a billed duration of 1 ms
}

// New prices the fronts and compares them. A front that did not exist on the
// day has an unavailable bill and takes part in no comparison.
func New(in Input) (*Estimate, error) {
	if err := CheckSweeps(in.Sweeps); err != nil {
		return nil, err
	}
	e := &Estimate{}
	if in.Usage != nil {
		if len(in.Sweeps) > 0 || in.Eras {
			return nil, errors.New("usage by meter has no front whose input could be swept, and no durations to price in other eras: want fronts")
		}
		bill, err := in.Book.Bill(*in.Usage, in.Options)
		if err != nil {
			return nil, err
		}
		e.Fronts = []Priced{{ID: in.Usage.Front, Bill: bill, Usage: *in.Usage}}
		return e, nil
	}
	var candidates, existing []candidate // those that can carry the workload, and all that exist: a sweep may find where the others can
	for _, f := range in.Fronts {
		p, err := price(in, f)
		if err != nil {
			return nil, err
		}
		e.Fronts = append(e.Fronts, p)
		if p.Bill.Unavailable != "" {
			continue
		}
		c := candidate{Front: f, usage: p.Usage}
		existing = append(existing, c)
		if p.Cannot == "" {
			candidates = append(candidates, c)
		}
	}
	if err := e.compare(in, candidates); err != nil {
		return nil, err
	}
	if err := e.sweep(in, existing); err != nil {
		return nil, err
	}
	if len(in.Sweeps) > 0 && e.Sweep == nil && e.Phase == nil {
		return nil, fmt.Errorf("a sweep compares fronts: %s", e.uncompared(candidates))
	}
	if in.Eras {
		var workloads []pricing.Workload
		for _, f := range in.Fronts {
			workloads = append(workloads, f.Workload)
		}
		var err error
		if e.Eras, err = in.Book.EraTable(workloads, in.Options); err != nil {
			return nil, err
		}
		e.eras()
	}
	return e, nil
}

// eras takes back what the table of eras says of fronts that are not compared.
func (e *Estimate) eras() {
	if e.DifferentMonths {
		e.Eras.Requests = 0
	}
	for i, row := range e.Eras.Rows {
		var bills []pricing.Bill
		for j, b := range row.Bills {
			if e.Fronts[j].Cannot == "" {
				bills = append(bills, b)
			}
		}
		e.Eras.Rows[i].Cheapest = pricing.Cheapest(bills)
		if e.DifferentMonths {
			e.Eras.Rows[i].Cheapest = ""
		}
	}
}

func price(in Input, f Front) (Priced, error) {
	p := Priced{ID: f.Workload.Front}
	var err error
	if p.Bill, p.Usage, err = in.Book.PriceUsage(f.Workload, in.Options); err != nil || p.Bill.Unavailable != "" {
		return p, err
	}
	if p.Cannot, err = cannot(f.Workload, p.Usage); err != nil || f.Low == f.High {
		return p, err
	}
	for _, end := range []struct {
		requests int64
		bill     **pricing.Bill
	}{{f.Low, &p.Low}, {f.High, &p.High}} {
		w := f.Workload
		w.Traffic.RequestsPerMonth = end.requests
		bill, err := in.Book.Price(w, in.Options)
		if err != nil {
			return p, err
		}
		*end.bill = &bill
	}
	return p, nil
}

func usage(in Input, w pricing.Workload) (pricing.Usage, error) {
	rules, err := in.Book.Rules(in.Options.AsOf, in.Options.Init)
	if err != nil {
		return pricing.Usage{}, err
	}
	return pricing.UsageOf(w, rules)
}

// compare fills what needs two fronts with one month between them.
func (e *Estimate) compare(in Input, candidates []candidate) error {
	if len(candidates) < 2 {
		return nil
	}
	for _, c := range candidates[1:] {
		if first := candidates[0]; c.Workload.Traffic.RequestsPerMonth != first.Workload.Traffic.RequestsPerMonth || c.Low != first.Low || c.High != first.High {
			e.DifferentMonths = true
			e.Notes = append(e.Notes, fmt.Sprintf("fronts %q and %q have different months: no front is called the cheapest", first.Workload.Front, c.Workload.Front))
			return nil
		}
	}
	var bills []pricing.Bill
	for _, p := range e.Fronts {
		if p.Cannot == "" {
			bills = append(bills, p.Bill)
		}
	}
	e.Cheapest = pricing.Cheapest(bills)
	e.assumed(candidates)
	e.ties(bills)
	gap, err := gapOf(in, candidates)
	if err != nil {
		return err
	}
	if gap != "" {
		e.Notes = append(e.Notes, gap)
		return nil
	}
	if err := e.breakEvens(in, candidates, timed(candidates)); err != nil || !timed(candidates) {
		return err
	}
	return e.uncertainty(in, candidates)
}

// timed reports whether every front's duration is known.
func timed(candidates []candidate) bool {
	return !slices.ContainsFunc(candidates, func(c candidate) bool { return c.Workload.Duration == nil })
}

// gapOf fills in the usage at 1 ms and says what a front lacks besides its
// duration, "" when nothing.
func gapOf(in Input, candidates []candidate) (string, error) {
	for i, c := range candidates {
		var err error
		if candidates[i].perMS, err = usageAtOneMS(in, c.Workload); err != nil {
			return "", err
		}
		// The bill, not the usage: a price that is agreed in a contract is a gap too.
		bill, err := in.Book.Bill(candidates[i].perMS, in.Options)
		if err != nil {
			return "", err
		}
		if gaps := bill.Missing; len(gaps) > 0 {
			return fmt.Sprintf("front %q lacks %s (%s): costs are not compared", c.Workload.Front, gaps[0].Meter, gaps[0].Reason), nil
		}
	}
	return "", nil
}

// ties notes fronts that cost exactly the same as the cheapest.
func (e *Estimate) ties(bills []pricing.Bill) {
	var same []string
	var least *pricing.USD
	for _, b := range bills {
		switch {
		case b.Unavailable != "" || b.LowerBound || b.Upper != nil:
		case least == nil || b.Total.Cmp(*least) < 0:
			least, same = &b.Total, []string{b.Front}
		case b.Total.Equal(*least):
			same = append(same, b.Front)
		}
	}
	if len(same) > 1 && e.Cheapest == "" {
		e.Notes = append(e.Notes, fmt.Sprintf("%s cost the same: where one of them is called the cheapest, all are", strings.Join(same, ", ")))
	}
}

// assumed notes what fronts that are compared do not share, and where the edge's
// viewers are taken to be.
func (e *Estimate) assumed(candidates []candidate) {
	first := candidates[0].Workload
	for _, c := range candidates[1:] {
		w := c.Workload
		if w.MemoryMB != first.MemoryMB || w.Architecture != first.Architecture {
			e.Notes = append(e.Notes, fmt.Sprintf("%s has %d MB and %s, %s has %d MB and %s: each is priced with its own duration as given, which memory and processor change",
				first.Front, first.MemoryMB, first.Architecture, w.Front, w.MemoryMB, w.Architecture))
			break
		}
	}
	for _, c := range candidates {
		var zones []string
		for _, z := range pricing.Zones() {
			if share := c.Workload.Traffic.ViewerZones[z]; share.Sign() > 0 {
				zones = append(zones, fmt.Sprintf("%s %s %%", z, share.Mul(pricing.Count(100))))
			}
		}
		if len(zones) > 0 {
			e.Notes = append(e.Notes, fmt.Sprintf("%s: viewers by CloudFront zone: %s; its function is priced in %s", c.Workload.Front, strings.Join(zones, ", "), c.Workload.Region))
		}
	}
}

// uncompared is why a sweep has nothing to compare.
func (e *Estimate) uncompared(candidates []candidate) string {
	for _, p := range e.Fronts {
		if p.Cannot != "" {
			return fmt.Sprintf("front %q cannot carry it: %s", p.ID, p.Cannot)
		}
	}
	for _, c := range candidates {
		if len(candidates) > 1 && c.Workload.Duration == nil {
			return fmt.Sprintf("front %q has no duration", c.Workload.Front)
		}
	}
	if n := len(e.Notes); n > 0 {
		return e.Notes[n-1]
	}
	return fmt.Sprintf("want two or more that exist on the day, and there is %d", len(candidates))
}

// usageAtOneMS is the usage when every invocation is billed 1 ms: what there is
// to say along the billed duration, whether or not a duration is known.
func usageAtOneMS(in Input, w pricing.Workload) (pricing.Usage, error) {
	w.Duration = pricing.Billed(pricing.Count(1))
	return usage(in, w)
}
