package s3

import (
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// upload is one in parts that is not complete:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
type upload struct {
	bucket, key string
	header      http.Header
	parts       map[int][]byte // by number, from 1
}

// Bounds of parts: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
const (
	maxParts = 10_000
	minPart  = 5 << 20 // of all but the last
)

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

// createUpload: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
func (s *Storage) createUpload(w http.ResponseWriter, r *http.Request) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, key, err := s.in(r)
	if err != nil {
		return err
	}
	id := rand.Text()
	s.uploads[id] = &upload{b.Name, key, kept(r.Header), map[int][]byte{}}
	writeXML(w, http.StatusOK, struct {
		XMLName               xml.Name `xml:"InitiateMultipartUploadResult"`
		Namespace             string   `xml:"xmlns,attr"`
		Bucket, Key, UploadId string
	}{xml.Name{}, namespace, b.Name, key, id})
	return nil
}

// of is the upload that a request names. Call it with the lock.
func (s *Storage) of(r *http.Request) (*upload, *bucket, error) {
	b, key, err := s.in(r)
	if err != nil {
		return nil, nil, err
	}
	id := r.URL.Query().Get("uploadId")
	u := s.uploads[id]
	if u == nil || u.bucket != b.Name || u.key != key {
		return nil, nil, noSuchUpload(id)
	}
	return u, b, nil
}

// uploadPart: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html
func (s *Storage) uploadPart(w http.ResponseWriter, r *http.Request) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u, _, err := s.of(r)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.URL.Query().Get("partNumber"))
	if err != nil || n < 1 || n > maxParts {
		return &Error{"InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive", http.StatusBadRequest, nil}
	}
	u.parts[n] = body
	w.Header().Set("ETag", partTag(body))
	w.WriteHeader(http.StatusOK)
	return nil
}

func partTag(part []byte) string {
	sum := md5.Sum(part)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// completed is the list of parts that a caller sends.
type completed struct {
	Part []struct {
		PartNumber int
		ETag       string
	}
}

// completeUpload: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
func (s *Storage) completeUpload(w http.ResponseWriter, r *http.Request) error {
	text, err := io.ReadAll(io.LimitReader(r.Body, 2<<20)) // 10,000 parts
	if err != nil {
		return incompleteBody(err)
	}
	var list completed
	if xml.Unmarshal(text, &list) != nil || len(list.Part) == 0 {
		return malformedXML()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u, b, err := s.of(r)
	if err != nil {
		return err
	}
	if err := b.writable(u.key, r.Header); err != nil {
		return err
	}
	o, err := u.join(list, s.now())
	if err != nil {
		return err
	}
	delete(s.uploads, r.URL.Query().Get("uploadId"))
	s.keep(b, o, eventComplete)
	writeXML(w, http.StatusOK, struct {
		XMLName                     xml.Name `xml:"CompleteMultipartUploadResult"`
		Namespace                   string   `xml:"xmlns,attr"`
		Location, Bucket, Key, ETag string
	}{xml.Name{}, namespace, "http://" + r.Host + r.URL.Path, b.Name, u.key, o.etag})
	return nil
}

// join is the object of the parts: its ETag is the MD5 of the parts' MD5s with their
// number (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html).
func (u *upload) join(list completed, now time.Time) (*object, error) {
	var body, sums []byte
	for i, p := range list.Part {
		if i > 0 && p.PartNumber <= list.Part[i-1].PartNumber {
			return nil, invalidPartOrder()
		}
	}
	for i, p := range list.Part {
		part, ok := u.parts[p.PartNumber]
		switch {
		case !ok || strings.Trim(p.ETag, `"`) != strings.Trim(partTag(part), `"`):
			return nil, invalidPart()
		case i < len(list.Part)-1 && len(part) < minPart:
			return nil, entityTooSmall()
		case len(body)+len(part) > maxBody:
			return nil, entityTooLarge()
		}
		sum := md5.Sum(part)
		body, sums = append(body, part...), append(sums, sum[:]...)
	}
	sum := md5.Sum(sums)
	return &object{Object{u.key, body, u.header}, fmt.Sprintf(`"%x-%d"`, sum, len(list.Part)), now.UTC().Truncate(time.Second)}, nil
}

// abortUpload: https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
func (s *Storage) abortUpload(w http.ResponseWriter, r *http.Request) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, _, err := s.of(r); err != nil {
		return err
	}
	delete(s.uploads, r.URL.Query().Get("uploadId"))
	w.WriteHeader(http.StatusNoContent)
	return nil
}
