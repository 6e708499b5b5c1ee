package lab

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
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

// Origin is where a distribution fetches objects: from objects of its own, or another
// front of the lab. The zero value cannot be reached.
type Origin struct {
	Front   string // id
	Objects []Object
}

// Object is a file of a bucket as a distribution sees it.
type Object struct {
	Path         string // "/index.html"
	Body         string
	ContentType  string
	CacheControl string
}

// origin opens an origin. A front is found when it is first asked for: it may come up
// after the distribution.
func (l *Lab) origin(o Origin) (cloudfront.Origin, error) {
	switch {
	case o.Front != "" && len(o.Objects) > 0:
		return nil, errors.New("an origin is a front or objects, not both")
	case o.Front != "":
		return frontOrigin{lab: l, id: o.Front}, nil
	case len(o.Objects) > 0:
		return objectOrigin(o.Objects), nil
	}
	return nil, nil
}

// objectOrigin is a bucket that CloudFront may read: what it has not is 403, as S3
// answers whom it does not let list
// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
type objectOrigin []Object

var objectsMade = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

func (objects objectOrigin) Fetch(_ context.Context, r front.Request) (front.Answer, error) {
	i := slices.IndexFunc(objects, func(o Object) bool { return o.Path == r.Path })
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return denied(http.StatusMethodNotAllowed, "MethodNotAllowed"), nil
	case i < 0:
		return denied(http.StatusForbidden, "AccessDenied"), nil
	}
	o := objects[i]
	sum := md5.Sum([]byte(o.Body))
	tag := `"` + hex.EncodeToString(sum[:]) + `"`
	header := front.Header{{Name: "ETag", Value: tag}, {Name: "Last-Modified", Value: objectsMade.Format(http.TimeFormat)}, {Name: "Server", Value: "AmazonS3"}}
	if o.CacheControl != "" {
		header = append(header, front.Field{Name: "Cache-Control", Value: o.CacheControl})
	}
	if r.Header.Get("If-None-Match") == tag {
		return front.Answer{Status: http.StatusNotModified, Header: header}, nil
	}
	return front.Answer{Status: http.StatusOK, Header: append(header, front.Field{Name: "Content-Type", Value: o.ContentType}), Body: []byte(o.Body)}, nil
}

func denied(status int, code string) front.Answer {
	return front.Answer{
		Status: status, Header: front.Header{{Name: "Content-Type", Value: "application/xml"}, {Name: "Server", Value: "AmazonS3"}},
		Body: fmt.Appendf(nil, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%[1]s</Message></Error>", code),
	}
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
