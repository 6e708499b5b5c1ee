package s3

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
)

// The tests call the endpoint over HTTP with the real SDK.

var (
	background = context.Background()
	noon       = time.Date(2026, 11, 29, 12, 0, 0, 500e6, time.UTC) // half a second past
)

// units is what a caller's meter was told.
type units struct {
	mu  sync.Mutex
	sum map[string]float64
}

func (u *units) add(name, region string, n float64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.sum[name+" "+region] += n
}

func serve(t testing.TB, c Config) (s *Storage, url string, metered *units) {
	t.Helper()
	if c.Now == nil {
		c.Now = func() time.Time { return noon }
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	metered = &units{sum: map[string]float64{}}
	server := httptest.NewServer(s.Handler(metered.add))
	t.Cleanup(server.Close)
	return s, server.URL, metered
}

// web is a bucket with a page that has a header of its own.
func web() Bucket {
	return Bucket{Name: "web", Region: "eu-west-1", Objects: []Object{
		{"css/main.css", []byte("hello world"), http.Header{"Content-Type": {"text/css"}, "Cache-Control": {"max-age=3"}, "X-Amz-Meta-By": {"hand"}}},
	}}
}

// tag is the MD5 of "hello world", in RFC 1321's notation.
const tag = `"5eb63bbbe01eeed093cb22bb8f5acdc3"`

func client(url string) *sdk.Client {
	return sdk.NewFromConfig(aws.Config{
		Region: "eu-west-1", BaseEndpoint: &url, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("lab", "lab", ""),
	})
}

func text(t *testing.T, body io.ReadCloser) string {
	t.Helper()
	defer body.Close()
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func wantError[T error](t *testing.T, err error, code, message string) {
	t.Helper()
	var typed T
	var api smithy.APIError
	if !errors.As(err, &typed) || !errors.As(err, &api) || api.ErrorCode() != code || api.ErrorMessage() != message {
		t.Errorf("%v (%T), want %s: %s", err, typed, code, message)
	}
}

// ask sends a request without the SDK.
func ask(t *testing.T, method, url string, fields ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return a, strings.TrimSpace(text(t, a.Body))
}
