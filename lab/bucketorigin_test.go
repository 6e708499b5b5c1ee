package lab

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/lab/s3"
)

// A bucket behind a distribution: what is in the cache is no request to S3, what is not
// there is 403 for CloudFront, which may not list, and each request is on the bill of
// the front in the bucket's Region.
func TestBucketAsOrigin(t *testing.T) {
	f := site(rawFront(t, front.EdgeViewerRequest, "forwards"))
	f.CloudFront.Origin = Origin{Bucket: "web"}
	l := logged{dir: t.TempDir()}
	var err error
	l.Lab, err = Start(Config{LogDir: l.dir, Fronts: []Front{f}, Buckets: []s3.Bucket{{Name: "web", Region: "eu-west-1", Objects: []s3.Object{
		{Key: "css/a b.css", Body: []byte("body {}"), Header: map[string][]string{"Content-Type": {"text/css"}}},
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for range 2 {
		a := get(t, l.url(0)+"/css/a%20b.css")
		if a.status != 200 || a.body != "body {}" || a.header.Get("Content-Type") != "text/css" || a.header.Get("Server") != "AmazonS3" || a.header.Get("ETag") == "" {
			t.Errorf("%d %q %v", a.status, a.body, a.header)
		}
	}
	for _, path := range []string{"/none", "/"} { // there is no default root object, and a list is not allowed either
		if a := get(t, l.url(0)+path); a.status != 403 || !strings.Contains(a.body, "<Code>AccessDenied</Code>") {
			t.Errorf("%s: %d %q", path, a.status, a.body)
		}
	}
	if got := l.counter(l.Fronts()[0], s3.Gets); got != 2 {
		t.Errorf("%v requests to S3, want 2", got)
	}
	f.CloudFront.Origin = Origin{Bucket: "none"}
	if bad, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}}); err == nil || !strings.Contains(err.Error(), `the origin is the bucket "none", which is not there`) {
		bad.Close()
		t.Errorf("%v", err)
	}
}
