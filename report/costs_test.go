package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/report/schematest"
	"frontdoor/report/words"
)

func renderCosts(t testing.TB, write CostWriter, c *Costs) string {
	t.Helper()
	var b bytes.Buffer
	check(t, write(&b, c))
	return b.String()
}

// TestCosts makes the cases once: drawing worlds takes its time.
func TestCosts(t *testing.T) {
	cases := costCases()
	for i := range cases {
		cases[i].costs = cases[i].made(t)
	}
	for name, test := range map[string]func(*testing.T, []costCase){
		"goldens": costGoldens, "by hand": costsByHand, "formats agree": costFormatsAgree, "errors": costErrors,
		"follow the schema": costsFollowTheSchema, "the schema is exact": costSchemaIsExact,
	} {
		t.Run(name, func(t *testing.T) { test(t, cases) })
	}
}

// costWriters are the formats, and the CSV of sweeps.
func costWriters(t testing.TB, c *Costs) map[string]CostWriter {
	t.Helper()
	writers := map[string]CostWriter{}
	for _, format := range CostFormats() {
		w, ok := CostWriterOf(format)
		if !ok {
			t.Fatalf("no writer for %q", format)
		}
		writers[format] = w
	}
	if c.Estimate.Sweep != nil || c.Estimate.Phase != nil {
		writers["sweep.csv"] = SweepCSV
	}
	return writers
}

// costGoldens compares every format with a file that was read and checked
// by hand; the arithmetic is beside the cases.
func costGoldens(t *testing.T, cases []costCase) {
	for _, g := range cases {
		c := g.costs
		for format, write := range costWriters(t, c) {
			t.Run(g.name+"/"+format, func(t *testing.T) {
				path, got := filepath.Join("testdata", g.name+"."+format+".golden"), renderCosts(t, write, c)
				if *update {
					check(t, os.WriteFile(path, []byte(got), 0o644))
				}
				want, err := os.ReadFile(path)
				check(t, err)
				if got != string(want) {
					t.Errorf("%s differs (-update writes it anew); it is now\n%s", path, got)
				}
				if again := renderCosts(t, write, c); again != got {
					t.Errorf("a second time it is\n%s", again)
				}
			})
		}
	}
	if _, ok := CostWriterOf("pdf"); ok {
		t.Error("there is a writer of pdf")
	}
}

// The results of the arithmetic beside the cases, which -update cannot change.
func costsByHand(t *testing.T, cases []costCase) {
	for _, g := range cases {
		var got []costTotal
		for _, f := range g.costs.Fronts {
			total := costTotal{front: f.ID}
			if f.Bill.Unavailable == "" {
				total.total = f.Bill.Total.String()
			}
			if f.Bill.Upper != nil {
				total.upper = f.Bill.Upper.Total.String()
			}
			if f.Low != nil {
				total.low, total.high = f.Low.Total.String(), f.High.Total.String()
			}
			got = append(got, total)
		}
		if !slices.Equal(got, g.totals) {
			t.Errorf("%s:\n%+v, want\n%+v", g.name, got, g.totals)
		}
	}
}

// Table, CSV and JSON carry the same totals: CSV lines add up to those of JSON,
// which are the ones worked out by hand, and the table shows them rounded.
func costFormatsAgree(t *testing.T, cases []costCase) {
	for _, g := range cases {
		c := g.costs
		var doc struct {
			Fronts []struct {
				ID    string
				Total *string `json:"total_usd"`
				Upper *struct {
					Total string `json:"total_usd"`
				}
				Low         string `json:"low_usd"`
				High        string `json:"high_usd"`
				Unavailable string
			}
		}
		check(t, json.Unmarshal([]byte(renderCosts(t, CostJSON, c)), &doc))
		sums := csvTotals(t, renderCosts(t, CostCSV, c))
		table := renderCosts(t, CostTable, c)
		var got []costTotal
		for _, f := range doc.Fronts {
			total := costTotal{front: f.ID, low: f.Low, high: f.High}
			if f.Total != nil {
				total.total = *f.Total
			}
			bound := ""
			if f.Upper != nil {
				total.upper, bound = f.Upper.Total, "lower"
				if sum := sums[f.ID+"/upper"].String(); sum != total.upper {
					t.Errorf("%s: %s: CSV lines of the upper bound add up to %s, JSON has %s", g.name, f.ID, sum, total.upper)
				}
			}
			if (f.Total == nil) != (f.Unavailable != "") {
				t.Errorf("%s: %s: total %v, unavailable %q", g.name, f.ID, f.Total, f.Unavailable)
			}
			if sum := sums[f.ID+"/"+bound].String(); f.Total != nil && sum != total.total {
				t.Errorf("%s: %s: CSV lines add up to %s, JSON has %s", g.name, f.ID, sum, total.total)
			}
			for _, text := range []string{total.total, total.upper, total.low, total.high} {
				if text == "" {
					continue
				}
				usd, err := pricing.ParseUSD(text)
				check(t, err)
				shown := words.Dollars(usd)
				if len(doc.Fronts) == 1 { // no sums but those of the bill
					shown = words.Money(usd, c.Rounding)
				}
				if !strings.Contains(table, shown) {
					t.Errorf("%s: %s: the table does not show %s", g.name, f.ID, shown)
				}
			}
			got = append(got, total)
		}
		if !slices.Equal(got, g.totals) {
			t.Errorf("%s: JSON has\n%+v, want\n%+v", g.name, got, g.totals)
		}
	}
}

// csvTotals adds the amounts up by front and bound. Every row has all columns,
// and every line ends with CRLF.
func csvTotals(t *testing.T, text string) map[string]pricing.USD {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	rows, err := r.ReadAll()
	check(t, err)
	if strings.Count(text, "\r\n") != len(rows) || len(rows) < 2 {
		t.Fatalf("%d rows, %d ends of line", len(rows), strings.Count(text, "\r\n"))
	}
	column := func(name string) int {
		i := slices.Index(rows[0], name)
		if i < 0 {
			t.Fatalf("no column %q in %q", name, rows[0])
		}
		return i
	}
	front, bound, amount, source := column("front"), column("bound"), column("amount_usd"), column("source")
	sums := map[string]pricing.USD{}
	for _, row := range rows[1:] {
		if row[amount] == "" {
			if !strings.HasPrefix(row[source], "missing: ") {
				t.Errorf("no amount and no reason: %q", row)
			}
			continue
		}
		usd, err := pricing.ParseUSD(row[amount])
		check(t, err)
		key := row[front] + "/" + row[bound]
		sums[key] = sums[key].Add(usd)
	}
	return sums
}

// A writer that fails is not silent.
func costErrors(t *testing.T, cases []costCase) {
	for _, g := range cases {
		c := g.costs
		for format, write := range costWriters(t, c) {
			if err := write(full{}, c); err == nil {
				t.Errorf("%s/%s: a full disk goes unnoticed", g.name, format)
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func costsFollowTheSchema(t *testing.T, cases []costCase) {
	schema := schematest.Compile(t, CostSchema())
	for _, g := range cases {
		if err := schema.Validate(schematest.Parse(t, []byte(renderCosts(t, CostJSON, g.costs)))); err != nil {
			t.Errorf("%s: %#v", g.name, err)
		}
	}
}

// A field that the schema does not know is refused in every object, and so is a
// value of another form.
func costSchemaIsExact(t *testing.T, cases []costCase) {
	schema := schematest.Compile(t, CostSchema())
	var documents [][]byte
	for _, g := range cases {
		documents = append(documents, []byte(renderCosts(t, CostJSON, g.costs)))
	}
	if tried := schematest.Exact(t, schema, documents...); tried < 25 {
		t.Errorf("only %d places in the costs", tried)
	}
	text := renderCosts(t, CostJSON, cases[2].costs)
	refuses(t, schema, text, []swap{
		{`"durations_from": "workload"`, `"durations_from": "a guess"`},
		{`"durations_from": "workload",`, ``},
		{`"schema_version": 1`, `"schema_version": 2`},
		{`"total_usd": "38.787214189307861328125"`, `"total_usd": 38.787214189307861328125`},
		{`"low": "5.32"`, `"low": "5.32 ms"`},
		{`"as_of": "2026-11-01"`, `"as_of": "1.11.2026"`},
		{`"kind": "apigw-rest"`, `"kind": "nginx"`},
		{`"along": "requests"`, `"along": "bytes"`},
	})
}

// The schema and the Go types name the same fields and require the same ones;
// what costs share with reports is defined alike in both schemas.
func TestCostSchemaFollowsTheTypes(t *testing.T) {
	var doc, reports map[string]any
	check(t, json.Unmarshal(CostSchema(), &doc))
	check(t, json.Unmarshal(Schema(), &reports))
	defs, others := doc["$defs"].(map[string]any), reports["$defs"].(map[string]any)
	if fields := schematest.Match(t, reflect.TypeFor[jsonCosts](), CostSchema(), nil); fields < 120 {
		t.Errorf("only %d fields compared", fields)
	}
	shared := 0
	for name, def := range defs {
		if other, ok := others[name]; ok && name != "front" { // a front of a run and one of a workload
			shared++
			if !reflect.DeepEqual(def, other) {
				t.Errorf("%q differs from that of schema.json", name)
			}
		}
	}
	if shared < 10 {
		t.Errorf("only %d definitions are shared", shared)
	}
}

// A bill whose lines lie in several Regions says in which, and one that lies in
// one Region does not repeat it; meters of no Region do not count.
func TestBillNamesRegionsWhereTheyDiffer(t *testing.T) {
	line := func(region string) pricing.Line {
		return pricing.Line{Meter: pricing.LambdaRequests, Region: region, Unit: "Requests"}
	}
	for want, lines := range map[string][]pricing.Line{
		"eu-west-1": {line("us-east-1"), line("eu-west-1"), line(pricing.Global)},
		"":          {line("us-east-1"), line(pricing.Global), line("us-east-1")},
	} {
		var out strings.Builder
		p := &printer{w: &out}
		p.table(BillTable(pricing.Bill{Lines: lines}))
		if p.err != nil || strings.Contains(out.String(), "region") != (want != "") || !strings.Contains(out.String(), want) {
			t.Errorf("want a column of Regions: %t; %v\n%s", want != "", p.err, out.String())
		}
	}
}
