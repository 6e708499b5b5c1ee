package apply

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"frontdoor/awscall"
	"frontdoor/scenarios"
)

// stock makes the content of a bucket what the scenario says: objects that it no longer
// has are deleted first. Those of files have been read.
func (c *Cloud) stock(ctx context.Context, region, bucket string, objects []scenarios.S3Object) error {
	client := c.s3(region)
	if err := prune(ctx, client, bucket, objects); err != nil {
		return fmt.Errorf("prune bucket %q: %w", bucket, awscall.Explain(err))
	}
	c.sayf("putting %d objects into %s", len(objects), bucket)
	for _, o := range objects {
		if o.Content == nil {
			return fmt.Errorf("object %q of bucket %q: its file has not been read", o.Key, bucket)
		}
		in := &s3.PutObjectInput{Bucket: &bucket, Key: &o.Key, Body: strings.NewReader(*o.Content)}
		if o.ContentType != "" {
			in.ContentType = &o.ContentType
		}
		if o.CacheControl != "" {
			in.CacheControl = &o.CacheControl
		}
		if _, err := client.PutObject(ctx, in); err != nil {
			return fmt.Errorf("put object %q into bucket %q: %w", o.Key, bucket, awscall.Explain(err))
		}
	}
	return nil
}

// prune deletes the objects of a bucket that are not among those that it is to have.
func prune(ctx context.Context, client *s3.Client, bucket string, keep []scenarios.S3Object) error {
	kept := map[string]bool{}
	for _, o := range keep {
		kept[o.Key] = true
	}
	pages := s3.NewListObjectsV2Paginator(client, &s3.ListObjectsV2Input{Bucket: &bucket})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		var old []types.ObjectIdentifier
		for _, o := range page.Contents {
			if !kept[aws.ToString(o.Key)] {
				old = append(old, types.ObjectIdentifier{Key: o.Key})
			}
		}
		if len(old) == 0 {
			continue
		}
		if _, err := client.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: &bucket, Delete: &types.Delete{Objects: old, Quiet: aws.Bool(true)}}); err != nil {
			return err
		}
	}
	return nil
}
