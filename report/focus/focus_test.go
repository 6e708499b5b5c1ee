package focus_test

import (
	"encoding/csv"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/focus"
	"frontdoor/report/reporttest"
)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var made = struct {
	sync.Mutex
	reports map[string]*report.Report
}{reports: map[string]*report.Report{}}

func kept(t testing.TB, name string, make func(testing.TB) *report.Report) *report.Report {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	if made.reports[name] == nil {
		made.reports[name] = make(t)
	}
	r := *made.reports[name]
	r.Fronts = slices.Clone(r.Fronts)
	return &r
}

func sample(t testing.TB) *report.Report { return kept(t, "sample", reporttest.Sample) }

// granted is the sample with the free tier of every account.
func granted(t testing.TB) *report.Report {
	return kept(t, "granted", func(t testing.TB) *report.Report {
		in := reporttest.Input(t, reporttest.Recording(t))
		in.Choices.FreeTier = pricing.FreeAlways
		r, err := report.New(in)
		check(t, err)
		return r
	})
}

// lacking is the sample in which a meter of alb is missing, and edge has no bill.
func lacking(t testing.TB) *report.Report {
	r := sample(t)
	r.Fronts[2].Cost.Bill.LowerBound = true
	r.Fronts[2].Cost.Bill.Missing = []pricing.Gap{{Meter: pricing.ALBLCUHours, Reason: "connections are not known"}, {Meter: pricing.EgressGB, Reason: "no size"}}
	r.Fronts[4].Cost = report.Cost{Err: "no round of this front counts"}
	return r
}

// rowsOf writes a version and reads it back.
func rowsOf(t testing.TB, r *report.Report, version string) (names []string, rows []map[string]string) {
	t.Helper()
	var text strings.Builder
	check(t, focus.Write(&text, r, version))
	if strings.Count(text.String(), "\n") != strings.Count(text.String(), "\r\n") {
		t.Error("a line does not end in CRLF")
	}
	records, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	check(t, err)
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return records[0], rows
}

// table reads a file of what the specification says.
func table(t testing.TB, name string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	check(t, err)
	defer file.Close()
	in := csv.NewReader(file)
	in.Comment = '#'
	records, err := in.ReadAll()
	check(t, err)
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestColumns(t *testing.T) {
	for _, version := range focus.Versions() {
		names, _ := rowsOf(t, sample(t), version)
		own := slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(name, "x_") })
		if !slices.IsSorted(names[:own]) || !slices.IsSorted(names[own:]) {
			t.Errorf("%s: the columns are not in alphabetical order with x_ last: %q", version, names)
		}
		listed := map[string]bool{}
		for _, column := range table(t, "columns.csv") {
			if column["version"] != version {
				continue
			}
			listed[column["column"]] = true
			if column["level"] == "Mandatory" && !slices.Contains(names, column["column"]) {
				t.Errorf("%s: mandatory %s is missing", version, column["column"])
			}
		}
		for i, name := range names {
			if i < own && !listed[name] || i >= own && !regexp.MustCompile(`^x_[A-Z][A-Za-z0-9]{0,47}$`).MatchString(name) {
				t.Errorf("%s: the specification has no column %s", version, name)
			}
		}
	}
}

// shapes are the forms of the specification's types (attributes numeric_format,
// datetime_format, key_value_format).
func shapes() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"Decimal":   regexp.MustCompile(`^-?\d+(\.\d+)?$`),
		"Date/Time": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`),
		"String":    regexp.MustCompile(`\S`),
		"JSON":      regexp.MustCompile(`^\{.*\}$`),
	}
}

// units are those of attributes/unit_format.md that bills of fronts have, and
// LCU, a count of its own.
var units = regexp.MustCompile(`^(Requests|GB|Hours|GB-Seconds|LCU-Hours)$`)

func TestValues(t *testing.T) {
	allowed := map[string][]string{}
	parents := map[string]string{}
	for _, v := range table(t, "values.csv") {
		allowed[v["column"]] = append(allowed[v["column"]], v["value"])
		if v["parent"] != "" {
			parents[v["value"]] = v["parent"]
		}
	}
	hostile := sample(t)
	hostile.Fronts[0].ID, hostile.Run.ID, hostile.Run.Tool = reporttest.Name, reporttest.Name, reporttest.Name
	for _, r := range []*report.Report{sample(t), granted(t), lacking(t), hostile} {
		for _, version := range focus.Versions() {
			_, rows := rowsOf(t, r, version)
			for _, row := range rows {
				for _, column := range table(t, "columns.csv") {
					value, has := row[column["column"]]
					if column["version"] != version || !has {
						continue
					}
					if value == "" {
						if column["nulls"] != "true" {
							t.Errorf("%s: %s is null", version, column["column"])
						}
						continue
					}
					if !shapes()[column["type"]].MatchString(value) {
						t.Errorf("%s: %s is %q, want a %s", version, column["column"], value, column["type"])
					}
					if list := allowed[column["column"]]; list != nil && !slices.Contains(list, value) {
						t.Errorf("%s: %s is %q, want one of %q", version, column["column"], value, list)
					}
				}
				conditions(t, row)
				if parents[row["ServiceSubcategory"]] != row["ServiceCategory"] {
					t.Errorf("%s stands under %s", row["ServiceSubcategory"], row["ServiceCategory"])
				}
			}
		}
	}
}

// conditions are rules between the columns of a row: columns/pricingquantity.md
// at 01705c1, skupriceid.md at 06d21c6, regionname.md at 02645d2, billedcost.md
// at 01d5c09.
func conditions(t *testing.T, row map[string]string) {
	t.Helper()
	for _, name := range []string{"PricingQuantity", "PricingUnit", "ConsumedQuantity", "ConsumedUnit", "SkuPriceId", "SkuId", "SkuMeter", "PricingCategory"} {
		if row[name] == "" {
			t.Errorf("%s of a usage is null", name)
		}
	}
	if row["BilledCost"] != "0" || row["EffectiveCost"] != "0" || row["x_IsEstimate"] != "true" || !strings.HasPrefix(row["ChargeDescription"], "ESTIMATE by bench") {
		t.Errorf("the row could be taken for a charge: %q", row)
	}
	if (row["RegionId"] == "") != (row["RegionName"] == "") || row["ChargeClass"] != "" {
		t.Errorf("Region %q is called %q; ChargeClass is %q", row["RegionId"], row["RegionName"], row["ChargeClass"])
	}
	if !units.MatchString(row["PricingUnit"]) || row["PricingUnit"] != row["ConsumedUnit"] {
		t.Errorf("units are %q and %q", row["PricingUnit"], row["ConsumedUnit"])
	}
	want := new(big.Rat).Mul(rat(t, row["ListUnitPrice"]), rat(t, row["PricingQuantity"]))
	if want.Cmp(rat(t, row["ListCost"])) != 0 || row["ContractedCost"] != row["ListCost"] || row["ContractedUnitPrice"] != row["ListUnitPrice"] {
		t.Errorf("%s x %s costs %s", row["ListUnitPrice"], row["PricingQuantity"], row["ListCost"])
	}
	if low, high := row["x_EstimateLow"], row["x_EstimateHigh"]; (low == "") != (high == "") ||
		low != "" && (rat(t, low).Cmp(rat(t, row["x_EstimatedNetCost"])) > 0 || rat(t, high).Cmp(rat(t, row["x_EstimatedNetCost"])) < 0) {
		t.Errorf("%s is not between %q and %q", row["x_EstimatedNetCost"], low, high)
	}
	if details := row["SkuPriceDetails"]; details != "" {
		var values map[string]string
		if err := json.Unmarshal([]byte(details), &values); err != nil {
			t.Errorf("SkuPriceDetails is %s: %v", details, err)
		}
		for key := range values {
			if !strings.HasPrefix(key, "x_") {
				t.Errorf("SkuPriceDetails has %q, which is no key of the specification", key)
			}
		}
	}
}

func rat(t testing.TB, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

// The rows of a front add up to its bill: exactly where its quantities have an
// end, else to what 20 decimals of a quantity leave open.
func TestSums(t *testing.T) {
	exact := 0
	for name, r := range map[string]*report.Report{"sample": sample(t), "granted": granted(t), "lacking": lacking(t)} {
		_, rows := rowsOf(t, r, "1.4")
		for _, f := range r.Fronts {
			if !f.Cost.Priced() {
				continue
			}
			list, net, free, n := new(big.Rat), new(big.Rat), new(big.Rat), 0
			for _, row := range rows {
				if row["x_Front"] == f.ID {
					list.Add(list, rat(t, row["ListCost"]))
					net.Add(net, rat(t, row["x_EstimatedNetCost"]))
					free.Add(free, rat(t, row["x_FreeTierQuantity"]))
					n++
				}
			}
			b := f.Cost.Bill
			want, ends := new(big.Rat), true
			for _, l := range b.Lines {
				if l.Free {
					want.Add(want, l.Quantity.Rat())
				}
			}
			for _, l := range b.List {
				_, finite := l.Quantity.Rat().FloatPrec()
				ends = ends && finite
			}
			tolerance := new(big.Rat)
			if ends {
				exact++
			} else {
				tolerance.SetFrac64(1, 1e18)
			}
			for what, pair := range map[string][2]*big.Rat{"list": {list, b.ListTotal.Rat()}, "net": {net, b.Total.Rat()}, "free": {free, want}} {
				if diff := new(big.Rat).Sub(pair[0], pair[1]); diff.Abs(diff).Cmp(tolerance) > 0 {
					t.Errorf("%s: %s: %s of the rows is %s, of the bill %s", name, f.ID, what, pair[0].FloatString(20), pair[1].FloatString(20))
				}
			}
			if n != len(b.List) {
				t.Errorf("%s: %s has %d rows for %d lines", name, f.ID, n, len(b.List))
			}
		}
	}
	if exact == 0 {
		t.Error("no bill ends, so that none was compared exactly")
	}
}

// What is missing is said on every row that there is.
func TestMissingIsSaid(t *testing.T) {
	_, rows := rowsOf(t, lacking(t), "1.4")
	for _, row := range rows {
		bound, missing := "false", ""
		if row["x_Front"] == "alb" {
			bound, missing = "true", "alb.lcu_hours;egress.internet_gb"
		}
		if row["x_LowerBound"] != bound || row["x_Missing"] != missing || row["x_FrontsWithoutBill"] != "edge" || row["x_Front"] == "edge" ||
			strings.Contains(row["ChargeDescription"], "lower bound") != (bound == "true") {
			t.Errorf("row is %q", row)
		}
	}
	r := sample(t)
	for i := range r.Fronts {
		r.Fronts[i].Cost = report.Cost{Err: "nothing counts"}
	}
	var out strings.Builder
	if err := focus.Write(&out, r, "1.4"); err == nil || err.Error() != "no front has a bill: rest, http-api, alb, url, edge" || out.Len() > 0 {
		t.Errorf("without a bill: %v, %q", err, out.String())
	}
}

func TestRowsOfTheSample(t *testing.T) {
	names := map[string][]string{"1.2": {"ProviderName", "PublisherName"}, "1.4": {"HostProviderName", "ServiceProviderName"}}
	for _, version := range focus.Versions() {
		_, rows := rowsOf(t, sample(t), version)
		got := rows[3] // REST API's requests
		want := map[string]string{
			"BillingAccountId": "bench-estimate", "BillingAccountName": "", "BillingCurrency": "USD", "InvoiceIssuerName": "AWS",
			"BillingPeriodStart": "2026-11-01T00:00:00Z", "BillingPeriodEnd": "2026-12-01T00:00:00Z", "ChargePeriodStart": "2026-11-01T00:00:00Z", "ChargePeriodEnd": "2026-12-01T00:00:00Z",
			"ChargeCategory": "Usage", "ChargeFrequency": "Usage-Based", "PricingCategory": "Standard",
			"ListCost": "52.5", "ListUnitPrice": "0.0000035", "PricingQuantity": "15000000", "PricingUnit": "Requests",
			"RegionId": "us-east-1", "RegionName": "US East (N. Virginia)", "ServiceName": "Amazon API Gateway", "ServiceCategory": "Networking", "ServiceSubcategory": "Application Networking",
			"SkuId": "KKDZ3TFSXUSMCZ3A", "SkuPriceId": "KKDZ3TFSXUSMCZ3A.JRTCKXETXF.QS4VQ8N7FD", "SkuMeter": "apigw.rest.requests", "SkuPriceDetails": `{"x_TierFrom":"0","x_TierUntil":"333000000"}`,
			"x_BenchRunId": "20261122T150000Z-sample", "x_BillingRule": "", "x_EstimateLow": "24.5", "x_EstimateHigh": "112", "x_EstimatedNetCost": "52.5", "x_FreeTierQuantity": "0",
			"x_Front": "rest", "x_FrontsWithoutBill": "", "x_LatencySource": "lab", "x_LowerBound": "false", "x_MatchedCoverage": "1", "x_Missing": "", "x_PriceBookDate": "2026-11-22", "x_PriceConfidence": "carried",
			"ChargeDescription": "ESTIMATE by bench v0.4.0 (LAB run 20261122T150000Z-sample), no charge: Amazon API Gateway apigw.rest.requests behind front rest",
		}
		for _, name := range names[version] {
			want[name] = "AWS"
		}
		for name, value := range want {
			if got[name] != value {
				t.Errorf("%s: %s is %q, want %q", version, name, got[name], value)
			}
		}
		if rows[1]["x_BillingRule"] != "1ms" || rows[4]["SkuPriceId"] != "bench:egress.internet_gb/us-east-1/0" {
			t.Errorf("%s: the billing rule is %q, the price without a code %q", version, rows[1]["x_BillingRule"], rows[4]["SkuPriceId"])
		}
	}
}

func TestDescriptions(t *testing.T) {
	r := sample(t)
	r.Run.Source = record.SourceAWS
	_, rows := rowsOf(t, r, "1.4")
	r.Fronts[0].Cost.Cannot = "too slow"
	_, slow := rowsOf(t, r, "1.4")
	if strings.Contains(rows[0]["ChargeDescription"], "cannot") || !strings.HasSuffix(slow[0]["ChargeDescription"], "; this front cannot carry the month: too slow") {
		t.Errorf("a front that can and one that cannot: %q, %q", rows[0]["ChargeDescription"], slow[0]["ChargeDescription"])
	}
	if strings.Contains(rows[0]["ChargeDescription"], "LAB") || rows[0]["x_LatencySource"] != "aws" {
		t.Errorf("an AWS run's row is %q", rows[0])
	}
}

func TestRefuses(t *testing.T) {
	for _, version := range []string{"", "1.0", "1.3", "1.40"} {
		var out strings.Builder
		if err := focus.Write(&out, sample(t), version); err == nil || !strings.Contains(err.Error(), "want 1.2 or 1.4") || out.Len() > 0 {
			t.Errorf("version %q: %v", version, err)
		}
	}
	r := sample(t)
	r.Pricing.AsOf = pricing.Date{}
	if err := focus.Write(&strings.Builder{}, r, "1.4"); err == nil || !strings.Contains(err.Error(), "no day of prices") {
		t.Errorf("without a day: %v", err)
	}
}
