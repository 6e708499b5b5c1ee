package cloudfront

import (
	"net/http"
	"slices"
	"strings"

	"frontdoor/front"
)

// key is what tells objects of the cache apart: the path and what the policy names
// (understanding-the-cache-key.html). The host is the distribution's and not in it.
// OPTIONS has objects of its own; HEAD is answered from GET's, and has its own where
// there are none (unconfirmed).
func (b Behaviour) key(r front.Request) string {
	parts := []string{r.Path, b.Cache.Query.query(r.RawQuery), b.Cache.Cookies.cookies(r.Header)}
	if r.Method == "OPTIONS" || r.Method == "HEAD" {
		parts[0] = r.Method + " " + r.Path
	}
	for _, name := range b.Cache.Headers {
		parts = append(parts, strings.Join(r.Header.Values(name), ","))
	}
	return strings.Join(parts, "\n")
}

// query is the part of a raw query with the names, in the order sent.
func (n Names) query(raw string) string {
	return n.pick(raw, "&", "&")
}

// cookies is the part of the Cookie fields with the names.
func (n Names) cookies(h front.Header) string {
	return n.pick(strings.Join(h.Values("Cookie"), "; "), ";", "; ")
}

func (n Names) pick(list, separator, glue string) string {
	if n.All || len(n.Some) == 0 && list == "" {
		return list
	}
	var kept []string
	for pair := range strings.SplitSeq(list, separator) {
		pair = strings.TrimSpace(pair)
		if name, _, _ := strings.Cut(pair, "="); slices.Contains(n.Some, name) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, glue)
}

// removed are the header fields that CloudFront does not send on to a custom origin
// unless the key has them (RequestAndResponseBehaviorCustomOrigin.html, HTTP request
// headers and CloudFront behavior).
func removed(method, name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Accept", "Accept-Charset", "Accept-Language", "Referer", "Cookie":
		return true
	case "Authorization":
		return method == "GET" || method == "HEAD"
	}
	return false
}

// forwarded is the request as it goes on to the origin's side: without the query
// parameters, cookies and header fields that the policies leave out, without those that
// CloudFront takes off every request (same page: X-Forwarded-Proto, X-Real-IP and their
// like), and without the viewer's conditions, in whose place come the cache's own.
func (b Behaviour) forwarded(r front.Request) front.Request {
	r.Header = slices.DeleteFunc(slices.Clone(r.Header), func(f front.Field) bool {
		return front.EdgeDisallows(f.Name) || b.cached(r.Method) && condition(f.Name)
	})
	if b.ForwardAll {
		return r
	}
	r.RawQuery = b.Cache.Query.query(r.RawQuery)
	cookies := b.Cache.Cookies.cookies(r.Header)
	r.Header = slices.DeleteFunc(r.Header, func(f front.Field) bool {
		keyed := slices.ContainsFunc(b.Cache.Headers, func(name string) bool { return strings.EqualFold(name, f.Name) })
		return !keyed && removed(r.Method, f.Name)
	})
	if cookies != "" {
		r.Header = append(r.Header, front.Field{Name: "Cookie", Value: cookies})
	}
	return r
}

func condition(name string) bool {
	return strings.EqualFold(name, "If-None-Match") || strings.EqualFold(name, "If-Modified-Since")
}
