package lab

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudfront"
	"frontdoor/lab/s3"
)

// bucketOrigin is a bucket that CloudFront may read and not list: what it has not is
// 403 (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html). Its requests
// are on the front's bill; bytes from S3 to CloudFront are not billed
// (https://aws.amazon.com/s3/pricing/, data transfer).
type bucketOrigin struct {
	bucket http.Handler
	region string
	root   string // key of what "/" stands for, CloudFront's default root object; "" for none
}

var _ cloudfront.Origin = bucketOrigin{}

// bucketOrigin is a bucket of the lab as an origin of a front.
func (s *services) bucketOrigin(name string, f Front) (cloudfront.Origin, error) {
	region := s.storage.Region(name)
	if region == "" {
		return nil, fmt.Errorf("the origin is the bucket %q, which is not there", name)
	}
	return bucketOrigin{s.storage.Origin(name, s.meter(f.ID)), region, ""}, nil
}

// objectsMade is when objects without a bucket of their own were put.
var objectsMade = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// defaultRoot is the key of an object whose path is that of the whole site.
const defaultRoot = "default-root-object"

// objectOrigin is objects in a bucket that nobody else has, in the front's Region.
func (s *services) objectOrigin(objects []Object, f Front) (cloudfront.Origin, error) {
	own := s3.Bucket{Name: "origin", Region: f.Region}
	for _, o := range objects {
		object := s3.Object{Key: cmp.Or(strings.TrimPrefix(o.Path, "/"), defaultRoot), Body: []byte(o.Body), Header: http.Header{}}
		for name, value := range map[string]string{"Content-Type": o.ContentType, "Cache-Control": o.CacheControl} {
			if value != "" {
				object.Header.Set(name, value)
			}
		}
		own.Objects = append(own.Objects, object)
	}
	storage, err := s3.New(s3.Config{Buckets: []s3.Bucket{own}, Now: func() time.Time { return objectsMade }})
	if err != nil {
		return nil, err
	}
	return bucketOrigin{storage.Origin(own.Name, s.meter(f.ID)), own.Region, defaultRoot}, nil
}

// Fetch asks the bucket. It is not asked to change anything: CloudFront has permission
// to read, and S3 answers others 405.
func (o bucketOrigin) Fetch(ctx context.Context, r front.Request) (front.Answer, error) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return denied(http.StatusMethodNotAllowed, "MethodNotAllowed"), nil
	}
	path := r.Path
	switch {
	case path == "/" && o.root == "":
		return denied(http.StatusForbidden, "AccessDenied"), nil // a distribution may read objects and not list them
	case path == "/":
		path += o.root
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, "http://s3.invalid"+path, nil)
	if err != nil {
		return front.Answer{}, err
	}
	for _, f := range r.Header {
		if !strings.EqualFold(f.Name, "Host") {
			request.Header.Add(f.Name, f.Value)
		}
	}
	w := answerWriter{header: http.Header{}}
	o.bucket.ServeHTTP(&w, request)
	return w.answer(), nil
}

// answerWriter keeps what a handler answers.
type answerWriter struct {
	header http.Header
	status int
	body   bytes.Buffer
}

var _ http.ResponseWriter = (*answerWriter)(nil)

func (w *answerWriter) Header() http.Header { return w.header }

func (w *answerWriter) WriteHeader(status int) { w.status = status }

func (w *answerWriter) Write(body []byte) (int, error) { return w.body.Write(body) }

func (w *answerWriter) answer() front.Answer {
	a := front.Answer{Status: w.status, Body: w.body.Bytes()}
	for name, values := range w.header {
		for _, v := range values {
			if !framing(name) {
				a.Header = append(a.Header, front.Field{Name: name, Value: v})
			}
		}
	}
	slices.SortStableFunc(a.Header, func(x, y front.Field) int { return strings.Compare(x.Name, y.Name) })
	return a
}

func denied(status int, code string) front.Answer {
	return front.Answer{
		Status: status, Header: front.Header{{Name: "Content-Type", Value: "application/xml"}, {Name: "Server", Value: "AmazonS3"}},
		Body: fmt.Appendf(nil, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%[1]s</Message></Error>", code),
	}
}
