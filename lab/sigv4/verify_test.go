package sigv4

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"time"

	"frontdoor/yardstick"
)

// signed is a call of AWS's own test suite for signatures.
type signed struct {
	name, target  string
	fields        string // further ones, each with its line's end
	signedHeaders string
	signature     string
	body          string
}

// suite is as it stands in awslabs/aws-c-auth, Apache License 2.0,
// tests/aws-signing-test-suite/v4/NAME/header-signed-request.txt. Letters beyond ASCII are
// encoded, as they come over the wire.
func suite() []signed {
	return []signed{
		{"get-vanilla-with-session-token", "GET /", "X-Amz-Security-Token:6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267\n",
			"host;x-amz-date;x-amz-security-token", "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8", ""},
		{"post-x-www-form-urlencoded", "POST /", "Content-Type:application/x-www-form-urlencoded\nContent-Length:13\nx-amz-content-sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e\n",
			"content-length;content-type;host;x-amz-content-sha256;x-amz-date", "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b", "Param1=value1"},
		{"get-vanilla-utf8-query", "GET /?%E1%88%B4=bar", "",
			"host;x-amz-date", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04", ""},
		{"get-vanilla-query-order-encoded", "GET /?Param-3=Value3&Param=Value2&%E1%88%B4=Value1", "",
			"host;x-amz-date", "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac", ""},
		{"get-vanilla-query-order-key-case", "GET /?Param2=value2&Param1=value1", "",
			"host;x-amz-date", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500", ""},
		{"get-header-value-trim", "GET /", "My-Header1: value1\nMy-Header2: \"a   b   c\"\n",
			"host;my-header1;my-header2;x-amz-date", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736", ""},
		{"get-header-key-duplicate", "GET /", "My-Header1:value2\nMy-Header1:value2\nMy-Header1:value1\n",
			"host;my-header1;x-amz-date", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea", ""},
		{"get-header-value-order", "GET /", "My-Header1:value4\nMy-Header1:value1\nMy-Header1:value3\nMy-Header1:value2\n",
			"host;my-header1;x-amz-date", "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01", ""},
		{"get-relative-normalized", "GET /example/..", "",
			"host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", ""},
		{"get-slashes-normalized", "GET //example//", "",
			"host;x-amz-date", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84", ""},
		{"get-unreserved", "GET /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "",
			"host;x-amz-date", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f", ""},
		{"post-vanilla", "POST /", "",
			"host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b", ""},
	}
}

func (s signed) request(t *testing.T) *http.Request {
	text := s.target + " HTTP/1.1\nHost:example.amazonaws.com\nX-Amz-Date:20150830T123600Z\n" + s.fields +
		"Authorization:AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=" + s.signedHeaders +
		", Signature=" + s.signature + "\n\n" + s.body
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	return r
}

// verifier knows the suite's key, with the token if the call has one.
func verifier(r *http.Request) *Verifier {
	at := time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC)
	return &Verifier{Keys: []Key{{ID: "AKIDEXAMPLE", Secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Token: r.Header.Get("X-Amz-Security-Token")}},
		Now: func() time.Time { return at }}
}

func TestSuite(t *testing.T) {
	for _, c := range suite() {
		r := c.request(t)
		if refusal := verifier(r).Check(r, []byte(c.body)); refusal != nil {
			t.Errorf("%s is refused: %s", c.name, refusal.Message)
		}
		if refusal := verifier(r).Check(r, []byte(c.body+"x")); refusal == nil || refusal.Cause != Mismatch {
			t.Errorf("%s with another body: %v", c.name, refusal)
		}
	}
}

// Each refusal with the codes of https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html
// and https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html. The
// words of a wrong date are those that users report
// (https://bosh.io/docs/aws-cpi-errors/).
func TestRefusals(t *testing.T) {
	ok := suite()[11]
	for name, c := range map[string]struct {
		change      func(*http.Request, *Verifier)
		code, query string
		message     string
	}{
		"unsigned":          {func(r *http.Request, _ *Verifier) { r.Header.Del("Authorization") }, "MissingAuthenticationTokenException", "MissingAuthenticationToken", "Missing Authentication Token"},
		"another algorithm": {func(r *http.Request, _ *Verifier) { r.Header.Set("Authorization", "Bearer x") }, "IncompleteSignatureException", "IncompleteSignature", "'Bearer'"},
		"no signature": {func(r *http.Request, _ *Verifier) {
			r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host")
		}, "IncompleteSignatureException", "IncompleteSignature", "Authorization header requires 'Signature' parameter. "},
		"an unknown key":   {func(_ *http.Request, v *Verifier) { v.Keys[0].ID = "AKIDOTHER" }, "UnrecognizedClientException", "InvalidClientTokenId", "The security token included in the request is invalid."},
		"another token":    {func(_ *http.Request, v *Verifier) { v.Keys[0].Token = "t" }, "UnrecognizedClientException", "InvalidClientTokenId", "The security token included in the request is invalid."},
		"expired":          {func(_ *http.Request, v *Verifier) { v.Keys[0].Expires = v.Now() }, "ExpiredTokenException", "ExpiredToken", "The security token included in the request is expired"},
		"a wrong secret":   {func(_ *http.Request, v *Verifier) { v.Keys[0].Secret += "x" }, "InvalidSignatureException", "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided."},
		"a field after it": {func(r *http.Request, _ *Verifier) { r.Host = "other.amazonaws.com" }, "InvalidSignatureException", "SignatureDoesNotMatch", "The request signature we calculated"},
		"another service":  {func(_ *http.Request, v *Verifier) { v.Service = "logs" }, "InvalidSignatureException", "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'logs'"},
		"a scope of another day": {func(r *http.Request, _ *Verifier) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "/20150830/", "/20150829/", 1))
		}, "InvalidSignatureException", "SignatureDoesNotMatch", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830'"},
		"a date of the day": {func(r *http.Request, _ *Verifier) { r.Header.Del("X-Amz-Date") }, "IncompleteSignatureException", "IncompleteSignature", "X-Amz-Date"},
		"a clock behind": {later(6 * time.Minute), "InvalidSignatureException", "SignatureDoesNotMatch",
			"Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z (20150830T124200Z - 5 min.)"},
		"a clock ahead": {later(-6 * time.Minute), "InvalidSignatureException", "SignatureDoesNotMatch",
			"Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z (20150830T123000Z + 5 min.)"},
	} {
		r := ok.request(t)
		v := verifier(r)
		c.change(r, v)
		refusal := v.Check(r, nil)
		if refusal == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		if refusal.Code() != c.code || refusal.QueryCode() != c.query || !strings.Contains(refusal.Message, c.message) {
			t.Errorf("%s: %s, %s: %s", name, refusal.Code(), refusal.QueryCode(), refusal.Message)
		}
	}
	for _, within := range []time.Duration{-5 * time.Minute, 5 * time.Minute} {
		r := ok.request(t)
		v := verifier(r)
		later(within)(r, v)
		if refusal := v.Check(r, nil); refusal != nil {
			t.Errorf("%v off: %s", within, refusal.Message)
		}
	}
}

// later moves the server's clock.
func later(d time.Duration) func(*http.Request, *Verifier) {
	return func(_ *http.Request, v *Verifier) {
		now := v.Now()
		v.Now = func() time.Time { return now.Add(d) }
	}
}

// botocore signs by itself: an independent check, query and body and token included.
const botocoreSigns = `
import sys
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
r = AWSRequest(method='POST', url=sys.argv[1], data=b'{"a": 1}', headers={'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'A.B'})
SigV4Auth(Credentials('AK', 'SK', 'TOKEN'), 'logs', 'eu-west-1').add_auth(r)
for k, v in r.headers.items():
    print(k + ': ' + v)
`

func TestBotocore(t *testing.T) {
	yardstick.Botocore(t)
	const target = "http://127.0.0.1:1/a%20b/c%2Fd/?x=1%2B2&b=~&a=%20&x=0"
	out, err := exec.Command("python3", "-c", botocoreSigns, target).CombinedOutput()
	if err != nil {
		t.Fatalf("botocore does not sign: %s", out)
	}
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", u.RequestURI(), bytes.NewReader([]byte(`{"a": 1}`)))
	r.Host = u.Host
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		r.Header.Set(name, value)
	}
	v := &Verifier{Keys: []Key{{ID: "AK", Secret: "SK", Token: "TOKEN"}}, Service: "logs"}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if refusal := v.Check(r, body); refusal != nil {
		t.Errorf("%s: %s\n%s", refusal.Code(), refusal.Message, out)
	}
	r.URL.RawQuery += "&y=1"
	if refusal := v.Check(r, body); refusal == nil || refusal.Cause != Mismatch {
		t.Errorf("another query: %v", refusal)
	}
}
