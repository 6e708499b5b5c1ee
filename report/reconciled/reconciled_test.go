package reconciled_test

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/reconcile"
	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/reconciled"
)

var update = flag.Bool("update", false, "write the goldens anew")

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The known run and its synthetic bill (reconcile/testdata/README.md).
const testdata = "../../reconcile/testdata/"

// made is the report of the known run against a bill of which change sees each line.
func made(t testing.TB, change func(*reconcile.Charge)) *reconciled.Report {
	t.Helper()
	rec, err := record.Open(testdata + "run")
	check(t, err)
	spent, err := spend.Of(rec, nil)
	check(t, err)
	spent.Missing = []pricing.Gap{{Meter: pricing.DynamoDBReadUnits, Reason: "nobody counted what functions called"}}
	book, err := pricing.Shipped()
	check(t, err)
	tolerance, err := pricing.ParseQuantity("0.01")
	check(t, err)
	r, err := reconcile.New(reconcile.Input{Spent: spent, Started: rec.Started, Ended: rec.Ended, Book: book, Tolerance: tolerance,
		Scope: reconcile.Scope{Account: "123456789012", Key: "bench:deployment", Value: "quickstart-3f9a", Resources: reconcile.ResourcesOf(rec.Run)}})
	check(t, err)
	x, err := reconcile.Read(testdata+"synthetic-focus-1.2.csv", func(c reconcile.Charge) error {
		c.File = "focus.csv"
		if change != nil {
			change(&c)
		}
		return r.Add(c)
	})
	check(t, err)
	x.Name, x.Modified, x.Sum = "focus.csv", time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), strings.Repeat("5e", 32)
	res, err := r.Result([]reconcile.Export{x})
	check(t, err)
	return &reconciled.Report{Result: res, Scenario: "quickstart", Book: "shipped", Day: pricing.DateOf(rec.Started)}
}

// wrong is a bill with a price that is not AWS's in one line, and with a line of a
// meter that nobody knows.
func wrong(t testing.TB) *reconciled.Report {
	return made(t, func(c *reconcile.Charge) {
		switch {
		case c.Usage.UsageType == "USE1-ApiGatewayRequest" && c.From.Hour() == 15:
			c.Cost = c.Cost.Add(c.Cost)
		case c.Usage.UsageType == "USE1-DataTransfer-In-Bytes":
			c.Cost = c.Cost.Add(usd(t, "0.02"))
		}
	})
}

func usd(t testing.TB, text string) pricing.USD {
	t.Helper()
	u, err := pricing.ParseUSD(text)
	check(t, err)
	return u
}

func text(t testing.TB, format string, r *reconciled.Report) string {
	t.Helper()
	write, ok := reconciled.WriterOf(format)
	if !ok {
		t.Fatal(format)
	}
	var b strings.Builder
	check(t, write(&b, r))
	return b.String()
}

// The goldens were read by a person: what a terminal and a pull request show.
func TestGoldens(t *testing.T) {
	narrow := func(t testing.TB, r *reconciled.Report) string {
		var b strings.Builder
		check(t, reconciled.Table(report.Style{Columns: 80})(&b, r))
		return b.String()
	}
	for name, got := range map[string]string{
		"matches.txt":      text(t, "table", made(t, nil)),
		"wrong.txt":        text(t, "table", wrong(t)),
		"wrong-narrow.txt": narrow(t, wrong(t)),
		"wrong.md":         text(t, "markdown", wrong(t)),
	} {
		path := filepath.Join("testdata", name)
		if *update {
			check(t, os.WriteFile(path, []byte(got), 0o644))
		}
		want, err := os.ReadFile(path)
		check(t, err)
		if got != string(want) {
			t.Errorf("%s differs: go test ./report/reconciled -update, then git diff", name)
		}
	}
	for i, line := range strings.Split(narrow(t, wrong(t)), "\n") {
		if n := len([]rune(line)); n > 80 {
			t.Errorf("line %d has %d columns", i+1, n)
		}
	}
}

// CSV and JSON carry every digit of the same lines, and lines add up to the total.
func TestCSVAndJSONAgree(t *testing.T) {
	r := wrong(t)
	rows, err := csv.NewReader(strings.NewReader(text(t, "csv", r))).ReadAll()
	check(t, err)
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var doc struct {
		Matches bool     `json:"matches"`
		Over    []string `json:"over"`
		Lines   []struct {
			Meter      string      `json:"meter"`
			From       time.Time   `json:"from"`
			Difference pricing.USD `json:"difference_usd"`
			Residual   pricing.USD `json:"residual_usd"`
			Billed     *struct {
				USD      pricing.USD      `json:"usd"`
				Quantity pricing.Quantity `json:"quantity"`
			} `json:"billed"`
		} `json:"lines"`
		Total struct {
			Residual pricing.USD `json:"residual_usd"`
		} `json:"total"`
		Unplaced []struct {
			USD pricing.USD `json:"usd"`
		} `json:"unplaced"`
	}
	check(t, json.Unmarshal([]byte(text(t, "json", r)), &doc))
	if doc.Matches || len(doc.Over) != 2 || len(doc.Lines) != len(r.Lines) || len(doc.Unplaced) != 1 {
		t.Fatalf("%v %q, %d lines", doc.Matches, doc.Over, len(doc.Lines))
	}
	var residual pricing.USD
	for i, l := range doc.Lines {
		row := rows[i+1]
		got := strings.Join([]string{row[at["meter"]], row[at["from"]], row[at["difference_usd"]], row[at["residual_usd"]], row[at["billed_usd"]], row[at["billed_quantity"]]}, " ")
		want := fmt.Sprintf("%s %s %s %s %s %s", l.Meter, l.From.Format(time.RFC3339), l.Difference, l.Residual, l.Billed.USD, l.Billed.Quantity)
		if got != want {
			t.Errorf("CSV has %s, JSON %s", got, want)
		}
		residual = residual.Add(l.Residual)
	}
	residual = residual.Add(doc.Unplaced[0].USD)
	last := rows[len(rows)-1]
	if last[at["row"]] != "total" || last[at["residual_usd"]] != doc.Total.Residual.String() || !residual.Equal(doc.Total.Residual) {
		t.Errorf("total %q, JSON %s, added up %s", last, doc.Total.Residual, residual)
	}
	for i, row := range rows {
		if len(row) != len(rows[0]) {
			t.Errorf("row %d has %d cells, the header %d", i+1, len(row), len(rows[0]))
		}
	}
}

// A lab's run is labelled in every format.
func TestLabel(t *testing.T) {
	for _, format := range reconciled.Formats() {
		r := made(t, nil)
		if strings.Contains(strings.ToLower(text(t, format, r)), "lab ") {
			t.Errorf("%s: a run on AWS is called a lab's", format)
		}
		r.Lab = true
		if got := text(t, format, r); !strings.Contains(got, "LAB") && !strings.Contains(got, `"label": "lab"`) && !strings.Contains(got, ",lab,") {
			t.Errorf("%s does not say LAB", format)
		}
	}
}
