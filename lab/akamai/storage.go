package akamai

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"frontdoor/offload/cdn"
)

// StorageConfig describes a storage group with one upload account.
type StorageConfig struct {
	Account string
	Key     string
	CPCodes []string // those that the account may write to
	// NoContent answers an upload with 204, as the API's own description says,
	// instead of the 200 that kits expect.
	NoContent bool
	// Lag is how long an upload takes to reach each further replica. Nil is none.
	Lag func() time.Duration
	// Reroute sends delivery to the replica that has the latest, as Akamai does once
	// the one asked knows that it lacks it.
	Reroute bool
	// UploadRate limits uploads; the zero value does not. (unconfirmed: Akamai states
	// that uploads are limited, and no figures.)
	UploadRate cdn.Rate
	// Refuse may answer in the group's place: the status, or 0 to go on.
	Refuse func(action, path string) int
}

// replicas is how many copies there are: the least that Akamai states.
const replicas = 2

// Storage is a storage group. It serves the HTTP API; Delivery serves what edges ask.
type Storage struct {
	cfg    StorageConfig
	clock  Clock
	signed func() time.Time

	mu      sync.Mutex
	used    map[string]time.Time // authentication data seen, for replays
	files   [replicas]map[string]file
	landed  [replicas]time.Time // when the last change of each arrives
	uploads *cdn.Bucket
	meters  StorageMeters
}

var _ http.Handler = (*Storage)(nil)

// file is an object of one replica.
type file struct {
	body  []byte
	mtime int64 // seconds since 1970
}

// StorageMeters is what the group counts.
type StorageMeters struct {
	Calls         int   // of the API
	Refused       int   // of those, with an error status
	Uploads       int   // stored
	UploadedBytes int64 // received, refused ones included
	StoredBytes   int64 // now, in all replicas
	Delivered200  int   // to edges
	Delivered304  int
	SentBytes     int64 // to edges
}

func newStorage(c StorageConfig, clock Clock) *Storage {
	s := &Storage{cfg: c, clock: clock, used: map[string]time.Time{}}
	for i := range s.files {
		s.files[i] = map[string]file{}
	}
	if c.UploadRate != (cdn.Rate{}) {
		s.uploads = cdn.NewBucket(c.UploadRate)
	}
	return s
}

// Meters is what was counted so far.
func (s *Storage) Meters() StorageMeters {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.meters
	for _, files := range s.files {
		for _, f := range files {
			m.StoredBytes += int64(len(f.body))
		}
	}
	return m
}

// change does something to the first replica at once, and to the others when their
// lag is over, in the order of the changes.
func (s *Storage) change(do func(files map[string]file)) {
	do(s.files[0])
	now := s.clock.Now()
	for i := 1; i < replicas; i++ {
		var lag time.Duration
		if s.cfg.Lag != nil {
			lag = s.cfg.Lag()
		}
		at := now.Add(lag)
		if at.Before(s.landed[i]) {
			at = s.landed[i]
		}
		s.landed[i] = at
		if !at.After(now) {
			do(s.files[i])
			continue
		}
		s.clock.After(at.Sub(now), func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			do(s.files[i])
		})
	}
}

// Delivery serves the objects of one replica to edge caches. Conditions are by
// Last-Modified alone, which is the object's mtime.
func (s *Storage) Delivery(n int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.cfg.Reroute {
			n = 0
		}
		f, ok := s.files[n%replicas][r.URL.EscapedPath()]
		if !ok {
			http.Error(w, "Not Found", http.StatusNotFound)
			return
		}
		modified := time.Unix(f.mtime, 0).UTC()
		w.Header().Set("Last-Modified", modified.Format(http.TimeFormat))
		if since, err := http.ParseTime(r.Header.Get("If-Modified-Since")); err == nil && !modified.After(since) {
			s.meters.Delivered304++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		s.meters.Delivered200++
		s.meters.SentBytes += int64(len(f.body))
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write(f.body) // an edge that left
	})
}

// cpCode is the first segment of a path.
func cpCode(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first
}
