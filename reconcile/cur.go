package reconcile

import (
	"strings"

	"frontdoor/pricing/offers"
)

// curCharge reads a line of CUR 2.0. Cost is unblended: what the account itself
// used, at its own rates, before credits and tax.
func curCharge(r *row) Charge {
	r.dollars("line_item_currency_code")
	c := Charge{
		Kind: curKind(r.text("line_item_line_item_type")), Account: r.text("line_item_usage_account_id"),
		From: r.moment("line_item_usage_start_date"), Until: r.moment("line_item_usage_end_date"),
		Usage: offers.Usage{Service: r.text("line_item_product_code"), UsageType: r.text("line_item_usage_type"),
			Operation: r.text("line_item_operation"), Region: r.text("product_region_code")},
		Resource: r.text("line_item_resource_id"), Description: r.text("line_item_line_item_description"),
		Tags:     r.tags("resource_tags"),
		Quantity: r.quantity("line_item_usage_amount"), Cost: r.cost("line_item_unblended_cost"),
		Rate: r.price("line_item_unblended_rate"), List: r.price("pricing_public_on_demand_rate"),
	}
	if d := r.price("discount_total_discount"); d != nil {
		c.Discount = *d
	}
	if c.Tags == nil {
		c.Tags = r.tags("tags") // the younger column, which holds those of resources too
	}
	return c
}

// curKind is what line_item_line_item_type says
// (https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2-line-item.html).
func curKind(text string) Kind {
	switch text {
	case "Usage":
		return Usage
	case "SavingsPlanCoveredUsage", "DiscountedUsage":
		return Committed
	case "SavingsPlanNegation", "SavingsPlanRecurringFee", "SavingsPlanUpfrontFee", "RIFee":
		return Commitment
	case "Credit":
		return Credit
	case "Refund":
		return Refund
	case "Tax":
		return Tax
	case "Fee":
		return Fee
	}
	if strings.HasSuffix(text, "Discount") { // EdpDiscount, BundledDiscount, PrivateRateDiscount
		return Discount
	}
	return UnknownKind
}
