package auth

import (
	"encoding/json"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"frontdoor/yardstick"
)

// botocoreSigns signs requests as botocore does, whose signer shares no code with ours.
const botocoreSigns = `
import datetime, json, sys
from unittest import mock
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

at = datetime.datetime(2015, 8, 30, 12, 36)
class Fixed(datetime.datetime):
    @classmethod
    def utcnow(cls): return at
    @classmethod
    def now(cls, tz=None): return at.replace(tzinfo=tz)
out = []
for r in json.load(sys.stdin):
    request = AWSRequest(method=r["method"], url=r["url"], data=r["body"].encode(), headers=r["headers"])
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda *a, **k: at, create=True), mock.patch.object(botocore.auth.datetime, "datetime", Fixed) if hasattr(botocore.auth, "datetime") else mock.MagicMock():
        botocore.auth.SigV4Auth(Credentials(r["key"], r["secret"], r["token"]), r["service"], r["region"]).add_auth(request)
    out.append(request.headers["Authorization"])
json.dump(out, sys.stdout)
`

// TestBotocore compares with botocore, for paths and queries that are encoded, bodies and
// headers, and the services that fronts are signed for.
func TestBotocore(t *testing.T) {
	yardstick.Botocore(t)
	type request struct {
		Method  string            `json:"method"`
		URL     string            `json:"url"`
		Body    string            `json:"body"`
		Headers map[string]string `json:"headers"`
		Key     string            `json:"key"`
		Secret  string            `json:"secret"`
		Token   string            `json:"token"`
		Service string            `json:"service"`
		Region  string            `json:"region"`
	}
	var requests []request
	var ours []string
	for _, target := range []string{"/", "/prod/api/media/status?input_file=Big+Buck+Bunny.mp4&tag=b&tag=a", "/a%20b/%E1%88%B4/c%2Fd~e/", "/x?z=1&a=%2B%20%2F&empty=", "/q?b", "", "/p//q/", "/p/./q/../r%2F//s?a=b"} {
		for _, body := range []string{"", `{"a": "ü"}`} {
			for _, service := range []string{"execute-api", "lambda"} {
				r, err := http.NewRequest("POST", "https://a1b2.execute-api.eu-west-1.amazonaws.com"+target, strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				r.Header = http.Header{"User-Agent": {"bench"}, "X-Api-Key": {"k  ey"}, "Accept": {"text/html, */*"}}
				key := suiteKey
				key.SessionToken = "IQoJb3JpZ2luX2VjE//+="
				if err := sign(v4.NewSigner(), key, r, service, "eu-west-1", suiteTime()); err != nil {
					t.Fatal(err)
				}
				ours = append(ours, r.Header.Get("Authorization"))
				// What is sent, the query as the signer left it.
				sent := request{Method: r.Method, URL: r.URL.String(), Body: body, Key: key.AccessKeyID, Secret: key.SecretAccessKey, Token: key.SessionToken,
					Service: service, Region: "eu-west-1", Headers: map[string]string{"User-Agent": "bench", "X-Api-Key": "k  ey", "Accept": "text/html, */*"}}
				if body != "" {
					sent.Headers["Content-Length"] = strconv.Itoa(len(body))
				}
				requests = append(requests, sent)
			}
		}
	}
	in, err := json.Marshal(requests)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("python3", "-c", botocoreSigns)
	cmd.Stdin = strings.NewReader(string(in))
	text, err := cmd.Output()
	var want []string
	if err != nil || json.Unmarshal(text, &want) != nil || len(want) != len(requests) {
		t.Fatalf("botocore: %v, %q", err, text)
	}
	for i, c := range requests {
		if ours[i] != want[i] {
			t.Errorf("%s %s:\n got      %s\n botocore %s", c.Method, c.URL, ours[i], want[i])
		}
	}
}
