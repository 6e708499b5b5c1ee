package reconcile

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"frontdoor/pricing"
)

// half is the most that rounding to the 10 decimals of AWS's bills moves a figure.
func half() pricing.Quantity { return pricing.Ratio(5, 100_000_000_000) }

// charge explains the price of one line of the bill: that of the list, another
// band's, a free quantity's, a contract's. What none of them gives is wrong.
func (b *builder) charge(c charge) {
	if c.Quantity == nil {
		b.wrong = append(b.wrong, fmt.Sprintf("%s has a cost and no quantity", c.At))
		return
	}
	if !b.priced {
		return
	}
	q := *c.Quantity
	cost := c.Cost
	atList := b.list.Mul(q)
	if b.rounded(c, b.list) {
		b.round(cost.Sub(atList))
		b.r.beside(c)
		return
	}
	for i, band := range b.bands[min(1, len(b.bands)):] {
		if b.rounded(c, band.USD) {
			b.explain(HigherTier, band.USD.Mul(q).Sub(atList), "band %d of the month, from %s %s: %s a unit", i+2, band.Tier.From, band.Unit, dollars(band.USD))
			b.round(cost.Sub(band.USD.Mul(q)))
			return
		}
	}
	switch {
	case b.discounted(c):
		b.explain(Discounted, cost.Sub(atList), "the line itself says what was taken off")
	case cost.Sign() == 0 && c.Kind == Committed:
		b.explain(Covered, pricing.USD{}.Sub(atList), "paid by a commitment")
	case cost.Sign() == 0 && b.free(c):
		b.explain(FreeTier, pricing.USD{}.Sub(atList), "%s", b.freeText(c))
	case c.List != nil && c.Rate != nil && b.isBand(*c.List) && c.Rate.Cmp(*c.List) < 0 && b.rounded(c, *c.Rate):
		b.explain(Negotiated, c.Rate.Mul(q).Sub(atList), "%s a unit, where the bill itself has AWS's list price of %s", dollars(*c.Rate), dollars(*c.List))
		b.round(cost.Sub(c.Rate.Mul(q)))
	case cost.Sign() == 0:
		b.wrong = append(b.wrong, fmt.Sprintf("%s bills it at $0, and no free quantity of it is known", c.At))
	case q.Sign() == 0:
		b.wrong = append(b.wrong, fmt.Sprintf("%s bills %s for nothing", c.At, dollars(cost)))
	default:
		b.wrong = append(b.wrong, fmt.Sprintf("%s bills %s a unit, the list price is %s", c.At, dollars(cost.Div(q)), dollars(b.list)))
	}
}

// rounded reports whether a line costs its quantity times a price, but for the
// rounding of both to 10 decimals.
func (b *builder) rounded(c charge, price pricing.USD) bool {
	allowed := dollar().Mul(half()).Add(price.Mul(half())).Mul(pricing.Count(hoursOf(c.Charge)))
	return magnitude(c.Cost.Sub(price.Mul(*c.Quantity))).Cmp(allowed) <= 0
}

// discounted reports whether a line costs the list price but for the discount that it
// states, whichever sign that has.
func (b *builder) discounted(c charge) bool {
	if c.Discount.Sign() == 0 {
		return false
	}
	full, other := c, c
	full.Cost, other.Cost = c.Cost.Sub(c.Discount), c.Cost.Add(c.Discount)
	return c.Discount.Sign() < 0 && b.rounded(full, b.list) || c.Discount.Sign() > 0 && b.rounded(other, b.list)
}

func dollar() pricing.USD {
	one, _ := pricing.ParseUSD("1") // a decimal number
	return one
}

// round explains what rounding moved.
func (b *builder) round(usd pricing.USD) {
	if usd.Sign() != 0 {
		b.explain(Rounding, usd, "lines of a bill have 10 decimals")
	}
}

// isBand reports whether a price is one of the book's, of any band.
func (b *builder) isBand(price pricing.USD) bool {
	return slices.ContainsFunc(b.bands, func(r pricing.Rate) bool { return r.USD.Equal(price) })
}

// free reports whether a line at $0 is a free quantity: its description says so, or
// an account gets some of the meter for nothing.
func (b *builder) free(c charge) bool {
	return saysFree(c) || len(b.r.in.Book.FreeQuantities(b.Meter, pricing.DateOf(b.From))) > 0
}

// saysFree reads AWS's descriptions: "... under the global monthly free tier", "First
// 5GB-mo per month of logs storage is free."
func saysFree(c charge) bool {
	text := strings.ToLower(c.Description)
	return strings.Contains(text, "free tier") || strings.Contains(text, "is free")
}

func (b *builder) freeText(c charge) string {
	if saysFree(c) {
		return "the bill's own words: " + c.Description
	}
	var names []string
	for _, f := range b.r.in.Book.FreeQuantities(b.Meter, pricing.DateOf(b.From)) {
		names = append(names, f.ID)
	}
	return "$0 on the bill; free quantities of it: " + strings.Join(names, ", ")
}

// quantity explains another quantity than estimated: by decimals, by what the record
// does not know, by others in the same lines, by what stands without the run.
func (b *builder) quantity() {
	estimated, billed := b.quantities()
	more := billed.Sub(estimated)
	size := more
	if more.Sign() < 0 {
		size = pricing.Quantity{}.Sub(more)
	}
	units := func(q pricing.Quantity) string { return short(q.Rat()) + " " + b.unit() }
	switch {
	case more.Sign() == 0:
	case b.Billed != nil && b.Estimate != nil && size.Cmp(b.points.Mul(half())) <= 0:
		b.explain(Rounding, b.QuantityPart, "quantities on a bill have 10 decimals")
	case b.Billed == nil:
		b.wrong = append(b.wrong, fmt.Sprintf("%s are estimated and not on the bill", units(estimated)))
	case b.Estimate == nil && stands(b.Meter):
		b.explain(Standing, b.QuantityPart, "kept or stood there in the run's hours, with the run or without it")
	case more.Sign() > 0 && b.r.gap(b.Meter) != "":
		b.explain(LowerBound, b.QuantityPart, "the estimate is the least that the run can have used: %s", b.r.gap(b.Meter))
	case b.Estimate == nil:
		b.wrong = append(b.wrong, fmt.Sprintf("%s bills %s and the run has no estimate of it", b.pair.charges[0].At, units(billed)))
	case more.Sign() > 0 && b.pair.shared:
		b.explain(OtherTraffic, b.QuantityPart, "the lines bear neither the run's tag nor its resources: others' use is in them")
	case more.Sign() > 0 && b.r.wide(b.pair):
		b.explain(OtherTraffic, b.QuantityPart, "the lines are of %s, the run of %s of that: what else was used then is in them", hours(b.Until.Sub(b.From)), hours(b.covered()))
	case more.Sign() > 0:
		b.wrong = append(b.wrong, fmt.Sprintf("%s are billed, %s more than estimated", units(billed), short(more.Rat())))
	default:
		b.wrong = append(b.wrong, fmt.Sprintf("%s are billed, %s less than estimated", units(billed), short(size.Rat())))
	}
}

func (b *builder) unit() string {
	if b.Unit == "" {
		return "units"
	}
	return b.Unit
}

// hours says of what is billed by the whole hour how much of it the run was there.
func (b *builder) hours() {
	if b.Billed == nil || b.Estimate == nil || b.Meter != pricing.ALBHours && b.Meter != pricing.IPv4Hours {
		return
	}
	from, until := b.From, b.Until
	if b.r.in.Started.After(from) {
		from = b.r.in.Started
	}
	if b.r.in.Ended.Before(until) {
		until = b.r.in.Ended
	}
	if there := until.Sub(from); there > 0 && there < b.covered() {
		b.explain(WholeHour, pricing.USD{}, "a shared hour: billed whole, and the run was there for %s of it", minutes(there))
	}
}

// covered is the run's hours in the span.
func (b *builder) covered() time.Duration {
	var sum time.Duration
	for _, hour := range b.r.hours {
		if within(hour, b.From, b.Until) {
			sum += time.Hour
		}
	}
	return sum
}

// stands reports whether a meter counts what is there, not what is done: no estimate
// of a run has it.
func stands(m pricing.Meter) bool {
	name := string(m)
	for _, part := range []string{".storage_gb_months", "cloudwatch.alarms.", "cloudwatch.metric_months", "route53.zones", "waf.web_acls", "waf.rules"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// gap is why the record does not know all that the run used of a meter; "" when it
// does. Calls of functions to tables and buckets are one gap, with what they carry over a
// border of Regions.
func (r *Reconciler) gap(m pricing.Meter) string {
	behind := strings.HasPrefix(string(m), "dynamodb.") || strings.HasPrefix(string(m), "s3.") || strings.HasPrefix(string(m), "egress.interregion_gb.")
	for _, g := range r.in.Spent.Missing {
		if g.Meter == m || behind && g.Meter == pricing.DynamoDBReadUnits {
			return g.Reason
		}
	}
	return ""
}

func minutes(d time.Duration) string { return fmt.Sprintf("%.0f min", max(1, d.Minutes())) }

func hours(d time.Duration) string {
	if d == time.Hour {
		return "1 hour"
	}
	return fmt.Sprintf("%d hours", d/time.Hour)
}

func dollars(u pricing.USD) string {
	if u.Sign() < 0 {
		return "-$" + short(pricing.USD{}.Sub(u).Rat())
	}
	return "$" + short(u.Rat())
}

// short is a figure to the 10 decimals of bills, without zeros at its end.
func short(r *big.Rat) string {
	text := r.FloatString(10)
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
