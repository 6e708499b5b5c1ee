// Package bucket is one bucket of S3 on loopback: GetObject and HeadObject with their
// conditions, in S3's own protocol, for functions with AWS's SDK and for caches whose
// origin it is. The lab itself puts the objects, and gets the notification that S3
// would send.
package bucket

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Name is the bucket's.
const Name = "reports"

// Meters is what the bucket counts.
type Meters struct {
	Puts        int   `json:"puts"`
	Gets        int   `json:"gets"` // with a body
	NotModified int   `json:"not_modified"`
	Heads       int   `json:"heads"`
	NotFound    int   `json:"not_found"`
	SentBytes   int64 `json:"sent_bytes"`
}

// Bucket is the bucket with its endpoint.
type Bucket struct {
	now      func() time.Time
	listener net.Listener
	server   *http.Server

	mu      sync.Mutex
	objects map[string]object
	meters  Meters
}

var _ http.Handler = (*Bucket)(nil)

type object struct {
	body     []byte
	modified time.Time
}

// etag is the MD5 of the body, as S3 gives objects that were put in one piece without KMS.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
func (o object) etag() string {
	sum := md5.Sum(o.body)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// Start opens the endpoint; objects are modified at now.
func Start(now func() time.Time) (*Bucket, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for S3: %w", err)
	}
	b := &Bucket{now: now, listener: l, objects: map[string]object{}}
	b.server = &http.Server{Handler: b, ReadHeaderTimeout: 10 * time.Second}
	go b.server.Serve(l)
	return b, nil
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

// ServeHTTP answers GetObject and HeadObject at /reports/KEY.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
func (b *Bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	key, mine := strings.CutPrefix(r.URL.Path, "/"+Name+"/")
	o, ok := b.objects[key]
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		refuse(w, http.StatusMethodNotAllowed, "MethodNotAllowed")
		return
	case !mine:
		refuse(w, http.StatusNotFound, "NoSuchBucket")
		return
	case !ok:
		b.meters.NotFound++
		refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	w.Header().Set("Last-Modified", o.modified.UTC().Format(http.TimeFormat))
	w.Header().Set("ETag", o.etag())
	w.Header().Set("Content-Type", "binary/octet-stream")
	switch {
	case r.Method == http.MethodHead:
		b.meters.Heads++
		w.Header().Set("Content-Length", strconv.Itoa(len(o.body)))
	case o.unchanged(r.Header):
		b.meters.NotModified++
		w.WriteHeader(http.StatusNotModified)
	default:
		b.meters.Gets++
		b.meters.SentBytes += int64(len(o.body))
		_, _ = w.Write(o.body) // a client that left
	}
}

// unchanged is the condition of a GET: by ETag, and by time where there is none.
// https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
func (o object) unchanged(h http.Header) bool {
	if tag := h.Get("If-None-Match"); tag != "" {
		return tag == o.etag()
	}
	since, err := http.ParseTime(h.Get("If-Modified-Since"))
	return err == nil && !o.modified.Truncate(time.Second).After(since)
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	text, _ := xml.Marshal(struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
	}{Code: code}) // two strings
	_, _ = io.WriteString(w, xml.Header+string(text))
}

// Put stores an object and returns the notification that S3 sends of it; event is its
// name, such as ObjectCreated:Put.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
func (b *Bucket) Put(key string, body []byte, event string) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := object{body, b.now()}
	b.objects[key] = o
	b.meters.Puts++
	record := map[string]any{
		"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventName": event,
		"eventTime": o.modified.UTC().Format("2006-01-02T15:04:05.000Z"),
		"s3": map[string]any{
			"s3SchemaVersion": "1.0", "configurationId": "publish",
			"bucket": map[string]any{"name": Name, "arn": "arn:aws:s3:::" + Name},
			"object": map[string]any{
				"key": strings.ReplaceAll(url.QueryEscape(key), "%2F", "/"), "size": len(body), "eTag": strings.Trim(o.etag(), `"`),
				"sequencer": fmt.Sprintf("0055AED6DC%08X", b.meters.Puts),
			},
		},
	}
	return json.Marshal(map[string]any{"Records": []any{record}})
}
