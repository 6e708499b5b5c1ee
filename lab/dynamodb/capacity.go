package dynamodb

// Meter is told of the request units of a call, under the names of the billed meters
// ("dynamodb.read_units"), with the Region of the table.
type Meter func(name, region string, units float64)

// The meters, by the names that pricing has for them.
const (
	ReadUnits            = "dynamodb.read_units"
	WriteUnits           = "dynamodb.write_units"
	ReplicatedWriteUnits = "dynamodb.replicated_write_units"
)

// read meters a read of so many bytes.
func (c call) read(bytes int, consistent bool) float64 {
	units := readUnits(bytes, consistent)
	c.meter(ReadUnits, c.region, units)
	return units
}

// written meters a write: in a global table one in each Region
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html).
func (c call) written(r *replica, before, after Item) float64 {
	units := UnitsWritten(before.Size(), after.Size())
	if len(r.of.Regions) == 1 {
		c.meter(WriteUnits, c.region, units)
		return units
	}
	for _, region := range r.of.Regions {
		c.meter(ReplicatedWriteUnits, region, units)
	}
	return units
}

// consumed is the answer to ReturnConsumedCapacity.
type consumed struct {
	TableName     string
	CapacityUnits float64
	Table         *tableUnits `json:",omitempty"`
}

type tableUnits struct{ CapacityUnits float64 }

func capacity(wanted, table string, units float64) *consumed {
	switch wanted {
	case "TOTAL":
		return &consumed{table, units, nil}
	case "INDEXES":
		return &consumed{table, units, &tableUnits{units}}
	}
	return nil
}
