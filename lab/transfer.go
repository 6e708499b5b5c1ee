package lab

import (
	"net/http"
	"strconv"
	"time"
)

// interRegionBytes is the stem of the counters of bytes that leave a Region for another
// one, whose name follows.
const interRegionBytes = "egress.interregion_bytes."

// transferred counts the bytes of a service's calls from another Region, each way: AWS
// bills what leaves a Region where it leaves
// (https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer). They are those of the
// messages, first line, fields and body; what TLS and TCP add is not known here.
func (s *services) transferred(front, from string, place func(*http.Request) string, service http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := place(r)
		if to == "" || to == from {
			service.ServeHTTP(w, r)
			return
		}
		there := messageSize(r.Method+r.RequestURI+"Host:"+r.Host, r.Header) + int(max(r.ContentLength, 0))
		s.counters.count(front, interRegionBytes+to, from, float64(there))
		service.ServeHTTP(&transferWriter{w, r.Method, func(back int) {
			s.counters.count(front, interRegionBytes+from, to, float64(back))
		}}, r)
	})
}

// transferWriter counts an answer before it is sent: who has it finds it counted.
type transferWriter struct {
	http.ResponseWriter
	method string
	count  func(bytes int)
}

func (w *transferWriter) WriteHeader(status int) {
	if w.Header().Get("Date") == "" { // which net/http would add after it was counted
		w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	}
	n := messageSize(http.StatusText(status), w.Header())
	if length, err := strconv.Atoi(w.Header().Get("Content-Length")); err == nil && hasBody(w.method, status) {
		n += length
	}
	w.count(n)
	w.ResponseWriter.WriteHeader(status)
}

// messageSize is the bytes of a message before its body: its first line, of which line
// is what varies, and its fields.
func messageSize(line string, fields http.Header) int {
	n := len(line) + len("HTTP/1.1 200 \r\n\r\n")
	for name, values := range fields {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return n
}
