package offload

import (
	"errors"
	"math/big"

	"frontdoor/offload"
	"frontdoor/pricing"
)

// Bill is 30 days of an option at list prices. What Akamai bills is agreed in
// contracts, and missing from it unless the book has it.
type Bill struct {
	Option offload.Option
	pricing.Bill
}

// month scales what was counted to 30 days.
func month(n int64, days int) pricing.Quantity { return pricing.Ratio(30*n, int64(days)) }

// global is the Region of meters that know none.
const global = "global"

// bill prices what an option did.
func (in Input) bill(o offload.Outcome) (Bill, error) {
	count := func(m pricing.Meter, region string, n int64) pricing.Item {
		return pricing.Item{Meter: m, Region: region, Quantity: month(n, o.Days)}
	}
	items := []pricing.Item{
		count(pricing.S3Puts, in.Region, o.Changes),
		count(pricing.S3Gets, in.Region, o.S3.Total()+o.FunctionGets+o.FunctionHeads),
		pricing.BytesOf(pricing.EgressGB, in.Region, month(o.Egress(), o.Days)),
	}
	if o.Invocations > 0 {
		items = append(items,
			count(pricing.LambdaRequests, in.Region, o.Invocations),
			pricing.Item{Meter: pricing.LambdaGBSecondsX86, Region: in.Region, Quantity: pricing.Ratio(30*o.BilledMS*int64(in.Params.Publish.MemoryMB), int64(o.Days)*1000*1024)},
			pricing.BytesOf(pricing.LogsIngestedGB, in.Region, month(o.LogBytes, o.Days)))
	}
	if o.Option != offload.Direct {
		items = append(items,
			count(pricing.AkamaiRequests, global, o.Reads),
			pricing.BytesOf(pricing.AkamaiEgressGB, global, month(o.BytesRead, o.Days)),
			count(pricing.AkamaiPurges, global, o.Purges))
	}
	if o.StoredBytes > 0 {
		items = append(items, pricing.BytesOf(pricing.AkamaiNetStorageGBMonths, global, pricing.Count(o.StoredBytes)))
	}
	b, err := in.Book.Bill(pricing.Usage{Front: string(o.Option), Items: items}, pricing.BillOptions{AsOf: in.AsOf, FreeTier: in.FreeTier})
	if err == nil && b.Unavailable != "" {
		err = errors.New(b.Unavailable)
	}
	return Bill{o.Option, b}, err
}

// of is the bill of an option.
func (r *Report) of(o offload.Option) pricing.Bill {
	for _, b := range r.Bills {
		if b.Option == o {
			return b.Bill
		}
	}
	return pricing.Bill{}
}

// amount is what a bill has of a meter, exact; the lines of free quantities are 0.
func amount(b pricing.Bill, m pricing.Meter) pricing.USD {
	var sum pricing.USD
	for _, l := range b.Lines {
		if l.Meter == m {
			sum = sum.Add(l.Amount)
		}
	}
	return sum
}

// Closed is 30 days of options A and B by their formulas: every day's purge finds one
// request for each topmost cache, every change is published by one invocation.
type Closed struct {
	A         pricing.USD `json:"a_usd"`
	B         pricing.USD `json:"b_usd"`
	BreakEven pricing.USD `json:"netstorage_usd_per_gb_month"` // up to which B costs no more
	// BreakEvenFlat is BreakEven against option A without parents, whose every edge
	// fetches the object from S3.
	BreakEvenFlat pricing.USD `json:"netstorage_usd_per_gb_month_without_parents"`
	Requests      float64     `json:"a_requests_per_day"`
	Window        float64     `json:"a_window_seconds"` // mean
}

// closed evaluates the formulas at the book's first rates.
func (in Input) closed(r offload.Result) (Closed, error) {
	p := in.Params
	b, _ := r.Of(offload.B)
	perInvocation := new(big.Rat)
	if b.Invocations > 0 {
		perInvocation = big.NewRat(b.BilledMS*int64(p.Publish.MemoryMB), b.Invocations*1000*1024)
	}
	tops := p.Parents
	if tops == 0 {
		tops = p.Edges
	}
	changed := new(big.Rat).SetFloat64(1 - p.Changes.Miss)
	size := pricing.BytesOf(pricing.EgressGB, in.Region, pricing.Count(p.Size)).Quantity.Rat()
	m := offload.Monthly{Parents: int64(tops), SizeGB: size, GBSeconds: perInvocation, Replicas: int64(p.Publish.Replicas), ChangeDays: changed}
	var rates offload.Rates
	for meter, into := range map[pricing.Meter]**big.Rat{
		pricing.S3Gets: &rates.Get, pricing.LambdaRequests: &rates.LambdaRequest, pricing.LambdaGBSecondsX86: &rates.GBSecond, pricing.EgressGB: &rates.EgressGB,
	} {
		list, err := in.Book.Rates(meter, in.Region, in.AsOf)
		if err != nil {
			return Closed{}, err
		}
		*into = list[0].USD.Rat()
	}
	flat := m
	flat.Parents = int64(p.Edges)
	c := Closed{A: usd(m.A(rates)), B: usd(m.B(rates)), BreakEven: usd(m.BreakEven(rates)), BreakEvenFlat: usd(flat.BreakEven(rates))}
	every := p.Schedule.Every
	c.Requests = float64(tops) * 24 / every.Hours()
	if p.Poisson {
		c.Requests = offload.InvalidationsPerDay(tops, p.ReadsPerHour*float64(p.Edges)/float64(tops), every)
	}
	c.Window = offload.ExpectedWindow(p.Schedule.Margin, max(p.Changes.Deviation, 1), every).Seconds() + p.PurgeEffect.Seconds()
	return c, nil
}

func usd(r *big.Rat) pricing.USD {
	one := pricing.QuantityOf(r)
	dollar, err := pricing.ParseUSD("1")
	if err != nil {
		panic(err) // a constant
	}
	return dollar.Mul(one)
}

// BreakEven is the prices at which options cost the same, since Akamai's are not
// public. Nil is a price that would have to be negative, or is of nothing.
type BreakEven struct {
	// NetStorage is the price of a GB-month, every replica counted, up to which b costs
	// no more than a.
	NetStorage *pricing.USD `json:"netstorage_usd_per_gb_month,omitempty"`
	// Delivered is, for an option, the price of a GB delivered by Akamai up to which it
	// costs no more than reading from S3 alone, with NetStorage and requests for nothing.
	Delivered map[offload.Option]pricing.USD `json:"delivered_usd_per_gb,omitempty"`
}

func (r *Report) breakEven() BreakEven {
	e := BreakEven{Delivered: map[offload.Option]pricing.USD{}}
	direct, a, b := r.of(offload.Direct), r.of(offload.A), r.of(offload.B)
	outB, _ := r.Result.Of(offload.B)
	stored := pricing.BytesOf(pricing.AkamaiNetStorageGBMonths, global, pricing.Count(outB.StoredBytes)).Quantity
	if saved := aws(a).Sub(aws(b)); saved.Sign() > 0 && stored.Sign() > 0 {
		price := saved.Div(stored)
		e.NetStorage = &price
	}
	for _, o := range r.Result.Outcomes {
		gb := pricing.BytesOf(pricing.AkamaiEgressGB, global, month(o.BytesRead, o.Days)).Quantity
		if saved := aws(direct).Sub(aws(r.of(o.Option))); o.Option != offload.Direct && saved.Sign() > 0 && gb.Sign() > 0 {
			e.Delivered[o.Option] = saved.Div(gb)
		}
	}
	return e
}

// aws is the part of a bill that is AWS's.
func aws(b pricing.Bill) pricing.USD {
	var sum pricing.USD
	for _, l := range b.Lines {
		if !akamais(l.Meter) {
			sum = sum.Add(l.Amount)
		}
	}
	return sum
}

func akamais(m pricing.Meter) bool {
	return m == pricing.AkamaiRequests || m == pricing.AkamaiEgressGB || m == pricing.AkamaiPurges || m == pricing.AkamaiNetStorageGBMonths
}
