package load

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"frontdoor/record"
)

// cloudfront is an answer's fields as CloudFront sends them.
func cloudfront(h http.Header) {
	h.Set("X-Cache", "Miss from cloudfront")
	h.Set("X-Amz-Cf-Pop", "FRA56-P7")
	h.Set("X-Amz-Cf-Id", "LkTZQMFfMypK76XAwvdqtfny-Q3_XLWNt2Uyy0x3mo0pmnSQY4eTZg==")
	h.Set("X-Bench-Request-Id", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef")
}

// BenchmarkSend is what one request costs over a connection that is there, the
// loopback server's share included, and what keeping the front's own words is of that.
// docs/adr/0028 has its figures.
func BenchmarkSend(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { cloudfront(w.Header()) }))
	defer server.Close()
	p := planOf(Stage{1, 1, time.Second})
	p.Requests[0].URL, p.Timeout, p.FrontIDs = server.URL, time.Minute, []string{"X-Amz-Cf-Id"}
	c := newClient(context.Background(), time.Now(), &p, []arrival{{}})
	hit := record.Hit{}
	b.Run("whole", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if failure := c.send(c.ctx, &hit); failure != "" {
				b.Fatal(failure)
			}
		}
	})
	b.Run("words", func(b *testing.B) {
		answer := &http.Response{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}}
		cloudfront(answer.Header)
		b.ReportAllocs()
		for b.Loop() {
			c.keepSaid(&hit, answer)
		}
	})
}
