package front

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// marshal is json.Marshal without the HTML escapes, which no AWS document has and
// which would make events larger than AWS's.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// utf8Text is s as JSON can carry it: each run of other bytes becomes U+FFFD.
func utf8Text(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// isToken reports whether s is a token of RFC 9110 section 5.6.2: what methods
// and header names are made of.
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && !('0' <= c && c <= '9') && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return s != ""
}

// isValue reports whether s can be a header value: no CR, LF or NUL (RFC 9110
// section 5.5), with which an answer could not be written.
func isValue(s string) bool { return !strings.ContainsAny(s, "\r\n\x00") }

// checkLine refuses what no HTTP server would have accepted.
func checkLine(r Request) error {
	if !isToken(r.Method) {
		return fmt.Errorf("method %q is not a token", r.Method)
	}
	for _, f := range r.Header {
		if !isToken(f.Name) {
			return fmt.Errorf("header name %q is not a token", f.Name)
		}
	}
	return nil
}

// checkAnswer refuses an answer that no door can carry.
func checkAnswer(a Answer) error {
	if a.Status < minStatus || a.Status > maxStatus {
		return fmt.Errorf("status %d is not between %d and %d", a.Status, minStatus, maxStatus)
	}
	for _, f := range a.Header {
		if !isToken(f.Name) || !isValue(f.Value) {
			return fmt.Errorf("header field %q: %q cannot be sent", f.Name, f.Value)
		}
	}
	return nil
}

func path(s string) string {
	if s == "" {
		return "/"
	}
	return utf8Text(s)
}

// param is one pair of a query.
type param struct{ key, value string }

// params splits a raw query at "&" and the first "=". Empty pairs are left out.
func params(raw string, decode func(string) string) []param {
	var ps []param
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		ps = append(ps, param{utf8Text(decode(key)), utf8Text(decode(value))})
	}
	return ps
}

// asSent leaves a query part encoded.
func asSent(s string) string { return s }

// decoded undoes percent encoding and turns "+" into a space; what is no valid
// encoding stays as sent.
func decoded(s string) string {
	if d, err := url.QueryUnescape(s); err == nil {
		return d
	}
	return s
}

// gather is the pairs as a map of lists, nil when there are none.
func gather(ps []param) map[string][]string {
	if len(ps) == 0 {
		return nil
	}
	m := make(map[string][]string, len(ps))
	for _, p := range ps {
		m[p.key] = append(m[p.key], p.value)
	}
	return m
}

// lists turns a map of single values into one of lists; nil stays nil.
func lists(m map[string]string) map[string][]string {
	if m == nil {
		return nil
	}
	out := make(map[string][]string, len(m))
	for k, v := range m {
		out[k] = []string{v}
	}
	return out
}

// lasts turns a map of lists into one of their last values; nil stays nil.
func lasts(m map[string][]string) map[string]string {
	if m == nil {
		return nil
	}
	out := make(map[string]string, len(m))
	for k, v := range m {
		if len(v) > 0 {
			out[k] = v[len(v)-1]
		}
	}
	return out
}

// textBody reports whether a door hands a body over as text, as ALB documents it:
// no Content-Encoding, and text/*, application/json, -/javascript or -/xml.
// HTTP API and function URL are taken to do the same; recorded for multipart on a
// function URL, which arrives in base64 (LocalStack, tests/aws/services/lambda_/
// test_lambda.snapshot.json).
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html (2023-06)
func textBody(contentType, contentEncoding string) bool {
	if contentEncoding != "" {
		return false
	}
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	switch media {
	case "application/json", "application/javascript", "application/xml":
		return true
	}
	return strings.HasPrefix(media, "text/")
}

// encodeBody is a body as a JSON string and whether that is base64.
func encodeBody(b []byte, text bool) (string, bool) {
	if text || len(b) == 0 {
		return utf8Text(string(b)), false
	}
	return base64.StdEncoding.EncodeToString(b), true
}

// encodeAnswerBody keeps text as text, so that results stay legible in logs.
func encodeAnswerBody(b []byte) (string, bool) { return encodeBody(b, utf8.Valid(b)) }

func decodeBody(s string, isBase64 bool) ([]byte, error) {
	if s == "" {
		return nil, nil
	}
	if !isBase64 {
		return []byte(s), nil
	}
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("decode base64 body: %w", err)
	}
	return b, nil
}

// eventTime is the form of requestContext.requestTime and .time.
func eventTime(t time.Time) string { return t.UTC().Format("02/Jan/2006:15:04:05 -0700") }
