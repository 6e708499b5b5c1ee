package load

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"frontdoor/load/stall"
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

// BenchmarkStall tries the generator's honesty: 1000 of 10000 requests meet a
// stall of a second, their waits spread evenly over it, so the true p99 is
// 900 ms. Counted from the actual send, as coordinated omission does, it would
// be the last metric. One iteration takes 10 s.
func BenchmarkStall(b *testing.B) {
	p := planOf(Stage{1000, 1000, 10 * time.Second})
	p.Connections, p.Timeout = 64, 30*time.Second
	for b.Loop() {
		server := httptest.NewServer(&stall.Handler{Every: 10 * time.Second, Length: time.Second})
		p.Requests[0].URL = server.URL
		r, err := Attack(context.Background(), p, nil)
		server.Close()
		if err != nil {
			b.Fatal(err)
		}
		var due, sent []int64
		for _, h := range r.Hits {
			due, sent = append(due, h.Done-h.Due), append(sent, h.Done-h.Sent)
		}
		slices.Sort(due)
		slices.Sort(sent)
		b.ReportMetric(time.Duration(quantile(due, 0.99)).Seconds()*1000, "p99-ms")
		b.ReportMetric(time.Duration(quantile(sent, 0.99)).Seconds()*1000, "p99-from-send-ms")
	}
}
