package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// closedAccount is one whose caller may do nothing but ask who it is, which needs no
// permission; its clock is ahead of ours by skew. The shapes are AWS's: STS and IAM speak
// XML (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html), Lambda
// and Service Quotas JSON, and each is read from what all of them have here.
func closedAccount(t *testing.T, skew time.Duration) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(body))
		w.Header().Set("Date", time.Now().Add(skew).UTC().Format(http.TimeFormat))
		switch form.Get("Action") {
		case "GetCallerIdentity":
			io.WriteString(w, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`)
		case "":
			w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
			w.WriteHeader(400)
			io.WriteString(w, `{"__type":"AccessDeniedException","message":"no"}`)
		default:
			w.WriteHeader(403)
			io.WriteString(w, `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>`)
		}
	}))
	t.Cleanup(server.Close)
	none := filepath.Join(t.TempDir(), "none")
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "AKIDSTANDIN", "AWS_SECRET_ACCESS_KEY": "secret-of-nobody", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_CONFIG_FILE": none, "AWS_SHARED_CREDENTIALS_FILE": none, "AWS_MAX_ATTEMPTS": "5",
	} {
		t.Setenv(name, value)
	}
}

// What may not be looked at is never fine: exit code 4, with the policies to paste. What
// lacks is exit code 3. No secret is printed.
func TestDoctorOfAClosedAccount(t *testing.T) {
	for _, c := range []struct {
		name string
		skew time.Duration
		args []string
		code int
		want []string
	}{
		{"closed", 0, nil, exitOpen, []string{
			"account 123456789012, as arn:aws:iam::123456789012:user/ann\n", "? permissions: to deploy and destroy: ", "do: allow iam:SimulatePrincipalPolicy", "do: allow lambda:GetAccountSettings",
			"do: allow servicequotas:GetServiceQuota", "Nothing is known to be missing; 7 things could not be looked at.\n", "\nThe policy to deploy and destroy:\n{\n", "\nThe policy to measure:\n{\n",
			"bench: 7 of what is listed above could not be looked at\n"}},
		{"a slow clock", time.Hour, nil, exitGate, []string{"✗ clock: this machine's clock is behind AWS's by ", "Not ready: 1 thing missing.\n", "bench: the account is not ready: 1 of what is listed above is missing\n"}},
		{"data alone", 0, []string{"-o", "json"}, exitOpen, []string{`"arn": "arn:aws:iam::123456789012:user/ann"`, `"level": "unknown"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			closedAccount(t, c.skew)
			var stdout, stderr bytes.Buffer
			env := systemEnv()
			env.stdout, env.stderr, env.live = &stdout, &stderr, false
			code := bench(context.Background(), env, append([]string{"doctor"}, c.args...))
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			for _, want := range c.want {
				if !strings.Contains(stdout.String()+stderr.String(), want) {
					t.Errorf("no %q in\n%s%s", want, stdout.String(), stderr.String())
				}
			}
			if strings.Contains(stdout.String()+stderr.String(), "secret-of-nobody") {
				t.Error("a secret was printed")
			}
			if c.args != nil && !json.Valid(stdout.Bytes()) {
				t.Errorf("no JSON:\n%s", stdout.String())
			}
		})
	}
}
