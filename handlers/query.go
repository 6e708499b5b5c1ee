package handlers

import (
	"net/url"
	"strconv"
	"strings"

	"frontdoor/front"
)

// parameters are the query's parameters as an event delivers them: the last value
// of each where there is a map, and of the raw string what parseQS makes of it,
// first value each, where there is none. present tells a query without the
// parameter from no query at all: an empty map is a query.
func parameters(r front.Request) (values map[string]string, present bool) {
	values = map[string]string{}
	for name, list := range r.Params {
		values[name] = list[len(list)-1]
	}
	if r.Params != nil {
		return values, true
	}
	for name, list := range parseQS(r.RawQuery) {
		values[name] = list[0]
	}
	return values, len(values) > 0
}

// parseQS is Python's urllib.parse.parse_qs with its defaults: parameters whose
// value is blank are dropped, and so are those without "="
// (https://docs.python.org/3/library/urllib.parse.html#urllib.parse.parse_qs).
func parseQS(query string) map[string][]string {
	out := map[string][]string{}
	for pair := range strings.SplitSeq(query, "&") {
		if name, value, _ := strings.Cut(pair, "="); value != "" {
			out[unquote(name)] = append(out[unquote(name)], unquote(value))
		}
	}
	return out
}

// unquote decodes "+" and percent-encoding; what is not hexadecimal stays, and a run
// of what is not UTF-8 becomes one U+FFFD, of which Python may make several.
func unquote(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch value, ok := percent(s[i:]); {
		case ok:
			b.WriteByte(value)
			i += 2
		case s[i] == '+':
			b.WriteByte(' ')
		default:
			b.WriteByte(s[i])
		}
	}
	return strings.ToValidUTF8(b.String(), "\ufffd")
}

// percent is the byte that s begins with in percent-encoding.
func percent(s string) (byte, bool) {
	if len(s) < 3 || s[0] != '%' {
		return 0, false
	}
	value, err := strconv.ParseUint(s[1:3], 16, 8)
	return byte(value), err == nil
}

// encodeComponent is JavaScript's encodeURIComponent, which leaves more characters
// as they are than url.QueryEscape.
func encodeComponent(s string) string {
	return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(url.QueryEscape(s))
}
