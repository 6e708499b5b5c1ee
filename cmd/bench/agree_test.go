package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"html"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/decision"
	"frontdoor/report/reporttest"
	"frontdoor/report/words"
)

// readBack is what this test reads of report.json, against which every other
// format is held.
type readBack struct {
	Decision struct {
		Sentences []string `json:"sentences"`
	} `json:"decision"`
	Comparisons []struct {
		Ratio   printed `json:"ratio"`
		Family  bool    `json:"family"`
		Verdict string  `json:"verdict"`
	} `json:"comparisons"`
	Gates []struct {
		Outcome string `json:"outcome"`
	} `json:"gates"`
	Fronts []struct {
		ID          string `json:"id"`
		Connections struct {
			DNS       printed `json:"dns_ms"`
			Connect   printed `json:"tcp_ms"`
			TLS       printed `json:"tls_ms"`
			FirstByte printed `json:"first_byte_ms"`
		} `json:"connections"`
		Parts []struct {
			Value string  `json:"value"`
			P50   printed `json:"response_p50_ms"`
		} `json:"parts"`
		Response []printed `json:"response_ms"`
		Cost     struct {
			Bill struct {
				Total      pricing.USD `json:"total_usd"`
				List       pricing.USD `json:"list_total_usd"`
				PerMillion pricing.USD `json:"per_million_usd"`
			} `json:"bill"`
			Worlds struct {
				Month [2]float64 `json:"usd_per_month"`
			} `json:"drawn_months"`
		} `json:"cost"`
	} `json:"fronts"`
}

type printed struct{ Value, Low, High float64 }

func (e printed) text() string {
	return words.Figure(e.Value) + " [" + words.Figure(e.Low) + ", " + words.Figure(e.High) + "]"
}

// All formats of one report tell the same figures, as far as each shows them.
func TestEveryFormatAgrees(t *testing.T) {
	r := reporttest.Sample(t)
	d := &documents{env: &env{getenv: func(string) string { return "" }}, view: &viewOptions{documents: documentOptions{focus: "1.4"}}, r: r}
	text := map[string]string{}
	for _, format := range formats() {
		if format == folderADR || format == folderSVG {
			continue
		}
		var b bytes.Buffer
		if err := d.writer(format, "")(&b); err != nil {
			t.Fatal(err)
		}
		text[format] = b.String()
	}
	text[folderADR] = string(decision.Render(r, decision.Options{Template: decision.MADR}, 1))

	var want readBack
	if err := json.Unmarshal([]byte(text["json"]), &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Fronts) != 5 || len(want.Gates) < 5 || len(want.Comparisons) < 8 || len(want.Decision.Sentences) < 4 || len(want.Fronts[4].Parts) != 4 {
		t.Fatalf("report.json has %+v", want)
	}
	prose := map[string]string{"table": spaced(text["table"]), "markdown": unmarked(text["markdown"]), "html": readable(text["html"]), folderADR: unmarked(text[folderADR])}
	sep := map[string]string{"table": " ", "markdown": " | ", "html": " "}
	for format, shows := range prose {
		holds := func(what, figure string) {
			if !strings.Contains(shows, figure) {
				t.Errorf("%s does not show %s, %q", format, what, figure)
			}
		}
		for _, s := range want.Decision.Sentences {
			holds("a sentence of the verdict", s)
		}
		for _, f := range want.Fronts {
			holds("p50 of "+f.ID, f.Response[0].text())
			holds("p99 of "+f.ID, f.Response[2].text())
			if format != folderADR { // which has what decides
				c := f.Connections
				holds("the connections of "+f.ID, strings.Join([]string{c.DNS.text(), c.Connect.text(), c.TLS.text(), c.FirstByte.text()}, sep[format]))
				for _, p := range f.Parts {
					holds("a part of "+f.ID, p.Value)
					holds("p50 of "+p.Value, p.P50.text())
				}
			}
			holds("the month of "+f.ID, words.Dollars(f.Cost.Bill.Total)+words.Range(f.Cost.Worlds.Month))
		}
		for _, c := range want.Comparisons {
			if c.Family {
				holds("a ratio", c.Ratio.text())
			}
		}
	}
	for _, f := range want.Fronts {
		agree(t, f.ID+" list, cost.csv", sumOf(t, text["csv"], "front", f.ID, "amount_usd"), f.Cost.Bill.List)
		agree(t, f.ID+" list, focus", sumOf(t, text["focus"], "x_Front", f.ID, "ListCost"), f.Cost.Bill.List)
	}
	smaller(t, text["smaller"], want)
	figuresOf(t, text["figures"], want)
	junit(t, text["junit"], want)
	gobench(t, text["gobench"], want)
	for _, f := range want.Fronts {
		if total := words.Dollars(f.Cost.Bill.Total); !strings.Contains(text["lines"], total) {
			t.Errorf("lines do not show the total of %s, %s", f.ID, total)
		}
	}
}

func agree(t *testing.T, what string, got, want pricing.USD) {
	t.Helper()
	if !near(got.Float(), want.Float()) {
		t.Errorf("%s: %s, JSON says %s", what, got, want)
	}
}

// near allows for amounts whose decimals never end, which JSON cuts to ten.
func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// spaced joins lines that were broken for a terminal.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// unmarked takes Markdown's escapes and line breaks in cells out.
func unmarked(s string) string {
	return spaced(html.UnescapeString(regexp.MustCompile(`\\([^\w\s])`).ReplaceAllString(strings.ReplaceAll(s, "<br>", " "), "$1")))
}

// readable is the text of a page.
func readable(s string) string {
	return spaced(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(regexp.MustCompile(`</?(b|strong|span)\b[^>]*>`).ReplaceAllString(s, ""), " ")))
}

func rowsOf(t *testing.T, text string) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
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

func sumOf(t *testing.T, text, key, value, column string) pricing.USD {
	t.Helper()
	var sum pricing.USD
	for _, row := range rowsOf(t, text) {
		if row[key] != value || row[column] == "" {
			continue
		}
		amount, err := pricing.ParseUSD(row[column])
		if err != nil {
			t.Fatal(err)
		}
		sum = sum.Add(amount)
	}
	return sum
}

func smaller(t *testing.T, text string, want readBack) {
	t.Helper()
	var entries []struct {
		Name  string
		Value float64
	}
	if err := json.Unmarshal([]byte(text), &entries); err != nil {
		t.Fatal(err)
	}
	for _, f := range want.Fronts {
		for _, v := range []float64{f.Response[0].Value, f.Response[2].Value, f.Cost.Bill.PerMillion.Float()} {
			if !slices.ContainsFunc(entries, func(e struct {
				Name  string
				Value float64
			}) bool {
				return near(e.Value, v)
			}) {
				t.Errorf("smaller has no %v of %s", v, f.ID)
			}
		}
	}
}

func figuresOf(t *testing.T, text string, want readBack) {
	t.Helper()
	values := map[string]bool{}
	for _, row := range rowsOf(t, text) {
		values[row["front"]+" "+row["value"]] = true
	}
	for _, f := range want.Fronts {
		for _, e := range []printed{f.Response[0], f.Response[2], f.Connections.TLS, f.Connections.FirstByte} {
			if v := strconv.FormatFloat(e.Value, 'f', -1, 64); !values[f.ID+" "+v] {
				t.Errorf("figures has no %s of %s", v, f.ID)
			}
		}
	}
}

func junit(t *testing.T, text string, want readBack) {
	t.Helper()
	var suites struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
		Suites   []struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Errors   int `xml:"errors,attr"`
			Skipped  int `xml:"skipped,attr"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(text), &suites); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, g := range want.Gates {
		counts[g.Outcome]++
	}
	s := suites.Suites[0]
	if s.Tests != len(want.Gates) || s.Failures != counts["fail"] || s.Errors != counts["invalid"] || s.Skipped != counts["inconclusive"] {
		t.Errorf("JUnit counts %+v, JSON %v", s, counts)
	}
}

// gobench has the rounds as samples; the bill is the same in all.
func gobench(t *testing.T, text string, want readBack) {
	t.Helper()
	perOp := regexp.MustCompile(`(?m)^BenchmarkFront\S*/front=([^/\s]+)\S*\s.*?(\S+) usd/op`)
	found := map[string]float64{}
	for _, m := range perOp.FindAllStringSubmatch(text, -1) {
		found[m[1]], _ = strconv.ParseFloat(m[2], 64)
	}
	for _, f := range want.Fronts {
		if v := f.Cost.Bill.PerMillion.Float() / 1e6; !near(1e6*found[f.ID], 1e6*v) {
			t.Errorf("gobench has %v usd/op of %s, JSON %v", found[f.ID], f.ID, v)
		}
	}
}

// The formats of the report and the ones that -o takes are the same lists.
func TestFormatsAreWritten(t *testing.T) {
	listed := map[string]bool{}
	for _, f := range formats() {
		listed[f] = true
	}
	for _, f := range report.Formats() {
		if !listed[f] {
			t.Errorf("-o does not take %q", f)
		}
	}
}
