package pricing

import (
	"fmt"

	"frontdoor/front"
)

// Usage is a month of billed quantities of one front.
type Usage struct {
	Front    string     `json:"front"`
	Kind     front.Kind `json:"kind"`
	Requests Quantity   `json:"requests"` // per month; zero leaves amounts per million out
	Items    []Item     `json:"items"`
	Upper    []Item     `json:"upper,omitempty"`    // the same at the upper bound of what is known within bounds; Items are at the lower
	Missing  []Gap      `json:"missing,omitempty"`  // metered by AWS, not known here: the bill is a lower bound
	Excluded []Gap      `json:"excluded,omitempty"` // left out on purpose
	Notes    []string   `json:"notes,omitempty"`    // what was assumed
	Rules    Rules      `json:"rules"`              // under which durations were rounded
	LCU      *LCU       `json:"lcu,omitempty"`
	BilledMS Bounds     `json:"billed_ms"` // mean of an invocation; zero when it is not known
}

// Item is a quantity of one meter in one Region.
type Item struct {
	Meter    Meter    `json:"meter"`
	Region   string   `json:"region"`
	Quantity Quantity `json:"quantity"`           // in the meter's unit, per month
	Counting string   `json:"counting,omitempty"` // which gigabyte, for meters of bytes

	// How Quantity grows: by this much with each request of the month, and with
	// each billed millisecond of an invocation. The rest of it is fixed.
	PerRequest Quantity `json:"-"`
	PerMS      Quantity `json:"-"`

	// Counted is something behind the front: a day on which it did not exist yet leaves
	// a gap, and the front its bill.
	Counted bool `json:"-"`
}

// Gap is a meter without a quantity.
type Gap struct {
	Meter  Meter  `json:"meter"`
	Reason string `json:"reason"`
}

// UsageOf is the month of a workload, exactly: mean quantities are fractions,
// durations were rounded for each invocation first.
func UsageOf(w Workload, rules Rules) (Usage, error) {
	if err := w.Traffic.check(); err != nil {
		return Usage{}, err
	}
	parts, err := partsOf(w.Kind)
	if err != nil {
		return Usage{}, err
	}
	b := &usageBuilder{w: &w, f: &w.Traffic, requests: Count(w.Traffic.RequestsPerMonth), billing: rules.Of(w.Kind)}
	if b.billing.Granularity.Value <= 0 {
		return Usage{}, fmt.Errorf("usage of front %q: no billing rules for kind %q on %q", w.Front, w.Kind, rules.AsOf)
	}
	b.usage = Usage{Front: w.Front, Kind: w.Kind, Requests: b.requests, Rules: rules, Items: make([]Item, 0, 10)}
	b.usage.Missing = append(b.usage.Missing, w.Missing...)
	b.usage.Notes = append(b.usage.Notes, w.Notes...)
	for _, part := range parts {
		if err := part(b); err != nil {
			return Usage{}, fmt.Errorf("usage of front %q: %w", w.Front, err)
		}
	}
	b.counted()
	b.fetched()
	if err := b.dns(); err != nil {
		return Usage{}, fmt.Errorf("usage of front %q: %w", w.Front, err)
	}
	b.upper()
	return b.usage, nil
}

type usagePart func(*usageBuilder) error

// partsOf lists what a kind of front is metered on.
func partsOf(k front.Kind) ([]usagePart, error) {
	switch k {
	case front.APIGatewayREST, front.APIGatewayNonProxy: // AWS prices calls, whatever the integration
		return []usagePart{(*usageBuilder).lambda, (*usageBuilder).rest, (*usageBuilder).egress, (*usageBuilder).dynamoDB}, nil
	case front.APIGatewayHTTP:
		return []usagePart{(*usageBuilder).lambda, (*usageBuilder).http, (*usageBuilder).egress, (*usageBuilder).dynamoDB}, nil
	case front.ALB:
		return []usagePart{(*usageBuilder).lambda, (*usageBuilder).alb, (*usageBuilder).egress, (*usageBuilder).dynamoDB}, nil
	case front.FunctionURL:
		// A function URL has no charge of its own: the price list has no row for it.
		return []usagePart{(*usageBuilder).lambda, (*usageBuilder).egress, (*usageBuilder).dynamoDB}, nil
	case front.CloudFrontFunction:
		return []usagePart{(*usageBuilder).cff, (*usageBuilder).cloudFront}, nil
	case front.EdgeViewerRequest, front.EdgeOriginRequest, front.EdgeOriginResponse, front.EdgeViewerResponse:
		return []usagePart{(*usageBuilder).edge, (*usageBuilder).cloudFront, (*usageBuilder).dynamoDB}, nil
	}
	return nil, fmt.Errorf("no meters are known for front kind %q", k)
}

// usageBuilder collects the items of one front.
type usageBuilder struct {
	w        *Workload
	f        *Forecast
	billing  Billing
	requests Quantity
	usage    Usage
}

// add adds a quantity that each request causes.
func (b *usageBuilder) add(m Meter, region string, perRequest Quantity) {
	b.usage.Items = append(b.usage.Items, Item{Meter: m, Region: region, Quantity: b.requests.Mul(perRequest), PerRequest: perRequest})
}

// fixed adds a quantity that the month has whatever comes.
func (b *usageBuilder) fixed(m Meter, region string, q Quantity) {
	b.usage.Items = append(b.usage.Items, Item{Meter: m, Region: region, Quantity: q})
}

// bytes adds bytes per request as the meter's gigabytes.
func (b *usageBuilder) bytes(m Meter, region string, perRequest Quantity) {
	gb := gbOf(m)
	b.add(m, region, gb.of(perRequest))
	b.usage.Items[len(b.usage.Items)-1].Counting = gb.counting()
}

func (b *usageBuilder) missing(m Meter, format string, args ...any) {
	b.usage.Missing = append(b.usage.Missing, Gap{m, fmt.Sprintf(format, args...)})
}

func (b *usageBuilder) note(format string, args ...any) {
	b.usage.Notes = append(b.usage.Notes, fmt.Sprintf(format, args...))
}

// dynamoDB adds the request units of the handler.
func (b *usageBuilder) dynamoDB() error {
	d := b.w.DynamoDB
	if d == nil {
		return nil
	}
	region := d.Region
	if region == "" {
		region = b.w.functionRegion()
	}
	for _, units := range []struct {
		meter Meter
		count Quantity
	}{{DynamoDBReadUnits, d.Reads}, {DynamoDBWriteUnits, d.Writes}, {DynamoDBReplicatedWriteUnits, d.ReplicatedWrites}} {
		if units.count.Sign() != 0 {
			b.add(units.meter, region, units.count)
		}
	}
	return nil
}
