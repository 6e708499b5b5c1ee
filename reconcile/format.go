package reconcile

import (
	"fmt"
	"strings"
)

// format is a kind of export by the columns that reconcile cannot do without.
type format struct {
	name   string
	needs  []string
	charge func(*row) Charge
}

// formats are the exports that are read. Their columns are AWS's:
// https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html,
// https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-focus-1-0-aws-columns.html,
// https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-focus-1-2-aws-columns.html.
// FOCUS 1.2 has the usage type in SkuMeter, where 1.0 has x_UsageType
// (https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-focus-1-2-migrating.html).
// FOCUS 1.3 and 1.4 name providers otherwise (https://focus.finops.org/focus-specification/v1-3/)
// and have what is read here as 1.2 has it. AWS exports neither yet: that such an export
// would keep the x_ columns is (unconfirmed).
func formats() []format {
	return []format{
		{"CUR 2.0", []string{"line_item_line_item_type", "line_item_usage_start_date", "line_item_usage_end_date", "line_item_product_code",
			"line_item_usage_type", "line_item_operation", "line_item_usage_amount", "line_item_currency_code", "line_item_unblended_cost"}, curCharge},
		{"FOCUS 1.0", append(focusNeeds(), "x_UsageType"), focusCharge("x_UsageType")},
		{"FOCUS 1.2", append(focusNeeds(), "SkuMeter"), focusCharge("SkuMeter")},
		{"FOCUS 1.3", append(focusNeeds(), "SkuMeter", "ServiceProviderName", "ProviderName"), focusCharge("SkuMeter")},
		{"FOCUS 1.4", append(focusNeeds(), "SkuMeter", "ServiceProviderName"), focusCharge("SkuMeter")},
	}
}

func focusNeeds() []string {
	return []string{"ChargeCategory", "ChargePeriodStart", "ChargePeriodEnd", "BilledCost", "BillingCurrency", "PricingQuantity", "x_ServiceCode", "x_Operation"}
}

// Formats lists the names of the exports that are read.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// recognise finds the format of a header: of those that lack nothing the one that needs
// most. The error names what is missing of the format that lacks least.
func recognise(header []string) (format, map[string]int, error) {
	columns := make(map[string]int, len(header))
	for i, name := range header {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			if _, twice := columns[name]; !twice {
				columns[name] = i
			}
		}
	}
	var found, nearest format
	var missing []string
	for _, f := range formats() {
		lacks := absent(f.needs, columns)
		if len(lacks) == 0 && len(f.needs) > len(found.needs) {
			found = f
		}
		if nearest.name == "" || len(lacks) < len(missing) {
			nearest, missing = f, lacks
		}
	}
	if found.name != "" {
		return found, columns, nil
	}
	if _, legacy := columns["lineitem/usagetype"]; legacy {
		return format{}, nil, fmt.Errorf("it is a legacy Cost and Usage Report: want an export of CUR 2.0, or of FOCUS 1.0, 1.2, 1.3 or 1.4 with AWS columns")
	}
	if len(missing) == len(nearest.needs) {
		nearest.name = "CUR 2.0, the first that is looked for"
	}
	return format{}, nil, fmt.Errorf("its columns are not those of %s: it lacks %s: want an export of CUR 2.0, or of FOCUS 1.0, 1.2, 1.3 or 1.4 with AWS columns", nearest.name, strings.Join(missing, ", "))
}

func absent(names []string, columns map[string]int) []string {
	var out []string
	for _, name := range names {
		if _, ok := columns[strings.ToLower(name)]; !ok {
			out = append(out, name)
		}
	}
	return out
}
