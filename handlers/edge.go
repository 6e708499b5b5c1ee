package handlers

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"frontdoor/front"
)

// The uses of Lambda@Edge that AWS named when it was launched (2017-07,
// https://aws.amazon.com/about-aws/whats-new/2017/07/lambda-at-edge-now-generally-available/):
// each sees a viewer's request before the cache does.

// ABCookie sends the request to the pages of experiment a or b: the one that the
// cookie "experiment" names, else the one that follows from the viewer's address.
// Chance would send a viewer to another one each time: a function on the request
// cannot set a cookie on the answer.
func ABCookie(_ context.Context, r front.Request) (front.Answer, error) {
	group := cookie(r.Header, "experiment")
	if group != "a" && group != "b" {
		h := fnv.New32a()
		h.Write([]byte(r.SourceIP))
		group = string("ab"[h.Sum32()>>16&1])
	}
	r.Path = "/" + group + r.Path
	return forward(r)
}

// LoginRedirect sends a viewer without the cookie "session" to /login, which gets
// to know where they wanted to go; pages below /login are for everyone.
func LoginRedirect(_ context.Context, r front.Request) (front.Answer, error) {
	if cookie(r.Header, "session") != "" || r.Path == "/login" || strings.HasPrefix(r.Path, "/login/") {
		return forward(r)
	}
	wanted := r.Path
	if r.RawQuery != "" {
		wanted += "?" + r.RawQuery
	}
	return found("/login?return="+encodeComponent(wanted), front.Field{Name: "Cache-Control", Value: "no-store"}), nil
}

// UAVariant gives phones the object below /mobile and robots that below /plain.
// "Mobi" is the word that every phone's browser has
// (https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Browser_detection_using_the_user_agent).
func UAVariant(_ context.Context, r front.Request) (front.Answer, error) {
	agent := r.Header.Get("User-Agent")
	switch {
	case strings.Contains(strings.ToLower(agent), "bot"):
		r.Path = "/plain" + r.Path
	case strings.Contains(agent, "Mobi"):
		r.Path = "/mobile" + r.Path
	}
	return forward(r)
}

// HeaderNormalise condenses the headers that a cache key may hold: Accept-Language
// to the one of en and ja that the viewer likes best, Cookie to the cookies that
// the site reads.
func HeaderNormalise(_ context.Context, r front.Request) (front.Answer, error) {
	var kept []string
	for _, name := range []string{"experiment", "session"} {
		if value := cookie(r.Header, name); value != "" {
			kept = append(kept, name+"="+value)
		}
	}
	r.Header = replaced(r.Header, "Accept-Language", language(strings.Join(r.Header.Values("Accept-Language"), ",")))
	r.Header = replaced(r.Header, "Cookie", strings.Join(kept, "; "))
	return forward(r)
}

// language is the one of en and ja with the highest weight, the first of equals,
// and en when neither is accepted.
func language(accepted string) string {
	best, most := "en", 0.0
	for part := range strings.SplitSeq(strings.ToLower(accepted), ",") {
		tag, q, weighted := strings.Cut(strings.TrimSpace(part), ";q=")
		weight := 1.0
		if weighted {
			weight, _ = strconv.ParseFloat(q, 64) // what is no number weighs nothing
		}
		primary, _, _ := strings.Cut(tag, "-")
		if (primary == "en" || primary == "ja") && weight > most {
			best, most = primary, weight
		}
	}
	return best
}

// URLNormalise gives pages that are the same one address: slashes once, no
// index.html, parameters in order of their names and none that only tell where the
// viewer came from.
func URLNormalise(_ context.Context, r front.Request) (front.Answer, error) {
	for strings.Contains(r.Path, "//") {
		r.Path = strings.ReplaceAll(r.Path, "//", "/")
	}
	if strings.HasSuffix(r.Path, "/index.html") {
		r.Path = strings.TrimSuffix(r.Path, "index.html")
	}
	pairs := slices.DeleteFunc(strings.Split(r.RawQuery, "&"), func(pair string) bool {
		return pair == "" || tracking(nameOf(pair))
	})
	slices.SortStableFunc(pairs, func(a, b string) int { return cmp.Compare(nameOf(a), nameOf(b)) })
	r.RawQuery = strings.Join(pairs, "&")
	return forward(r)
}

func nameOf(pair string) string {
	name, _, _ := strings.Cut(pair, "=")
	return name
}

func tracking(name string) bool {
	return strings.HasPrefix(name, "utm_") || name == "gclid" || name == "fbclid"
}

// cookie is the value of the first cookie called name, or "".
func cookie(h front.Header, name string) string {
	for pair := range strings.SplitSeq(strings.Join(h.Values("Cookie"), ";"), ";") {
		if key, value, _ := strings.Cut(strings.TrimSpace(pair), "="); key == name {
			return value
		}
	}
	return ""
}
