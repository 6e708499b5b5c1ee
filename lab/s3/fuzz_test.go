package s3

import (
	"net/http"
	"testing"
)

// FuzzRange: whatever range is asked for, what is answered lies in the body.
func FuzzRange(f *testing.F) {
	for _, seed := range []string{"bytes=0-4", "bytes=-3", "bytes=6-", "bytes=5-1", "bytes=-0", "bytes=99-", "bytes=0-0,1-1", "x", "bytes=--1", "bytes=9223372036854775807-"} {
		f.Add(seed, 11)
	}
	f.Add("bytes=-3", 0)
	f.Fuzz(func(t *testing.T, wanted string, size int) {
		o := &object{Object: Object{Body: make([]byte, min(max(size, 0), 1000))}}
		from, to, ok := o.wanted(http.Header{"Range": {wanted}})
		if ok && from < to && (from < 0 || to > len(o.Body)) {
			t.Errorf("%q of %d bytes: %d to %d", wanted, len(o.Body), from, to)
		}
	})
}

// FuzzDechunk: chunks never make a body longer than they are, nor end the program.
func FuzzDechunk(f *testing.F) {
	f.Add([]byte("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n"))
	f.Add([]byte("7fffffff\r\n"))
	f.Fuzz(func(t *testing.T, chunked []byte) {
		if body, _, err := dechunk(chunked); err == nil && len(body) > len(chunked) {
			t.Errorf("%q makes %d bytes", chunked, len(body))
		}
	})
}
