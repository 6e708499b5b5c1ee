// Package bucket is one bucket of lab/s3 with a listener of its own, for functions with
// AWS's SDK and for caches whose origin it is: it counts what it answers, and hands
// over the notifications that S3 would send.
package bucket

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"frontdoor/lab/s3"
)

// Name is the bucket's.
const Name = "reports"

// Meters is what the bucket counts.
type Meters struct {
	Puts        int   `json:"puts"`
	Gets        int   `json:"gets"` // with a body
	NotModified int   `json:"not_modified"`
	Heads       int   `json:"heads"`
	Refused     int   `json:"refused"` // a key that is not there is 403 to who may not list
	SentBytes   int64 `json:"sent_bytes"`
}

// Bucket is the bucket with its endpoint.
type Bucket struct {
	storage  *s3.Storage
	service  http.Handler
	listener net.Listener
	server   *http.Server

	mu     sync.Mutex
	meters Meters
	events [][]byte // delivered, and not taken
	tell   func([]byte)
}

// Tell has further notifications delivered to f, one at a time, instead of kept.
func (b *Bucket) Tell(f func(event []byte)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tell = f
}

// Start opens the endpoint. Objects are modified at now; notifications are of events,
// such as "s3:ObjectCreated:Put", by default of every object that comes in.
func Start(now func() time.Time, events ...string) (*Bucket, error) {
	if len(events) == 0 {
		events = []string{"s3:ObjectCreated:*"}
	}
	b := &Bucket{}
	var err error
	b.storage, err = s3.New(s3.Config{Now: now, Buckets: []s3.Bucket{{
		Name: Name, Region: "us-east-1", Notifications: []s3.Notification{{ID: "publish", Events: events, Deliver: b.deliver}},
	}}})
	if err != nil {
		return nil, err
	}
	b.service = b.storage.Handler(func(name, _ string, n float64) {
		if name == s3.BytesOut {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.meters.SentBytes += int64(n)
		}
	})
	if b.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("listen for S3: %w", err)
	}
	b.server = &http.Server{Handler: b, ReadHeaderTimeout: 10 * time.Second}
	go b.server.Serve(b.listener)
	return b, nil
}

func (b *Bucket) deliver(event []byte) {
	b.mu.Lock()
	tell := b.tell
	if tell == nil {
		b.events = append(b.events, event)
	}
	b.mu.Unlock()
	if tell != nil {
		tell(event)
	}
}

// URL is the endpoint: buckets are the first segment of its paths.
func (b *Bucket) URL() string { return "http://" + b.listener.Addr().String() }

// Meters is what was counted so far.
func (b *Bucket) Meters() Meters {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.meters
}

// Close ends the endpoint.
func (b *Bucket) Close() error {
	err := b.server.Close()
	_ = b.listener.Close() // mostly closed by then
	return err
}

// Put puts an object, in one piece, and returns its notification.
func (b *Bucket) Put(key string, body []byte) ([]byte, error) {
	if err := b.storage.Put(Name, s3.Object{Key: key, Body: body}); err != nil {
		return nil, err
	}
	b.mu.Lock()
	b.meters.Puts++
	b.mu.Unlock()
	events := b.Notifications()
	if len(events) != 1 {
		return nil, errors.New("the object raised no notification of its own")
	}
	return events[0], nil
}

// Notifications takes those that were sent since it was last called.
func (b *Bucket) Notifications() [][]byte {
	b.storage.Settle()
	b.mu.Lock()
	defer b.mu.Unlock()
	events := b.events
	b.events = nil
	return events
}

// ServeHTTP serves S3's protocol and counts by the status of the answer.
func (b *Bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	said := &statusWriter{ResponseWriter: w, status: http.StatusOK}
	b.service.ServeHTTP(said, r)
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case said.status >= 400:
		b.meters.Refused++
	case said.status == http.StatusNotModified:
		b.meters.NotModified++
	case r.Method == http.MethodHead:
		b.meters.Heads++
	case r.Method == http.MethodGet:
		b.meters.Gets++
	}
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}
