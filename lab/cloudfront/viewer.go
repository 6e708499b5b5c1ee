package cloudfront

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
)

// refuse answers, before any function runs, what the viewer protocol policy or the
// allowed methods do not let in. The redirect is 301 for GET and HEAD and 307 for the
// others (using-https-viewers-to-cloudfront.html).
func (b Behaviour) refuse(scheme string, r front.Request) (a front.Answer, cache string, refused bool) {
	switch {
	case b.Protocol == RedirectToHTTPS && scheme == "http":
		code := http.StatusTemporaryRedirect
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			code = http.StatusMovedPermanently
		}
		a = page(code, "Redirect")
		a.Header = append(a.Header, front.Field{Name: "Location", Value: "https://" + r.Host + r.Path + question(r.RawQuery)})
		cache = Redirect
	case b.Protocol == HTTPSOnly && scheme == "http":
		a, cache = page(http.StatusForbidden, "Bad request. We can't connect to the server for this app or website at this time."), Error
	case !b.allows(r.Method):
		a, cache = page(http.StatusForbidden, "This distribution is not configured to allow the HTTP request method that was used for this request."), Error
	default:
		return a, "", false
	}
	a.Header = append(a.Header, front.Field{Name: "X-Cache", Value: cache + " from cloudfront"})
	return a, cache, true
}

// page is CloudFront's own page of a status.
func page(code int, words string) front.Answer {
	return front.Answer{
		Status: code,
		Header: front.Header{{Name: "Content-Type", Value: "text/html"}, {Name: "Server", Value: "CloudFront"}},
		Body: fmt.Appendf(nil, "<html>\n<head><title>%d %s</title></head>\n<body>\n<h1>%[1]d %[2]s</h1>\n<p>%s</p>\n<hr>CloudFront\n</body>\n</html>\n",
			code, http.StatusText(code), words),
	}
}

func question(query string) string {
	if query == "" {
		return ""
	}
	return "?" + query
}

// conditional is an object for a viewer who may have it already: 304 without a body
// where his condition finds it unchanged (RFC 9110 section 13).
func (v *visit) conditional(r front.Request, o *object) front.Answer {
	a := o.answer
	if a.Status != http.StatusOK || !v.behaviour.cached(r.Method) || !unchanged(r.Header, a.Header) {
		return a
	}
	return front.Answer{Status: http.StatusNotModified, Header: slices.DeleteFunc(slices.Clone(a.Header), func(f front.Field) bool {
		return equalFold(f.Name, "Content-Length") || equalFold(f.Name, "Content-Type")
	})}
}

func unchanged(request, answer front.Header) bool {
	tag, date := answer.Get("ETag"), answer.Get("Last-Modified")
	if wanted := request.Values("If-None-Match"); len(wanted) > 0 {
		return tag != "" && slices.ContainsFunc(strings.Split(strings.Join(wanted, ","), ","), func(t string) bool {
			t = strings.TrimSpace(t)
			return t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/")
		})
	}
	since, errSince := http.ParseTime(request.Get("If-Modified-Since"))
	changed, errChanged := http.ParseTime(date)
	return errSince == nil && errChanged == nil && !changed.Truncate(time.Second).After(since)
}
