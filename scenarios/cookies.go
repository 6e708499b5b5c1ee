package scenarios

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const cookieHeader = "Cookie"

// normalise writes the cookies into the header, in the order of their names:
// https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1
func (r *Request) normalise() {
	if r.Cookies == nil || r.cookieHeader() != "" {
		return
	}
	headers := maps.Clone(r.Headers)
	if headers == nil {
		headers = map[string]string{}
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(r.Cookies)) {
		pairs = append(pairs, name+"="+r.Cookies[name])
	}
	headers[cookieHeader] = strings.Join(pairs, "; ")
	r.Headers = headers
}

// cookieHeader is the name under which the request has the header, "" where it has none.
func (r *Request) cookieHeader() string {
	for name := range r.Headers {
		if strings.EqualFold(name, cookieHeader) {
			return name
		}
	}
	return ""
}

// checkCookies wants one way of giving them.
func (r Request) checkCookies(c *checker, path string) {
	name := r.cookieHeader()
	if at := fmt.Sprintf("%s.headers[%q]", path, name); r.Cookies != nil && c.given(at) {
		c.fail(at, "cookies are given too", "either cookies or the header")
	}
}
