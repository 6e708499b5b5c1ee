package publish_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdoor/akamai"
	"frontdoor/handlers/publish"
	lab "frontdoor/lab/akamai"
	"frontdoor/lab/function"
)

// F30: two uploads within a second have one modification time. The purge succeeds, and
// the cache, asked to revalidate, is told 304: the old version stays for good. The
// repaired handler makes the second a second younger.
func TestF30SecondVersionOfOneSecond(t *testing.T) {
	w := begin(t, publish.Published, onPath)
	w.notify(w.put("/report.csv", "one"))
	w.sees(w.EdgeURL(0), "/report.csv", "one")
	w.clock.Advance(300 * time.Millisecond)
	w.notify(w.put("/report.csv", "two"))
	byHand := func() {
		if _, err := w.purge.Do(t.Context(), akamai.Purge{Action: akamai.Invalidate, By: akamai.ByCPCode, Network: akamai.Production, Objects: []any{832468}}); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(5 * time.Second)
	}
	for range 3 {
		byHand()
		w.sees(w.EdgeURL(0), "/report.csv", "one")
		w.clock.Advance(48 * time.Hour)
		w.sees(w.EdgeURL(0), "/report.csv", "one")
	}
	if m := w.Production.Meters(); m.Origin200 != 1 || m.Origin304 != 6 {
		t.Errorf("%+v", m)
	}
	if _, err := w.purge.Do(t.Context(), akamai.Purge{Action: akamai.Delete, By: akamai.ByCPCode, Network: akamai.Production, Objects: []any{832468}}); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(0), "/report.csv", "two") // a delete asks without a condition
	w.bills(2)
	w.asked(2, 2, 2+4) // by hand: three times invalidated, once deleted

	w = begin(t, publish.Repaired, nil)
	w.change("one")
	w.clock.Advance(300 * time.Millisecond)
	w.sees(w.EdgeURL(0), page, "one")
	first := w.clock.Now().Truncate(time.Second)
	if d := w.done(w.change("two")[0]); !d.MTime.Equal(first.Add(time.Second)) {
		t.Errorf("mtime %v, the first version has %v", d.MTime, first)
	}
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(0), page, "two")
	w.bills(2)
	w.asked(2, 4, 2)
}

// F31: S3 delivers at least once and in any order. The repaired handler publishes each
// event once and none behind a later one; the published one uploads and purges for each.
func TestF31EventsTwiceAndOutOfOrder(t *testing.T) {
	w := begin(t, publish.Repaired, nil)
	first := w.put("data/report.csv", "one")
	w.clock.Advance(time.Minute)
	second := w.put("data/report.csv", "two")
	if d := w.done(w.notify(second)[0]); d.Uploads != 1 {
		t.Errorf("%+v", d)
	}
	for _, event := range [][]byte{first, second} {
		if d := w.done(w.notify(event)[0]); d.Skipped == "" || d.Uploads != 0 || d.PurgeID != "" {
			t.Errorf("%+v", d)
		}
	}
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(0), page, "two")
	if m := w.Storage.Meters(); m.Uploads != 2 || w.bucket.Meters().Gets != 1 {
		t.Errorf("%d GETs, %+v", w.bucket.Meters().Gets, m)
	}
	w.bills(3)

	w = begin(t, publish.Published, onPath)
	event := w.put("/report.csv", "one")
	w.notify(event)
	w.notify(event)
	if m := w.Storage.Meters(); m.Uploads != 2 || w.bucket.Meters().Gets != 2 || w.Purge.Meters().Accepted != 2 {
		t.Errorf("%d GETs, %+v", w.bucket.Meters().Gets, m)
	}
	w.bills(2)
}

// F31: two runs of the published handler overlap. The first has downloaded the older
// version when the second one begins, and uploads it when the second one is done: viewers
// get the older version, and the bill is that of two changes.
func TestF31OlderVersionLast(t *testing.T) {
	held, free := make(chan struct{}), make(chan struct{})
	w := begin(t, publish.Published, func(c *lab.Config, env map[string]string) {
		onPath(c, env)
		env["AWS_ENDPOINT_URL_S3"] = holding(t, env["AWS_ENDPOINT_URL_S3"], held, free)
	})
	first, older := make(chan []function.Result, 1), w.put("/report.csv", "one")
	go func() { first <- w.async(older) }()
	<-held
	w.clock.Advance(time.Minute)
	second := w.async(w.put("/report.csv", "two"))
	w.sees(w.EdgeURL(0), "/report.csv", "two")
	w.clock.Advance(time.Second) // else both have one mtime, which is F30
	close(free)
	for _, results := range [][]function.Result{second, <-first} {
		if upload, purge := w.steps(results[0]); len(results) != 1 || upload.Status != 200 || purge.Status != 201 {
			t.Errorf("%d attempts, %+v, %+v", len(results), upload, purge)
		}
	}
	w.clock.Advance(48 * time.Hour) // the purges were of staging
	w.sees(w.EdgeURL(0), "/report.csv", "one")
	w.sees(w.bucket.URL(), "/reports//report.csv", "two")
	w.function.Settle()
	w.bills(2)
	w.asked(2+1, 2, 2)
}

// holding is a way to S3 that keeps the first object underway, and says so, until free.
func holding(t *testing.T, to string, held, free chan struct{}) string {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	var begun atomic.Bool
	server := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = r.In.Host },
		ModifyResponse: func(r *http.Response) error {
			if r.Request.Method == http.MethodGet && begun.CompareAndSwap(false, true) {
				close(held)
				<-free
			}
			return nil
		},
	})
	t.Cleanup(server.Close)
	return server.URL
}

// F31: the object changes while it is uploaded, so that the older upload could land
// last. Who uploads looks again, and uploads what is there by then.
func TestF31ChangeDuringTheUpload(t *testing.T) {
	var w *world
	changed := false
	w = begin(t, publish.Repaired, func(c *lab.Config, _ map[string]string) {
		c.Storage.Refuse = func(action, path string) int {
			if action == "upload" && !changed {
				changed = true
				w.put("data/report.csv", "two")
			}
			return 0
		}
	})
	if d := w.done(w.change("one")[0]); d.Uploads != 2 {
		t.Errorf("%+v", d)
	}
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(0), page, "two")
	w.bills(1)
	w.asked(2, 3, 1) // the report twice, and a note
}

// F31: whatever object the event names, the original publishes the configured one.
func TestF31UnrelatedObject(t *testing.T) {
	w := begin(t, publish.Published, onPath)
	w.put("/report.csv", "one")
	w.notify(w.put("other.csv", "another"))
	w.sees(w.EdgeURL(0), "/report.csv", "one")
	w.bills(1)
	w.asked(1, 1, 1)

	w = begin(t, publish.Repaired, nil)
	w.put("data/report.csv", "one")
	w.notify(w.put("data/Q3 report+ü.csv", "another"))
	w.sees(w.EdgeURL(0), "/data/Q3%20report+%C3%BC.csv", "another")
	removed := strings.Replace(string(w.put("data/report.csv", "gone")), "ObjectCreated:Put", "ObjectRemoved:Delete", 1)
	if d := w.done(w.notify([]byte(removed))[0]); d.Skipped != "ObjectRemoved:Delete" {
		t.Errorf("%+v", d)
	}
}

// F31: an upload in parts is CompleteMultipartUpload. A notification of Put alone, as the
// article sets it up, does not hear of it: the function is not run, and viewers keep the
// version before it. One of ObjectCreated:* does.
func TestF31UploadInParts(t *testing.T) {
	for filter, want := range map[string]string{"s3:ObjectCreated:Put": "one", "s3:ObjectCreated:*": "two"} {
		w := begin(t, publish.Repaired, nil, filter)
		w.change("one")
		w.clock.Advance(5 * time.Second)
		w.sees(w.EdgeURL(0), page, "one")
		w.inParts("data/report.csv", "two")
		events := w.bucket.Notifications()
		for _, e := range events {
			w.notify(e)
		}
		w.clock.Advance(5 * time.Second)
		w.sees(w.EdgeURL(0), page, want)
		w.bills(1 + len(events))
		if (len(events) == 1) != (want == "two") {
			t.Errorf("%s: %d notifications", filter, len(events))
		}
	}
}
