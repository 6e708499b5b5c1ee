package pricing

import (
	"math/big"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/record"
)

// The names of counters that are of bytes, where the meter is of gigabytes: those
// that left a Region for another one, whose name follows, and those that functions at
// the edge logged.
const (
	interRegionBytes = "egress.interregion_bytes."
	logBytes         = "logs.bytes"
)

// Counted is a quantity that a request caused behind the front, as the lab counted it or
// the functions said: what was read of a table, what was put into a bucket.
type Counted struct {
	Meter      Meter
	Region     string
	PerRequest Quantity // of the meter's unit
	Counting   string   // which gigabyte, for meters of bytes
}

// CountedOf takes over those counters of a front that are on AWS's bill. They run over
// all of a run, warm-ups included, and so does sent, the number of requests.
func CountedOf(counters []record.Counter, f record.Front, sent int64) []Counted {
	var list []Counted
	for _, c := range counters {
		if item, ok := CounterItem(c, f); ok && sent > 0 {
			list = append(list, Counted{item.Meter, item.Region, item.Quantity.Div(Count(sent)), item.Counting})
		}
	}
	return list
}

// CounterItem is all of a counter as the bill has it. What else the lab counts is of
// another front, on the bill by other ways, or not at all: then ok is false. Bytes of
// logs are counted for CloudFront Functions, which write no reports.
func CounterItem(c record.Counter, f record.Front) (item Item, ok bool) {
	value := new(big.Rat)
	if c.Front != f.ID || value.SetFloat64(c.Value) == nil { // not a number
		return Item{}, false
	}
	total := QuantityOf(value)
	if to, ok := strings.CutPrefix(c.Name, interRegionBytes); ok {
		return BytesOf(InterRegionGB(to), c.Region, total), true
	}
	if c.Name == logBytes && f.Kind == front.CloudFrontFunction {
		return BytesOf(LogsIngestedGB, c.Region, total), true
	}
	m := Meter(c.Name)
	return Item{Meter: m, Region: c.Region, Quantity: total},
		slices.Contains([]Meter{DynamoDBReadUnits, DynamoDBWriteUnits, DynamoDBReplicatedWriteUnits, S3Gets, S3Puts, CFFInvocations}, m)
}

// counted adds what was counted behind the front.
func (b *usageBuilder) counted() {
	for _, c := range b.w.Counted {
		b.add(c.Meter, c.Region, c.PerRequest)
		item := &b.usage.Items[len(b.usage.Items)-1]
		item.Counted, item.Counting = true, c.Counting
	}
	switch {
	case b.w.Said:
		b.note("what the handler called is as its answers say (header x-bench-consumed), of the measured requests")
	case len(b.w.Counted) > 0:
		b.note("what the handler called is as the lab counted it over all requests, those of the warm-up included, by AWS's rules for each service")
	}
}

// isCounted reports whether a meter is among what was counted.
func (w *Workload) isCounted(m Meter) bool {
	return slices.ContainsFunc(w.Counted, func(c Counted) bool { return c.Meter == m })
}

// ReadItems is what AWS bills for reading a run back in one Region.
func ReadItems(r record.RegionReading) []Item {
	var items []Item
	if r.MetricsRequested > 0 {
		items = append(items, Item{Meter: GetMetricData, Region: r.Region, Quantity: Count(int64(r.MetricsRequested))})
	}
	if r.ScannedBytes > 0 {
		items = append(items, BytesOf(LogsScannedGB, r.Region, Count(r.ScannedBytes)))
	}
	return items
}
