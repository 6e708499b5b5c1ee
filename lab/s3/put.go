package s3

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// maxBody is the most that one request may bring: the lab keeps it in memory, and AWS
// takes 5 GB (https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html).
const maxBody = 256 << 20

// putObject: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
func (s *Storage) putObject(w http.ResponseWriter, r *http.Request) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	b, key, err := s.in(r)
	if err != nil {
		return err
	}
	if err := b.writable(key, r.Header); err != nil {
		return err
	}
	o := s.stored(Object{Key: key, Body: body, Header: kept(r.Header)})
	s.keep(b, o, eventPut)
	w.Header().Set("ETag", o.etag)
	w.WriteHeader(http.StatusOK)
	return nil
}

// writable is the conditions of a write:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
func (b *bucket) writable(key string, h http.Header) error {
	o := b.objects[key]
	switch match := h.Get("If-Match"); {
	case h.Get("If-None-Match") == "*" && o != nil:
		return preconditionFailed("If-None-Match")
	case match != "" && o == nil:
		return noSuchKey(b, key)
	case match != "" && !o.among(match):
		return preconditionFailed("If-Match")
	}
	return nil
}

// kept is the fields of a request that are the object's.
func kept(h http.Header) http.Header {
	out := http.Header{}
	for name, values := range h {
		switch name {
		case "Cache-Control", "Content-Disposition", "Content-Language", "Content-Type", "Expires":
			out[name] = values
		case "Content-Encoding":
			// aws-chunked is how the body came, and not what it is.
			if rest := strings.Trim(strings.Replace(strings.Join(values, ","), "aws-chunked", "", 1), ", "); rest != "" {
				out.Set(name, rest)
			}
		default:
			if strings.HasPrefix(name, "X-Amz-Meta-") {
				out[name] = values
			}
		}
	}
	return out
}

// readBody reads the body of an upload and compares it with the checksums that came
// with it: Content-MD5 and CRC32, which SDKs add by themselves. Others are not verified.
func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case err != nil:
		return nil, incompleteBody(err)
	case len(body) > maxBody:
		return nil, entityTooLarge()
	}
	trailer := http.Header{}
	if strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		if body, trailer, err = dechunk(body); err != nil {
			return nil, incompleteBody(err)
		}
	}
	sum := md5.Sum(body)
	if want := r.Header.Get("Content-Md5"); want != "" && want != base64.StdEncoding.EncodeToString(sum[:]) {
		return nil, badDigest("Content-MD5")
	}
	want := r.Header.Get("X-Amz-Checksum-Crc32")
	if want == "" {
		want = trailer.Get("X-Amz-Checksum-Crc32")
	}
	crc := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body))
	if want != "" && want != base64.StdEncoding.EncodeToString(crc) {
		return nil, badDigest("CRC32")
	}
	return body, nil
}

// dechunk takes a body out of the chunks of aws-chunked, whose signatures are not
// verified, with the fields behind the last one:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
func dechunk(chunked []byte) (body []byte, trailer http.Header, err error) {
	trailer = http.Header{}
	for {
		line, rest, found := bytes.Cut(chunked, []byte("\r\n"))
		if !found {
			return nil, nil, errors.New("a chunk has no size")
		}
		text, _, _ := strings.Cut(string(line), ";")
		size, err := strconv.ParseUint(text, 16, 31)
		if err != nil || size > uint64(len(rest)) {
			return nil, nil, errors.New("a chunk is shorter than its size")
		}
		if size == 0 {
			for field := range strings.SplitSeq(string(rest), "\r\n") {
				if name, value, ok := strings.Cut(field, ":"); ok {
					trailer.Set(strings.TrimSpace(name), strings.TrimSpace(value))
				}
			}
			return body, trailer, nil
		}
		body = append(body, rest[:size]...)
		chunked = bytes.TrimPrefix(rest[size:], []byte("\r\n"))
	}
}
