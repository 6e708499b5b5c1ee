package pricing

import (
	"math/big"
	"slices"
	"strings"

	"frontdoor/record"
)

// interRegionBytes is the stem of the counters of bytes that left a Region for another
// one, whose name follows.
const interRegionBytes = "egress.interregion_bytes."

// Counted is a quantity that a request caused behind the front, as the lab counted it:
// what was read of a table, what was put into a bucket.
type Counted struct {
	Meter      Meter
	Region     string
	PerRequest Quantity // of the meter's unit; bytes where the meter is of gigabytes
}

// CountedOf takes over those counters of a front that are on AWS's bill. They run over
// all of a run, warm-ups included, and so does sent, the number of requests.
func CountedOf(counters []record.Counter, front string, sent int64) []Counted {
	var list []Counted
	for _, c := range counters {
		meter, billed := meterOf(c.Name)
		if c.Front != front || !billed || sent <= 0 {
			continue
		}
		value := new(big.Rat)
		if value.SetFloat64(c.Value) == nil {
			continue // not a number
		}
		list = append(list, Counted{meter, c.Region, QuantityOf(value).Div(Count(sent))})
	}
	return list
}

// meterOf is the billed meter behind a counter's name. What else the lab counts is on
// the bill by other ways, or not at all.
func meterOf(counter string) (Meter, bool) {
	if to, ok := strings.CutPrefix(counter, interRegionBytes); ok {
		return InterRegionGB(to), true
	}
	m := Meter(counter)
	return m, slices.Contains([]Meter{DynamoDBReadUnits, DynamoDBWriteUnits, DynamoDBReplicatedWriteUnits, S3Gets, S3Puts, CFFInvocations}, m)
}

// counted adds what was counted behind the front.
func (b *usageBuilder) counted() {
	for _, c := range b.w.Counted {
		if c.Meter.interRegion() || c.Meter == LogsIngestedGB {
			b.bytes(c.Meter, c.Region, c.PerRequest)
		} else {
			b.add(c.Meter, c.Region, c.PerRequest)
		}
		b.usage.Items[len(b.usage.Items)-1].Counted = true
	}
	if len(b.w.Counted) > 0 {
		b.note("what the handler called is as the lab counted it over all requests, those of the warm-up included, by AWS's rules for each service")
	}
}

func (m Meter) interRegion() bool { return strings.HasPrefix(string(m), string(InterRegionGB(""))) }

// logBytes is the counter of what functions at the edge logged.
const logBytes = "logs.bytes"

// LogsCounted takes over what a front's functions logged, as the lab counted it: for
// CloudFront Functions, which write no reports.
func LogsCounted(counters []record.Counter, front string, sent int64) []Counted {
	var list []Counted
	for _, c := range counters {
		if value := new(big.Rat); c.Front == front && c.Name == logBytes && sent > 0 && value.SetFloat64(c.Value) != nil {
			list = append(list, Counted{LogsIngestedGB, c.Region, QuantityOf(value).Div(Count(sent))})
		}
	}
	return list
}

// isCounted reports whether a meter is among what was counted.
func (w *Workload) isCounted(m Meter) bool {
	return slices.ContainsFunc(w.Counted, func(c Counted) bool { return c.Meter == m })
}
