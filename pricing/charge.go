package pricing

// charge adds the lines of one item: at list price, and with its free
// quantities taken out.
func (b *Bill) charge(item Item, rates []Rate, g granted) {
	if b.FreeTier != FreeNone {
		b.List = b.at(b.List, item, rates, g.list, item.Quantity)
	}
	for _, free := range g.grants {
		b.Lines = append(b.Lines, b.freeLine(item, rates[0], free))
	}
	rest := item.Quantity.Sub(g.free())
	if rest.Sign() == 0 && len(g.grants) > 0 {
		return
	}
	b.Lines = b.at(b.Lines, item, rates, g.start, rest)
}

// at appends a line for each band that quantity lies in, beginning at start.
func (b *Bill) at(lines []Line, item Item, rates []Rate, start, quantity Quantity) []Line {
	if len(rates) == 1 { // most meters have one band
		return append(lines, b.line(item, rates[0], quantity))
	}
	for _, s := range graduate(rates, start, quantity) {
		lines = append(lines, b.line(item, s.rate, s.quantity))
	}
	return lines
}

// line is a quantity in one band. Its service is known: Parse refuses a rate
// without one.
func (b *Bill) line(item Item, r Rate, q Quantity) Line {
	return Line{
		Service: r.service, Meter: item.Meter, Region: item.Region, Counting: item.Counting,
		Quantity: q, Unit: r.Unit, Tier: r.Tier,
		UnitPrice: r.USD, Amount: r.USD.Mul(q),
		RateCode: r.RateCode, Source: r.Source, AsOf: b.AsOf,
		Seen: r.Seen, Mark: r.Mark, Confidence: r.Confidence(b.AsOf),
	}
}

// freeLine is a free quantity at $0.
func (b *Bill) freeLine(item Item, like Rate, g grant) Line {
	a := g.allowance
	return Line{
		Service: like.service, Meter: item.Meter, Region: item.Region, Counting: item.Counting,
		Quantity: g.quantity, Unit: like.Unit, Tier: Tier{Until: &a.quantity},
		Source: a.source, AsOf: b.AsOf, Seen: a.inForce, Mark: a.mark,
		Confidence: confidence(a.mark.Confirmed()), Free: true, FreeTier: a.id,
	}
}

// sum adds up the lines, and divides by the requests.
func (b *Bill) sum() {
	b.Confidence = b.confidence()
	b.Total = b.add(b.Lines)
	b.ListTotal = b.Total
	if b.FreeTier != FreeNone {
		b.ListTotal = b.add(b.List)
	}
	b.PerMillion = nil
	if b.Requests.Sign() != 0 {
		million := b.Total.Mul(b.millions())
		b.PerMillion = &million
	}
}

// add is the sum of lines; each is given its share of a million requests.
func (b *Bill) add(lines []Line) USD {
	var total USD
	known := b.Requests.Sign() != 0
	var shares []USD
	var millions Quantity
	if known {
		shares, millions = make([]USD, len(lines)), b.millions()
	}
	for i := range lines {
		total = total.Add(lines[i].Amount)
		lines[i].PerMillion = nil
		if known {
			shares[i] = lines[i].Amount.Mul(millions)
			lines[i].PerMillion = &shares[i]
		}
	}
	return total
}

// millions is a million over the requests.
func (b *Bill) millions() Quantity { return Count(1_000_000).Div(b.Requests) }

// confidence is the least of every line and rule that was used.
func (b *Bill) confidence() Confidence {
	least := Confirmed
	for i := range b.Lines {
		least = least.worse(b.Lines[i].Confidence)
	}
	if b.Rules == (Rules{}) {
		return least
	}
	billing := b.Rules.Of(b.Kind)
	return least.worse(billing.Granularity.Confidence).worse(billing.Init.Confidence)
}
