package cloudfront

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdoor/front"
)

// directives are what an answer's Cache-Control and Expires say.
type directives struct {
	never   bool           // no-store
	private bool           // no-cache, no-store or private
	age     *time.Duration // s-maxage, or max-age, or the time until Expires, in this order
	control bool           // age is of Cache-Control
}

func directivesOf(h front.Header, now time.Time) directives {
	var d directives
	var maxAge, shared *time.Duration
	for part := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(name) {
		case "no-store":
			d.never, d.private = true, true
		case "no-cache", "private":
			d.private = true
		case "max-age":
			maxAge = secondsOf(value, maxAge)
		case "s-maxage":
			shared = secondsOf(value, shared)
		}
	}
	if d.age = maxAge; shared != nil {
		d.age = shared
	}
	d.control = d.age != nil
	if expires := h.Get("Expires"); !d.control && expires != "" {
		var left time.Duration // a date that is none is in the past: RFC 9111 section 5.3
		if at, err := http.ParseTime(expires); err == nil {
			left = max(0, at.Sub(now))
		}
		d.age = &left
	}
	return d
}

// secondsOf is a number of seconds, or what was known before where it is none.
func secondsOf(value string, before *time.Duration) *time.Duration {
	n, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 32)
	if err != nil || n < 0 {
		return before
	}
	d := time.Duration(n) * time.Second
	return &d
}

// ttl is how long an answer of the origin's stays fresh (Expiration.html, the table of
// minimum TTL 0 and above): between minimum and maximum what the origin says, the
// minimum for what it calls private, and the default where it says nothing.
func (p Policy) ttl(d directives) time.Duration {
	switch {
	case p.MaxTTL == 0:
		return 0 // CachingDisabled
	case d.private:
		return p.MinTTL
	case d.age != nil:
		return min(max(*d.age, p.MinTTL), p.MaxTTL)
	}
	return max(p.MinTTL, p.DefaultTTL)
}

// Statuses of errors and when CloudFront caches them (HTTPStatusCodes.html,
// custom-error-pages-expiration.html): always, or only where the origin says for how
// long in Cache-Control; 416 never. Where it says no-store, no-cache or private the
// first four are not cached and the others are all the same.
func alwaysCached() []int { return []int{404, 405, 410, 414, 500, 501, 502, 503, 504} }
func cachedIfTold() []int { return []int{400, 403, 412, 415} }
func respectsNo() []int   { return []int{404, 410, 414, 501} }

// errorTTL is how long an error is served without the origin being asked again: the
// error caching minimum TTL, or what the origin says if that is longer, up to the
// maximum TTL. Zero is not at all.
func (b Behaviour) errorTTL(code int, d directives) time.Duration {
	least := b.ErrorTTL
	if page, ok := b.ErrorPages[code]; ok && page.TTL != nil {
		least = *page.TTL
	}
	switch {
	case slices.Contains(cachedIfTold(), code) && !d.control,
		!slices.Contains(cachedIfTold(), code) && !slices.Contains(alwaysCached(), code),
		slices.Contains(respectsNo(), code) && d.private:
		return 0
	case d.age != nil && !d.private:
		return max(least, min(*d.age, b.Cache.MaxTTL))
	}
	return least
}
