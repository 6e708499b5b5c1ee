package reconcile

import "frontdoor/pricing/offers"

// focusCharge reads a line of FOCUS whose usage type stands in the given column.
// Cost is BilledCost: EffectiveCost and ContractedCost are 0 beside it in rows of
// the FOCUS 1.0 sample, which is not free.
func focusCharge(usageType string) func(*row) Charge {
	return func(r *row) Charge {
		r.dollars("BillingCurrency")
		c := Charge{
			Kind: focusKind(r), Account: r.text("SubAccountId"),
			From: r.moment("ChargePeriodStart"), Until: r.moment("ChargePeriodEnd"),
			Usage:    offers.Usage{Service: r.text("x_ServiceCode"), UsageType: r.text(usageType), Operation: r.text("x_Operation"), Region: r.text("RegionId")},
			Resource: r.text("ResourceId"), Description: r.text("ChargeDescription"), Tags: r.tags("Tags"),
			Quantity: r.quantity("PricingQuantity"), Cost: r.cost("BilledCost"), Rate: r.price("ContractedUnitPrice"), List: r.price("ListUnitPrice"),
			Discount: r.sum("x_Discounts"),
		}
		if c.Quantity == nil {
			c.Quantity = r.quantity("ConsumedQuantity")
		}
		if c.Rate == nil || c.Rate.Sign() == 0 && c.Cost.Sign() != 0 {
			c.Rate = c.List
		}
		return c
	}
}

// focusKind is what category, class and commitment say of a line
// (https://focus.finops.org/focus-specification/v1-2/).
func focusKind(r *row) Kind {
	if r.text("ChargeClass") == "Correction" {
		return Correction
	}
	switch r.text("ChargeCategory") {
	case "Usage":
		switch {
		case r.text("CommitmentDiscountStatus") == "Unused":
			return Commitment
		case r.text("CommitmentDiscountId") != "":
			return Committed
		}
		return Usage
	case "Purchase":
		return Commitment
	case "Credit":
		return Credit
	case "Tax":
		return Tax
	case "Adjustment":
		return Adjustment
	}
	return UnknownKind
}
