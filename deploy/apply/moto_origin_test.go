package apply_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"frontdoor/deploy/apply"
)

// origin wants the bucket of the distribution's stack in the scenario's Region, tagged
// and encrypted, with the objects of these keys, as the scenario has them. That it is
// closed, and its policy, are not proved: moto 5.2.1 reads neither out of a template.
func (a account) origin(t *testing.T, standing apply.Standing, keys ...string) {
	t.Helper()
	client, bucket := s3.NewFromConfig(a.in("eu-west-1")), aws.String(standing.Outputs["bench-every-1-site"]["Bucket"])
	if where := got(client.GetBucketLocation(t.Context(), &s3.GetBucketLocationInput{Bucket: bucket}))(t).LocationConstraint; where != "eu-west-1" {
		t.Errorf("the bucket is in %q", where)
	}
	rules := got(client.GetBucketEncryption(t.Context(), &s3.GetBucketEncryptionInput{Bucket: bucket}))(t).ServerSideEncryptionConfiguration.Rules
	if len(rules) != 1 || rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm != "AES256" {
		t.Errorf("it encrypts by %+v", rules)
	}
	tags := map[string]string{}
	for _, tag := range got(client.GetBucketTagging(t.Context(), &s3.GetBucketTaggingInput{Bucket: bucket}))(t).TagSet {
		tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	tagged(t, "the origin", tags, "site")
	var have []string
	for _, o := range got(client.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: bucket}))(t).Contents {
		have = append(have, aws.ToString(o.Key))
	}
	if !slices.Equal(have, keys) {
		t.Errorf("it has %q, want %q", have, keys)
	}
	page := got(client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: aws.String("card/c5")}))(t)
	body, err := io.ReadAll(page.Body)
	if is := fmt.Sprint(string(body), " ", aws.ToString(page.ContentType), " ", aws.ToString(page.CacheControl)); err != nil || strings.TrimSpace(is) != "<p>page</p> text/html max-age=3" {
		t.Errorf("the page is %q, %v", is, err)
	}
}
