package akamai

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
)

// The header fields of a NetStorage call.
const (
	HeaderAction = "X-Akamai-ACS-Action"
	HeaderData   = "X-Akamai-ACS-Auth-Data"
	HeaderSign   = "X-Akamai-ACS-Auth-Sign"
)

// hashOf is the hash of each version of the signature that NetStorage takes.
func hashOf(version int) (func() hash.Hash, error) {
	switch version {
	case 3:
		return md5.New, nil
	case 4:
		return sha1.New, nil
	case 5:
		return sha256.New, nil
	}
	return nil, fmt.Errorf("signature version %d: want 3 (HMAC-MD5), 4 (HMAC-SHA1) or 5 (HMAC-SHA256)", version)
}

// AuthData is the value of X-Akamai-ACS-Auth-Data. The two addresses are reserved
// fields; unix is in seconds, and NetStorage takes each pair of unix and id once.
func AuthData(version int, unix int64, id, account string) string {
	return fmt.Sprintf("%d, 0.0.0.0, 0.0.0.0, %d, %s, %s", version, unix, id, account)
}

// Sign is the value of X-Akamai-ACS-Auth-Sign: the HMAC, in base64, of the
// authentication data, the path as it goes over the wire (percent-encoded), and the
// action. The body is not signed: its size and hashes go into the action.
// https://techdocs.akamai.com/netstorage-usage/reference/each-call-needs-signature-header-auth
func Sign(version int, key, data, path, action string) (string, error) {
	h, err := hashOf(version)
	if err != nil {
		return "", err
	}
	mac := hmac.New(h, []byte(key))
	mac.Write([]byte(data + path + "\n" + "x-akamai-acs-action:" + action + "\n"))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}
