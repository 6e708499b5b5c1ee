package s3

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// heard takes a notification's events as AWS's own Go types read them.
type heard struct{ records []events.S3EventRecord }

func (h *heard) deliver(event []byte) {
	var e events.S3Event
	if err := json.Unmarshal(event, &e); err != nil {
		panic(err)
	}
	h.records = append(h.records, e.Records...)
}

func (h *heard) keys() (keys []string) {
	for _, r := range h.records {
		keys = append(keys, r.S3.Object.Key)
	}
	return keys
}

func TestNotification(t *testing.T) {
	var h heard
	b := web()
	b.Notifications = []Notification{{ID: "publish", Events: []string{"s3:ObjectCreated:Put"}, Suffix: ".txt", Deliver: h.deliver}}
	s, url, _ := serve(t, Config{Buckets: []Bucket{b}})
	for _, key := range []string{"a b/ü+1.txt", "other.css"} {
		if _, err := client(url).PutObject(background, &sdk.PutObjectInput{Bucket: aws.String("web"), Key: &key, Body: strings.NewReader("hello world")}); err != nil {
			t.Fatal(err)
		}
	}
	s.Settle()
	if len(h.records) != 1 {
		t.Fatalf("%+v", h.records)
	}
	r := h.records[0]
	// The key is encoded as in a query; the sample of
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
	// has red+flower.jpg for a space.
	want := events.S3Entity{SchemaVersion: "1.0", ConfigurationID: "publish",
		Bucket: events.S3Bucket{Name: "web", OwnerIdentity: r.S3.Bucket.OwnerIdentity, Arn: "arn:aws:s3:::web"},
		Object: events.S3Object{Key: "a+b/%C3%BC%2B1.txt", Size: 11, URLDecodedKey: "a b/ü+1.txt", ETag: strings.Trim(tag, `"`), Sequencer: r.S3.Object.Sequencer}}
	if r.EventVersion != "2.1" || r.EventSource != "aws:s3" || r.AWSRegion != "eu-west-1" || r.EventName != "ObjectCreated:Put" ||
		!r.EventTime.Equal(noon) || r.S3 != want || r.S3.Object.Sequencer == "" {
		t.Errorf("%+v", r)
	}
}

// An upload in parts is another event, which a filter for puts does not hear.
func TestNotificationOfUpload(t *testing.T) {
	var puts, all heard
	b := web()
	b.Notifications = []Notification{
		{ID: "puts", Events: []string{"s3:ObjectCreated:Put"}, Deliver: puts.deliver},
		{ID: "all", Events: []string{"s3:ObjectCreated:*"}, Deliver: all.deliver},
	}
	s, url, _ := serve(t, Config{Buckets: []Bucket{b}})
	c, bucket, key := client(url), aws.String("web"), aws.String("large")
	u, err := c.CreateMultipartUpload(background, &sdk.CreateMultipartUploadInput{Bucket: bucket, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	part, err := c.UploadPart(background, &sdk.UploadPartInput{Bucket: bucket, Key: key, UploadId: u.UploadId, PartNumber: aws.Int32(1), Body: bytes.NewReader([]byte("x"))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.CompleteMultipartUpload(background, &sdk.CompleteMultipartUploadInput{Bucket: bucket, Key: key, UploadId: u.UploadId,
		MultipartUpload: &types.CompletedMultipartUpload{Parts: []types.CompletedPart{{ETag: part.ETag, PartNumber: aws.Int32(1)}}}}); err != nil {
		t.Fatal(err)
	}
	s.Settle()
	if len(puts.records) != 0 || len(all.records) != 1 || all.records[0].EventName != "ObjectCreated:CompleteMultipartUpload" {
		t.Errorf("%+v %+v", puts.records, all.records)
	}
}

// Events come at least once and in any order where that is wanted; the sequencer tells
// which of one key is the latest.
func TestDelivery(t *testing.T) {
	var h heard
	b := web()
	b.Notifications = []Notification{{ID: "all", Events: []string{"s3:ObjectCreated:*"}, Deliver: h.deliver}}
	s, _, _ := serve(t, Config{Buckets: []Bucket{b}})
	put := func(keys ...string) []string {
		h.records = nil
		for _, key := range keys {
			if err := s.Put("web", Object{Key: key, Body: []byte(key)}); err != nil {
				t.Fatal(err)
			}
		}
		s.Settle()
		return h.keys()
	}
	if got := put("1", "2", "3"); !slices.Equal(got, []string{"1", "2", "3"}) {
		t.Errorf("%q", got)
	}
	s.SetDelivery(Delivery{Duplicates: 1})
	if got := put("1", "2"); !slices.Equal(got, []string{"1", "1", "2", "2"}) {
		t.Errorf("%q", got)
	}
	s.SetDelivery(Delivery{Reverse: 2})
	if got := put("1", "2", "3"); !slices.Equal(got, []string{"2", "1", "3"}) { // the last one waits for Settle
		t.Errorf("%q", got)
	}
	put("k", "k", "k", "k")
	var order []string
	for _, r := range h.records {
		order = append(order, r.S3.Object.Sequencer)
	}
	if len(order) != 4 || !(order[1] < order[0] && order[0] < order[3] && order[3] < order[2]) {
		t.Errorf("%q", order)
	}
	if err := s.Put("none", Object{Key: "k"}); fmt.Sprint(err) != "NoSuchBucket: The specified bucket does not exist" {
		t.Error(err)
	}
}

func TestWrongBuckets(t *testing.T) {
	for want, buckets := range map[string][]Bucket{
		`bucket "A": want a name`:                     {{Name: "A", Region: "eu-west-1"}},
		`bucket "web": want a Region`:                 {{Name: "web"}},
		`bucket "web": the name is taken`:             {web(), web()},
		`bucket "web": object "": want a key of 1 to`: {{Name: "web", Region: "eu-west-1", Objects: []Object{{}}}},
	} {
		if _, err := New(Config{Buckets: buckets}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
