package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/smithy-go/encoding/cbor"

	"frontdoor/lab/cloudwatch"
	"frontdoor/lab/logs"
)

// known are the credentials of the secrets test. The tokens are of the form of JSON Web
// Tokens that do not expire.
func known() secrets {
	return secrets{
		"SigV4 secret key":    "wJalrXUtnFEMI/K7MDENG+bPxRfiCYSECRETKEY",
		"SigV4 session token": "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQDsession+token==",
		"access key id":       "ASIAQWERTYUIOPASDFGH",
		"API key":             `ab"cd\ef<gh>SECRETPART0123456789apikey`, // which strconv, JSON and HTML each write in a way of their own
		"Cognito password":    "correct&horse\"battery<staple>",
		"Cognito id token":    "eyJraWQiOiJpZCJ9.eyJ0b2tlbl91c2UiOiJpZCJ9.aWQtdG9rZW4tc2lnbmF0dXJl",
		"Cognito access":      "eyJraWQiOiJhYyJ9.eyJ0b2tlbl91c2UiOiJhYyJ9.YWNjZXNzLXNpZ25hdHVyZQ",
		"Cognito refresh":     "eyJjdHkiOiJyZWZyZXNoIn0.cmVmcmVzaC10b2tlbi1vZi10aGUtcG9vbA",
		"bearer by variable":  "opaque-token-of-a-variable-0123456789",
		"bearer by command":   "opaque/token+of.a~command=0123456789==",
	}
}

// front is a deployed front that checks who asks. At /echo and /broken it misbehaves: it
// sends back, in every way that is recorded or read, what it was sent.
type guardedFront struct {
	*httptest.Server
	allowed, refused atomic.Int64
}

func newFront(t *testing.T, http2 bool, allow func(*http.Request, []byte) bool) *guardedFront {
	f := &guardedFront{}
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		ok := allow(r, body) && r.ProtoAtLeast(2, 0) == http2
		if ok {
			f.allowed.Add(1)
		} else {
			f.refused.Add(1)
		}
		switch {
		case r.URL.Path == "/broken":
			breakOff(w, r)
		case r.URL.Path == "/echo":
			echo(w, r)
		case ok:
			io.WriteString(w, "fine")
		default:
			w.WriteHeader(401)
			fmt.Fprintf(w, "%v", r.Header)
		}
	}))
	f.EnableHTTP2 = http2
	f.StartTLS()
	t.Cleanup(f.Close)
	return f
}

// sent is whatever credential a request has.
func sent(r *http.Request) string {
	return r.Header.Get("Authorization") + " " + r.Header.Get("X-Api-Key") + " " + r.Header.Get("X-Amz-Security-Token")
}

func echo(w http.ResponseWriter, r *http.Request) {
	s := sent(r)
	h := w.Header()
	h.Set("X-Bench-Request-Id", s)
	h.Set("X-Bench-Consumed", s)
	h.Set("X-Amz-Cf-Pop", hex.EncodeToString([]byte(s)))
	h.Set("X-Cache", base64.StdEncoding.EncodeToString([]byte(s)))
	for _, name := range []string{"X-Amz-Cf-Id", "Apigw-Requestid", "X-Amzn-Requestid", "X-Amzn-Trace-Id"} {
		h.Set(name, url.QueryEscape(s))
	}
	w.WriteHeader(500)
	io.WriteString(w, s)
}

// breakOff answers with what is no HTTP, so that the client's own error quotes it.
func breakOff(w http.ResponseWriter, r *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	fmt.Fprintf(conn, "HTTP/1.1 %s\r\n\r\n", strings.ReplaceAll(sent(r), " ", "_"))
	conn.Close()
}

// signedBy verifies Signature Version 4 by the steps of
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html,
// for a request whose path needs no encoding.
func signedBy(secret, token, scope string) func(*http.Request, []byte) bool {
	return func(r *http.Request, body []byte) bool {
		_, rest, _ := strings.Cut(r.Header.Get("Authorization"), "SignedHeaders=")
		names, signature, _ := strings.Cut(rest, ", Signature=")
		canonical := r.Method + "\n" + r.URL.Path + "\n" + strings.ReplaceAll(r.URL.Query().Encode(), "+", "%20") + "\n"
		for name := range strings.SplitSeq(names, ";") {
			value := r.Header.Get(name)
			switch name {
			case "host":
				value = r.Host
			case "content-length":
				value = fmt.Sprint(r.ContentLength)
			}
			canonical += name + ":" + value + "\n"
		}
		canonical += "\n" + names + "\n" + hexSum(body)
		at := r.Header.Get("X-Amz-Date")
		if len(at) < 8 || r.Header.Get("X-Amz-Security-Token") != token || !slices.Contains(strings.Split(names, ";"), "x-amz-security-token") {
			return false
		}
		scope := at[:8] + "/" + scope
		key := []byte("AWS4" + secret)
		for part := range strings.SplitSeq(scope, "/") {
			key = mac(key, part)
		}
		want := hex.EncodeToString(mac(key, "AWS4-HMAC-SHA256\n"+at+"\n"+scope+"\n"+hexSum([]byte(canonical))))
		return hmac.Equal([]byte(signature), []byte(want))
	}
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	io.WriteString(h, text)
	return h.Sum(nil)
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// has allows requests that have the header.
func has(name, value string) func(*http.Request, []byte) bool {
	return func(r *http.Request, _ []byte) bool { return r.Header.Get(name) == value }
}

// awsStandIn answers for Cognito, API Gateway and CloudWatch: the last refuses, and says
// what it was sent, as AWS does when a signature is wrong.
func awsStandIn(t *testing.T, s secrets) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch target := r.Header.Get("X-Amz-Target"); {
		case target == "AWSCognitoIdentityProviderService.InitiateAuth":
			var in struct{ AuthParameters map[string]string }
			w.Header().Set("Content-Type", "application/x-amz-json-1.1")
			if json.NewDecoder(r.Body).Decode(&in) != nil || in.AuthParameters["PASSWORD"] != s["Cognito password"] {
				w.WriteHeader(400)
				fmt.Fprintf(w, `{"__type":"NotAuthorizedException","message":%q}`, "no: "+in.AuthParameters["PASSWORD"])
				return
			}
			json.NewEncoder(w).Encode(map[string]any{"AuthenticationResult": map[string]any{"ExpiresIn": 3600, "TokenType": "Bearer",
				"IdToken": s["Cognito id token"], "AccessToken": s["Cognito access"], "RefreshToken": s["Cognito refresh"]}})
		case r.URL.Path == "/apikeys/k1" && r.URL.RawQuery == "includeValue=true":
			json.NewEncoder(w).Encode(map[string]any{"id": "k1", "enabled": true, "value": s["API key"]})
		default:
			w.Header().Set("Smithy-Protocol", "rpc-v2-cbor")
			w.Header().Set("Content-Type", "application/cbor")
			w.WriteHeader(403)
			w.Write(cbor.Encode(cbor.Map{"__type": cbor.String("com.amazonaws.cloudwatch.v2010_08_01#SignatureDoesNotMatch"),
				"message": cbor.String("The Canonical String for this request should have been " + sent(r))}))
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// cloudWatchStandIn is a CloudWatch that answers, and its Logs: as variables of the SDK.
func cloudWatchStandIn(t *testing.T) []string {
	metrics := httptest.NewServer(cloudwatch.NewHandler(cloudwatch.NewStore()))
	t.Cleanup(metrics.Close)
	groups := httptest.NewServer(logs.NewHandler(nil))
	t.Cleanup(groups.Close)
	return []string{"AWS_ENDPOINT_URL_CLOUDWATCH=" + metrics.URL, "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=" + groups.URL}
}
