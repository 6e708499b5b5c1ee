package report

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"

	"frontdoor/report/words"
	"frontdoor/stats"
)

// figure is a row of figures.csv: full values, missing ones empty.
type figure struct {
	metric, unit     string
	value, low, high string
	confidence       string // of the interval
	n, rounds        string
	note             string // why there is no value or no interval
}

// FiguresCSV writes every figure of every front on a row of its own, RFC 4180,
// full values: what a spreadsheet or a notebook wants to filter. cost.csv has the
// lines of the bills.
func FiguresCSV(w io.Writer, r *Report) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write([]string{"scenario", "run", "front", "metric", "unit", "value", "low", "high", "confidence", "n", "rounds", "latency_source", "note"}); err != nil {
		return err
	}
	for _, f := range r.Fronts {
		for _, x := range figuresOf(f) {
			if err := out.Write([]string{r.Run.Scenario, r.Run.ID, f.ID, x.metric, x.unit, x.value, x.low, x.high, x.confidence, x.n, x.rounds, string(r.Run.Source), x.note}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func figuresOf(f Front) []figure {
	var list []figure
	for _, q := range f.Response {
		list = append(list, estimated("response_"+words.Quantile(q.Q), "ms", q.Estimate))
	}
	for _, q := range f.Service {
		list = append(list, estimated("service_"+words.Quantile(q.Q), "ms", q.Estimate))
	}
	list = append(list, estimated("response_mean", "ms", f.Mean))
	if f.Cold.Known {
		list = append(list, estimated("cold_rate", "share", f.Cold.Rate), estimated("cold_p50", "ms", f.Cold.P50))
	}
	if p := f.Phases; p != nil {
		for _, x := range []struct {
			metric string
			stats.Estimate
		}{{"connection_dns_p50", p.DNS}, {"connection_tcp_p50", p.Connect}, {"connection_tls_p50", p.TLS}, {"first_byte_p50", p.FirstByte}} {
			if x.N > 0 { // a phase that never took place has no figure
				list = append(list, estimated(x.metric, "ms", x.Estimate))
			}
		}
	}
	for _, p := range f.Parts {
		list = append(list, estimated(p.metric("response_p50"), "ms", p.P50), estimated(p.metric("response_p99"), "ms", p.P99),
			figure{metric: p.metric("failed"), unit: "requests", value: strconv.Itoa(p.Failed), n: strconv.Itoa(p.Requests), rounds: strconv.Itoa(f.Rounds)})
	}
	n := strconv.Itoa(f.Requests)
	list = append(list, figure{metric: "failed", unit: "requests", value: strconv.Itoa(f.Failed), n: n, rounds: strconv.Itoa(f.Rounds)})
	return append(list, costFigures(f)...)
}

func estimated(metric, unit string, e stats.Estimate) figure {
	x := figure{metric: metric, unit: unit, n: strconv.Itoa(e.N), rounds: strconv.Itoa(e.Rounds), note: e.Refused + e.Note}
	if e.Refused == "" && e.N > 0 && !math.IsNaN(e.Point) {
		x.value = plain(e.Point)
		if e.HasInterval() {
			x.low, x.high, x.confidence = plain(e.Lo), plain(e.Hi), "0.95"
		}
	}
	return x
}

// costFigures are what the front costs, with what 80 % of the drawn months hold.
func costFigures(f Front) []figure {
	million, month := figure{metric: "usd_per_million", unit: "USD"}, figure{metric: "usd_per_month", unit: "USD"}
	if !f.Cost.Priced() {
		million.note, month.note = f.Cost.Why(), f.Cost.Why()
		return []figure{million, month}
	}
	b := f.Cost.Bill
	month.value = b.Total.String()
	if b.PerMillion != nil {
		million.value = b.PerMillion.String()
	}
	if w := f.Cost.Worlds; w != nil {
		million.low, million.high, million.confidence = plain(w.Million[0]), plain(w.Million[1]), "0.8"
		month.low, month.high, month.confidence = plain(w.Month[0]), plain(w.Month[1]), "0.8"
	}
	if b.LowerBound {
		million.note, month.note = "lower bound", "lower bound"
	}
	return []figure{million, month}
}
