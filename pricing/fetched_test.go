package pricing

import (
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// Of four measured answers two came out of the cache: half a GET for each of 2^30 requests.
// What x-cache may say: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
// (x-edge-result-type).
func TestFetched(t *testing.T) {
	var hits []record.Hit
	for _, cache := range []string{"Miss from cloudfront", "Hit from cloudfront", "RefreshHit from cloudfront", "LambdaGeneratedResponse from cloudfront", ""} {
		hits = append(hits, record.Hit{Status: 200, Cache: cache})
	}
	hits = append(hits, record.Hit{Status: 200, Cache: "Miss from cloudfront", Warmup: true})
	f := FetchedOf("eu-west-1", hits)
	if f == nil || f.Region != "eu-west-1" || !f.PerRequest.Equal(Ratio(1, 2)) {
		t.Fatalf("%+v", f)
	}
	if f := FetchedOf("eu-west-1", hits[4:5]); f != nil {
		t.Errorf("no answer says anything, and %+v", f)
	}
	rules, err := shipped(t).Rules(NewDate(2026, time.November, 22), InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	w := measuredOf(front.EdgeOriginResponse).Workload(fullForecast())
	w.Fetched = f
	for counted, want := range map[bool]int{false: 1, true: 0} {
		if w.Counted = nil; counted {
			w.Counted = []Counted{{Meter: S3Gets, Region: "eu-west-1", PerRequest: Count(1)}}
		}
		u, err := UsageOf(w, rules)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(showItems(u.Items), "s3.get eu-west-1 536870912"); got != want {
			t.Errorf("counted by the lab %t: %s", counted, showItems(u.Items))
		}
	}
}
