package report

import (
	"cmp"
	"fmt"
	"slices"

	"frontdoor/record"
	"frontdoor/report/words"
	"frontdoor/stats"
)

// Part is the measured requests of a front that were answered at one of CloudFront's
// edge locations, or out of one state of its cache. Quantiles are of response time in
// milliseconds, as Front.Response has them.
type Part struct {
	By               string // byLocation or byCache
	Value            string // "FRA56-P7", "Miss from cloudfront"; "" of answers that did not say
	Requests, Failed int
	P50, P99         stats.Estimate
}

// What answers are told apart by.
const (
	byLocation = "edge location"
	byCache    = "cache state"
)

// mostParts is how many values are told apart; the rest are together.
const mostParts = 8

// otherParts is the value of those.
const otherParts = "others"

// partsOf splits a front's requests by what CloudFront said of its answers; nil where
// it said nothing.
func partsOf(rounds int, trials []record.Measured, seed uint64) []Part {
	return slices.Concat(
		partsBy(byLocation, func(h record.Hit) string { return oneLine(h.Pop) }, rounds, trials, seed),
		partsBy(byCache, func(h record.Hit) string { return oneLine(h.Cache) }, rounds, trials, seed))
}

func partsBy(by string, value func(record.Hit) string, rounds int, trials []record.Measured, seed uint64) []Part {
	names := frequent(value, trials)
	if len(names) == 0 || len(names) == 1 && names[0] == "" {
		return nil
	}
	parts, warm := make([]Part, len(names)), make([][][]float64, len(names))
	for i, name := range names {
		parts[i], warm[i] = Part{By: by, Value: name}, make([][]float64, rounds)
	}
	for _, t := range trials {
		for _, h := range t.Hits {
			if h.Warmup {
				continue
			}
			i := slices.Index(names, value(h))
			if i < 0 {
				i = len(names) - 1
			}
			parts[i].Requests++
			switch {
			case h.Error != "":
				parts[i].Failed++
			case h.Cold != 1:
				warm[i][t.Round-1] = append(warm[i][t.Round-1], float64(h.Done-h.Due)/1e6)
			}
		}
	}
	for i := range parts {
		e := stats.Quantiles(warm[i], []float64{0.5, 0.99}, seed)
		parts[i].P50, parts[i].P99 = e[0], e[1]
	}
	return parts
}

// frequent lists the values of the measured requests, the most frequent first, and
// otherParts in place of those beyond mostParts.
func frequent(value func(record.Hit) string, trials []record.Measured) []string {
	counts := map[string]int{}
	for _, t := range trials {
		for _, h := range t.Hits {
			if !h.Warmup {
				counts[value(h)]++
			}
		}
	}
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	if len(names) > mostParts {
		names = append(names[:mostParts-1:mostParts-1], otherParts)
	}
	return names
}

// partCaption says what the table of parts is of.
const partCaption = "What CloudFront said of its answers: x-amz-cf-pop and x-cache. ms, response time as above."

// partTable has a front's parts where its answers differ in them: one value would
// repeat the front's own row.
func partTable(r *Report, notes *footnotes) Grid {
	g := Grid{Header: []string{"front", "by", "answered", "requests", "failed", "p50", "p99"}, Left: 3}
	for _, f := range r.Fronts {
		for _, by := range []string{byLocation, byCache} {
			parts := slices.DeleteFunc(slices.Clone(f.Parts), func(p Part) bool { return p.By != by })
			if said(parts) < 2 {
				continue
			}
			for _, p := range parts {
				g.Rows = append(g.Rows, []string{f.ID, p.By, cmp.Or(p.Value, "not said"), words.Group(int64(p.Requests)), words.Group(int64(p.Failed)),
					words.Interval(p.P50) + quantileNote(Quantile{0.5, p.P50}, notes), words.Interval(p.P99) + quantileNote(Quantile{0.99, p.P99}, notes)})
			}
		}
	}
	return g
}

// said counts the parts whose answers said what they are of.
func said(parts []Part) (n int) {
	for _, p := range parts {
		if p.Value != "" {
			n++
		}
	}
	return n
}

// metric names a figure of the part: "response_p50[edge location=FRA56-P7]".
func (p Part) metric(figure string) string {
	return fmt.Sprintf("%s[%s=%s]", figure, p.By, p.Value)
}
