package pricing

// EraTable is the same durations and traffic under the rules and rates of each
// era of billing, with and without INIT billed.
type EraTable struct {
	Fronts   []string
	Requests int64
	Rows     []EraRow
}

// EraRow is one era. A front that did not exist then has an unavailable bill.
type EraRow struct {
	Era
	Day      Date
	Init     bool // INIT is billed
	AsBilled bool // as AWS billed Lambda on the day
	Bills    []Bill
	Cheapest string // "" when no front has a bill, or a lower bound cannot decide
}

// EraTable prices workloads in every era of the book.
func (b *Book) EraTable(workloads []Workload, o BillOptions) (*EraTable, error) {
	t := &EraTable{}
	for _, w := range workloads {
		t.Fronts = append(t.Fronts, w.Front)
		t.Requests = w.Traffic.RequestsPerMonth
	}
	for _, era := range b.Eras() {
		for _, init := range []bool{false, true} {
			row, err := b.eraRow(workloads, o, era, init)
			if err != nil {
				return nil, err
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t, nil
}

func (b *Book) eraRow(workloads []Workload, o BillOptions, era Era, init bool) (EraRow, error) {
	row := EraRow{Era: era, Day: era.Day(o.AsOf), Init: init}
	rules, err := b.Rules(row.Day, InitSwitch{})
	if err != nil {
		return EraRow{}, err
	}
	row.AsBilled = (rules.Lambda.Init.Value != 0) == init
	o.AsOf, o.Init = row.Day, InitSwitch{Lambda: &init, Edge: &init}
	for _, w := range workloads {
		bill, err := b.Price(w, o)
		if err != nil {
			return EraRow{}, err
		}
		row.Bills = append(row.Bills, bill)
	}
	row.Cheapest = Cheapest(row.Bills)
	return row, nil
}

// Cheapest is the front whose bill is the least, "" when a bill is only known
// within bounds that overlap the least.
func Cheapest(bills []Bill) string {
	best := -1
	for i, b := range bills {
		if b.Unavailable == "" && (best < 0 || b.Total.Cmp(bills[best].Total) < 0) {
			best = i
		}
	}
	if best < 0 || bills[best].LowerBound {
		return ""
	}
	most := bills[best].Total
	if bills[best].Upper != nil {
		most = bills[best].Upper.Total
	}
	for i, b := range bills {
		if i != best && b.Unavailable == "" && b.Total.Cmp(most) <= 0 {
			return ""
		}
	}
	return bills[best].Front
}
