package yardstick

import (
	"os/exec"
	"testing"
)

// Boto3 wants python3 with a boto3 that finds the lab by AWS_ENDPOINT_URL:
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
func Boto3(t testing.TB) {
	t.Helper()
	imports(t, "import boto3; assert tuple(map(int, boto3.__version__.split('.')[:2])) >= (1, 28), 'it is too old for AWS_ENDPOINT_URL'")
}

// Botocore wants python3 with botocore.
func Botocore(t testing.TB) {
	t.Helper()
	imports(t, "import botocore")
}

// imports skips the test where python3 cannot run the statement.
func imports(t testing.TB, statement string) {
	t.Helper()
	if out, err := exec.Command("python3", "-c", statement).CombinedOutput(); err != nil {
		t.Skipf("python3: %s: %v %s", statement, err, out)
	}
}
