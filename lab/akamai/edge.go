package akamai

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"frontdoor/offload/cdn"
)

// EdgeConfig describes the caches of one property.
type EdgeConfig struct {
	Host       string // of the property, "www.example.com"
	CPCode     int    // to which its traffic counts, and by which it can be purged
	Edges      int
	Parents    int
	TTL        time.Duration
	ServeStale bool
	// Origin is what caches ask: the URL in front of the request's path. "" is
	// NetStorage, whose copies live ten minutes or more.
	Origin string
	Folder string // at NetStorage in front of the request's path: "/832468"
	// ShortTTL lifts NetStorage's least TTL to the one minute that Akamai agrees to.
	ShortTTL bool
}

// The least TTLs of copies whose origin is NetStorage.
// https://techdocs.akamai.com/netstorage/docs/content-best-practices
const (
	leastStorageTTL  = 10 * time.Minute
	leastAgreedShort = time.Minute
)

// check refuses a TTL below what NetStorage allows.
func (c EdgeConfig) check() error {
	least := leastStorageTTL
	if c.ShortTTL {
		least = leastAgreedShort
	}
	switch {
	case c.Edges < 1 || c.Parents < 0:
		return fmt.Errorf("%d edges and %d parents: want at least one edge", c.Edges, c.Parents)
	case c.Origin == "" && c.TTL < least:
		return fmt.Errorf("TTL %v: copies from NetStorage live %v or more", c.TTL, least)
	}
	return nil
}

// EdgeMeters is what the caches count.
type EdgeMeters struct {
	Requests int
	Hits     int
	Bytes    int64 // of bodies, to viewers
	// What the topmost caches asked of the origin.
	Origin200, Origin304, OriginOther int
	OriginBytes                       int64
}

// Edge is the property on one network, production or staging.
type Edge struct {
	cfg     EdgeConfig
	clock   Clock
	network *cdn.Network
	client  *http.Client

	mu     sync.Mutex
	meters EdgeMeters
}

// newEdge builds the caches; origins gives the base URL for each topmost cache.
func newEdge(c EdgeConfig, clock Clock, origins func(i int) string) *Edge {
	e := &Edge{cfg: c, clock: clock, client: &http.Client{Timeout: 10 * time.Second}}
	e.network = cdn.New(cdn.Config{
		Edges: c.Edges, Parents: c.Parents, TTL: c.TTL, ServeStale: c.ServeStale,
		Origin: func(i int) cdn.Origin { return httpOrigin{e, origins(i)} },
	})
	return e
}

// Meters is what was counted so far.
func (e *Edge) Meters() EdgeMeters {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.meters
}

// Cache serves viewers from edge cache number i.
func (e *Edge) Cache(i int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "Unsupported Request", http.StatusNotImplemented)
			return
		}
		a, err := e.network.Read(r.Context(), e.clock.Now(), i, r.URL.RequestURI())
		if err != nil {
			http.Error(w, "the origin cannot be reached", http.StatusBadGateway)
			return
		}
		e.count(a)
		w.Header().Set("X-Cache", xCache(a))
		if a.Status != http.StatusOK {
			http.Error(w, http.StatusText(a.Status), a.Status)
			return
		}
		w.Header().Set("Last-Modified", a.Copy.Modified.UTC().Format(http.TimeFormat))
		w.Header().Set("Age", strconv.Itoa(int(a.Age.Seconds())))
		w.Header().Set("Content-Length", strconv.Itoa(len(a.Copy.Body)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(a.Copy.Body) // a viewer that left
		}
	})
}

// xCache is Akamai's word for it: https://techdocs.akamai.com/property-mgr/docs/x-cache-resp-header
func xCache(a cdn.Answer) string {
	if a.Hit {
		return "TCP_HIT"
	}
	return "TCP_MISS"
}

func (e *Edge) count(a cdn.Answer) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.meters.Requests++
	e.meters.Bytes += int64(len(a.Copy.Body))
	if a.Hit {
		e.meters.Hits++
	}
}

// purge does what an accepted purge of this network asks for.
func (e *Edge) purge(p purge) {
	match := func(key string) bool {
		for _, o := range p.objects {
			switch {
			case p.by == "url" && o == e.cfg.Host+key, p.by == "cpcode" && o == strconv.Itoa(e.cfg.CPCode):
				return true
			}
		}
		return false // the lab's objects carry no cache tags
	}
	if p.action == "delete" {
		e.network.Delete(match)
	} else {
		e.network.Invalidate(match)
	}
}

// httpOrigin asks an origin over HTTP, with the copy's Last-Modified as condition.
type httpOrigin struct {
	e    *Edge
	base string
}

var _ cdn.Origin = httpOrigin{}

func (o httpOrigin) Get(ctx context.Context, _ time.Time, key string, since *cdn.Copy) (cdn.Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.base+key, nil)
	if err != nil {
		return cdn.Answer{}, err
	}
	if since != nil && !since.Modified.IsZero() {
		req.Header.Set("If-Modified-Since", since.Modified.UTC().Format(http.TimeFormat))
	}
	resp, err := o.e.client.Do(req)
	if err != nil {
		return cdn.Answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return cdn.Answer{}, err
	}
	a := cdn.Answer{Status: resp.StatusCode}
	if a.Status == http.StatusOK {
		a.Copy = cdn.Copy{Body: body, Size: int64(len(body)), ETag: resp.Header.Get("ETag")}
		a.Copy.Modified, _ = http.ParseTime(resp.Header.Get("Last-Modified")) // none: never unchanged
	}
	o.e.asked(a)
	return a, nil
}

func (e *Edge) asked(a cdn.Answer) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch a.Status {
	case http.StatusOK:
		e.meters.Origin200++
		e.meters.OriginBytes += a.Copy.Size
	case http.StatusNotModified:
		e.meters.Origin304++
	default:
		e.meters.OriginOther++
	}
}
