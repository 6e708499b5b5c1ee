package telemetry

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// The SDK takes a service's own variable before the one of all, both before the profile,
// and none when it is told to
// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
func TestHere(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(profile, []byte("[default]\nendpoint_url = http://localhost:9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const all, metrics, logs = "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_CLOUDWATCH", "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"
	const lab, away = "http://127.0.0.1:9", "https://vpce-1.monitoring.us-east-1.vpce.amazonaws.com"
	for _, c := range []struct {
		name string
		env  map[string]string
		want bool
	}{
		{"AWS", nil, false},
		{"all", map[string]string{all: lab}, true},
		{"each", map[string]string{metrics: lab, logs: "http://[::1]:9"}, true},
		{"metrics alone", map[string]string{metrics: lab}, false},
		{"logs alone", map[string]string{logs: lab}, false},
		{"one of them away", map[string]string{all: lab, metrics: away}, false},
		{"all away", map[string]string{all: away, metrics: lab, logs: lab}, true},
		{"away", map[string]string{all: away}, false},
		{"profile", map[string]string{"AWS_CONFIG_FILE": profile}, true},
		{"ignored", map[string]string{all: lab, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, name := range []string{all, metrics, logs, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_PROFILE"} {
				t.Setenv(name, "") // to be restored
				os.Unsetenv(name)
			}
			t.Setenv("AWS_CONFIG_FILE", "/nonexistent")
			t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			if got := (Config{}).Here(context.Background()); got != c.want {
				t.Errorf("%v", got)
			}
			if got := (Config{}).Away(context.Background(), true); got != !c.want {
				t.Errorf("away: %v", got)
			}
			if got, want := (Config{}).Away(context.Background(), false), !c.want && c.name != "metrics alone"; got != want {
				t.Errorf("away without logs: %v", got)
			}
		})
	}
	t.Setenv("AWS_PROFILE", "nobody")
	if c := (Config{}); c.Here(context.Background()) || c.Away(context.Background(), true) {
		t.Error("a profile that is not there is somewhere")
	}
	if !(Config{Endpoint: lab, LogsEndpoint: lab}).Here(context.Background()) {
		t.Error("endpoints of the configuration are not seen")
	}
}
