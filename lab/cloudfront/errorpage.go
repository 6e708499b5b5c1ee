package cloudfront

import (
	"net/http"

	"frontdoor/front"
)

// errorPage is an answer, or the custom error page in its place. The page comes from
// the origin, through the origin's functions but without the viewer's ("when fetching
// a custom error page", lambda-cloudfront-trigger-events.html); where the page itself
// cannot be had the error stands (GeneratingCustomErrorResponses.html).
func (v *visit) errorPage(r front.Request, a front.Answer) (*object, error) {
	own := &object{answer: a}
	page, ok := v.behaviour.ErrorPages[a.Status]
	if !ok || page.Path == "" || v.paging {
		return own, nil
	}
	cache := v.result.Cache
	v.paging = true
	defer func() { v.paging, v.result.Cache = false, cache }()
	get := front.Request{ID: r.ID, Time: r.Time, Method: http.MethodGet, Path: page.Path, Proto: r.Proto, Host: r.Host, SourceIP: r.SourceIP}
	o, err := v.miss(get, "", nil)
	if err != nil || o.answer.Status != http.StatusOK {
		return own, nil
	}
	shown := o.answer
	shown.Status = page.Status
	cache = Error
	return &object{answer: shown, page: true}, nil
}
