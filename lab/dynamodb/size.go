package dynamodb

// maxItem is the largest item: 400 KB, names and values
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
const maxItem = 400 * 1024

// Size is the item's bytes by which reads and writes are billed:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
// The 100 bytes for indexing that the page adds count for storage alone.
func (i Item) Size() int {
	n := 0
	for name, v := range i {
		n += len(name) + v.size()
	}
	return n
}

// size is the value's bytes without its name. Lists and maps have 3 bytes of their
// own and 1 for each element.
func (v Value) size() int {
	switch v.kind {
	case Text, Binary:
		return len(v.text)
	case Numeric:
		return v.number().size()
	case Bool, Null:
		return 1
	case List:
		return 3 + len(v.list) + sizes(v.list)
	case Map:
		return 3 + len(v.items) + v.items.Size()
	}
	return sizes(v.list) // of a set
}

func sizes(list []Value) int {
	n := 0
	for _, v := range list {
		n += v.size()
	}
	return n
}

// readUnits is the read request units of so many bytes: one for each 4 KB begun, one
// at least, half of that where the read is eventually consistent
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
func readUnits(bytes int, consistent bool) float64 {
	units := float64(max(1, (bytes+4095)/4096))
	if consistent {
		return units
	}
	return units / 2
}

// UnitsWritten is the write request units of a write, by the item's sizes in bytes: one
// for each KB begun of the larger of before and after, one at least. A write that its
// condition refuses costs the same
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
func UnitsWritten(before, after int) float64 {
	return float64(max(1, (max(before, after)+1023)/1024))
}
