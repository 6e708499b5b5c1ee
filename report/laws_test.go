package report

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/schematest"
	"frontdoor/report/words"
)

// columns parts the cells of a table's row.
var columns = regexp.MustCompile(` {2,}`)

// mark is the number of a note, at the end of a cell.
var mark = regexp.MustCompile(` \(\d+\)`)

// cellsOf reads the row of a front back out of the table with the given header,
// marks taken off.
func cellsOf(t testing.TB, text, header, id string) map[string]string {
	t.Helper()
	var names []string
	for line := range strings.Lines(text) {
		cells := columns.Split(strings.TrimSpace(line), -1)
		switch {
		case cells[0] == "front":
			names = cells
		case slices.Contains(names, header) && mark.ReplaceAllString(cells[0], "") == id:
			if len(cells) != len(names) {
				t.Fatalf("%d cells under %d names: %q", len(cells), len(names), line)
			}
			row := map[string]string{}
			for i, name := range names {
				row[name] = mark.ReplaceAllString(cells[i], "")
			}
			return row
		}
	}
	t.Fatalf("no row of %q in a table with %q:\n%s", id, header, text)
	return nil
}

// readBack is what a reader of report.json looks at.
type readBack struct {
	Run struct {
		LatencySource string `json:"latency_source"`
	} `json:"run"`
	Fronts []struct {
		ID       string `json:"id"`
		Response []struct {
			Value, Low, High *float64
			N                int
		} `json:"response_ms"`
		Function struct {
			Lines      int              `json:"report_lines"`
			Billed     *json.RawMessage `json:"billed_ms"`
			AllBilled  *json.RawMessage `json:"billed_ms_with_warmup"`
			Mean       *float64         `json:"duration_mean_ms"`
			MaxMemory  *int             `json:"max_memory_used_mb"`
			AllReports int              `json:"report_lines_with_warmup"`
		} `json:"function"`
		Cost struct {
			Bill *struct {
				Total      pricing.USD   `json:"total_usd"`
				List       pricing.USD   `json:"list_total_usd"`
				PerMillion *pricing.USD  `json:"per_million_usd"`
				LowerBound bool          `json:"lower_bound"`
				Missing    []pricing.Gap `json:"missing"`
			} `json:"bill"`
			Low    *pricing.USD `json:"low_usd_per_month"`
			High   *pricing.USD `json:"high_usd_per_month"`
			Worlds *struct {
				Month   [2]float64 `json:"usd_per_month"`
				Million [2]float64 `json:"usd_per_million"`
			} `json:"drawn_months"`
		} `json:"cost"`
	} `json:"fronts"`
}

func jsonBack(t testing.TB, r *Report) readBack {
	t.Helper()
	var d readBack
	check(t, json.Unmarshal([]byte(render(t, "json", r)), &d))
	return d
}

// csvBack reads the rows back, and checks that the text is RFC 4180.
func csvBack(t testing.TB, r *Report) []map[string]string {
	t.Helper()
	text := render(t, "csv", r)
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "\r\n") {
		t.Error("a line of the CSV does not end in CRLF")
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll() // refuses rows of another length
	check(t, err)
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// The table, the CSV and the JSON of a report tell the same figures, as far as
// each shows them.
func TestFormatsAgree(t *testing.T) {
	priced := 0
	for _, g := range goldens() {
		r := g.made(t)
		table, rows := render(t, "table", r), csvBack(t, r)
		for _, f := range jsonBack(t, r).Fronts {
			for i, name := range []string{"p50", "p90", "p99"} {
				want, q := "too few", f.Response[i]
				if q.Value != nil {
					want = words.Figure(*q.Value)
				}
				if q.Low != nil {
					want += " [" + words.Figure(*q.Low) + ", " + words.Figure(*q.High) + "]"
				}
				if got := cellsOf(t, table, "requests", f.ID)[name]; got != want {
					t.Errorf("%s: %s: %s in the table is %q, JSON makes %q", g.name, f.ID, name, got, want)
				}
			}
			cost, bill := cellsOf(t, table, "USD/month", f.ID), f.Cost.Bill
			if bill == nil {
				if cost["USD/million"] != "-" || cost["USD/month"] != "-" {
					t.Errorf("%s: %s has no bill and costs %q", g.name, f.ID, cost)
				}
				continue
			}
			priced++
			million, month := words.Dollars(*bill.PerMillion), words.Dollars(bill.Total)
			switch w := f.Cost.Worlds; {
			case w != nil:
				for k, of := range map[*string][2]float64{&million: w.Million, &month: w.Month} {
					if low, high := "$"+words.Figure(of[0]), "$"+words.Figure(of[1]); low != high {
						*k += " [" + low + ", " + high + "]"
					}
				}
			case !f.Cost.Low.Equal(*f.Cost.High):
				month += " [" + words.Dollars(*f.Cost.Low) + ", " + words.Dollars(*f.Cost.High) + "]"
			}
			if bill.LowerBound {
				million, month = ">= "+million, ">= "+month
			}
			if cost["USD/million"] != million || cost["USD/month"] != month {
				t.Errorf("%s: %s costs %q in the table, JSON makes %s and %s", g.name, f.ID, cost, million, month)
			}
			regimes := map[string]pricing.USD{regimeList: bill.List}
			if r.Pricing.FreeTier != pricing.FreeNone {
				regimes[regimeNet] = bill.Total
			}
			for regime, want := range regimes {
				if got := sumOf(t, rows, f.ID, regime, "amount_usd"); !got.Equal(want) {
					t.Errorf("%s: %s: CSV rows of %s add up to %s, JSON says %s", g.name, f.ID, regime, got, want)
				}
			}
		}
	}
	if priced != 9 {
		t.Errorf("%d bills compared, want 9", priced)
	}
}

func sumOf(t testing.TB, rows []map[string]string, id, regime, column string) pricing.USD {
	t.Helper()
	var sum pricing.USD
	for _, row := range rows {
		if row["front"] != id || row["regime"] != regime || row[column] == "" {
			continue
		}
		amount, err := pricing.ParseUSD(row[column])
		check(t, err)
		sum = sum.Add(amount)
	}
	return sum
}

func TestSameBytesTwice(t *testing.T) {
	for _, g := range goldens() {
		once, again := g.made(t), g.report(t)
		for _, format := range Formats() {
			first := render(t, format, once)
			if render(t, format, once) != first {
				t.Errorf("%s as %s differs when it is rendered twice", g.name, format)
			}
			if render(t, format, again) != first {
				t.Errorf("%s as %s differs when it is made twice", g.name, format)
			}
		}
	}
}

// Ids that no scenario allows, and one of 64 characters, the longest: other
// producers of records may be less strict.
func TestOddNamesDoNotBreakTheLayout(t *testing.T) {
	odd := []string{`a,b "c" | d;e'f`, "r" + strings.Repeat("x", 62) + "t", "größe<&>"}
	r := threeFronts(t)
	for i := range r.Fronts {
		r.Fronts[i].ID = odd[i]
	}
	table := render(t, "table", r)
	for _, id := range odd {
		cellsOf(t, table, "requests", id)
		cellsOf(t, table, "USD/month", id)
	}
	for _, format := range []string{"table", "lines"} {
		for i, block := range strings.Split(render(t, format, r), "\n\n") {
			widths := map[int]bool{}
			for _, line := range tableLines(block) {
				widths[utf8.RuneCountInString(line)] = true
			}
			if len(widths) > 1 {
				t.Errorf("%s: block %d is ragged:\n%s", format, i, block)
			}
		}
	}
	var fromCSV []string
	for _, row := range csvBack(t, r) {
		if !slices.Contains(fromCSV, row["front"]) {
			fromCSV = append(fromCSV, row["front"])
		}
	}
	var fromJSON []string
	for _, f := range jsonBack(t, r).Fronts {
		fromJSON = append(fromJSON, f.ID)
	}
	if !slices.Equal(fromCSV, odd) || !slices.Equal(fromJSON, odd) {
		t.Errorf("ids came back as %q from CSV and %q from JSON", fromCSV, fromJSON)
	}
}

// tableLines are the lines of a block that belong to its table: from the one
// above the rule on, as long as they have several cells.
func tableLines(block string) []string {
	lines := strings.Split(block, "\n")
	rule := slices.IndexFunc(lines, func(s string) bool { return strings.HasPrefix(s, "───") })
	if rule < 0 {
		return nil
	}
	end := rule + 1
	for end < len(lines) && len(columns.Split(strings.TrimSpace(lines[end]), -1)) > 2 {
		end++
	}
	return lines[rule-1 : end]
}

// Nothing that is missing is printed as 0, in any format.
func TestMissingIsNotZero(t *testing.T) {
	r := noReports(t)
	table, d := render(t, "table", r), jsonBack(t, r)
	for _, f := range d.Fronts {
		row := cellsOf(t, table, "function p50", f.ID)
		for _, name := range []string{"billed@100ms", "@50ms", "@1ms", "p99"} {
			if row[name] != "-" {
				t.Errorf("%s: %s is %q", f.ID, name, row[name])
			}
		}
		if cold := cellsOf(t, table, "requests", f.ID); cold["cold"] != "-" || cold["cold p50"] != "-" {
			t.Errorf("%s: cold starts are %q", f.ID, cold)
		}
		fn := f.Function
		if fn.Billed != nil || fn.AllBilled != nil || fn.Mean != nil || fn.MaxMemory != nil || fn.Lines != 0 || fn.AllReports != 0 {
			t.Errorf("%s: JSON has %+v without a REPORT line", f.ID, fn)
		}
		for _, gap := range f.Cost.Bill.Missing {
			rows := 0
			for _, row := range csvBack(t, r) {
				if row["front"] == f.ID && row["line"] == string(gap.Meter) && strings.Contains(row["price_source"], gap.Reason) {
					rows++
					if row["quantity"]+row["unit_price"]+row["amount_usd"]+row["per_million_usd"] != "" {
						t.Errorf("%s: missing %s has figures in CSV: %q", f.ID, gap.Meter, row)
					}
				}
			}
			if rows != 1 {
				t.Errorf("%s: missing %s has %d rows in CSV", f.ID, gap.Meter, rows)
			}
		}
	}
	if alb := cellsOf(t, table, "function p50", "alb"); alb["function p50"] != "-" || alb["seen"] != "-" {
		t.Errorf("what CloudWatch did not say is %q", alb)
	}
}

// A front that no trial counts for has neither latency nor price.
func TestFrontWithoutARound(t *testing.T) {
	http := doorOf("http", front.APIGatewayHTTP, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 1, http)
	for attempt := 1; attempt <= 2; attempt++ {
		rec.trial(http, 1, func(trial *record.Trial) { trial.Attempt, trial.Invalid = attempt, []string{"starved", "late"} }, steady(10, 8_000, 20))
	}
	in := input(t, rec.recording(""))
	in.Choices.FreeTier = pricing.FreeAlways
	r := reportOf(t, in)
	table := render(t, "table", r)
	latency, fn, cost := cellsOf(t, table, "requests", "http"), cellsOf(t, table, "function p50", "http"), cellsOf(t, table, "USD/month", "http")
	for _, cell := range []string{latency["p50"], latency["p90"], latency["p99"], latency["cold"], fn["@1ms"], cost["USD/million"], cost["USD/month"]} {
		if cell != "-" {
			t.Errorf("a front without a round has %q: %q, %q", cell, latency, cost)
		}
	}
	rows := csvBack(t, r)
	if len(rows) != 2 || rows[0]["regime"] != regimeList || rows[1]["regime"] != regimeNet {
		t.Fatalf("CSV has %q", rows)
	}
	for _, row := range rows {
		if row["line"] != "unpriced" || row["amount_usd"] != "" || row["invalid_trials"] != "2" {
			t.Errorf("row is %q", row)
		}
	}
	if err := schematest.Compile(t, Schema()).Validate(schematest.Parse(t, []byte(render(t, "json", r)))); err != nil {
		t.Error(err)
	}
}

// A lab figure is never shown as an AWS figure, and the other way round.
func TestEveryFormatNamesTheSource(t *testing.T) {
	for _, source := range []record.Source{record.SourceLab, record.SourceAWS, record.SourceURL} {
		for _, g := range goldens() {
			copied := *g.made(t)
			r := &copied
			r.Run.Source = source
			for _, format := range []string{"table", "lines"} {
				first, _, _ := strings.Cut(render(t, format, r), "\n")
				if strings.Contains(first, "LAB") != (source == record.SourceLab) || strings.Contains(first, "AWS figures") != (source == record.SourceAWS) {
					t.Errorf("%s from %s: %s begins with %q", g.name, source, format, first)
				}
			}
			for _, row := range csvBack(t, r) {
				if row["latency_source"] != string(source) {
					t.Errorf("%s from %s: row is %q", g.name, source, row)
				}
			}
			if got := jsonBack(t, r).Run.LatencySource; got != string(source) {
				t.Errorf("%s from %s: JSON says %q", g.name, source, got)
			}
		}
	}
}

// Prose is broken at 100 columns and tables are not wider than 140, with front
// ids of ordinary length.
func TestWidths(t *testing.T) {
	for _, g := range goldens() {
		for line := range strings.Lines(render(t, "table", g.made(t))) {
			line = strings.TrimSuffix(line, "\n")
			n, prose := utf8.RuneCountInString(line), len(columns.Split(strings.TrimSpace(line), -1)) == 1 && !strings.HasPrefix(line, "─")
			if n > 140 || prose && n > textWidth {
				t.Errorf("%s: %d columns: %s", g.name, n, strconv.Quote(line))
			}
		}
	}
}
