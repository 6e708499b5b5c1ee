package s3

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/yardstick"
)

// boto3 is an independent check of the protocol: the calls of the publish function,
// and its transfer manager, which uploads in parts and downloads in ranges.
const boto3Calls = `
import boto3, io, sys
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError
s3 = boto3.resource('s3')
parts = TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20)
s3.meta.client.upload_fileobj(io.BytesIO(b'x' * ((5 << 20) + 1)), 'web', 'large', Config=parts)
s3.meta.client.download_file('web', 'large', sys.argv[1], Config=parts)
print(len(open(sys.argv[1], 'rb').read()), s3.Object('web', 'large').e_tag)
s3.Object('web', 'small').put(Body=b'hello world', ContentType='text/plain', Metadata={'by': 'hand'})
o = s3.Object('web', 'small').get()
print(o['Body'].read(), o['ETag'], o['ContentType'], o['Metadata'], o['LastModified'])
try:
    s3.Object('web', 'small').get(IfNoneMatch=o['ETag'])
except ClientError as e:
    print(e)
try:
    s3.Object('web', 'none').get()
except ClientError as e:
    print(e)
`

const boto3Prints = `5242881 "a71cd6f620798b8c58d5fe8b0a3f12d4-2"
b'hello world' "5eb63bbbe01eeed093cb22bb8f5acdc3" text/plain {'by': 'hand'} 2026-11-29 12:00:00+00:00
An error occurred (304) when calling the GetObject operation: Not Modified
An error occurred (AccessDenied) when calling the GetObject operation: Access Denied`

func outside(t *testing.T, url, program string, arguments ...string) string {
	t.Helper()
	cmd := exec.Command(program, arguments...)
	cmd.Env = append(cmd.Environ(), "AWS_ENDPOINT_URL_S3="+url, "AWS_ACCESS_KEY_ID=lab", "AWS_SECRET_ACCESS_KEY=lab",
		"AWS_DEFAULT_REGION=eu-west-1", "AWS_REGION=eu-west-1", "AWS_PAGER=", "AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

func TestBoto3(t *testing.T) {
	yardstick.Boto3(t)
	_, url, _ := serve(t, Config{Buckets: []Bucket{web()}})
	if got := outside(t, url, "python3", "-c", boto3Calls, filepath.Join(t.TempDir(), "large")); got != boto3Prints {
		t.Errorf("%s\nwant\n%s", got, boto3Prints)
	}
}

func TestCLI(t *testing.T) {
	if _, err := exec.LookPath("aws"); err != nil {
		t.Skip("the aws CLI is not installed")
	}
	_, url, _ := serve(t, Config{Buckets: []Bucket{web()}})
	if got := outside(t, url, "aws", "s3", "cp", "s3://web/css/main.css", "-"); got != "hello world" {
		t.Errorf("%q", got)
	}
}
