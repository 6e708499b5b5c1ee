package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Key is one that a Verifier knows.
type Key struct {
	ID, Secret string
	Token      string    // of temporary credentials; "" is none
	Expires    time.Time // zero: never
}

// Verifier checks the signature of a call as AWS does, in the Authorization field.
type Verifier struct {
	Keys    []Key
	Service string           // of the credential scope, monitoring or logs; "" takes any
	Now     func() time.Time // nil is time.Now
	Skew    time.Duration    // how far the call's date may be off; 0 is 5 minutes
}

// defaultSkew is what AWS's own refusals name: "(20141106T011752Z - 5 min.)". S3 takes 15.
const defaultSkew = 5 * time.Minute

const (
	algorithm = "AWS4-HMAC-SHA256"
	dateForm  = "20060102T150405Z"
)

// Check returns why AWS would refuse the call; nil: it would not. The body is as sent,
// before anything is unpacked.
func (v *Verifier) Check(r *http.Request, body []byte) *Refusal {
	header := r.Header.Get("Authorization")
	if header == "" {
		return refuse(Missing, "")
	}
	a, refusal := parse(header)
	if refusal != nil {
		return refusal
	}
	key, known := v.key(a.key)
	if !known || key.Token != r.Header.Get("X-Amz-Security-Token") {
		return refuse(UnknownKey, "")
	}
	now := time.Now
	if v.Now != nil {
		now = v.Now
	}
	if !key.Expires.IsZero() && !now().Before(key.Expires) {
		return refuse(Expired, "")
	}
	at, err := time.Parse(dateForm, r.Header.Get("X-Amz-Date"))
	if err != nil {
		return refuse(Incomplete, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
	}
	if refusal := v.checkDate(at, now().UTC()); refusal != nil {
		return refusal
	}
	return v.checkSignature(r, a, key, at, body)
}

// Ahead is the verifier of a server whose clock is ahead by d.
func (v *Verifier) Ahead(d time.Duration) *Verifier {
	if d == 0 {
		return v
	}
	ahead, now := *v, time.Now
	if v.Now != nil {
		now = v.Now
	}
	ahead.Now = func() time.Time { return now().Add(d) }
	return &ahead
}

func (v *Verifier) key(id string) (Key, bool) {
	for _, k := range v.Keys {
		if k.ID == id {
			return k, true
		}
	}
	return Key{}, false
}

// checkDate refuses a call whose date is too far from now. The words are AWS's.
func (v *Verifier) checkDate(at, now time.Time) *Refusal {
	skew := v.Skew
	if skew == 0 {
		skew = defaultSkew
	}
	minutes := int(skew / time.Minute)
	if low := now.Add(-skew); at.Before(low) {
		return refuse(Skewed, fmt.Sprintf("Signature expired: %s is now earlier than %s (%s - %d min.)", at.Format(dateForm), low.Format(dateForm), now.Format(dateForm), minutes))
	}
	if high := now.Add(skew); at.After(high) {
		return refuse(Skewed, fmt.Sprintf("Signature not yet current: %s is still later than %s (%s + %d min.)", at.Format(dateForm), high.Format(dateForm), now.Format(dateForm), minutes))
	}
	return nil
}

func (v *Verifier) checkSignature(r *http.Request, a authorization, key Key, at time.Time, body []byte) *Refusal {
	if day := at.Format("20060102"); a.day != day {
		return refuse(Mismatch, fmt.Sprintf("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'.", a.day, day, at.Format(dateForm)))
	}
	if v.Service != "" && a.service != v.Service {
		return refuse(Mismatch, fmt.Sprintf("Credential should be scoped to correct service: '%s'. ", v.Service))
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	if said := r.Header.Get("X-Amz-Content-Sha256"); said == "UNSIGNED-PAYLOAD" {
		hash = said
	}
	text := strings.Join([]string{algorithm, at.Format(dateForm), a.scope(), digest(canonical(r, a, hash))}, "\n")
	if !hmac.Equal([]byte(hex.EncodeToString(sign(key.Secret, a, text))), []byte(a.signature)) {
		return refuse(Mismatch, "")
	}
	return nil
}

// sign derives the key of the scope and signs with it:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
func sign(secret string, a authorization, text string) []byte {
	key := []byte("AWS4" + secret)
	for _, part := range []string{a.day, a.region, a.service, "aws4_request", text} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	return key
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
