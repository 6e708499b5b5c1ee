package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// source is S3, through AWS's own SDK.
type source struct{ client *s3.Client }

// newSource reads Region, credentials and endpoint from the environment. A bucket is a
// label of the host name on AWS, and a segment of the path at an endpoint of one's own.
func newSource(ctx context.Context) (source, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return source{}, fmt.Errorf("configure S3: %w", err)
	}
	return source{s3.NewFromConfig(cfg, func(o *s3.Options) {
		o.UsePathStyle = os.Getenv("AWS_ENDPOINT_URL_S3") != ""
	})}, nil
}

// object is one version of an object.
type object struct {
	body     []byte
	modified time.Time
	etag     string
}

// get downloads the current version.
func (s source) get(ctx context.Context, bucket, key string) (_ object, err error) {
	out, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return object{}, err
	}
	defer func() { err = errors.Join(err, out.Body.Close()) }()
	body, err := io.ReadAll(out.Body)
	return object{body, aws.ToTime(out.LastModified), aws.ToString(out.ETag)}, err
}

// etag names the current version.
func (s source) etag(ctx context.Context, bucket, key string) (string, error) {
	out, err := s.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.ETag), nil
}
