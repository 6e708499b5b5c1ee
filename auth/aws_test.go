package auth

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// standIn has the SDK call a server of ours, with credentials of nobody.
func standIn(t *testing.T, service string, h http.HandlerFunc) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	none := filepath.Join(t.TempDir(), "none")
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_" + service: server.URL, "AWS_ACCESS_KEY_ID": "AKIDSTANDIN", "AWS_SECRET_ACCESS_KEY": "secret-of-nobody-0123456789", "AWS_SESSION_TOKEN": "session-of-nobody-0123456789",
		"AWS_CONFIG_FILE": none, "AWS_SHARED_CREDENTIALS_FILE": none, "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1",
	} {
		t.Setenv(name, value)
	}
}

// TestGatewayKey reads a key as API Gateway's REST protocol has it:
// https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKey.html
func TestGatewayKey(t *testing.T) {
	answer, status := `{"id":"a1b2c3d4e5","enabled":true,"value":"the-key-0123456789abc"}`, 200
	standIn(t, "API_GATEWAY", func(w http.ResponseWriter, r *http.Request) {
		if r.Method+" "+r.URL.String() != "GET /apikeys/a1b2c3d4e5?includeValue=true" || !strings.Contains(r.Header.Get("Authorization"), "/eu-west-1/apigateway/aws4_request") {
			t.Errorf("%s %s, %s", r.Method, r.URL, r.Header.Get("Authorization"))
		}
		w.WriteHeader(status)
		io.WriteString(w, answer)
	})
	l := lookup(nil, nil)
	spec := Spec{APIKey: &APIKey{ID: "a1b2c3d4e5", Region: "eu-west-1"}}
	if got := signed(t, l, spec).Header.Get("X-Api-Key"); got != "the-key-0123456789abc" || !l.Known.Holds(got) {
		t.Errorf("key %q", got)
	}
	for text, want := range map[string]string{
		`{"id":"a1b2c3d4e5","enabled":false,"value":"the-key-0123456789abc"}`: `api_key: key "a1b2c3d4e5" of API Gateway in eu-west-1 is not enabled`,
		`{"id":"a1b2c3d4e5","enabled":true}`:                                  `api_key: key "a1b2c3d4e5" of API Gateway in eu-west-1 is empty`,
	} {
		answer = text
		if _, err := l.Signer(context.Background(), spec); err == nil || err.Error() != want {
			t.Errorf("\n got %v\nwant %s", err, want)
		}
	}
	// An error of AWS's own may hold what we know to be a secret.
	answer, status = `{"message":"no, the-key-0123456789abc"}`, 403
	_, err := l.Signer(context.Background(), spec)
	if err == nil || !strings.Contains(err.Error(), `fetch key "a1b2c3d4e5" of API Gateway in eu-west-1`) || !strings.Contains(err.Error(), "API Gateway: GetApiKey: AWS refused the call (") || strings.Contains(err.Error(), "the-key-01") {
		t.Error(err)
	}
}

// userPool is a stand-in of a user pool's InitiateAuth, in AWS JSON 1.1:
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
type userPool struct {
	mu        sync.Mutex
	n         int
	flows     []string
	rotates   bool   // refuses REFRESH_TOKEN_AUTH
	challenge string // asks for this instead of answering
}

func (p *userPool) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var in struct {
		AuthFlow, ClientID string
		AuthParameters     map[string]string
	}
	if r.Header.Get("X-Amz-Target") != "AWSCognitoIdentityProviderService.InitiateAuth" || json.NewDecoder(r.Body).Decode(&in) != nil || r.Header.Get("Authorization") != "" {
		http.Error(w, `{"__type":"InvalidParameterException","message":"what?"}`, 400)
		return
	}
	p.flows = append(p.flows, in.AuthFlow)
	a := in.AuthParameters
	ok := in.AuthFlow == "USER_PASSWORD_AUTH" && a["USERNAME"] == "lovelace" && a["PASSWORD"] == "pass-word-42" ||
		in.AuthFlow == "REFRESH_TOKEN_AUTH" && a["REFRESH_TOKEN"] == "refresh-token-0" && !p.rotates
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	switch {
	case !ok:
		w.WriteHeader(400)
		fmt.Fprintf(w, `{"__type":"NotAuthorizedException","message":"Incorrect username or password: %s"}`, a["PASSWORD"])
	case p.challenge != "":
		fmt.Fprintf(w, `{"ChallengeName":%q,"Session":"s"}`, p.challenge)
	case in.AuthFlow == "REFRESH_TOKEN_AUTH":
		p.n++
		fmt.Fprintf(w, `{"AuthenticationResult":{"IdToken":"id-token-%d","AccessToken":"access-token-%d","ExpiresIn":3600,"TokenType":"Bearer"}}`, p.n, p.n)
	default:
		p.n++
		fmt.Fprintf(w, `{"AuthenticationResult":{"IdToken":"id-token-%d","AccessToken":"access-token-%d","RefreshToken":"refresh-token-0","ExpiresIn":3600,"TokenType":"Bearer"}}`, p.n, p.n)
	}
}

func TestCognito(t *testing.T) {
	for _, c := range []struct {
		access, rotates bool
		want            string // after 56 minutes of an hour
		flows           string
	}{
		{false, false, "Bearer id-token-2", "USER_PASSWORD_AUTH REFRESH_TOKEN_AUTH"},
		{true, false, "Bearer access-token-2", "USER_PASSWORD_AUTH REFRESH_TOKEN_AUTH"},
		{false, true, "Bearer id-token-2", "USER_PASSWORD_AUTH REFRESH_TOKEN_AUTH USER_PASSWORD_AUTH"},
	} {
		pool := &userPool{rotates: c.rotates}
		standIn(t, "COGNITO_IDENTITY_PROVIDER", pool.ServeHTTP)
		now := time.Unix(1_000_000_000, 0)
		l := lookup(map[string]string{"U": "lovelace", "P": "pass-word-42"}, &now)
		sign, err := l.Signer(context.Background(), Spec{Cognito: &Cognito{ClientID: "client1", Region: "eu-west-1", Username: Source{Env: "U"}, Password: Source{Env: "P"}, Access: c.access}})
		if err != nil {
			t.Fatal(err)
		}
		now = now.Add(56 * time.Minute)
		got := ""
		for got != c.want { // go test ends it if it never comes
			r, _ := http.NewRequest("GET", "https://a.example/", nil)
			if err := sign(r); err != nil {
				t.Fatal(err)
			}
			got = r.Header.Get("Authorization")
			time.Sleep(time.Millisecond)
		}
		if flows := strings.Join(pool.flows, " "); got != c.want || flows != c.flows {
			t.Errorf("%+v: %s by %s", c, got, flows)
		}
		if l.Known.Holds("lovelace") {
			t.Error("a user's name is taken for a secret")
		}
		for _, secret := range []string{"pass-word-42", "id-token-1", "access-token-1", "refresh-token-0", "id-token-2"} {
			if !l.Known.Holds(secret) {
				t.Errorf("%s is not known to be a secret", secret)
			}
		}
	}
}

func TestCognitoErrors(t *testing.T) {
	pool := &userPool{}
	standIn(t, "COGNITO_IDENTITY_PROVIDER", pool.ServeHTTP)
	vars := map[string]string{"U": "lovelace", "P": "wrong-word-42"}
	l := lookup(vars, nil)
	spec := Spec{Cognito: &Cognito{ClientID: "client1", Region: "eu-west-1", Username: Source{Env: "U"}, Password: Source{Env: "P"}}}
	_, err := l.Signer(context.Background(), spec)
	if err == nil || !strings.HasPrefix(err.Error(), "cognito: sign in at the user pool in eu-west-1: ") || !strings.Contains(err.Error(), "NotAuthorizedException") || strings.Contains(err.Error(), "wrong-word") {
		t.Error(err)
	}
	vars["P"], pool.challenge = "pass-word-42", "NEW_PASSWORD_REQUIRED"
	_, err = l.Signer(context.Background(), spec)
	if want := "cognito: sign in at the user pool in eu-west-1: it asks for NEW_PASSWORD_REQUIRED, which bench cannot answer"; err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
	vars["P"] = ""
	_, err = l.Signer(context.Background(), spec)
	if want := `cognito: password: variable "P" is not set`; err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
}

// TestIAMCredentials signs with the default chain's and a profile's credentials.
func TestIAMCredentials(t *testing.T) {
	standIn(t, "NONE", nil)
	l := lookup(nil, nil)
	r := signed(t, l, Spec{APIKey: nil, IAM: &IAM{Service: "lambda", Region: "eu-west-1"}})
	if got := r.Header.Get("Authorization"); !strings.HasPrefix(got, "AWS4-HMAC-SHA256 Credential=AKIDSTANDIN/") || !strings.Contains(got, "/eu-west-1/lambda/aws4_request, ") || r.Header.Get("X-Amz-Security-Token") != "session-of-nobody-0123456789" {
		t.Errorf("%v", r.Header)
	}
	for _, secret := range []string{"secret-of-nobody-0123456789", "session-of-nobody-0123456789", "AKIDSTANDIN"} {
		if !l.Known.Holds(secret) {
			t.Errorf("%s is not known", secret)
		}
	}
	file := filepath.Join(t.TempDir(), "credentials")
	if err := os.WriteFile(file, []byte("[caller]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = secret-of-profile-0123\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", file)
	r = signed(t, l, Spec{IAM: &IAM{Service: "execute-api", Region: "us-east-1", Profile: "caller"}})
	if got := r.Header.Get("Authorization"); !strings.Contains(got, "Credential=AKIDPROFILE/") || r.Header.Get("X-Amz-Security-Token") != "" {
		t.Errorf("%v", r.Header)
	}
	if _, err := l.Signer(context.Background(), Spec{IAM: &IAM{Service: "execute-api", Region: "us-east-1", Profile: "nobody"}}); err == nil || !strings.Contains(err.Error(), "nobody") {
		t.Error(err)
	}
	if _, err := l.Signer(context.Background(), Spec{IAM: &IAM{Service: "execute-api", Region: "us-east-1"}}); err == nil || !strings.HasPrefix(err.Error(), "iam: find AWS credentials: ") {
		t.Error(err)
	}
}

// TestIAMRefresh: credentials that expire are taken anew, by a credential_process that
// counts how often it ran:
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
func TestIAMRefresh(t *testing.T) {
	standIn(t, "NONE", nil)
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		t.Setenv(name, "")
	}
	dir := script(t, `cd "$(dirname "$0")"; n=$(($(cat n 2>/dev/null || echo 0) + 1)); echo $n > n
printf '{"Version":1,"AccessKeyId":"AKIDRUN%s","SecretAccessKey":"secret-of-run-%s","SessionToken":"session-of-run-%s","Expiration":"%s"}' $n $n $n `+time.Now().Add(2*time.Minute).UTC().Format(time.RFC3339)+"\n")
	file := filepath.Join(dir, "config")
	if err := os.WriteFile(file, []byte("[default]\ncredential_process = "+filepath.Join(dir, "token")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", file)
	now := time.Now()
	l := lookup(nil, &now)
	sign, err := l.Signer(context.Background(), Spec{IAM: &IAM{Service: "execute-api", Region: "us-east-1"}})
	if err != nil {
		t.Fatal(err)
	}
	key := func() string {
		r, _ := http.NewRequest("GET", "https://a.example/", nil)
		if err := sign(r); err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
		got, _, _ := strings.Cut(rest, "/")
		return got
	}
	if got := key(); got != "AKIDRUN1" {
		t.Errorf("%s", got)
	}
	now = now.Add(time.Second) // they have less than 5 minutes left: others are looked for at once
	for key() != "AKIDRUN2" {  // go test ends it if they never come
		time.Sleep(2 * time.Millisecond)
	}
}
