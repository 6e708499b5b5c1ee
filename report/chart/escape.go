package chart

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean is text without what cannot be drawn on a line: characters of control
// and those that turn the direction of what follows become spaces or nothing,
// bytes that are no UTF-8 become U+FFFD.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError:
			return utf8.RuneError
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff, r >= 0xfffe:
			if r > 0xffff && unicode.IsGraphic(r) {
				return r
			}
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// escape is clean text for XML, between tags or in an attribute.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(clean(s))) // a Builder does not fail
	return b.String()
}

// ident is s as part of an id that needs no escape anywhere.
func ident(s string) string {
	return "c" + strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_') {
			return r
		}
		return '-'
	}, s)
}

// num is a coordinate with one decimal at most. What is far outside of any
// drawing is brought nearer, since not every viewer reads large numbers.
func num(x float64) string {
	if math.IsNaN(x) {
		x = 0
	}
	x = math.Round(min(max(x, -1e5), 1e5)*10) / 10
	if x == 0 {
		return "0" // and not -0
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
