package apply_test

import (
	"os"
	"testing"
	"time"

	"frontdoor/deploy/apply"
)

// pointAt makes the SDK call one endpoint, with credentials that are nobody's.
func pointAt(t *testing.T, endpoint string) {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "nobody's",
		"AWS_SESSION_TOKEN": "", "AWS_PROFILE": "", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "us-east-1",
	} {
		t.Setenv(name, value)
	}
}

// open is the account, in a hurry.
func open(t *testing.T, pace apply.Pace) *apply.Cloud {
	t.Helper()
	c, err := apply.Open(t.Context(), pace, func(line string) { t.Log(line) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func hurried() apply.Pace {
	return apply.Pace{Poll: 20 * time.Millisecond, Stack: time.Minute, Answer: 100 * time.Millisecond, Settle: 100 * time.Millisecond, Retry: 20 * time.Millisecond, Calls: 3}
}
