package s3

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// getObject: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
func (s *Storage) getObject(w http.ResponseWriter, r *http.Request) error {
	return s.answer(w, r, true)
}

// headObject: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
func (s *Storage) headObject(w http.ResponseWriter, r *http.Request) error {
	return s.answer(w, r, false)
}

func (s *Storage) answer(w http.ResponseWriter, r *http.Request, withBody bool) error {
	o, err := s.object(r)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("ETag", o.etag)
	h.Set("Last-Modified", o.modified.Format(http.TimeFormat))
	if failed := o.precondition(r.Header); failed != "" {
		return preconditionFailed(failed)
	}
	if o.unchanged(r.Header) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	status, body := http.StatusOK, o.Body
	if from, to, ok := o.wanted(r.Header); ok {
		if from >= to {
			return invalidRange(r.Header.Get("Range"), len(o.Body))
		}
		h.Set("Content-Range", "bytes "+strconv.Itoa(from)+"-"+strconv.Itoa(to-1)+"/"+strconv.Itoa(len(o.Body)))
		status, body = http.StatusPartialContent, o.Body[from:to]
	}
	o.describe(h, r)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if withBody {
		_, _ = w.Write(body) // the client has gone: nobody is left to tell
	}
	return nil
}

// object is the object of a request.
func (s *Storage) object(r *http.Request) (*object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, key, err := s.in(r)
	if err != nil {
		return nil, err
	}
	if o := b.objects[key]; o != nil {
		return o, nil
	}
	return nil, noSuchKey(b, key)
}

// describe sets the fields that the object was put with. A request may override some
// of them in its query.
func (o *object) describe(h http.Header, r *http.Request) {
	h.Set("Content-Type", "binary/octet-stream") // S3's own default
	for name, values := range o.Header {
		if strings.HasPrefix(name, "X-Amz-Meta-") {
			name = strings.ToLower(name) // as S3 sends them, and clients tell names by them
		}
		h[name] = values
	}
	h.Set("Accept-Ranges", "bytes")
	for _, name := range []string{"Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires"} {
		if v := r.URL.Query().Get("response-" + strings.ToLower(name)); v != "" {
			h.Set(name, v)
		}
	}
}

// precondition is the condition that fails: of a tag, and of a time where there is no
// tag (https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2, which S3 follows).
func (o *object) precondition(h http.Header) string {
	if tags := h.Get("If-Match"); tags != "" {
		if !o.among(tags) {
			return "If-Match"
		}
		return ""
	}
	if t, err := http.ParseTime(h.Get("If-Unmodified-Since")); err == nil && o.modified.After(t) {
		return "If-Unmodified-Since"
	}
	return ""
}

// unchanged reports whether the caller has the object already. A tag that differs
// decides, whatever the time says.
func (o *object) unchanged(h http.Header) bool {
	if tags := h.Get("If-None-Match"); tags != "" {
		return o.among(tags)
	}
	t, err := http.ParseTime(h.Get("If-Modified-Since"))
	return err == nil && !o.modified.After(t)
}

// among reports whether the object's tag is in a list of tags, weak ones and ones
// without quotes included, which S3 takes too.
func (o *object) among(tags string) bool {
	for tag := range strings.SplitSeq(tags, ",") {
		tag = strings.Trim(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`)
		if tag == "*" || tag == strings.Trim(o.etag, `"`) {
			return true
		}
	}
	return false
}

// wanted is the range of the body that is asked for; false is all of it, as with a
// range of many parts, which S3 does not serve, or one that If-Range takes back. A range
// without a byte is an error for the caller to make.
func (o *object) wanted(h http.Header) (from, to int, ok bool) {
	spec, ok := strings.CutPrefix(h.Get("Range"), "bytes=")
	first, last, dash := strings.Cut(strings.TrimSpace(spec), "-")
	if !ok || !dash || strings.Contains(spec, ",") || !o.still(h.Get("If-Range")) {
		return 0, 0, false
	}
	size := len(o.Body)
	from, errFirst := strconv.Atoi(first)
	to, errLast := strconv.Atoi(last)
	switch {
	case first == "" && errLast == nil: // the last bytes
		return max(0, size-to), size, true
	case errFirst != nil || from < 0 || last != "" && (errLast != nil || to < from):
		return 0, 0, false
	case last == "" || to >= size:
		to = size - 1
	}
	return from, to + 1, true
}

// still reports whether the object is that of If-Range.
func (o *object) still(condition string) bool {
	if condition == "" {
		return true
	}
	if t, err := http.ParseTime(condition); err == nil {
		return o.modified.Equal(t.Truncate(time.Second))
	}
	return condition == o.etag
}
