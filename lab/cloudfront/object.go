package cloudfront

import (
	"errors"
	"net/http"

	"frontdoor/front"
)

// object finds what answers a request: in the cache, else from the origin's side.
func (v *visit) object(r front.Request) (*object, error) {
	if !v.behaviour.cached(r.Method) {
		return v.miss(r, "", nil)
	}
	key := v.behaviour.key(r)
	for waited := false; ; waited = true {
		if o := v.lookup(r, key); o != nil {
			return o, nil
		}
		if v.behaviour.Cache.MaxTTL == 0 || waited { // nothing to wait for: what came was not kept
			return v.miss(r, key, v.store.get(key))
		}
		wait := v.store.board(key)
		if wait == nil {
			defer v.store.land(key)
			if o := v.lookup(r, key); o != nil { // it came between the look before and now
				return o, nil
			}
			return v.miss(r, key, v.store.get(key))
		}
		// Requests for an object that is being fetched wait for it
		// (RequestAndResponseBehaviorCustomOrigin.html, simultaneous requests).
		select {
		case <-wait:
		case <-v.ctx.Done():
			return nil, v.ctx.Err()
		}
	}
}

// lookup is a fresh object, nil for none. A HEAD finds GET's too.
func (v *visit) lookup(r front.Request, key string) *object {
	now := v.now()
	o := v.store.get(key)
	if !o.fresh(now) && r.Method == http.MethodHead {
		get := r
		get.Method = http.MethodGet
		o = v.store.get(v.behaviour.key(get))
	}
	if !o.fresh(now) {
		return nil
	}
	if v.result.Cache = Hit; o.answer.Status >= 400 || o.page {
		v.result.Cache = Error
	}
	hit := *o
	hit.answer = o.aged(now)
	return &hit
}

// miss asks the origin's side: the origin-request function, and where it hands the
// request on the origin, whose answer the origin-response function sees. stale is an
// object that has expired.
func (v *visit) miss(r front.Request, key string, stale *object) (*object, error) {
	v.result.Cache = Miss
	onward := v.behaviour.forwarded(r)
	if v.functions.Kind(OriginRequest) != "" {
		a, err := v.run(OriginRequest, onward)
		if err != nil {
			return nil, err
		}
		if a.Forward == nil { // cached, and no origin-response function runs
			o, err := v.keep(r, key, a)
			v.result.Cache = LambdaGenerated
			return o, err
		}
		onward = v.onward(onward, *a.Forward)
	}
	a, err := v.fetch(onward, stale)
	if stale.validator() && (err != nil || a.Status >= 500) {
		// "CloudFront serves the object even though it has expired", and asks again
		// after the error caching minimum TTL (HTTPStatusCodes.html).
		return v.again(key, stale)
	}
	if err != nil {
		return nil, err
	}
	if v.functions.Kind(OriginResponse) != "" {
		if a, err = v.respond(OriginResponse, onward, a); err != nil {
			return nil, err
		}
	}
	if a.Status == http.StatusNotModified && stale.validator() {
		return v.refresh(key, stale, a), nil
	}
	return v.keep(r, key, a)
}

// fetch sends a request to the origin, with the conditions of a stale object.
func (v *visit) fetch(r front.Request, stale *object) (front.Answer, error) {
	if v.origin == nil {
		return front.Answer{}, errors.New("the distribution has no origin in the lab")
	}
	if stale.validator() {
		if tag := stale.answer.Header.Get("ETag"); tag != "" {
			r.Header = set(r.Header, "If-None-Match", tag)
		}
		if date := stale.answer.Header.Get("Last-Modified"); date != "" {
			r.Header = set(r.Header, "If-Modified-Since", date)
		}
	}
	v.result.Fetched++
	return v.origin.Fetch(v.ctx, r)
}

// refresh is an object that the origin found unchanged, fresh again.
func (v *visit) refresh(key string, stale *object, a front.Answer) *object {
	now := v.now()
	o := &object{answer: stale.answer, stored: now}
	o.answer.Header = merged(stale.answer.Header, a.Header)
	o.expires = now.Add(v.behaviour.Cache.ttl(directivesOf(o.answer.Header, now)))
	v.store.put(key, o)
	v.result.Cache = RefreshHit
	return o
}

// again is a stale object in the place of an origin that fails. Which X-Cache it bears
// was not found: Hit (unconfirmed).
func (v *visit) again(key string, stale *object) (*object, error) {
	now := v.now()
	o := &object{answer: stale.answer, stored: stale.stored, expires: now.Add(v.behaviour.ErrorTTL)}
	v.store.put(key, o)
	v.result.Cache = Hit
	served := *o
	served.answer = o.aged(now)
	return &served, nil
}

// keep caches an answer for as long as it may be, "" being no key, and returns it with
// the error page that replaces it.
func (v *visit) keep(r front.Request, key string, a front.Answer) (*object, error) {
	now := v.now()
	d := directivesOf(a.Header, now)
	o := &object{answer: a, stored: now, expires: now}
	if a.Status >= 400 {
		ttl := v.behaviour.errorTTL(a.Status, d)
		page, err := v.errorPage(r, a)
		if err != nil {
			return nil, err
		}
		o.answer, o.page, o.expires = page.answer, page.page, now.Add(ttl)
		v.result.Cache = Error
	} else if !d.never || v.behaviour.Cache.MinTTL > 0 {
		o.expires = now.Add(v.behaviour.Cache.ttl(d))
	}
	// What is stale at once is worth keeping only where the origin can be asked
	// whether it has changed.
	if key != "" && !v.paging && (o.fresh(now) || v.behaviour.Cache.MaxTTL > 0 && !d.never && o.validator()) {
		v.store.put(key, o)
	}
	return o, nil
}
