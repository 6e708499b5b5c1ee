package akamai

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// NetStorage is an upload account at a storage group. Paths begin with the CP code:
// "/832468/report.csv". The zero values of Version, HTTP, Now and ID are 5,
// http.DefaultClient, time.Now and 16 random hex digits.
type NetStorage struct {
	URL     string // "https://example-nsu.akamaihd.net", without a slash at the end
	Account string // the upload account's id, which kits call KEYNAME
	Key     string
	Version int
	HTTP    *http.Client
	Now     func() time.Time
	ID      func() string
}

// Upload stores body at path. Its size and SHA-256 go along, so that NetStorage
// refuses (412) what was cut on the way. mtime becomes Last-Modified when the object
// is delivered; zero leaves NetStorage to take its own time of upload.
func (n NetStorage) Upload(ctx context.Context, path string, body []byte, mtime time.Time) error {
	sum := sha256.Sum256(body)
	action := fmt.Sprintf("version=1&action=upload&sha256=%s&size=%d", hex.EncodeToString(sum[:]), len(body))
	if !mtime.IsZero() {
		action += "&mtime=" + strconv.FormatInt(mtime.Unix(), 10)
	}
	_, err := n.Do(ctx, http.MethodPut, path, action, body)
	return err
}

// Delete removes the object at path.
func (n NetStorage) Delete(ctx context.Context, path string) error {
	_, err := n.Do(ctx, http.MethodPost, path, "version=1&action=delete", nil)
	return err
}

// SetMTime gives the object at path another modification time, in whole seconds.
func (n NetStorage) SetMTime(ctx context.Context, path string, mtime time.Time) error {
	_, err := n.Do(ctx, http.MethodPost, path, "version=1&action=mtime&format=xml&mtime="+strconv.FormatInt(mtime.Unix(), 10), nil)
	return err
}

// File is what stat says of an object.
type File struct {
	Type  string `xml:"type,attr"` // "file", "dir" or "symlink"
	Name  string `xml:"name,attr"`
	MTime int64  `xml:"mtime,attr"` // seconds since 1970
	Size  int64  `xml:"size,attr"`  // bytes
	MD5   string `xml:"md5,attr"`
}

// Modified is the modification time.
func (f File) Modified() time.Time { return time.Unix(f.MTime, 0).UTC() }

// Stat describes the object at path. An object that is not there is a *Refused
// with status 404.
func (n NetStorage) Stat(ctx context.Context, path string) (File, error) {
	answer, err := n.Do(ctx, http.MethodGet, path, "version=1&action=stat&format=xml", nil)
	if err != nil {
		return File{}, err
	}
	var stat struct {
		Files []File `xml:"file"`
	}
	dec := xml.NewDecoder(bytes.NewReader(answer.Body))
	dec.CharsetReader = latin1
	if err := dec.Decode(&stat); err != nil {
		return File{}, fmt.Errorf("stat %s: %w", path, err)
	}
	if len(stat.Files) != 1 {
		return File{}, fmt.Errorf("stat %s: %d files in the answer, not 1", path, len(stat.Files))
	}
	return stat.Files[0], nil
}

// latin1 reads ISO-8859-1, which NetStorage declares and encoding/xml does not know:
// each byte is the code point.
func latin1(charset string, in io.Reader) (io.Reader, error) {
	if !strings.EqualFold(charset, "ISO-8859-1") {
		return nil, fmt.Errorf("charset %q is not known", charset)
	}
	raw, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	for _, b := range raw {
		text.WriteRune(rune(b))
	}
	return strings.NewReader(text.String()), nil
}

// Answer is a status with its body.
type Answer struct {
	Status int
	Body   []byte
}

// Refused is an answer that is no success.
type Refused Answer

func (r *Refused) Error() string { return fmt.Sprintf("status %d: %.200s", r.Status, r.Body) }

// Download returns the object at path; one that is not there is a *Refused with status 404.
func (n NetStorage) Download(ctx context.Context, path string) ([]byte, error) {
	answer, err := n.Do(ctx, http.MethodGet, path, "version=1&action=download", nil)
	return answer.Body, err
}

// Do makes one signed call. Any status but 200 and 204, of which kits expect the
// former and the API's own description the latter, is a *Refused. What is signed is
// the path as net/http sends it.
func (n NetStorage) Do(ctx context.Context, method, path, action string, body []byte) (Answer, error) {
	target := n.URL + (&url.URL{Path: path}).EscapedPath()
	req, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	n = n.filled()
	data := AuthData(n.Version, n.Now().Unix(), n.ID(), n.Account)
	sign, err := Sign(n.Version, n.Key, data, req.URL.EscapedPath(), action)
	if err != nil {
		return Answer{}, err
	}
	req.Header.Set(HeaderAction, action)
	req.Header.Set(HeaderData, data)
	req.Header.Set(HeaderSign, sign)
	answer, err := exchange(n.HTTP, req)
	if err == nil && answer.Status != http.StatusOK && answer.Status != http.StatusNoContent {
		err = (*Refused)(&answer)
	}
	if err != nil {
		return Answer{}, fmt.Errorf("store: %s %s: %w", method, path, err)
	}
	return answer, nil
}

func (n NetStorage) filled() NetStorage {
	if n.Version == 0 {
		n.Version = 5
	}
	if n.HTTP == nil {
		n.HTTP = http.DefaultClient
	}
	if n.Now == nil {
		n.Now = time.Now
	}
	if n.ID == nil {
		n.ID = randomID
	}
	return n
}

// randomID is long enough not to come twice in a second under any load; Akamai's
// Go kit draws from 100,000 and does collide.
func randomID() string {
	var id [8]byte
	rand.Read(id[:]) // never fails: https://pkg.go.dev/crypto/rand#Read
	return hex.EncodeToString(id[:])
}

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 64 << 20

func exchange(client *http.Client, req *http.Request) (Answer, error) {
	resp, err := client.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	return Answer{resp.StatusCode, body}, err
}
