package s3

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

func TestGetObject(t *testing.T) {
	_, url, metered := serve(t, Config{Buckets: []Bucket{web()}})
	c := client(url)
	out, err := c.GetObject(background, &sdk.GetObjectInput{Bucket: aws.String("web"), Key: aws.String("css/main.css")})
	if err != nil {
		t.Fatal(err)
	}
	if got := text(t, out.Body); got != "hello world" || *out.ETag != tag || !out.LastModified.Equal(noon.Truncate(1e9)) ||
		*out.ContentType != "text/css" || *out.CacheControl != "max-age=3" || out.Metadata["by"] != "hand" || *out.ContentLength != 11 {
		t.Errorf("%q %+v", got, out)
	}
	head, err := c.HeadObject(background, &sdk.HeadObjectInput{Bucket: aws.String("web"), Key: aws.String("css/main.css")})
	if err != nil || *head.ETag != tag || *head.ContentLength != 11 || *head.ContentType != "text/css" {
		t.Errorf("%+v %v", head, err)
	}
	if want := map[string]float64{"s3.get eu-west-1": 2, "s3.bytes_out eu-west-1": 11}; !maps.Equal(metered.sum, want) {
		t.Errorf("metered %v, want %v", metered.sum, want)
	}
}

// A key that is not there is 404 for who may list the bucket, and 403 for others.
func TestMissingKey(t *testing.T) {
	open := web()
	open.Name, open.MayList = "open", true
	_, url, _ := serve(t, Config{Buckets: []Bucket{web(), open}})
	c := client(url)
	get := func(bucket string) error {
		_, err := c.GetObject(background, &sdk.GetObjectInput{Bucket: &bucket, Key: aws.String("none")})
		return err
	}
	wantError[smithy.APIError](t, get("web"), "AccessDenied", "Access Denied")
	wantError[*types.NoSuchKey](t, get("open"), "NoSuchKey", "The specified key does not exist.")
	wantError[smithy.APIError](t, get("none"), "NoSuchBucket", "The specified bucket does not exist")
	_, err := c.HeadObject(background, &sdk.HeadObjectInput{Bucket: aws.String("open"), Key: aws.String("none")})
	wantError[*types.NotFound](t, err, "NotFound", "")
	if a, body := ask(t, "HEAD", url+"/web/none"); a.StatusCode != 403 || body != "" {
		t.Errorf("%d %q", a.StatusCode, body)
	}
	_, err = c.ListObjectsV2(background, &sdk.ListObjectsV2Input{Bucket: aws.String("web")})
	wantError[smithy.APIError](t, err, "NotImplemented", "the lab's S3 does not serve GET /web?list-type=2")
	_, err = c.GetObjectTagging(background, &sdk.GetObjectTaggingInput{Bucket: aws.String("web"), Key: aws.String("css/main.css")})
	wantError[smithy.APIError](t, err, "NotImplemented", "the lab's S3 does not serve GET /web/css/main.css?tagging=")
}

// Conditions, as https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html and
// RFC 9110, section 13.2.2, have them: a tag decides where there is one.
func TestConditions(t *testing.T) {
	_, url, metered := serve(t, Config{Buckets: []Bucket{web()}})
	const modified, before, after = "Sun, 29 Nov 2026 12:00:00 GMT", "Sun, 29 Nov 2026 11:59:59 GMT", "Sun, 29 Nov 2026 12:00:01 GMT"
	for _, c := range []struct {
		fields []string
		status int
	}{
		{[]string{"If-None-Match", tag}, 304},
		{[]string{"If-None-Match", `"x", W/` + tag}, 304},
		{[]string{"If-None-Match", "*"}, 304},
		{[]string{"If-None-Match", `"x"`}, 200},
		{[]string{"If-None-Match", `"x"`, "If-Modified-Since", after}, 200},
		{[]string{"If-None-Match", tag, "If-Modified-Since", before}, 304},
		{[]string{"If-Modified-Since", modified}, 304},
		{[]string{"If-Modified-Since", after}, 304},
		{[]string{"If-Modified-Since", before}, 200},
		{[]string{"If-Modified-Since", "yesterday"}, 200},
		{[]string{"If-Match", tag}, 200},
		{[]string{"If-Match", `"x"`}, 412},
		{[]string{"If-Match", tag, "If-Unmodified-Since", before}, 200},
		{[]string{"If-Unmodified-Since", before}, 412},
		{[]string{"If-Unmodified-Since", modified}, 200},
	} {
		a, body := ask(t, "GET", url+"/web/css/main.css", c.fields...)
		if a.StatusCode != c.status || a.Header.Get("ETag") != tag || a.Header.Get("Last-Modified") != modified || (body == "hello world") != (c.status == 200) {
			t.Errorf("%q: %d %q %v, want %d", c.fields, a.StatusCode, body, a.Header, c.status)
		}
		if c.status == 412 && !strings.Contains(body, "<Code>PreconditionFailed</Code>") {
			t.Errorf("%q: %s", c.fields, body)
		}
	}
	// Each is a request; of an answer 304 there is no body to pay for.
	if metered.sum["s3.get eu-west-1"] != 15 || metered.sum["s3.bytes_out eu-west-1"] >= 11*7+2*400 || metered.sum["s3.bytes_out eu-west-1"] < 11*7 {
		t.Errorf("metered %v", metered.sum)
	}
}

func TestRanges(t *testing.T) {
	_, url, _ := serve(t, Config{Buckets: []Bucket{web()}})
	for _, c := range []struct {
		ask, condition string
		status         int
		body, place    string
	}{
		{"bytes=0-4", "", 206, "hello", "bytes 0-4/11"},
		{"bytes=6-", "", 206, "world", "bytes 6-10/11"},
		{"bytes=6-99", "", 206, "world", "bytes 6-10/11"},
		{"bytes=-3", "", 206, "rld", "bytes 8-10/11"},
		{"bytes=-99", "", 206, "hello world", "bytes 0-10/11"},
		{"bytes=0-0", tag, 206, "h", "bytes 0-0/11"},
		{"bytes=0-0", `"x"`, 200, "hello world", ""},
		{"bytes=0-1,3-4", "", 200, "hello world", ""}, // S3 has no ranges of many parts
		{"bytes=4-2", "", 200, "hello world", ""},
		{"bytes=x", "", 200, "hello world", ""},
	} {
		a, body := ask(t, "GET", url+"/web/css/main.css", "Range", c.ask, "If-Range", c.condition)
		if a.StatusCode != c.status || body != c.body || a.Header.Get("Content-Range") != c.place {
			t.Errorf("%s: %d %q %q", c.ask, a.StatusCode, body, a.Header.Get("Content-Range"))
		}
	}
	for _, wanted := range []string{"bytes=11-", "bytes=50-60", "bytes=-0"} {
		_, err := client(url).GetObject(background, &sdk.GetObjectInput{Bucket: aws.String("web"), Key: aws.String("css/main.css"), Range: &wanted})
		wantError[smithy.APIError](t, err, "InvalidRange", "The requested range is not satisfiable")
	}
}

// A CloudFront origin: the bucket's keys are the paths, and no query matters.
func TestOrigin(t *testing.T) {
	s, _, _ := serve(t, Config{Buckets: []Bucket{web()}})
	metered := &units{sum: map[string]float64{}}
	server := httptest.NewServer(s.Origin("web", metered.add))
	defer server.Close()
	if a, body := ask(t, "GET", server.URL+"/css/main.css?uploads"); a.StatusCode != 200 || body != "hello world" {
		t.Errorf("%d %q", a.StatusCode, body)
	}
	if a, body := ask(t, "GET", server.URL+"/none"); a.StatusCode != http.StatusForbidden || !strings.Contains(body, "AccessDenied") {
		t.Errorf("%d %q", a.StatusCode, body)
	}
	if metered.sum["s3.get eu-west-1"] != 2 {
		t.Errorf("metered %v", metered.sum)
	}
}
