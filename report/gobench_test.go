package report_test

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/reporttest"
)

// benchmark is a result line.
type benchmark struct {
	name   string
	n      int
	values map[string]float64 // by unit
}

// benchmarks reads by the rules of golang.org/design/14313-benchmark-format: a
// result line begins with Benchmark and has an even number of fields, four or
// more; a configuration line has a key without spaces or capitals before a colon
// and a space; every other line is passed over.
func benchmarks(t *testing.T, text string) (config map[string]string, results []benchmark) {
	t.Helper()
	config = map[string]string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		fields := strings.Fields(line)
		if !strings.HasPrefix(line, "Benchmark") {
			key, value, ok := strings.Cut(line, ": ")
			if ok && strings.IndexFunc(key, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsUpper(c) }) < 0 {
				config[key] = strings.TrimSpace(value)
			} else if !strings.HasPrefix(line, "#") && fields[0] != "Unit" {
				t.Errorf("a line that is nothing: %q", line)
			}
			continue
		}
		if len(fields) < 4 || len(fields)%2 != 0 {
			t.Errorf("%d fields: %q", len(fields), line)
			continue
		}
		b := benchmark{name: fields[0], values: map[string]float64{}}
		var err error
		if b.n, err = strconv.Atoi(fields[1]); err != nil {
			t.Error(err)
		}
		for i := 2; i < len(fields); i += 2 {
			if b.values[fields[i+1]], err = strconv.ParseFloat(fields[i], 64); err != nil {
				t.Error(err)
			}
		}
		results = append(results, b)
	}
	return config, results
}

// Every round of every front comes back, and what a request costs.
func TestGoBench(t *testing.T) {
	for _, source := range []record.Source{record.SourceLab, record.SourceAWS} {
		for _, r := range []*report.Report{sample(t), hostile(t)} {
			r.Run.Source, r.Run.Host.CPUModel = source, "Intel\nXeon"
			text := written(t, report.GoBench, r)
			config, results := benchmarks(t, text)
			if want := map[string]string{"goos": "linux", "goarch": "amd64", "pkg": "frontdoor", "cpu": "Intel Xeon"}; fmt.Sprint(config) != fmt.Sprint(want) {
				t.Errorf("configuration is %q, want %q", config, want)
			}
			if strings.Contains(text, "LAB") != (source == record.SourceLab) {
				t.Errorf("from %s it begins %q", source, text[:200])
			}
			var want []benchmark
			for _, f := range r.Fronts {
				name := "BenchmarkFront/scenario=sample/front=" + report.BenchName(f.ID) + "/source=" + string(source)
				for _, round := range f.ByRound {
					want = append(want, benchmark{name, round.Requests, map[string]float64{"p50-ns/op": math.Round(round.P50 * 1e6), "p99-ns/op": math.Round(round.P99 * 1e6)}})
				}
				want = append(want, benchmark{name, 1, map[string]float64{"usd/op": f.Cost.Bill.PerMillion.Float() / 1e6}})
			}
			if len(want) != 5*(reporttest.Rounds+1) || fmt.Sprint(results) != fmt.Sprint(want) {
				t.Errorf("results are %v, want %v", results, want)
			}
		}
	}
}

// What is not known has no line, and a lower bound has a unit of its own.
func TestGoBenchLeavesOut(t *testing.T) {
	r := sample(t)
	r.Fronts = slices.Clone(r.Fronts[:2])
	r.Fronts[0].ByRound = []report.Round{{Round: 1, Requests: 0, P50: math.NaN(), P99: math.NaN()}, {Round: 2, Requests: 3, P50: 1.5, P99: 2}}
	r.Fronts[0].Cost = report.Cost{Err: "no rates"}
	r.Fronts[1].ByRound = nil
	r.Fronts[1].Cost.Bill.LowerBound = true
	_, results := benchmarks(t, written(t, report.GoBench, r))
	want := []benchmark{
		{"BenchmarkFront/scenario=sample/front=rest/source=lab", 3, map[string]float64{"p50-ns/op": 1.5e6, "p99-ns/op": 2e6}},
		{"BenchmarkFront/scenario=sample/front=http-api/source=lab", 1, map[string]float64{"lower-bound-usd/op": r.Fronts[1].Cost.Bill.PerMillion.Float() / 1e6}},
	}
	if fmt.Sprint(results) != fmt.Sprint(want) {
		t.Errorf("results are %v, want %v", results, want)
	}
}

// The law of names: one field, no separator of names in it, and the way back.
func FuzzBenchName(f *testing.F) {
	for _, s := range []string{"", "alb", "http-api", "a b/c=d", "größe", "100%", reporttest.Name} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := report.BenchName(s)
		back, err := url.PathUnescape(name)
		if err != nil || back != s || strings.ContainsAny(name, " /=\n\t") || strings.ContainsFunc(name, unicode.IsSpace) {
			t.Errorf("%q is named %q, which is %q, %v", s, name, back, err)
		}
	})
}
