package pricing

// charge adds the lines of one item: at list price, and with its free
// quantities taken out.
func (b *Bill) charge(item Item, rates []Rate, granted []grant) {
	for _, s := range graduate(rates, Quantity{}, item.Quantity) {
		b.List = append(b.List, b.line(item, s))
	}
	var start Quantity
	rest := item.Quantity
	for _, g := range granted {
		b.Lines = append(b.Lines, b.freeLine(item, rates[0], g))
		rest = rest.Sub(g.quantity)
		if g.allowance.firstBand {
			start = start.Add(g.quantity)
		}
	}
	if rest.Sign() == 0 && len(granted) > 0 {
		return
	}
	for _, s := range graduate(rates, start, rest) {
		b.Lines = append(b.Lines, b.line(item, s))
	}
}

// line is a quantity in one band. Its service is known: Parse refuses a rate
// without one.
func (b *Bill) line(item Item, s share) Line {
	service, _ := serviceOf(item.Meter)
	return Line{
		Service: service, Meter: item.Meter, Region: item.Region, Counting: item.Counting,
		Quantity: s.quantity, Unit: s.rate.Unit, Tier: s.rate.Tier,
		UnitPrice: s.rate.USD, Amount: s.rate.USD.Mul(s.quantity),
		RateCode: s.rate.RateCode, Source: s.rate.Source, AsOf: b.AsOf,
		Seen: s.rate.Seen, Mark: s.rate.Mark, Confidence: s.rate.Confidence(b.AsOf),
	}
}

// freeLine is a free quantity at $0.
func (b *Bill) freeLine(item Item, like Rate, g grant) Line {
	service, _ := serviceOf(item.Meter)
	a := g.allowance
	return Line{
		Service: service, Meter: item.Meter, Region: item.Region, Counting: item.Counting,
		Quantity: g.quantity, Unit: like.Unit, Tier: Tier{Until: &a.quantity},
		Source: a.source, AsOf: b.AsOf, Seen: a.inForce, Mark: a.mark,
		Confidence: confidence(a.mark.Confirmed()), Free: true, FreeTier: a.id,
	}
}

// sum adds up the lines, and divides by the requests.
func (b *Bill) sum() {
	b.Total, b.ListTotal, b.PerMillion = USD{}, USD{}, nil
	b.Confidence = b.confidence()
	for i, l := range b.Lines {
		b.Total = b.Total.Add(l.Amount)
		b.Lines[i].PerMillion = b.perMillion(l.Amount)
	}
	for i, l := range b.List {
		b.ListTotal = b.ListTotal.Add(l.Amount)
		b.List[i].PerMillion = b.perMillion(l.Amount)
	}
	b.PerMillion = b.perMillion(b.Total)
}

func (b *Bill) perMillion(amount USD) *USD {
	if b.Requests.Sign() == 0 {
		return nil
	}
	share := amount.Mul(Count(1_000_000)).Div(b.Requests)
	return &share
}

// confidence is the least of every line and rule that was used.
func (b *Bill) confidence() Confidence {
	least := Confirmed
	for _, l := range b.Lines {
		least = least.worse(l.Confidence)
	}
	if b.Rules == (Rules{}) {
		return least
	}
	billing := b.Rules.Of(b.Kind)
	return least.worse(billing.Granularity.Confidence).worse(billing.Init.Confidence)
}
