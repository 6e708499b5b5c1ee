package record

import (
	"bytes"
	"encoding/base64"
	"io"
	"math/rand/v2"
	"testing"
)

// deployed is realistic, as hits of a CloudFront distribution are: over TLS, with
// CloudFront's own words (an id is 42 random bytes in base64).
func deployed(n int) []Hit {
	rng := rand.New(rand.NewPCG(3, 4))
	hits := realistic(n)
	for i := range hits {
		h := &hits[i]
		var id [42]byte
		for j := range id {
			id[j] = byte(rng.Uint32())
		}
		h.Protocol, h.FrontID, h.Pop, h.Cache = "HTTP/2.0", base64.URLEncoding.EncodeToString(id[:]), "FRA56-P7", "Miss from cloudfront"
		if rng.IntN(3) == 0 {
			h.Pop = "FRA60-P2"
		}
		if h.NewConn {
			h.DNS, h.Connect, h.TLS = 2e6+rng.Int64N(3e6), 9e6+rng.Int64N(1e6), 19e6+rng.Int64N(2e6)
		}
	}
	return hits
}

// BenchmarkFormats is what a hit takes in a file: in format 1, and in format 2 on
// loopback and behind CloudFront. docs/adr/0028 has its figures.
func BenchmarkFormats(b *testing.B) {
	hits, far := realistic(100_000), deployed(100_000)
	var first []hit1
	for _, h := range hits {
		first = append(first, hit1{h.Seq, h.Request, h.Warmup, h.Due, h.Launched, h.Sent, h.FirstByte, h.Done, h.Status, h.BytesOut, h.BytesIn, h.NewConn, h.RequestID, h.Cold, h.Error})
	}
	bytesPerHit(b, "format 1", parquetOf(first), len(first))
	bytesPerHit(b, "format 2, loopback", parquetOf(hits), len(hits))
	bytesPerHit(b, "format 2, CloudFront", parquetOf(far), len(far))
	for i := range far {
		far[i].FrontID = ""
	}
	bytesPerHit(b, "format 2, CloudFront but its ids", parquetOf(far), len(far))
}

func bytesPerHit(b *testing.B, name string, write func(io.Writer) error, hits int) {
	b.Run(name, func(b *testing.B) {
		var file bytes.Buffer
		for b.Loop() {
			file.Reset()
			check(b, write(&file))
		}
		b.ReportMetric(float64(file.Len())/float64(hits), "B/hit")
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(hits), "ns/hit")
	})
}
