package akamai_test

import (
	"net/http"
	"strings"
	"testing"

	lab "frontdoor/lab/akamai"
)

// The vectors of Akamai's own clients, with a limit of 2,048 bytes to what is hashed:
// https://github.com/akamai/AkamaiOPEN-edgegrid-python/blob/master/akamai/edgegrid/test/testcases.json
// and two of purges, computed by an independent implementation.
func TestEdgeGridVectors(t *testing.T) {
	const (
		stamp    = "20140321T19:34:21+0000"
		unsigned = "EG1-HMAC-SHA256 client_token=akab-client-token-xxx-xxxxxxxxxxxxxxxx;access_token=akab-access-token-xxx-xxxxxxxxxxxxxxxx;timestamp=" + stamp + ";nonce=nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx;"
	)
	secret := strings.Repeat("x", 43) + "="
	if key := lab.SigningKey(secret, stamp); key != "znsRMDBRqTXGJ7Ojip3/h2FGPu3LuoMYWgv9PKEnE/o=" {
		t.Errorf("signing key %s", key)
	}
	none := http.Header{}
	for _, c := range []struct {
		method, target, body, want string
		header                     http.Header
	}{
		{"GET", "/", "", "tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU=", none},
		{"GET", "/testapi/v1/t1?p1=1&p2=2", "", "hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA=", none},
		{"POST", "/testapi/v1/t3", strings.Repeat("datadata", 4), "hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4=", none},
		{"POST", "/testapi/v1/t3", strings.Repeat("d", 2048), "6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY=", none},
		{"POST", "/testapi/v1/t3", strings.Repeat("d", 2049), "6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY=", none},
		{"POST", "/testapi/v1/t6", "", "1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ=", none},
		{"PUT", "/testapi/v1/t6", "PUT test body", "GNBWEYSEWOLtu+7dD52da2C39aX/Jchpon3K/AmBqBU=", none},
		{"GET", "/testapi/v1/t4", "", "8F9AybcRw+PLxnvT+H0JRkjROrrUgsxJTnRXMzqvcwY=", http.Header{"X-Test1": {"test-simple-header"}}},
		{"GET", "/testapi/v1/t4", "", "Wus73Nx8jOYM+kkBFF2q8D1EATRIMr0WLWwpLBgkBqY=", http.Header{"X-Test2": {"t2"}, "X-Test1": {"t1"}, "X-Test3": {"t3"}}},
		{"POST", "/ccu/v3/invalidate/cpcode/staging", `{"objects": ["832468"]}`, "2Rtp0loJzYcyfJOfUtKzogwvv7wGVqBOmdgPn6Ai+CI=", none},
		{"POST", "/ccu/v3/invalidate/cpcode/production", `{"objects":[832468]}`, "KxF/fnXfDBrNGDEZ3BMzpmJSBx6sJDL8awIhw/aZ8vc=", none},
	} {
		got := lab.Signed{
			Secret: secret, Timestamp: stamp, Method: c.method, Scheme: "https", Host: "akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net",
			Target: c.target, Header: c.header, HeadersToSign: []string{"X-Test1", "X-Test2", "X-Test3"}, Body: []byte(c.body), MaxBody: 2048, Unsigned: unsigned,
		}.Signature()
		if got != c.want {
			t.Errorf("%s %s, %d bytes: %s, want %s", c.method, c.target, len(c.body), got, c.want)
		}
	}
}
