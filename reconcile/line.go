package reconcile

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdoor/pricing"
)

// builder makes the line of a pair.
type builder struct {
	Line
	r      *Reconciler
	pair   pair
	list   pricing.USD // the price of a unit that estimates are made with
	bands  []pricing.Rate
	priced bool // list is known
	points pricing.Quantity
	wrong  []string // what is not as it should be
}

// line holds one pair's estimate against its charges.
func (r *Reconciler) line(p pair) Line {
	b := &builder{r: r, pair: p, Line: Line{Meter: p.at.meter, Region: p.at.region, From: p.from, Until: p.until}}
	b.sides()
	b.price()
	b.parts()
	for _, c := range p.charges {
		b.charge(c)
	}
	b.quantity()
	b.hours()
	b.rest()
	return b.Line
}

// sides adds up both sides' quantities, and what the bill asks.
func (b *builder) sides() {
	for _, u := range b.pair.uses {
		if b.Estimate == nil {
			b.Estimate = &Side{AtLeast: b.r.gap(b.Meter) != ""}
		}
		b.Estimate.Quantity = b.Estimate.Quantity.Add(u.Quantity)
		if u.Front != "" && !slices.Contains(b.Fronts, u.Front) {
			b.Fronts = append(b.Fronts, u.Front)
		}
	}
	for _, c := range b.pair.charges {
		if b.Billed == nil {
			b.Billed = &Side{}
		}
		if c.Quantity != nil {
			b.Billed.Quantity = b.Billed.Quantity.Add(*c.Quantity)
		}
		b.Billed.Cost = b.Billed.Cost.Add(c.Cost)
		b.Charges = append(b.Charges, Source{c.File, c.At})
		b.points = b.points.Add(pricing.Count(hoursOf(c.Charge)))
	}
	if b.Billed != nil && b.Billed.Quantity.Sign() != 0 {
		rate := b.Billed.Cost.Div(b.Billed.Quantity)
		b.Billed.Rate = &rate
	}
}

// price finds the list price of the day, of the first band: where in the month's
// bands the account is, a record cannot know. Without one the bill's own is taken.
func (b *builder) price() {
	bands, err := b.r.in.Book.Rates(b.Meter, b.Region, pricing.DateOf(b.From))
	if err == nil && !bands[0].Contract {
		b.bands, b.list, b.priced, b.Unit = bands, bands[0].USD, true, bands[0].Unit
	} else if b.Billed != nil && b.Billed.Rate != nil {
		b.list = *b.Billed.Rate
		b.explain(AtBill, pricing.USD{}, "the price book has no price of it for the day: the bill's own is taken, and not checked")
	}
	if b.Estimate != nil {
		b.Estimate.Cost = b.list.Mul(b.Estimate.Quantity)
		if b.priced {
			rate := b.list
			b.Estimate.Rate = &rate
		}
	}
}

// parts splits the difference: first another quantity at the estimate's price, then
// another price of the quantity that was billed.
func (b *builder) parts() {
	estimated, billed := b.quantities()
	b.QuantityPart = b.list.Mul(billed.Sub(estimated))
	var cost pricing.USD
	if b.Billed != nil {
		cost = b.Billed.Cost
	}
	b.RatePart = cost.Sub(b.list.Mul(billed))
	b.Difference = b.QuantityPart.Add(b.RatePart)
}

func (b *builder) quantities() (estimated, billed pricing.Quantity) {
	if b.Estimate != nil {
		estimated = b.Estimate.Quantity
	}
	if b.Billed != nil {
		billed = b.Billed.Quantity
	}
	return estimated, billed
}

// explain adds a part of the difference that is as it should be; parts of one reason
// and text are one.
func (b *builder) explain(reason Reason, usd pricing.USD, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for i, e := range b.Explained {
		if e.Reason == reason && e.Text == text {
			b.Explained[i].USD = e.USD.Add(usd)
			return
		}
	}
	b.Explained = append(b.Explained, Explanation{reason, usd, text})
}

// rest is what is left of the difference, and whether that is too much: more than
// the tolerance of the larger side.
func (b *builder) rest() {
	b.Residual = b.Difference
	for _, e := range b.Explained {
		b.Residual = b.Residual.Sub(e.USD)
	}
	b.judge(b.r.in.Tolerance)
	if b.Over && len(b.wrong) == 0 {
		b.wrong = []string{"the difference is not explained"}
	}
	if b.Residual.Sign() != 0 {
		b.Why = strings.Join(b.wrong, "; ")
	}
}

func (l *Line) judge(tolerance pricing.Quantity) {
	l.Over = magnitude(l.Residual).Cmp(l.size().Mul(tolerance)) > 0
}

// size is the larger of both sides.
func (l *Line) size() pricing.USD {
	var estimated, billed pricing.USD
	if l.Estimate != nil {
		estimated = l.Estimate.Cost
	}
	if l.Billed != nil {
		billed = l.Billed.Cost
	}
	if estimated.Cmp(billed) < 0 {
		return billed
	}
	return estimated
}

func magnitude(u pricing.USD) pricing.USD {
	if u.Sign() < 0 {
		return pricing.USD{}.Sub(u)
	}
	return u
}

// hoursOf is how many lines of an hour a line may be the sum of.
func hoursOf(c Charge) int64 {
	return max(1, int64(c.Until.Sub(c.From)/time.Hour))
}
