// Package cloudfront is what CloudFront does with one request at one location: viewer
// protocol, methods, the cache with its key and lifetimes, the four events at which a
// function may run, the origin, and error pages. It is pure: the clock, the functions
// and the origin are the caller's.
//
// What AWS documents stands with its page; what it does not is marked (unconfirmed).
// All pages are of https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/.
package cloudfront

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Event is one of the four points at which a function may run (lambda-cloudfront-trigger-events.html).
type Event string

// The events, in the order in which a request meets them.
const (
	ViewerRequest  Event = "viewer-request"
	OriginRequest  Event = "origin-request"
	OriginResponse Event = "origin-response"
	ViewerResponse Event = "viewer-response"
)

// Events lists the events in the order in which a request meets them.
func Events() []Event { return []Event{ViewerRequest, OriginRequest, OriginResponse, ViewerResponse} }

// The viewer protocol policies (using-https-viewers-to-cloudfront.html).
const (
	AllowAll        = "allow-all"
	HTTPSOnly       = "https-only"
	RedirectToHTTPS = "redirect-to-https"
)

// Protocols lists the viewer protocol policies.
func Protocols() []string { return []string{AllowAll, HTTPSOnly, RedirectToHTTPS} }

// Behaviour is a cache behaviour. The zero value allows all protocols and methods and
// caches nothing, errors included.
type Behaviour struct {
	Protocol     string   // a viewer protocol policy; "" is AllowAll
	Methods      []string // allowed; nil is all seven
	CacheOptions bool     // OPTIONS is cached too; GET and HEAD always are
	Cache        Policy
	ForwardAll   bool // the origin gets every query parameter, cookie and header field, in the key or not

	ErrorTTL   time.Duration     // error caching minimum TTL; CloudFront's default is 10 s, the zero value caches none
	ErrorPages map[int]ErrorPage // by the status that they replace
}

// Policy is a cache policy: lifetimes, and what besides the path is in the key.
type Policy struct {
	MinTTL, DefaultTTL, MaxTTL time.Duration
	Query, Cookies             Names
	Headers                    []string
}

// Names are the names of query parameters or cookies in a key: none, all, or some.
type Names struct {
	All  bool
	Some []string
}

// ErrorPage is a custom error response (GeneratingCustomErrorResponses.html).
type ErrorPage struct {
	Path   string         // of the page, from the origin; "" keeps the answer's own body
	Status int            // that the viewer gets; 0 is the original's
	TTL    *time.Duration // error caching minimum TTL of this status; nil is the behaviour's
}

// ErrorPageCodes lists the statuses that an error page can replace; others, such as
// 422, cannot be.
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomErrorResponse.html
func ErrorPageCodes() []int { return []int{400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504} }

// methodSets are the choices of allowed methods (DownloadDistValuesAllowedHTTPMethods).
func methodSets() [][]string {
	return [][]string{{"GET", "HEAD"}, {"GET", "HEAD", "OPTIONS"}, {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}}
}

// Check returns what CloudFront would refuse of a behaviour.
func (b Behaviour) Check() error {
	c := b.Cache
	switch {
	case b.Protocol != "" && !slices.Contains(Protocols(), b.Protocol):
		return fmt.Errorf("viewer protocol policy %q: want one of %s", b.Protocol, strings.Join(Protocols(), ", "))
	case c.MinTTL < 0 || c.MinTTL > c.DefaultTTL || c.DefaultTTL > c.MaxTTL:
		return fmt.Errorf("TTLs of %v, %v and %v: want minimum <= default <= maximum", c.MinTTL, c.DefaultTTL, c.MaxTTL)
	case b.Methods != nil && !slices.ContainsFunc(methodSets(), func(set []string) bool { return same(set, b.Methods) }):
		return fmt.Errorf("allowed methods %q: want GET and HEAD, these with OPTIONS, or all seven", b.Methods)
	}
	for code, page := range b.ErrorPages {
		switch {
		case !slices.Contains(ErrorPageCodes(), code):
			return fmt.Errorf("error page for status %d: CloudFront has them for 400, 403, 404, 405, 414, 416 and 500 to 504 only", code)
		case page.Path != "" && !strings.HasPrefix(page.Path, "/"):
			return fmt.Errorf("error page %q of status %d: want a path that begins with a slash", page.Path, code)
		case (page.Path == "") != (page.Status == 0):
			return fmt.Errorf("error page for status %d: want a path and a status, or neither", code)
		}
	}
	return nil
}

// same reports whether two lists have the same elements.
func same(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// allows reports whether a method may come in.
func (b Behaviour) allows(method string) bool {
	sets := methodSets()
	methods := b.Methods
	if methods == nil {
		methods = sets[len(sets)-1]
	}
	return slices.Contains(methods, method)
}

// cached reports whether answers to a method may be cached (HTTPStatusCodes.html:
// "always caches responses to GET and HEAD requests", OPTIONS if configured).
func (b Behaviour) cached(method string) bool {
	return method == "GET" || method == "HEAD" || method == "OPTIONS" && b.CacheOptions
}
