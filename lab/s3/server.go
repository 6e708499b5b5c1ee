package s3

import (
	"crypto/rand"
	"encoding/xml"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Meter is told of a caller's requests and of the bytes of bodies that were sent, with
// the Region of the bucket.
type Meter func(name, region string, n float64)

// What is metered: requests by the names that pricing has for the two classes
// (https://aws.amazon.com/s3/pricing/: PUT, COPY, POST and LIST, and GET with all
// others), and bytes, which leave AWS by whoever asked.
const (
	Gets     = "s3.get"
	Puts     = "s3.put"
	BytesOut = "s3.bytes_out"
)

var _ http.Handler = (*Storage)(nil)

// ServeHTTP serves the storage without metering.
func (s *Storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.serve(w, r, func(string, string, float64) {})
}

// Handler serves the storage to one caller, at the root of a loopback listener.
func (s *Storage) Handler(meter Meter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, meter) })
}

// Origin serves one bucket as CloudFront reads it: keys are whole paths.
func (s *Storage) Origin(bucket string, meter Meter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inside := r.Clone(r.Context())
		inside.URL = &url.URL{Path: "/" + bucket + r.URL.Path} // an origin request's query is no operation
		s.serve(w, inside, meter)
	})
}

func (s *Storage) serve(w http.ResponseWriter, r *http.Request, meter Meter) {
	h := w.Header()
	h.Set("Server", "AmazonS3")
	h.Set("X-Amz-Request-Id", rand.Text()[:16])
	h.Set("X-Amz-Id-2", rand.Text())
	region := s.RegionOf(r)
	if region != "" {
		h.Set("X-Amz-Bucket-Region", region)
	}
	counter := Gets
	if r.Method == http.MethodPut || r.Method == http.MethodPost {
		counter = Puts
	}
	if r.Method != http.MethodDelete { // which costs nothing
		meter(counter, region, 1)
	}
	w = &bodyWriter{w, r.Method, func(n int) { meter(BytesOut, region, float64(n)) }}
	if err := s.operation(r)(w, r); err != nil {
		fail(w, r, err)
	}
}

// bodyWriter meters an answer's body before it is sent.
type bodyWriter struct {
	http.ResponseWriter
	method string
	meter  func(bytes int)
}

func (w *bodyWriter) WriteHeader(status int) {
	if n, err := strconv.Atoi(w.Header().Get("Content-Length")); err == nil && n > 0 && w.method != http.MethodHead && status != http.StatusNotModified {
		w.meter(n)
	}
	w.ResponseWriter.WriteHeader(status)
}

type operation func(http.ResponseWriter, *http.Request) error

// operation is what a request asks for: the method, and the parameters of the query
// that S3 knows operations by.
func (s *Storage) operation(r *http.Request) operation {
	unknown := func(http.ResponseWriter, *http.Request) error { return notServed(r) }
	_, key := split(r)
	if key == "" || r.Header.Get("X-Amz-Copy-Source") != "" {
		return unknown
	}
	switch r.Method + " " + strings.Join(verbs(r), " ") {
	case "GET ":
		return s.getObject
	case "HEAD ":
		return s.headObject
	case "PUT ":
		return s.putObject
	case "POST uploads":
		return s.createUpload
	case "PUT partNumber uploadId":
		return s.uploadPart
	case "POST uploadId":
		return s.completeUpload
	case "DELETE uploadId":
		return s.abortUpload
	}
	return unknown
}

// verbs is the parameters of a query that make another operation of a request: all but
// the operation's name that SDKs add, the signature of a presigned URL, and overrides
// of an answer's fields.
func verbs(r *http.Request) []string {
	var names []string
	for name := range r.URL.Query() {
		if name != "x-id" && !strings.HasPrefix(name, "X-Amz-") && !strings.HasPrefix(name, "response-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// in is the bucket of a request, and the key. Call it with the lock.
func (s *Storage) in(r *http.Request) (*bucket, string, error) {
	name, key := split(r)
	b := s.buckets[name]
	switch {
	case b == nil:
		return nil, "", noSuchBucket(name)
	case len(key) > maxKey:
		return nil, "", keyTooLong()
	}
	return b, key, nil
}

// fail answers with an error: in XML, and without a body where there may be none.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	var known *Error
	if !errors.As(err, &known) {
		known = &Error{"InternalError", err.Error(), http.StatusInternalServerError, nil}
	}
	if r.Method == http.MethodHead {
		w.WriteHeader(known.Status)
		return
	}
	writeXML(w, known.Status, known)
}

func writeXML(w http.ResponseWriter, status int, v any) {
	body, err := xml.Marshal(v)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte("<Error><Code>InternalError</Code></Error>")
	}
	body = append([]byte(xml.Header), body...)
	w.Header().Set("Content-Type", "application/xml")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client has gone: nobody is left to tell
}
