package focus

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"frontdoor/pricing"
	"frontdoor/report"
)

// dataset is what all rows have in common.
type dataset struct {
	r           *report.Report
	from, until time.Time // the month
	without     string    // fronts without a bill
}

// account stands where a payer's number would: an estimate has none.
const account = "bench-estimate"

// values are a row's, by column; what is not in it is null.
func (d *dataset) values(row row) map[string]string {
	l, class := row.line, classOf(row.line.Service)
	quantity := decimal(l.Quantity.Rat())
	list := product(l.UnitPrice, quantity)
	sku, price := skuOf(l)
	values := map[string]string{
		"BilledCost": "0", "EffectiveCost": "0", "ListCost": list, "ContractedCost": list,
		"BillingAccountId": account, "BillingCurrency": "USD",
		"BillingPeriodStart": stamp(d.from), "BillingPeriodEnd": stamp(d.until), "ChargePeriodStart": stamp(d.from), "ChargePeriodEnd": stamp(d.until),
		"ChargeCategory": "Usage", "ChargeFrequency": "Usage-Based", "ChargeDescription": clean(d.description(row)),
		"ConsumedQuantity": quantity, "ConsumedUnit": l.Unit, "PricingQuantity": quantity, "PricingUnit": l.Unit,
		"ListUnitPrice": l.UnitPrice.String(), "ContractedUnitPrice": l.UnitPrice.String(), "PricingCategory": "Standard",
		"InvoiceIssuerName": class.provider, "ProviderName": class.provider, "PublisherName": class.provider,
		"HostProviderName": class.provider, "ServiceProviderName": class.provider,
		"ServiceCategory": class.category, "ServiceSubcategory": class.subcategory, "ServiceName": clean(l.Service),
		"SkuId": sku, "SkuPriceId": price, "SkuMeter": string(l.Meter), "SkuPriceDetails": tierOf(l),
	}
	if l.Region != "" && l.Region != pricing.Global {
		values["RegionId"], values["RegionName"] = clean(l.Region), clean(regionName(l.Region))
	}
	d.ours(row, values)
	return values
}

// ours adds bench's own columns.
func (d *dataset) ours(row row, values map[string]string) {
	bill := row.front.Cost.Bill
	var missing []string
	for _, gap := range bill.Missing {
		missing = append(missing, string(gap.Meter))
	}
	values["x_BenchRunId"] = clean(d.r.Run.ID)
	values["x_BillingRule"] = billingRule(bill, row.line.Meter)
	values["x_EstimatedNetCost"] = decimal(row.net.Rat())
	values["x_FreeTierQuantity"] = decimal(row.free.Rat())
	values["x_Front"] = clean(row.front.ID)
	values["x_FrontsWithoutBill"] = d.without
	values["x_IsEstimate"] = "true"
	values["x_LatencySource"] = string(d.r.Run.Source)
	values["x_LowerBound"] = strconv.FormatBool(bill.LowerBound)
	values["x_Missing"] = strings.Join(missing, ";")
	values["x_PriceBookDate"] = d.r.Pricing.AsOf.String()
	values["x_PriceConfidence"] = string(row.line.Confidence)
	values["x_PriceSourceUrl"] = clean(row.line.Source)
	if row.low != nil && row.high != nil {
		values["x_EstimateLow"], values["x_EstimateHigh"] = decimal(row.low.Rat()), decimal(row.high.Rat())
	}
	if n := row.front.Requests; n > 0 {
		values["x_MatchedCoverage"] = decimal(big.NewRat(int64(row.front.Function.Reports), int64(n)))
	}
}

// description begins with what nobody may overlook in a table of charges.
func (d *dataset) description(row row) string {
	text := fmt.Sprintf("ESTIMATE by bench %s (%s), no charge: %s %s behind front %s", d.r.Run.Tool, d.r.Label(), row.line.Service, row.line.Meter, row.front.ID)
	if row.line.Counting != "" {
		text += ", " + row.line.Counting
	}
	if row.front.Cost.Bill.LowerBound {
		text += "; the bill is a lower bound"
	}
	if cannot := row.front.Cost.Cannot; cannot != "" {
		text += "; this front cannot carry the month: " + cannot
	}
	return text
}

// billingRule is the granularity of durations, on the lines that it decides.
func billingRule(b pricing.Bill, m pricing.Meter) string {
	if b.Rules == (pricing.Rules{}) || !strings.Contains(string(m), "gb_seconds") {
		return ""
	}
	return fmt.Sprintf("%dms", b.Rules.Of(b.Kind).Granularity.Value)
}

// skuOf are the identifiers of what is priced and of its price. AWS's rate code
// is SKU.OFFERTERM.RATE; a price that is known without one has a key of the price
// book, which cannot be taken for AWS's: null would make PricingQuantity null too.
func skuOf(l pricing.Line) (sku, price string) {
	if l.RateCode != "" {
		sku, _, _ = strings.Cut(l.RateCode, ".")
		return clean(sku), clean(l.RateCode)
	}
	sku = clean(fmt.Sprintf("bench:%s/%s", l.Meter, l.Region))
	return sku, fmt.Sprintf("%s/%s", sku, l.Tier.From)
}

// tierOf is the band of the price as JSON, "" when there is only one.
func tierOf(l pricing.Line) string {
	if l.Tier.Until == nil && l.Tier.From.Sign() == 0 {
		return ""
	}
	details := map[string]string{"x_TierFrom": l.Tier.From.String()}
	if l.Tier.Until != nil {
		details["x_TierUntil"] = l.Tier.Until.String()
	}
	text, _ := json.Marshal(details) // strings always can be
	return string(text)
}

func stamp(t time.Time) string { return t.Format("2006-01-02T15:04:05Z") }

// places is to how many decimals a number without an end is written: FOCUS wants
// decimals, and its Extended precision is 36 digits.
const places = 20

// decimal is r with all its decimals, or with 20 when they never end.
func decimal(r *big.Rat) string {
	n, finite := r.FloatPrec()
	if !finite {
		n = places
	}
	return r.FloatString(n)
}

// product is price x quantity of the quantity as it is written: FOCUS wants the
// cost to equal the product of the two columns.
func product(price pricing.USD, quantity string) string {
	q, _ := new(big.Rat).SetString(quantity) // decimal wrote it
	return decimal(q.Mul(q, price.Rat()))
}
