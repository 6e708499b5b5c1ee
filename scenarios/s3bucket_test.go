package scenarios

import (
	"reflect"
	"testing"
)

// TestBuckets states what every notation of a bucket becomes.
func TestBuckets(t *testing.T) {
	s := with(t, "rounds: 12", `buckets:
  - name: web
    objects:
      - {key: index.html, content: "", content_type: text/html; charset=utf-8, cache_control: max-age=3}
      - {key: a/b.png, file: b.png}
  - {name: open, region: ap-northeast-1, may_list: true}`)
	none := ""
	want := []S3Bucket{
		{Name: "web", Region: "us-east-1", Objects: []S3Object{
			{Key: "index.html", Content: &none, ContentType: "text/html; charset=utf-8", CacheControl: "max-age=3"},
			{Key: "a/b.png", File: "b.png"},
		}},
		{Name: "open", Region: "ap-northeast-1", MayList: true},
	}
	if !reflect.DeepEqual(s.Buckets, want) {
		t.Errorf("\n got %+v\nwant %+v", s.Buckets, want)
	}
}
