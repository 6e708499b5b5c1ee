package report

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// GoBench writes the rounds as lines of the Go benchmark format
// (golang.org/design/14313-benchmark-format), which benchstat reads: a line for
// each front and round, so that a round is a sample, and one with what a request
// costs. Every name ends with the source of its latencies.
//
// The keys above the lines are those that two runs to be compared have in common:
// benchstat makes a table of its own for each set of them. What differs from run
// to run stands in comments.
func GoBench(w io.Writer, r *Report) error {
	p := &printer{w: w}
	p.line("# %s", oneLine(headline(r)))
	p.line("# tool %s, run.json SHA-256 %s", oneLine(r.Run.Tool), oneLine(r.Run.Sum))
	p.line("# %s", oneLine(priceLine(r)))
	for _, key := range []struct{ name, value string }{{"goos", r.Run.Host.OS}, {"goarch", r.Run.Host.Arch}, {"pkg", "frontdoor"}, {"cpu", r.Run.Host.CPUModel}} {
		if key.value != "" {
			p.line("%s: %s", key.name, oneLine(key.value))
		}
	}
	for _, unit := range []string{"p50-ns/op", "p99-ns/op"} {
		p.line("Unit %s better=lower", unit)
	}
	p.line("Unit usd/op better=lower assume=exact")
	for _, f := range r.Fronts {
		p.gobench(r, f)
	}
	return p.err
}

// gobench is a front. A round without a successful request has no line: there is
// no time to tell.
func (p *printer) gobench(r *Report, f Front) {
	name := fmt.Sprintf("BenchmarkFront/scenario=%s/front=%s/source=%s", BenchName(r.Run.Scenario), BenchName(f.ID), BenchName(string(r.Run.Source)))
	for _, round := range f.ByRound {
		if round.Requests > 0 && !math.IsNaN(round.P50) && !math.IsNaN(round.P99) {
			p.line("%s %d %s p50-ns/op %s p99-ns/op", name, round.Requests, plain(math.Round(round.P50*1e6)), plain(math.Round(round.P99*1e6)))
		}
	}
	if b := f.Cost.Bill; f.Cost.Priced() && b.PerMillion != nil {
		unit := "usd/op"
		if b.LowerBound {
			unit = "lower-bound-usd/op" // another unit, so that nothing compares it with a whole bill
		}
		p.line("%s 1 %s %s", name, plain(b.PerMillion.Float()/1e6), unit)
	}
}

// plain is a number with all its digits.
func plain(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// BenchName is a value in the name of a benchmark: what is not a letter or digit
// of ASCII, or one of . _ -, is written as %XX for each byte, as in an address, and
// url.PathUnescape gives it back.
func BenchName(s string) string {
	var out strings.Builder
	for _, c := range []byte(s) {
		if word(c) || strings.IndexByte("._-", c) >= 0 {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}
