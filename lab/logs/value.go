package logs

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// value is what a field holds in one row. The zero value is a field that is not there.
type value struct {
	kind   kind
	number float64 // of a time: Unix milliseconds
	text   string
}

type kind int

const (
	absent kind = iota
	number
	text
	moment
)

func numberOf(n float64) value    { return value{kind: number, number: n} }
func textOf(s string) value       { return value{kind: text, text: s} }
func momentOf(ms float64) value   { return value{kind: moment, number: ms} }
func truth(b bool) value          { return numberOf(map[bool]float64{true: 1}[b]) }
func (v value) true() bool        { return v.kind != absent && v.number != 0 }
func (v value) isNumber() bool    { return v.kind == number || v.kind == moment }
func (v value) there() bool       { return v.kind != absent }
func (v value) key() string       { return string(rune('0'+v.kind)) + v.String() }
func (v value) millis() time.Time { return time.UnixMilli(int64(v.number)).UTC() }

// float is the value as a number; a text may spell one.
func (v value) float() (float64, bool) {
	if v.isNumber() {
		return v.number, true
	}
	n, err := strconv.ParseFloat(v.text, 64)
	return n, err == nil && v.kind == text && !math.IsInf(n, 0) && !math.IsNaN(n)
}

// compare orders two values: numbers by size, others as texts. An absent one is first.
func (v value) compare(other value) int {
	a, aIs := v.float()
	b, bIs := other.float()
	switch {
	case !v.there() || !other.there():
		return int(min(v.kind, 1)) - int(min(other.kind, 1))
	case aIs && bIs && a < b:
		return -1
	case aIs && bIs && a > b:
		return 1
	case aIs && bIs:
		return 0
	}
	return strings.Compare(v.String(), other.String())
}

// String spells a value as GetQueryResults does.
func (v value) String() string {
	switch v.kind {
	case number:
		return strconv.FormatFloat(v.number, 'f', -1, 64)
	case moment:
		return v.millis().Format("2006-01-02 15:04:05.000")
	}
	return v.text
}

// discovered is a number as Logs Insights spells that of a field which it found in a
// message: as Java's Double.toString does, 15.0, 14.97 and 1.28E8, by a recording of
// 2023-12-05 (oslabs-beta/Embr, primary-app/src/app/retrievedData2.js).
func discovered(n float64) string {
	if math.Abs(n) < 1e-3 && n != 0 || math.Abs(n) >= 1e7 {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(n, 'E', -1, 64), "E")
		e, _ := strconv.Atoi(exponent) // FormatFloat's own
		return withPoint(mantissa) + "E" + strconv.Itoa(e)
	}
	return withPoint(strconv.FormatFloat(n, 'f', -1, 64))
}

func withPoint(digits string) string {
	if strings.Contains(digits, ".") {
		return digits
	}
	return digits + ".0"
}
