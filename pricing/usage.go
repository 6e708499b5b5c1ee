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
	Missing  []Gap      `json:"missing,omitempty"`  // metered by AWS, not known here: the bill is a lower bound
	Excluded []Gap      `json:"excluded,omitempty"` // left out on purpose
	Notes    []string   `json:"notes,omitempty"`    // what was assumed
	Rules    Rules      `json:"rules"`              // under which durations were rounded
	LCU      *LCU       `json:"lcu,omitempty"`
}

// Item is a quantity of one meter in one Region.
type Item struct {
	Meter    Meter    `json:"meter"`
	Region   string   `json:"region"`
	Quantity Quantity `json:"quantity"`           // in the meter's unit, per month
	Counting string   `json:"counting,omitempty"` // which gigabyte, for meters of bytes
}

// Gap is a meter without a quantity.
type Gap struct {
	Meter  Meter  `json:"meter"`
	Reason string `json:"reason"`
}

// UsageOf scales what was measured to the month of the forecast, exactly: mean
// quantities are fractions, durations were rounded for each invocation first.
func UsageOf(m *Measured, f Forecast, rules Rules) (Usage, error) {
	if err := f.check(); err != nil {
		return Usage{}, err
	}
	parts, err := partsOf(m.Kind)
	if err != nil {
		return Usage{}, err
	}
	b := &usageBuilder{m: m, f: f, requests: Count(f.RequestsPerMonth), billing: rules.Of(m.Kind)}
	if b.billing.Granularity.Value <= 0 {
		return Usage{}, fmt.Errorf("usage of front %q: no billing rules for kind %q on %q", m.Front, m.Kind, rules.AsOf)
	}
	b.usage = Usage{Front: m.Front, Kind: m.Kind, Requests: b.requests, Rules: rules}
	b.usage.Notes = append(b.usage.Notes, m.Problems...)
	if lost := m.Coverage.WithoutReport; lost > 0 && m.WithReport > 0 {
		b.missing(durationMeter(m), "%d of %d measured requests have no REPORT line: what they caused, if anything, is in no line", lost, m.Requests)
	}
	if given := m.Coverage.Assigned; given > 0 {
		b.note("%d requests without an answer were given the REPORT lines that no request names", given)
	}
	for _, part := range parts {
		part(b)
	}
	return b.usage, nil
}

// durationMeter is the meter of the function's GB-seconds.
func durationMeter(m *Measured) Meter {
	switch {
	case m.Kind.Edge():
		return EdgeGBSeconds
	case m.Architecture == "arm64":
		return LambdaGBSecondsARM
	}
	return LambdaGBSecondsX86
}

// partsOf lists what a kind of front is metered on.
func partsOf(k front.Kind) ([]func(*usageBuilder), error) {
	function := []func(*usageBuilder){(*usageBuilder).lambda, (*usageBuilder).logs}
	switch k {
	case front.APIGatewayREST:
		return append(function, (*usageBuilder).rest, (*usageBuilder).egress), nil
	case front.APIGatewayHTTP:
		return append(function, (*usageBuilder).http, (*usageBuilder).egress), nil
	case front.ALB:
		return append(function, (*usageBuilder).alb, (*usageBuilder).egress), nil
	case front.FunctionURL:
		// A function URL has no charge of its own: the price list has no row for it.
		return append(function, (*usageBuilder).egress), nil
	case front.EdgeViewerRequest, front.EdgeOriginRequest:
		return []func(*usageBuilder){(*usageBuilder).edge, (*usageBuilder).logs, (*usageBuilder).cloudFront}, nil
	}
	return nil, fmt.Errorf("no meters are known for front kind %q", k)
}

// usageBuilder collects the items of one front.
type usageBuilder struct {
	m        *Measured
	f        Forecast
	billing  Billing
	requests Quantity
	usage    Usage
}

func (b *usageBuilder) add(m Meter, region string, q Quantity) {
	b.usage.Items = append(b.usage.Items, Item{Meter: m, Region: region, Quantity: q})
}

// addBytes adds bytes per request as the meter's gigabytes.
func (b *usageBuilder) addBytes(m Meter, region string, perMonth Quantity) {
	gb := gbOf(m)
	b.usage.Items = append(b.usage.Items, Item{Meter: m, Region: region, Quantity: gb.of(perMonth),
		Counting: fmt.Sprintf("%s GB (%s)", gb.Name, gb.Source)})
}

func (b *usageBuilder) missing(m Meter, format string, args ...any) {
	b.usage.Missing = append(b.usage.Missing, Gap{m, fmt.Sprintf(format, args...)})
}

func (b *usageBuilder) note(format string, args ...any) {
	b.usage.Notes = append(b.usage.Notes, fmt.Sprintf(format, args...))
}

// requestBytes is the mean size of a request, nil when it is not known.
func (b *usageBuilder) requestBytes() *Quantity {
	return b.mean(b.f.RequestBytes, b.m.BytesOut, b.m.Answered)
}

// responseBytes is the mean size of an answer, nil when it is not known.
func (b *usageBuilder) responseBytes() *Quantity {
	return b.mean(b.f.ResponseBytes, b.m.BytesIn, b.m.Answered)
}

// mean is the forecast's word or else sum/n; nil when there is neither.
func (b *usageBuilder) mean(forecast *Quantity, sum, n int64) *Quantity {
	if forecast != nil || n == 0 {
		return forecast
	}
	q := Ratio(sum, n)
	return &q
}
