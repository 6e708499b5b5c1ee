package akamai

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"frontdoor/offload/cdn"
)

// PurgeConfig describes an API client with the right to purge, and what it owns.
type PurgeConfig struct {
	ClientToken, AccessToken, ClientSecret string
	HeadersToSign                          []string
	// Unauthorized is the status of a request that is not authentic; 0 is 401.
	// (unconfirmed: a client's README says 403.)
	Unauthorized int
	CPCodes      []int    // owned
	Hosts        []string // owned: of URLs, "www.example.com"
	StrictTypes  bool     // refuse a CP code given as a string, as the schema does and the API is reported not to
	Limits       cdn.Limits
	Estimated    time.Duration // until a purge is done
	// Refuse may answer in the API's place: the status, or 0 to go on.
	Refuse func() int
}

// PurgeMeters is what the API counts.
type PurgeMeters struct {
	Requests  int
	Accepted  int
	Throttled int
	Refused   int // with an error status other than 429
	Objects   int // of accepted requests
}

// FastPurge serves the purge API; apply does what a purge does, once it is done.
type FastPurge struct {
	cfg    PurgeConfig
	clock  Clock
	signed func() time.Time
	limits *cdn.Limiter
	apply  func(purge)

	mu     sync.Mutex
	nonces []seen
	meters PurgeMeters
}

var _ http.Handler = (*FastPurge)(nil)

// purge is one accepted request.
type purge struct {
	action  string // "invalidate" or "delete"
	by      string // "url", "cpcode" or "tag"
	network string // "production" or "staging"
	objects []string
}

func newFastPurge(c PurgeConfig, clock Clock, apply func(purge)) *FastPurge {
	if c.Limits == (cdn.Limits{}) {
		c.Limits = cdn.FastPurge()
	}
	if c.Estimated == 0 {
		c.Estimated = 5 * time.Second
	}
	return &FastPurge{cfg: c, clock: clock, limits: cdn.NewLimiter(c.Limits), apply: apply}
}

// Meters is what was counted so far.
func (p *FastPurge) Meters() PurgeMeters {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.meters
}

// maxPurge is the largest body of a request, in bytes.
// https://techdocs.akamai.com/purge-cache/reference/413
const maxPurge = 50_000

// ServeHTTP takes one request. What is accepted is done later, and nothing says when.
func (p *FastPurge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 4*maxBody))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.meters.Requests++
	if err != nil {
		p.refuse(w, refuse(400, "the body was cut short"), nil)
		return
	}
	if refused := p.authentic(r, body); refused != nil {
		p.refuse(w, refused, nil)
		return
	}
	if by, ok := strings.CutPrefix(r.URL.Path, "/ccu/v3/rate-limit-status/"); ok && r.Method == http.MethodPost && slices.Contains(sorts(), by) {
		p.rates(w.Header(), by)
		p.send(w, http.StatusCreated, map[string]any{"httpStatus": 201, "supportId": p.id("s"), "detail": "Rate limit status"})
		return
	}
	asked, refused := p.read(r, body)
	if refused != nil {
		p.refuse(w, refused, nil)
		return
	}
	if p.cfg.Refuse != nil {
		if status := p.cfg.Refuse(); status != 0 {
			p.refuse(w, refuse(status, "%s", http.StatusText(status)), nil)
			return
		}
	}
	p.take(w, asked)
}

// take asks the buckets and accepts.
func (p *FastPurge) take(w http.ResponseWriter, asked purge) {
	now := p.clock.Now()
	if !p.limits.Take(now, asked.by, len(asked.objects)) {
		p.rates(w.Header(), asked.by)
		requests, objects := p.limits.Levels(now, asked.by)
		full := refuse(429, "Rate Limit exceeded")
		level := requests
		if requests.Level(now) >= 1 {
			full.why, level = strings.ToUpper(asked.by)+" Rate Limit exceeded", objects
		}
		p.refuse(w, full, map[string]any{
			"rateLimit": level.Rate().Tokens, "rateLimitCurrentRequestSize": len(asked.objects), "rateLimitRemaining": math.Floor(level.Level(now)),
		})
		return
	}
	p.meters.Accepted++
	p.meters.Objects += len(asked.objects)
	p.clock.After(p.cfg.Estimated, func() { p.apply(asked) })
	p.rates(w.Header(), asked.by)
	p.send(w, http.StatusCreated, map[string]any{
		"httpStatus": 201, "estimatedSeconds": int(p.cfg.Estimated.Seconds()), "purgeId": p.id("p"), "supportId": p.id("s"), "detail": "Request accepted",
	})
}

func (p *FastPurge) id(prefix string) string {
	return fmt.Sprintf("%s-%08d", prefix, p.meters.Requests)
}

// rates sets the headers that tell of the buckets.
// https://techdocs.akamai.com/purge-cache/reference/rate-limiting
func (p *FastPurge) rates(h http.Header, by string) {
	now := p.clock.Now()
	requests, objects := p.limits.Levels(now, by)
	for suffix, b := range map[string]*cdn.Bucket{"": &requests, "-Objects": &objects} {
		h.Set("X-Ratelimit-Limit"+suffix, number(b.Rate().Tokens))
		h.Set("X-Ratelimit-Remaining"+suffix, number(math.Floor(b.Level(now))))
		h.Set("X-Ratelimit-Limit-Per-Second"+suffix, number(b.Rate().PerSecond))
		h.Set("X-Ratelimit-Seconds-To-Refresh-Limit"+suffix, number(math.Ceil(b.Full(now).Seconds())))
	}
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// refuse answers with a problem document.
func (p *FastPurge) refuse(w http.ResponseWriter, r *refusal, more map[string]any) {
	if r.status == http.StatusTooManyRequests {
		p.meters.Throttled++
	} else {
		p.meters.Refused++
	}
	title, detail, ok := strings.Cut(r.why, ": ")
	if !ok {
		detail = r.why
	}
	problem := map[string]any{"httpStatus": r.status, "supportId": p.id("s"), "title": title, "detail": detail}
	for k, v := range more {
		problem[k] = v
	}
	w.Header().Set("Content-Type", "application/problem+json")
	p.send(w, r.status, problem)
}

func (p *FastPurge) send(w http.ResponseWriter, status int, body map[string]any) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that left
}

func sorts() []string { return []string{"url", "cpcode", "tag"} }

// read checks everything about a request but its signature and the rate limits.
func (p *FastPurge) read(r *http.Request, body []byte) (purge, *refusal) {
	asked := purge{network: "production"}
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) == 5 {
		asked.network = parts[4]
	} else if len(parts) != 4 {
		return asked, refuse(404, "there is no %s", r.URL.Path)
	}
	if parts[0] != "ccu" || parts[1] != "v3" {
		return asked, refuse(404, "there is no %s", r.URL.Path)
	}
	asked.action, asked.by = parts[2], parts[3]
	if !slices.Contains([]string{"invalidate", "delete"}, asked.action) || !slices.Contains(sorts(), asked.by) || !slices.Contains([]string{"production", "staging"}, asked.network) {
		return asked, refuse(404, "there is no %s", r.URL.Path)
	}
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost:
		return asked, refuse(405, "%s is not POST", r.Method)
	case media != "application/json":
		return asked, refuse(415, "Content-Type is %q, not application/json", media)
	case r.ContentLength < 0:
		return asked, refuse(411, "Content-Length is missing")
	case len(body) > maxPurge:
		return asked, refuse(413, "the body has %d bytes, more than %d", len(body), maxPurge)
	}
	var refused *refusal
	asked.objects, refused = p.objects(asked.by, body)
	return asked, refused
}
