package awscall

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Credentials of a profile are told when a call is signed with them, and not before.
func TestLoadTells(t *testing.T) {
	file := filepath.Join(t.TempDir(), "credentials")
	if err := os.WriteFile(file, []byte("[own]\naws_access_key_id = ASIAEXAMPLE\naws_secret_access_key = secret\naws_session_token = session\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var told []string
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked++; len(told) == 0 {
			t.Error("a call was sent before its credentials were told")
		}
		w.WriteHeader(403)
	}))
	defer server.Close()
	for name, value := range map[string]string{"AWS_SHARED_CREDENTIALS_FILE": file, "AWS_CONFIG_FILE": os.DevNull, "AWS_PROFILE": "own", "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "", "AWS_ENDPOINT_URL": server.URL} {
		t.Setenv(name, value)
	}
	c, err := Load(context.Background(), func(secrets ...string) { told = append(told, secrets...) })
	if err != nil || len(told) != 0 {
		t.Fatalf("%v, told %q before anything was asked", err, told)
	}
	if _, err := sts.NewFromConfig(c).GetCallerIdentity(context.Background(), nil); err == nil || asked == 0 {
		t.Fatalf("asked %d times: %v", asked, err)
	}
	for _, want := range []string{"secret", "session", "ASIAEXAMPLE"} {
		if !slices.Contains(told, want) {
			t.Errorf("%q was not told: %q", want, told)
		}
	}
}

// A machine whose metadata service knows nothing of IMDSv2 makes the SDK say on stderr
// that it falls back to IMDSv1: nobody asked.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
func TestLoadIsSilent(t *testing.T) {
	metadata := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }))
	defer metadata.Close()
	for name, value := range map[string]string{"AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_CONFIG_FILE": os.DevNull, "AWS_PROFILE": "", "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "", "AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": metadata.URL} {
		t.Setenv(name, value)
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr := os.Stderr
	os.Stderr = write
	c, err := Load(context.Background(), nil)
	if err == nil {
		_, err = c.Credentials.Retrieve(context.Background())
	}
	os.Stderr = stderr
	write.Close()
	if err == nil {
		t.Error("there are credentials")
	}
	if said, _ := io.ReadAll(read); len(said) > 0 {
		t.Errorf("stderr: %s", said)
	}
}
