package cff

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"
)

// What the prelude cannot do itself. Bytes cross over as hexadecimal digits.

// digest hashes data with md5, sha1 or sha256, as the crypto module does; with a key it
// is an HMAC, "-" is none. The answer is hexadecimal, "" for an unknown algorithm.
func digest(algorithm, key, data string) string {
	makers := map[string]func() hash.Hash{"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New}
	maker, ok := makers[algorithm]
	if !ok {
		return ""
	}
	h := maker()
	if key != "-" {
		secret, _ := hex.DecodeString(key) // made by the prelude
		h = hmac.New(maker, secret)
	}
	bytes, _ := hex.DecodeString(data)
	h.Write(bytes)
	return hex.EncodeToString(h.Sum(nil))
}

// encode writes hexadecimal bytes as text of an encoding.
func encode(data, encoding string) string {
	bytes, _ := hex.DecodeString(data)
	switch encoding {
	case "hex":
		return data
	case "base64":
		return base64.StdEncoding.EncodeToString(bytes)
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(bytes)
	}
	return strings.ToValidUTF8(string(bytes), "\uFFFD")
}

// decode reads text of an encoding into hexadecimal bytes; what is not of the encoding
// ends it, as in Node.js.
func decode(text, encoding string) string {
	switch encoding {
	case "hex":
		n := 0
		for n < len(text) && strings.IndexByte("0123456789abcdefABCDEF", text[n]) >= 0 {
			n++
		}
		return strings.ToLower(text[:n/2*2])
	case "base64", "base64url":
		text = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(text), "=")
		bytes, _ := base64.RawStdEncoding.DecodeString(text)
		return hex.EncodeToString(bytes)
	}
	return hex.EncodeToString([]byte(text))
}
