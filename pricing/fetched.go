package pricing

import (
	"fmt"
	"strings"

	"frontdoor/record"
)

// Fetched is what CloudFront asked of a bucket, for each request: nobody counts it of a
// deployed distribution.
type Fetched struct {
	Region     string // of the bucket
	PerRequest Quantity
}

// FetchedOf takes each measured answer that did not come out of CloudFront's cache for a
// GET of the bucket: a miss, an object asked for anew, an error. They are fewer where
// requests for one object were collapsed, or a regional cache had it:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html.
// Nil where no answer says where it came from.
func FetchedOf(region string, hits []record.Hit) *Fetched {
	fetched, told := int64(0), int64(0)
	for _, h := range hits {
		if h.Warmup || h.Cache == "" {
			continue
		}
		told++
		for _, beginning := range []string{"Miss", "RefreshHit", "Error"} {
			if strings.HasPrefix(h.Cache, beginning) {
				fetched++
			}
		}
	}
	if told == 0 {
		return nil
	}
	return &Fetched{region, Ratio(fetched, told)}
}

// fetched adds the GETs of a distribution's bucket. What the lab counted is in items of
// its own.
func (b *usageBuilder) fetched() {
	f := b.w.Fetched
	if f == nil || b.w.isCounted(S3Gets) {
		return
	}
	b.add(S3Gets, f.Region, f.PerRequest)
	b.usage.Items[len(b.usage.Items)-1].Counted = true
	b.note("%s", fmt.Sprintf("each answer that did not come out of CloudFront's cache (x-cache) is taken for a GET of its bucket in %s: they are fewer where a regional cache had it", f.Region))
}
