package s3

import (
	"bytes"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

func TestPutObject(t *testing.T) {
	s, url, metered := serve(t, Config{Buckets: []Bucket{web()}})
	c := client(url)
	const key = "a b/ü+1.txt"
	out, err := c.PutObject(background, &sdk.PutObjectInput{Bucket: aws.String("web"), Key: aws.String(key), Body: strings.NewReader("hello world"),
		ContentType: aws.String("text/plain"), CacheControl: aws.String("max-age=5"), ContentEncoding: aws.String("br"), Metadata: map[string]string{"x": "y"}})
	if err != nil || *out.ETag != tag {
		t.Fatalf("%+v %v", out, err)
	}
	o, modified, found := s.Get("web", key)
	want := http.Header{"Content-Type": {"text/plain"}, "Cache-Control": {"max-age=5"}, "Content-Encoding": {"br"}, "X-Amz-Meta-X": {"y"}}
	if !found || string(o.Body) != "hello world" || !modified.Equal(noon.Truncate(1e9)) || !reflect.DeepEqual(o.Header, want) {
		t.Errorf("%s %v %v", o.Body, o.Header, modified)
	}
	put := func(in sdk.PutObjectInput) error {
		in.Bucket, in.Key, in.Body = aws.String("web"), aws.String(key), strings.NewReader("two")
		_, err := c.PutObject(background, &in)
		return err
	}
	const failed = "At least one of the pre-conditions you specified did not hold"
	wantError[smithy.APIError](t, put(sdk.PutObjectInput{IfNoneMatch: aws.String("*")}), "PreconditionFailed", failed)
	wantError[smithy.APIError](t, put(sdk.PutObjectInput{IfMatch: aws.String(`"x"`)}), "PreconditionFailed", failed)
	wantError[smithy.APIError](t, put(sdk.PutObjectInput{ContentMD5: aws.String("AAAAAAAAAAAAAAAAAAAAAA==")}), "BadDigest", "The Content-MD5 you specified did not match the calculated checksum.")
	wantError[smithy.APIError](t, put(sdk.PutObjectInput{ChecksumCRC32: aws.String("AAAAAA==")}), "BadDigest", "The CRC32 you specified did not match the calculated checksum.")
	if err := put(sdk.PutObjectInput{IfMatch: aws.String(tag)}); err != nil {
		t.Error(err)
	}
	_, err = c.PutObject(background, &sdk.PutObjectInput{Bucket: aws.String("web"), Key: aws.String(strings.Repeat("k", 1025)), Body: strings.NewReader("")})
	wantError[smithy.APIError](t, err, "KeyTooLongError", "Your key is too long")
	if metered.sum["s3.put eu-west-1"] != 7 || metered.sum["s3.get eu-west-1"] != 0 {
		t.Errorf("metered %v", metered.sum)
	}
}

// The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html in
// shape, and a trailer as SDKs send it: 0d4a1185, which zlib has for hello world.
func TestDechunk(t *testing.T) {
	const chunked = "5;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\nhello\r\n" +
		"6;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n world\r\n" +
		"0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n"
	body, trailer, err := dechunk([]byte(chunked))
	if err != nil || string(body) != "hello world" || trailer.Get("X-Amz-Checksum-Crc32") != "DUoRhQ==" {
		t.Errorf("%q %v %v", body, trailer, err)
	}
	for _, wrong := range []string{"", "5", "5\r\nhell", "x\r\n", "-1\r\nx", "fffffffff\r\nx"} {
		if _, _, err := dechunk([]byte(wrong)); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
	s, url, _ := serve(t, Config{Buckets: []Bucket{web()}})
	send := func(text string) int {
		r, err := http.NewRequest("PUT", url+"/web/chunked", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Amz-Content-Sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
		r.Header.Set("Content-Encoding", "aws-chunked")
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		return a.StatusCode
	}
	if status := send(chunked); status != 200 {
		t.Errorf("%d", status)
	}
	if o, _, _ := s.Get("web", "chunked"); string(o.Body) != "hello world" || len(o.Header) != 0 {
		t.Errorf("%q %v", o.Body, o.Header)
	}
	if status := send(strings.Replace(chunked, "DUoR", "AAAA", 1)); status != 400 {
		t.Errorf("a wrong checksum is %d", status)
	}
}

// An upload in parts of 5 MiB and a byte. Its tag is the MD5 of the parts' MD5s, which
// S3 gives with the number of parts: computed with md5sum and xxd.
func TestUpload(t *testing.T) {
	s, url, metered := serve(t, Config{Buckets: []Bucket{web()}})
	c := client(url)
	bucket, key := aws.String("web"), aws.String("large")
	u, err := c.CreateMultipartUpload(background, &sdk.CreateMultipartUploadInput{Bucket: bucket, Key: key, ContentType: aws.String("text/x")})
	if err != nil {
		t.Fatal(err)
	}
	part := func(n int32, body []byte) types.CompletedPart {
		out, err := c.UploadPart(background, &sdk.UploadPartInput{Bucket: bucket, Key: key, UploadId: u.UploadId, PartNumber: &n, Body: bytes.NewReader(body)})
		if err != nil {
			t.Fatal(err)
		}
		return types.CompletedPart{ETag: out.ETag, PartNumber: &n}
	}
	complete := func(parts ...types.CompletedPart) (*sdk.CompleteMultipartUploadOutput, error) {
		return c.CompleteMultipartUpload(background, &sdk.CompleteMultipartUploadInput{Bucket: bucket, Key: key, UploadId: u.UploadId,
			MultipartUpload: &types.CompletedMultipartUpload{Parts: parts}})
	}
	one, two := part(1, bytes.Repeat([]byte("x"), 5<<20)), part(2, []byte("y"))
	small := part(3, []byte("z"))
	_, err = complete(two, one)
	wantError[smithy.APIError](t, err, "InvalidPartOrder", invalidPartOrder().Message)
	_, err = complete(one, types.CompletedPart{ETag: aws.String(`"x"`), PartNumber: aws.Int32(2)})
	wantError[smithy.APIError](t, err, "InvalidPart", invalidPart().Message)
	_, err = complete(one, two, small)
	wantError[smithy.APIError](t, err, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
	_, err = complete()
	wantError[smithy.APIError](t, err, "MalformedXML", malformedXML().Message)
	if _, _, found := s.Get("web", "large"); found {
		t.Error("it is there before it is complete")
	}
	out, err := complete(one, two)
	const want = `"0c62823571cff39c8dddcc6a74e2569f-2"`
	if err != nil || *out.ETag != want {
		t.Fatalf("%+v %v, want %s", out, err, want)
	}
	head, err := c.HeadObject(background, &sdk.HeadObjectInput{Bucket: bucket, Key: key})
	if err != nil || *head.ETag != want || *head.ContentLength != 5<<20+1 || *head.ContentType != "text/x" {
		t.Errorf("%+v %v", head, err)
	}
	_, err = complete(one, two)
	wantError[smithy.APIError](t, err, "NoSuchUpload", noSuchUpload("").Message)
	_, err = c.AbortMultipartUpload(background, &sdk.AbortMultipartUploadInput{Bucket: bucket, Key: key, UploadId: u.UploadId})
	wantError[*types.NoSuchUpload](t, err, "NoSuchUpload", noSuchUpload("").Message)
	// One to begin, three parts, six to complete; aborting costs nothing.
	if want := 10.0; metered.sum["s3.put eu-west-1"] != want {
		t.Errorf("metered %v", metered.sum)
	}
}
