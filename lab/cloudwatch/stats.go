package cloudwatch

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Stat is a statistic of CloudWatch's grammar
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html):
//
//	SampleCount  Sum  Average  Minimum  Maximum
//	pNN                       percentile
//	tmNN wmNN tcNN tsNN       trimmed or winsorized up to the NNth percentile
//	TM(a:b) WM(a:b) TC(a:b) TS(a:b) PR(a:b)     values above a and up to b
//	TM(a%:b%) WM(a%:b%) TC(a%:b%) TS(a%:b%)     between two percentiles
//	IQM                       TM(25%:75%)
//
// Either bound of a range may be left out. PR takes values only.
type Stat struct {
	Kind    Kind
	Percent bool // the bounds are percentages
	Lo, Hi  Bound
}

// Kind is what a statistic computes.
type Kind string

// The kinds of statistic.
const (
	SampleCount    Kind = "SampleCount"
	Sum            Kind = "Sum"
	Average        Kind = "Average"
	Minimum        Kind = "Minimum"
	Maximum        Kind = "Maximum"
	Percentile     Kind = "p"
	TrimmedMean    Kind = "TM"
	WinsorizedMean Kind = "WM"
	TrimmedCount   Kind = "TC"
	TrimmedSum     Kind = "TS"
	PercentileRank Kind = "PR"
)

// Bound is one end of a range; the zero Bound is an end left open.
type Bound struct {
	Set   bool
	Value float64
}

// A number has at most 10 decimals, as AWS documents.
const number = `[0-9]{1,120}(?:\.[0-9]{1,10})?`

var (
	singlePattern = regexp.MustCompile(`^(p|tm|wm|tc|ts)(` + number + `)$`)
	rangedPattern = regexp.MustCompile(`^(TM|WM|TC|TS|PR)\((?:(` + number + `)(%?))?:(?:(` + number + `)(%?))?\)$`)
)

// ParseStat reads a statistic as GetMetricData's Stat spells it.
func ParseStat(s string) (Stat, error) {
	switch Kind(s) {
	case SampleCount, Sum, Average, Minimum, Maximum:
		return Stat{Kind: Kind(s)}, nil
	}
	if s == "IQM" {
		return Stat{Kind: TrimmedMean, Percent: true, Lo: Bound{true, 25}, Hi: Bound{true, 75}}, nil
	}
	if m := singlePattern.FindStringSubmatch(s); m != nil {
		return singleStat(s, m[1], m[2])
	}
	if m := rangedPattern.FindStringSubmatch(s); m != nil {
		return rangedStat(s, m)
	}
	return Stat{}, fmt.Errorf("unknown statistic %q", s)
}

// singleStat is a lower-case statistic with one number: a cut at the top.
func singleStat(s, name, digits string) (Stat, error) {
	kind := Kind(strings.ToUpper(name))
	if name == "p" {
		kind = Percentile
	}
	hi, err := parseBound(digits)
	if err != nil || hi.Value > 100 {
		return Stat{}, fmt.Errorf("statistic %q: a percentage lies between 0 and 100", s)
	}
	return Stat{Kind: kind, Percent: true, Hi: hi}, nil
}

func rangedStat(s string, m []string) (Stat, error) {
	name, lo, loUnit, hi, hiUnit := Kind(m[1]), m[2], m[3], m[4], m[5]
	if lo == "" && hi == "" {
		return Stat{}, fmt.Errorf("statistic %q: a range needs a bound", s)
	}
	if lo != "" && hi != "" && loUnit != hiUnit {
		return Stat{}, fmt.Errorf("statistic %q: one bound is a percentage and the other is not", s)
	}
	st := Stat{Kind: name, Percent: loUnit+hiUnit != ""}
	if st.Percent && name == PercentileRank {
		return Stat{}, fmt.Errorf("statistic %q: PR takes values, not percentages", s)
	}
	var errLo, errHi error
	st.Lo, errLo = parseBound(lo)
	st.Hi, errHi = parseBound(hi)
	if errLo != nil || errHi != nil {
		return Stat{}, fmt.Errorf("statistic %q: a bound is out of range", s)
	}
	if st.Percent && max(st.Lo.Value, st.Hi.Value) > 100 {
		return Stat{}, fmt.Errorf("statistic %q: a percentage lies between 0 and 100", s)
	}
	if lo != "" && hi != "" && st.Lo.Value >= st.Hi.Value {
		return Stat{}, fmt.Errorf("statistic %q: the lower bound is not below the upper", s)
	}
	return st, nil
}

// maxValue is the largest value that CloudWatch takes
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html).
const maxValue = 0x1p360

func parseBound(digits string) (Bound, error) {
	if digits == "" {
		return Bound{}, nil
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || v > maxValue {
		return Bound{}, fmt.Errorf("number %q is out of range", digits)
	}
	return Bound{true, v}, nil
}

// String is the shortest spelling; ParseStat of it gives the same statistic.
func (s Stat) String() string {
	switch {
	case s.Kind == Percentile:
		return "p" + s.Hi.text()
	case !s.Lo.Set && !s.Hi.Set:
		return string(s.Kind)
	case s.Percent && !s.Lo.Set:
		return strings.ToLower(string(s.Kind)) + s.Hi.text()
	}
	unit := ""
	if s.Percent {
		unit = "%"
	}
	side := func(b Bound) string {
		if !b.Set {
			return ""
		}
		return b.text() + unit
	}
	return string(s.Kind) + "(" + side(s.Lo) + ":" + side(s.Hi) + ")"
}

func (b Bound) text() string { return strconv.FormatFloat(b.Value, 'f', -1, 64) }

// extended reports whether the statistic needs the values themselves and not
// only their count, sum and extremes.
func (s Stat) extended() bool {
	return s.Kind == Percentile || s.Lo.Set || s.Hi.Set
}
