package apply

import (
	"bytes"
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"frontdoor/awscall"
)

// Package is a function's deployment package.
type Package struct {
	Key string // its name, another one for another content
	Zip []byte
}

// upload puts a package into a bucket unless it lies there already: its name says what
// is in it.
func (c *Cloud) upload(ctx context.Context, region, bucket string, p Package) error {
	client := c.s3(region)
	if _, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: &p.Key}); err == nil {
		return nil
	}
	c.sayf("uploading %s, %d bytes, to %s", p.Key[:min(12, len(p.Key))], len(p.Zip), bucket)
	_, err := client.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: &p.Key, Body: bytes.NewReader(p.Zip), ContentType: aws.String("application/zip")})
	if err != nil {
		return fmt.Errorf("upload a package to bucket %q: %w", bucket, awscall.Explain(err))
	}
	return nil
}

// empty deletes every object of a bucket, older versions and their markers too, since
// CloudFormation deletes an empty bucket only. A bucket that is gone is empty.
func (c *Cloud) empty(ctx context.Context, region, bucket string) error {
	client := c.s3(region)
	pages := s3.NewListObjectVersionsPaginator(client, &s3.ListObjectVersionsInput{Bucket: &bucket})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if codeOf(err) == "NoSuchBucket" {
			return nil
		}
		if err == nil {
			err = discard(ctx, client, bucket, page)
		}
		if err != nil {
			return fmt.Errorf("empty bucket %q: %w", bucket, awscall.Explain(err))
		}
	}
	return nil
}

// discard deletes what a page lists, which is no more than one call takes: 1,000.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
func discard(ctx context.Context, client *s3.Client, bucket string, page *s3.ListObjectVersionsOutput) error {
	var all []types.ObjectIdentifier
	for _, v := range page.Versions {
		all = append(all, types.ObjectIdentifier{Key: v.Key, VersionId: v.VersionId})
	}
	for _, m := range page.DeleteMarkers {
		all = append(all, types.ObjectIdentifier{Key: m.Key, VersionId: m.VersionId})
	}
	if len(all) == 0 {
		return nil
	}
	out, err := client.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: &bucket, Delete: &types.Delete{Objects: all, Quiet: aws.Bool(true)}})
	if err == nil && len(out.Errors) > 0 {
		e := out.Errors[0]
		err = fmt.Errorf("%d objects stay, %q first: %s: %s", len(out.Errors), aws.ToString(e.Key), aws.ToString(e.Code), aws.ToString(e.Message))
	}
	return err
}
