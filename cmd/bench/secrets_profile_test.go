package main

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/smithy-go/encoding/cbor"

	"frontdoor/lab/cloudwatch"
	"frontdoor/lab/logs"
)

// quoter stands for AWS to a caller whose credentials are in a profile, and for a front.
// What it refuses it refuses with the request in the answer: as AWS does when a signature
// is wrong, or, where odd, in words that nobody expects.
type quoter struct {
	*httptest.Server
	refuses       []string // signing names of services; with late only once the front was asked
	odd           bool
	metrics, logs http.Handler
	begun         atomic.Bool  // the front was asked
	n             atomic.Int64 // refused
}

const late = " late"

// newQuoter leads the SDK there, with the credentials of the secrets test in a profile.
func newQuoter(t *testing.T, odd bool, refuses ...string) *quoter {
	t.Helper()
	q := &quoter{odd: odd, refuses: refuses, metrics: cloudwatch.NewHandler(cloudwatch.NewStore()), logs: logs.NewHandler(nil)}
	q.Server = httptest.NewServer(q)
	t.Cleanup(q.Close)
	k, file := known(), filepath.Join(t.TempDir(), "credentials")
	text := fmt.Sprintf("[mine]\naws_access_key_id = %s\naws_secret_access_key = %s\naws_session_token = %s\n", k["access key id"], k["SigV4 secret key"], k["SigV4 session token"])
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": q.URL, "AWS_SHARED_CREDENTIALS_FILE": file, "AWS_CONFIG_FILE": os.DevNull, "AWS_PROFILE": "mine",
		"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "", "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1"} {
		t.Setenv(name, value)
	}
	return q
}

func (q *quoter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	scope := strings.SplitN(r.Header.Get("Authorization"), "/", 5) // AWS4-HMAC-SHA256 Credential=ID/DAY/REGION/SERVICE/...
	if len(scope) < 5 {
		q.begun.Store(true)
		fmt.Fprint(w, "fine")
		return
	}
	service := scope[3]
	switch {
	case slices.Contains(q.refuses, service), slices.Contains(q.refuses, service+late) && q.begun.Load():
		q.refuse(w, r)
	case service == "sts":
		fmt.Fprint(w, "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/ann</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>")
	case service == "monitoring":
		q.metrics.ServeHTTP(w, r)
	case service == "logs":
		q.logs.ServeHTTP(w, r)
	default:
		w.WriteHeader(400)
	}
}

// refuse answers in each service's protocol: https://smithy.io/2.0/aws/protocols/index.html
// The words are those of
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
func (q *quoter) refuse(w http.ResponseWriter, r *http.Request) {
	q.n.Add(1)
	code, message := "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'"+
		r.Method+"\n"+r.URL.Path+"\n\nhost:"+r.Host+"\nx-amz-security-token:"+r.Header.Get("X-Amz-Security-Token")+"\n\n"+r.Header.Get("Authorization")+"'"
	if q.odd {
		code, message = "Strange", "we got "+r.Header.Get("X-Amz-Security-Token")+" of "+r.Header.Get("Authorization")
	}
	asJSON, _ := json.Marshal(map[string]string{"__type": code, "message": message})
	switch {
	case r.Header.Get("Smithy-Protocol") != "":
		w.Header().Set("Smithy-Protocol", "rpc-v2-cbor")
		w.Header().Set("Content-Type", "application/cbor")
		w.WriteHeader(403)
		w.Write(cbor.Encode(cbor.Map{"__type": cbor.String("com.amazonaws.cloudwatch#" + code), "message": cbor.String(message)}))
	case r.Header.Get("X-Amz-Target") != "" || r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/apikeys/"):
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		w.Header().Set("X-Amzn-Errortype", code)
		w.WriteHeader(403)
		w.Write(asJSON)
	default:
		w.WriteHeader(403)
		fmt.Fprintf(w, "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>", code, html.EscapeString(message))
	}
}

// profiled is a folder with the targets file of a deployed front, and of one with a key.
func profiled(t *testing.T, front *quoter) *deployment {
	t.Helper()
	d := newDeployment(t)
	at := func(auth string) string {
		return fmt.Sprintf("version: 1\nscenario: one\nfronts:\n  - {id: url, url: %q, region: eu-west-1, function: f%s}\n", front.URL, auth)
	}
	scenario := strings.Replace(oneURL, "expect: {status: 202, body: any}", "expect: {body: any}", 1)
	for name, text := range map[string]string{"measured.yaml": strings.Replace(scenario, "rate: 1/s, duration: 1s", "arrivals: constant, rate: 20/s, duration: 200ms", 1) + "rounds: 2\n", "targets.yaml": at(""), "keyed.yaml": at(", auth: {api_key: {apigateway: k1}}")} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func measured(targets string) []string {
	return []string{"run", "measured.yaml", "--targets", targets, "--wait", "0s", "--count-invalid", "--min-coverage", "0"}
}

// Whoever refuses a caller with a profile's credentials may quote them: nothing of it is
// printed or kept, whichever command asks.
func TestSecretsOfProfiles(t *testing.T) {
	deploys := append(deployOne(), "--targets", "made.yaml")
	destroy := []string{"destroy", "--name", "one-1", "--region", "us-east-1", "--yes"}
	for name, c := range map[string]struct {
		refuses []string
		args    []string
		want    string
	}{
		"run, after it":          {[]string{"monitoring" + late}, measured("targets.yaml"), "read metrics: in Region "},
		"run, before it":         {[]string{"monitoring"}, measured("targets.yaml"), "CloudWatch: GetMetricData: "},
		"run, an API's key":      {[]string{"apigateway"}, measured("keyed.yaml"), `: fronts[0].auth: api_key: fetch key "k1" of API Gateway in eu-west-1: API Gateway: GetApiKey: `},
		"run, REPORT lines":      {[]string{"logs"}, measured("targets.yaml"), "CloudWatch Logs: FilterLogEvents: "},
		"deploy":                 {[]string{"sts"}, deploys, "STS: GetCallerIdentity: "},
		"deploy, its stacks":     {[]string{"cloudformation"}, deploys, "CloudFormation: "},
		"destroy":                {[]string{"sts"}, destroy, "STS: GetCallerIdentity: "},
		"destroy, what is there": {[]string{"cloudformation", "tagging", "iam", "logs"}, destroy, "Resource Groups Tagging API: "},
		"doctor":                 {[]string{"sts"}, []string{"doctor"}, "AWS"},
	} {
		for _, odd := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, odd %t", name, odd), func(t *testing.T) {
				q := newQuoter(t, odd, c.refuses...)
				d := profiled(t, q)
				code, stdout, stderr := d.bench(t, c.args...)
				if q.n.Load() == 0 || !strings.Contains(stdout+stderr, c.want) {
					t.Errorf("exit %d, and it does not say %q", code, c.want)
				}
				d.look(t, stdout+stderr)
			})
		}
	}
}

// look fails for every secret in what was printed and written.
func (d *deployment) look(t *testing.T, printed string) {
	t.Helper()
	found, _, _ := known().leaksBelow(t, d.dir, filepath.Join(d.dir, "runs"))
	for _, leak := range append(found, known().leaks("what was printed", []byte(printed))...) {
		t.Error(leak)
	}
}

// A run that is read again records what was refused, too.
func TestSecretsOfProfilesReadAgain(t *testing.T) {
	for odd, refused := range map[bool]int{false: exitUsage, true: exitInternal} {
		q := newQuoter(t, odd)
		d := profiled(t, q)
		if code, stdout, stderr := d.bench(t, measured("targets.yaml")...); code != exitOK {
			t.Fatalf("exit %d:\n%s%s", code, stdout, stderr)
		}
		for _, service := range []string{"logs", "monitoring"} {
			q.refuses = []string{service}
			n := q.n.Load()
			code, stdout, stderr := d.bench(t, "read", "--wait", "0s", "--min-coverage", "0")
			if wants := map[string]int{"logs": exitOK, "monitoring": refused}; code != wants[service] || q.n.Load() == n {
				t.Errorf("%s: exit %d, %d refused:\n%s", service, code, q.n.Load()-n, stderr)
			}
			d.look(t, stdout+stderr)
		}
	}
}
