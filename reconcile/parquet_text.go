package reconcile

import (
	"fmt"
	"math/big"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
)

// field is a column at the top of a Parquet file.
type field struct {
	name   string
	column *parquet.Column
}

// part says what a leaf is of its field.
type part int

const (
	plain part = iota
	key        // of a map
	value
)

// leaf is a column that has values.
type leaf struct {
	field int
	part  part
	kind  parquet.Type
}

func fieldsOf(root *parquet.Column) []field {
	var fields []field
	for _, c := range root.Columns() {
		fields = append(fields, field{c.Name(), c})
	}
	return fields
}

// leavesOf finds plain columns and maps, by index; what has another shape, such as
// a list, is left out: no column that reconcile reads has one.
func leavesOf(fields []field) map[int]leaf {
	leaves := map[int]leaf{}
	for i, f := range fields {
		if f.column.Leaf() {
			leaves[f.column.Index()] = leaf{i, plain, f.column.Type()}
			continue
		}
		entries := f.column.Columns()
		if len(entries) != 1 || !entries[0].Repeated() { // "key_value", in older files "map"
			continue
		}
		if pair := entries[0].Columns(); len(pair) == 2 && pair[0].Leaf() && pair[1].Leaf() {
			leaves[pair[0].Index()] = leaf{i, key, pair[0].Type()}
			leaves[pair[1].Index()] = leaf{i, value, pair[1].Type()}
		}
	}
	return leaves
}

// text is a value exactly: of a double, the shortest decimal that is that double,
// which is what AWS's own CSV shows of it. Null is "".
func (l leaf) text(v parquet.Value) (string, error) {
	if v.IsNull() {
		return "", nil
	}
	logical := l.kind.LogicalType()
	if logical != nil && logical.Decimal != nil {
		return scaled(v, int(logical.Decimal.Scale))
	}
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean()), nil
	case parquet.Int32:
		if logical != nil && logical.Date != nil {
			return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.RFC3339), nil
		}
		return strconv.FormatInt(int64(v.Int32()), 10), nil
	case parquet.Int64:
		if at, ok := l.moment(v.Int64()); ok {
			return at.UTC().Format(time.RFC3339Nano), nil
		}
		return strconv.FormatInt(v.Int64(), 10), nil
	case parquet.Int96:
		return julian(v.Int96()), nil
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32), nil
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64), nil
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return string(v.ByteArray()), nil
	}
	return "", fmt.Errorf("a value of kind %v: want text, a number or a time", v.Kind())
}

// moment is n as a timestamp, in the unit of its column; false when it is none.
func (l leaf) moment(n int64) (time.Time, bool) {
	if logical := l.kind.LogicalType(); logical != nil && logical.Timestamp != nil {
		switch u := logical.Timestamp.Unit; {
		case u.Millis != nil:
			return time.UnixMilli(n), true
		case u.Micros != nil:
			return time.UnixMicro(n), true
		}
		return time.Unix(0, n), true
	}
	if old := l.kind.ConvertedType(); old != nil {
		switch *old {
		case deprecated.TimestampMillis:
			return time.UnixMilli(n), true
		case deprecated.TimestampMicros:
			return time.UnixMicro(n), true
		}
	}
	return time.Time{}, false
}

// scaled is a decimal: a whole number of units of ten to the minus scale.
func scaled(v parquet.Value, scale int) (string, error) {
	n := new(big.Int)
	switch v.Kind() {
	case parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case parquet.Int64:
		n.SetInt64(v.Int64())
	case parquet.ByteArray, parquet.FixedLenByteArray:
		bytes := v.ByteArray()
		n.SetBytes(bytes) // big-endian, two's complement
		if len(bytes) > 0 && bytes[0] >= 0x80 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(bytes))))
		}
	default:
		return "", fmt.Errorf("a decimal of kind %v", v.Kind())
	}
	if scale < 0 || scale > mostExponent {
		return "", fmt.Errorf("a decimal of scale %d", scale)
	}
	divisor := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return new(big.Rat).SetFrac(n, divisor).FloatString(scale), nil
}

// julian reads the times of older writers: nanoseconds of a Julian day.
func julian(v deprecated.Int96) string {
	const unixDay = 2440588 // of 1970-01-01
	nanos := int64(v[1])<<32 | int64(v[0])
	return time.Unix((int64(v[2])-unixDay)*86400, nanos).UTC().Format(time.RFC3339Nano)
}
