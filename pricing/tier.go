package pricing

// share is the part of a quantity that falls into one band.
type share struct {
	rate     Rate
	quantity Quantity
}

// graduate lays quantity over the bands, beginning at start: each part pays
// the price of its band. A quantity of zero lies in the band of start, so that
// a meter that was read as zero still shows its price.
func graduate(rates []Rate, start, quantity Quantity) []share {
	end := start.Add(quantity)
	var shares []share
	for _, r := range rates {
		from := start
		if r.Tier.From.Cmp(from) > 0 {
			from = r.Tier.From
		}
		until := end
		if r.Tier.Until != nil {
			until = least(end, *r.Tier.Until)
		}
		part := until.Sub(from)
		here := r.Tier.From.Cmp(start) <= 0 && (r.Tier.Until == nil || start.Cmp(*r.Tier.Until) < 0)
		if part.Sign() > 0 || quantity.Sign() == 0 && here {
			shares = append(shares, share{r, part})
		}
	}
	return shares
}
