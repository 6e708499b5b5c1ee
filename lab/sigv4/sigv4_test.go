package sigv4

import (
	"net/http/httptest"
	"testing"
)

// The header of AWS's own example and its presigned kin:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html,
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
func TestRegion(t *testing.T) {
	const signed = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;range;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024"
	const presigned = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Expires=86400"
	for _, c := range []struct{ target, header, want string }{
		{"/", signed, "us-east-1"},
		{presigned, "", "us-east-1"},
		{"/", "AWS4-HMAC-SHA256 Credential=a/b/20261122/eu-west-1/dynamodb/aws4_request, Signature=0", "eu-west-1"},
		{"/", "Bearer x", ""},
		{"/", "", ""},
	} {
		r := httptest.NewRequest("GET", c.target, nil)
		r.Header.Set("Authorization", c.header)
		if got := Region(r); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.target, c.header, got, c.want)
		}
	}
}
