package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudfront"
)

// Origin is where a distribution fetches objects: from a bucket of the lab, objects of
// its own, or another front of the lab. The zero value cannot be reached.
type Origin struct {
	Front   string // id
	Bucket  string
	Objects []Object
}

// Object is a file of a bucket as a distribution sees it.
type Object struct {
	Path         string // "/index.html"
	Body         string
	ContentType  string
	CacheControl string
}

// origin opens an origin of a front's distribution. Another front is found when it is
// first asked for: it may come up after the distribution.
func (l *Lab) origin(o Origin, f Front) (cloudfront.Origin, error) {
	given := 0
	for _, one := range []bool{o.Front != "", o.Bucket != "", len(o.Objects) > 0} {
		if one {
			given++
		}
	}
	switch {
	case given > 1:
		return nil, errors.New("an origin is a front, a bucket or objects, and one of them")
	case o.Front != "":
		return frontOrigin{lab: l, id: o.Front}, nil
	case o.Bucket != "":
		return l.services.bucketOrigin(o.Bucket, f)
	case len(o.Objects) > 0:
		return l.services.objectOrigin(o.Objects, f)
	}
	return nil, nil
}

// frontOrigin is another front of the lab behind a distribution, such as a Regional API.
type frontOrigin struct {
	lab  *Lab
	id   string
	edge string // the Region that the distribution asks from; "" without distance
}

// originClient keeps connections to origins open, as CloudFront does, and follows no
// redirect.
var originClient = &http.Client{
	Transport:     &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true, IdleConnTimeout: 5 * time.Second},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Timeout:       30 * time.Second, // CloudFront's origin response timeout
}

func (o frontOrigin) Fetch(ctx context.Context, r front.Request) (front.Answer, error) {
	i := slices.IndexFunc(o.lab.served, func(s Served) bool { return s.ID == o.id })
	if i < 0 {
		return front.Answer{}, fmt.Errorf("there is no front %q", o.id)
	}
	url := o.lab.served[i].URL + r.Path
	if r.RawQuery != "" {
		url += "?" + r.RawQuery
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, url, bytes.NewReader(r.Body))
	if err != nil {
		return front.Answer{}, err
	}
	for _, f := range r.Header {
		if !framing(f.Name) && !strings.EqualFold(f.Name, "Host") && !strings.EqualFold(f.Name, "Connection") {
			request.Header.Add(f.Name, f.Value)
		}
	}
	request.Header.Set("User-Agent", "Amazon CloudFront")
	if o.edge != "" {
		request.Header.Set(edgeHeader, o.edge)
	}
	response, err := originClient.Do(request)
	if err != nil {
		return front.Answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return front.Answer{}, err
	}
	a := front.Answer{Status: response.StatusCode, Body: body}
	for name, values := range response.Header {
		for _, v := range values {
			if !framing(name) {
				a.Header = append(a.Header, front.Field{Name: name, Value: v})
			}
		}
	}
	slices.SortStableFunc(a.Header, func(x, y front.Field) int { return strings.Compare(x.Name, y.Name) })
	return a, nil
}
