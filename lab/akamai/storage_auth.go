package akamai

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// refusal is an answer that is no success.
type refusal struct {
	status int
	why    string
}

func refuse(status int, format string, args ...any) *refusal {
	return &refusal{status, fmt.Sprintf(format, args...)}
}

// storageSkew is how far a call's time may be from the server's.
// https://techdocs.akamai.com/netstorage-usage/reference/403
const storageSkew = 60 * time.Second

// authentic checks the three headers of a call: that they are there, who signed, when,
// and that the signature is over the URI as it came. A refusal is a 403.
func (s *Storage) authentic(r *http.Request) *refusal {
	action, data, sign := r.Header.Get("X-Akamai-ACS-Action"), r.Header.Get("X-Akamai-ACS-Auth-Data"), r.Header.Get("X-Akamai-ACS-Auth-Sign")
	if action == "" || data == "" || sign == "" {
		return refuse(403, "a header of X-Akamai-ACS-Action, X-Akamai-ACS-Auth-Data and X-Akamai-ACS-Auth-Sign is missing")
	}
	fields := strings.Split(data, ",")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	if len(fields) != 6 {
		return refuse(403, "authentication data has %d fields, not 6", len(fields))
	}
	hashes := map[string]func() hash.Hash{"3": md5.New, "4": sha1.New, "5": sha256.New}
	h, ok := hashes[fields[0]]
	if !ok {
		return refuse(403, "signature version %q is none of 3, 4 and 5", fields[0])
	}
	unix, err := strconv.ParseInt(fields[3], 10, 64)
	if err != nil {
		return refuse(403, "time %q is not in seconds", fields[3])
	}
	now := s.signed()
	if skew := now.Sub(time.Unix(unix, 0)).Abs(); skew > storageSkew {
		return refuse(403, "time is %v from the server's", skew)
	}
	if fields[5] != s.cfg.Account {
		return refuse(403, "account %q is unknown", fields[5])
	}
	uri, _, _ := strings.Cut(r.RequestURI, "?")
	mac := hmac.New(h, []byte(s.cfg.Key))
	fmt.Fprintf(mac, "%s%s\nx-akamai-acs-action:%s\n", data, uri, action)
	if want := base64.StdEncoding.EncodeToString(mac.Sum(nil)); !hmac.Equal([]byte(want), []byte(sign)) {
		return refuse(403, "the signature does not match")
	}
	if s.replayed(fields[3]+" "+fields[4], now) {
		return refuse(403, "time and id were used before")
	}
	if code := cpCode(uri); !slices.Contains(s.cfg.CPCodes, code) {
		return refuse(403, "%q is no CP code of the account", code)
	}
	return nil
}

// replayed notes a pair of time and id; pairs that the skew refuses are forgotten.
func (s *Storage) replayed(pair string, now time.Time) bool {
	for old, at := range s.used {
		if now.Sub(at) > 2*storageSkew {
			delete(s.used, old)
		}
	}
	_, seen := s.used[pair]
	s.used[pair] = now
	return seen
}
