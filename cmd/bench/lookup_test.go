package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// A secret that AWS does not hand out ends the run before anything is sent: with 2 where
// somebody has to mend the credentials or targets.yaml, with 1 where AWS failed.
// https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKey.html#API_GetApiKey_Errors
func TestLookupsEndByWhoCanMendThem(t *testing.T) {
	for code, c := range map[string]struct{ status, want int }{
		"ExpiredTokenException":    {403, exitUsage},
		"AccessDeniedException":    {403, exitUsage},
		"NotFoundException":        {404, exitUsage},
		"TooManyRequestsException": {429, exitInternal},
		"InternalFailure":          {500, exitInternal},
	} {
		t.Run(code, func(t *testing.T) {
			gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Amzn-Errortype", code)
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, `{"message":"no"}`)
			}))
			t.Cleanup(gateway.Close)
			t.Chdir(t.TempDir())
			for name, value := range map[string]string{"AWS_ENDPOINT_URL_API_GATEWAY": gateway.URL, "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "",
				"AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull} {
				t.Setenv(name, value)
			}
			write(t, "keyed.yaml", "version: 1\nname: keyed\nhandler: hello\nfronts: [{id: rest, kind: apigw-rest}]\nrequests: [{method: GET, expect: {body: any}}]\nload: {rate: 20/s, duration: 200ms}\n")
			write(t, "targets.yaml", fmt.Sprintf("version: 1\nscenario: keyed\nfronts:\n  - {id: rest, url: %q, region: eu-west-1, metrics: none, auth: {api_key: {apigateway: k1}}}\n", gateway.URL))
			got, _, stderr := said(t, "run", "keyed.yaml", "--targets", "targets.yaml")
			if got != c.want || !strings.Contains(stderr, `: fronts[0].auth: `) || !strings.Contains(stderr, "fetch key") {
				t.Errorf("exit %d, want %d: %s", got, c.want, stderr)
			}
			if _, err := os.Stat("runs"); err == nil {
				t.Error("a folder was made")
			}
		})
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
