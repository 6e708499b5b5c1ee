package akamai

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Signed is what an EdgeGrid signature is over.
// https://techdocs.akamai.com/developer/docs/edgegrid
type Signed struct {
	Secret        string // the client secret, as text
	Timestamp     string // yyyyMMddTHH:mm:ss+0000
	Method        string
	Scheme        string
	Host          string
	Target        string // path and query
	Header        http.Header
	HeadersToSign []string // in the order in which they are signed
	Body          []byte
	MaxBody       int    // how many bytes of the body are hashed
	Unsigned      string // the Authorization header up to the nonce's semicolon
}

// Signature is EG1-HMAC-SHA256: the key is the HMAC of the timestamp under the secret, in
// base64, and used as that text. Only the body of a POST is hashed.
func (s Signed) Signature() string {
	var headers []string
	for _, name := range s.HeadersToSign {
		if value := s.Header.Get(name); value != "" {
			headers = append(headers, strings.ToLower(name)+":"+strings.Join(strings.Fields(value), " "))
		}
	}
	content := ""
	if s.Method == http.MethodPost && len(s.Body) > 0 {
		sum := sha256.Sum256(s.Body[:min(len(s.Body), s.MaxBody)])
		content = base64.StdEncoding.EncodeToString(sum[:])
	}
	data := strings.Join([]string{s.Method, s.Scheme, s.Host, s.Target, strings.Join(headers, "\t"), content, s.Unsigned}, "\t")
	return mac64(SigningKey(s.Secret, s.Timestamp), data)
}

// SigningKey is the key of one timestamp.
func SigningKey(secret, timestamp string) string { return mac64(secret, timestamp) }

func mac64(key, message string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(message))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// edgeGridSkew is how far a request's time may be from the server's. (unconfirmed: a
// client's README says 30 seconds.)
const edgeGridSkew = 30 * time.Second

// timeForm is how EdgeGrid writes UTC.
const timeForm = "20060102T15:04:05-0700"

var authorization = regexp.MustCompile(`^(EG1-HMAC-SHA256 client_token=([^;]+);access_token=([^;]+);timestamp=([0-9]{8}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+0000);nonce=([^;]+);)signature=([^;]+)$`)

// authentic checks the Authorization header of a request whose body was read.
func (p *FastPurge) authentic(r *http.Request, body []byte) *refusal {
	status := p.cfg.Unauthorized
	if status == 0 {
		status = http.StatusUnauthorized
	}
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil {
		return refuse(status, "the Authorization header is not of the form of EG1-HMAC-SHA256")
	}
	unsigned, client, access, stamp, nonce, signature := m[1], m[2], m[3], m[4], m[5], m[6]
	at, err := time.Parse(timeForm, stamp)
	now := p.signed()
	switch {
	case client != p.cfg.ClientToken || access != p.cfg.AccessToken:
		return refuse(status, "the client or access token is unknown")
	case err != nil || now.Sub(at).Abs() > edgeGridSkew:
		return refuse(status, "Invalid timestamp")
	}
	s := Signed{
		Secret: p.cfg.ClientSecret, Timestamp: stamp, Method: r.Method, Scheme: "http", Host: r.Host, Target: r.RequestURI,
		Header: r.Header, HeadersToSign: p.cfg.HeadersToSign, Body: body, MaxBody: maxBody, Unsigned: unsigned,
	}
	if !hmac.Equal([]byte(s.Signature()), []byte(signature)) {
		return refuse(status, "The signature does not match")
	}
	if p.replayed(nonce, now) {
		return refuse(status, "Invalid nonce")
	}
	return nil
}

// maxBody is how much of a body EdgeGrid hashes, in bytes.
const maxBody = 131_072

// replayed notes a nonce; those that the skew refuses are forgotten.
func (p *FastPurge) replayed(nonce string, now time.Time) bool {
	p.nonces = slices.DeleteFunc(p.nonces, func(n seen) bool { return now.Sub(n.at) > 2*edgeGridSkew })
	used := slices.ContainsFunc(p.nonces, func(n seen) bool { return n.nonce == nonce })
	p.nonces = append(p.nonces, seen{nonce, now})
	return used
}

type seen struct {
	nonce string
	at    time.Time
}
