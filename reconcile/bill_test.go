package reconcile_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bill is a CSV export in memory, for a test to change.
type bill struct {
	header []string
	rows   [][]string
}

func load(t testing.TB, name string) bill {
	t.Helper()
	f, err := os.Open(synthetic(name))
	check(t, err)
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	check(t, err)
	return bill{records[0], records[1:]}
}

// words are an export's names of columns.
type words struct{ kind, usage, service, region, quantity, cost, rate, list, start, end, tags, resource, operation string }

func wordsOf(name string) words {
	w := words{"ChargeCategory", "x_UsageType", "x_ServiceCode", "RegionId", "PricingQuantity", "BilledCost", "ContractedUnitPrice", "ListUnitPrice",
		"ChargePeriodStart", "ChargePeriodEnd", "Tags", "ResourceId", "x_Operation"}
	switch {
	case strings.HasPrefix(name, "cur"):
		return words{"line_item_line_item_type", "line_item_usage_type", "line_item_product_code", "product_region_code", "line_item_usage_amount", "line_item_unblended_cost",
			"line_item_unblended_rate", "pricing_public_on_demand_rate", "line_item_usage_start_date", "line_item_usage_end_date", "resource_tags", "line_item_resource_id", "line_item_operation"}
	case !strings.HasPrefix(name, "focus-1.0"):
		w.usage = "SkuMeter"
	}
	return w
}

func (b bill) column(name string) int {
	for i, column := range b.header {
		if column == name {
			return i
		}
	}
	panic("no column " + name)
}

func (b bill) get(row int, column string) string { return b.rows[row][b.column(column)] }

// with is the bill with cells of a row changed; the bill itself stays.
func (b bill) with(row int, cells map[string]string) bill {
	rows := append([][]string(nil), b.rows...)
	rows[row] = append([]string(nil), rows[row]...)
	for column, cell := range cells {
		rows[row][b.column(column)] = cell
	}
	return bill{b.header, rows}
}

func (b bill) without(row int) bill {
	return bill{b.header, append(append([][]string(nil), b.rows[:row]...), b.rows[row+1:]...)}
}

// plus is the bill with a copy of a row behind it, changed.
func (b bill) plus(row int, cells map[string]string) bill {
	b.rows = append(append([][]string(nil), b.rows...), b.rows[row])
	return b.with(len(b.rows)-1, cells)
}

// save writes the bill and returns its file.
func (b bill) save(t testing.TB) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "bill.csv")
	f, err := os.Create(name)
	check(t, err)
	out := csv.NewWriter(f)
	check(t, out.Write(b.header))
	check(t, out.WriteAll(b.rows))
	check(t, f.Close())
	return name
}
