package report_test

import (
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"frontdoor/report"
	"frontdoor/stats"
)

// figures reads the rows back, by front and metric.
func figures(t *testing.T, r *report.Report) map[[2]string]map[string]string {
	t.Helper()
	text := written(t, report.FiguresCSV, r)
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("a line does not end in CRLF")
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[[2]string]map[string]string{}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		key := [2]string{row["front"], row["metric"]}
		if rows[key] != nil {
			t.Errorf("%q has two rows", key)
		}
		rows[key] = row
	}
	return rows
}

func TestFiguresCSV(t *testing.T) {
	r := sample(t)
	rows := figures(t, r)
	full := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	n := 0
	for _, f := range r.Fronts {
		estimates := map[string]stats.Estimate{"response_mean": f.Mean, "cold_rate": f.Cold.Rate, "cold_p50": f.Cold.P50}
		for i, name := range []string{"p50", "p90", "p99"} {
			estimates["response_"+name], estimates["service_"+name] = f.Response[i].Estimate, f.Service[i].Estimate
		}
		for metric, e := range map[string]stats.Estimate{"connection_dns_p50": f.Phases.DNS, "connection_tcp_p50": f.Phases.Connect, "connection_tls_p50": f.Phases.TLS, "first_byte_p50": f.Phases.FirstByte} {
			estimates[metric] = e
		}
		for _, p := range f.Parts {
			at := "[" + p.By + "=" + p.Value + "]"
			estimates["response_p50"+at], estimates["response_p99"+at] = p.P50, p.P99
			if got := rows[[2]string{f.ID, "failed" + at}]; got["value"] != strconv.Itoa(p.Failed) || got["n"] != strconv.Itoa(p.Requests) {
				t.Errorf("%s: %q", at, got)
			}
			n++
		}
		for metric, e := range estimates {
			n++
			got := rows[[2]string{f.ID, metric}]
			want := map[string]string{"value": "", "low": "", "high": "", "confidence": "", "n": strconv.Itoa(e.N), "rounds": strconv.Itoa(e.Rounds), "latency_source": "lab", "run": r.Run.ID, "scenario": "sample", "note": e.Refused + e.Note}
			if e.Refused == "" && e.N > 0 {
				want["value"] = full(e.Point)
				if e.HasInterval() {
					want["low"], want["high"], want["confidence"] = full(e.Lo), full(e.Hi), "0.95"
				}
			}
			for column, value := range want {
				if got[column] != value {
					t.Errorf("%s of %s: %s is %q, want %q", metric, f.ID, column, got[column], value)
				}
			}
		}
		month, million := rows[[2]string{f.ID, "usd_per_month"}], rows[[2]string{f.ID, "usd_per_million"}]
		if month["value"] != f.Cost.Bill.Total.String() || month["high"] != full(f.Cost.Worlds.Month[1]) || million["value"] != f.Cost.Bill.PerMillion.String() || million["low"] != full(f.Cost.Worlds.Million[0]) || month["confidence"] != "0.8" {
			t.Errorf("%s costs %q and %q", f.ID, month, million)
		}
		n += 3
	}
	if len(rows) != n {
		t.Errorf("%d rows, want %d", len(rows), n)
	}
	if got := rows[[2]string{"rest", "failed"}]; got["value"] != "1" || got["n"] != "1800" || got["unit"] != "requests" {
		t.Errorf("failures at rest are %q", got)
	}
}

// What is not known is empty, and says why.
func TestFiguresCSVLeavesEmpty(t *testing.T) {
	r := sample(t)
	r.Fronts = slices.Clone(r.Fronts[:2])
	r.Fronts[0].Response = []report.Quantile{{Q: 0.999, Estimate: stats.Estimate{Point: 3, Lo: 1, Hi: 4, N: 9, Refused: "too few"}}}
	r.Fronts[0].Mean, r.Fronts[0].Cold.Known, r.Fronts[0].Cost = stats.Estimate{Point: math.NaN()}, false, report.Cost{Err: "no rates"}
	r.Fronts[1].Cost.Bill.LowerBound, r.Fronts[1].Cost.Bill.PerMillion, r.Fronts[1].Cost.Worlds = true, nil, nil
	rows := figures(t, r)
	for key, note := range map[[2]string]string{
		{"rest", "response_p99.9"}: "too few", {"rest", "response_mean"}: "", {"rest", "usd_per_month"}: "no rates", {"rest", "usd_per_million"}: "no rates", {"http-api", "usd_per_million"}: "lower bound",
	} {
		if row := rows[key]; row == nil || row["value"]+row["low"]+row["high"]+row["confidence"] != "" || row["note"] != note {
			t.Errorf("%q is %q", key, row)
		}
	}
	if _, ok := rows[[2]string{"rest", "cold_rate"}]; ok {
		t.Error("there is a cold rate although nothing said what was cold")
	}
}

func TestFiguresCSVOfHostileNames(t *testing.T) {
	r := hostile(t)
	rows := figures(t, r)
	if len(rows) != 5*16+4*3 { // the edge's two locations and two cache states beside
		t.Errorf("%d rows", len(rows))
	}
}
