package front

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// EdgeEra is a span of time with its own limits of Lambda@Edge.
type EdgeEra struct {
	Name   string
	From   time.Time // the first day, UTC
	Viewer EdgeQuota // at viewer-request and viewer-response
	Origin EdgeQuota // at origin-request and origin-response
	Source string
}

// EdgeQuota is what changed with time of a function's limits.
type EdgeQuota struct {
	Timeout       time.Duration
	ResponseBytes int // header fields and body
}

// EdgeEras lists the eras, oldest first; each lasts until the next begins.
//
// General availability came in July 2017 with 1 s at viewer events and 3 s at origin
// events; generated responses, which came later that year, had 40 KB and 256 KB. Since
// when today's figures hold was not found: 2018-01-01 stands for it (unconfirmed).
func EdgeEras() []EdgeEra {
	return []EdgeEra{
		{
			Name: "2017", From: time.Date(2017, time.July, 17, 0, 0, 0, 0, time.UTC),
			Viewer: EdgeQuota{time.Second, 40 << 10}, Origin: EdgeQuota{3 * time.Second, 256 << 10},
			Source: "InfoQ, Daniel Bryant, AWS Release Lambda@Edge (2017-07-23); https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-generating-http-responses.html (2017)",
		},
		{
			Name: "2018", From: time.Date(2018, time.January, 1, 0, 0, 0, 0, time.UTC),
			Viewer: EdgeQuota{5 * time.Second, 40 << 10}, Origin: EdgeQuota{30 * time.Second, 1 << 20},
			Source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge (2023-05)",
		},
	}
}

// EdgeEraNamed returns the era called name, the last one for ""; the error lists the
// known ones.
func EdgeEraNamed(name string) (EdgeEra, error) {
	eras := EdgeEras()
	if name == "" {
		return eras[len(eras)-1], nil
	}
	i := slices.IndexFunc(eras, func(e EdgeEra) bool { return e.Name == name })
	if i < 0 {
		var names []string
		for _, e := range eras {
			names = append(names, e.Name)
		}
		return EdgeEra{}, fmt.Errorf("unknown era %q of Lambda@Edge's limits: want one of %s", name, strings.Join(names, ", "))
	}
	return eras[i], nil
}

// In returns the door with the limits of an era: the door itself where no function
// of Lambda@Edge is behind it.
func (d Door) In(e EdgeEra) Door {
	if !d.Kind.Edge() {
		return d
	}
	quota := e.Origin
	if d.Kind.viewer() {
		quota = e.Viewer
	}
	d.Limits.MaxTimeout, d.Limits.ResponseBytes = quota.Timeout, quota.ResponseBytes
	answer := d.Answer
	d.Answer = func(result []byte, id Identity) (Answer, error) {
		a, err := answer(result, id)
		if err == nil && over(a.Header.Size()+len(a.Body), quota.ResponseBytes) {
			return Answer{}, refuse(d.Kind, edgeFault, ResponseTooLarge, errEdgeSize.Error())
		}
		return a, err
	}
	return d
}
