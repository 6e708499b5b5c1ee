package publish_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdoor/akamai"
	"frontdoor/handlers/publish"
	lab "frontdoor/lab/akamai"
	"frontdoor/lab/function"
	"frontdoor/offload/cdn"
)

const page = "/data/report.csv"

// onPath is the published handler where its path is right: S3_PATH empty, and so the
// key begins with a slash.
func onPath(_ *lab.Config, env map[string]string) { env["S3_PATH"] = "" }

// The repaired handler: every viewer has the new version five seconds behind the
// purge, and the bill is one invocation, one GET, one HEAD and one upload for each change.
func TestRepairedPublishes(t *testing.T) {
	w := begin(t, publish.Repaired, nil)
	for i, body := range []string{"one", "two", "three"} {
		results := w.change(body)
		if d := w.done(results[0]); len(results) != 1 || d.Uploads != 1 || d.PurgeID == "" || d.Skipped != "" {
			t.Errorf("%d attempts, %+v", len(results), d)
		}
		w.clock.Advance(5 * time.Second)
		w.sees(w.EdgeURL(0), page, body)
		w.sees(w.EdgeURL(1), page, body)
		if m := w.Storage.Meters(); m.Uploads != 2*(i+1) || w.bucket.Meters().Gets != i+1 || w.bucket.Meters().Heads != i+1 {
			t.Errorf("%d GETs, %d HEADs, %+v", w.bucket.Meters().Gets, w.bucket.Meters().Heads, m)
		}
	}
	w.bills(3)
	if m := w.Purge.Meters(); m.Accepted != 3 || m.Objects != 3 || m.Refused != 0 {
		t.Errorf("%+v", m)
	}
}

// F23: option A over a real bucket. Viewers read each hour, the job invalidates at 02:00.
// An early change waits for the job; a late one has the old version confirmed (304) and
// waits a day, or for somebody; without a change the job costs a 304 without a body.
func TestF23LateEarlyAndNoUpdate(t *testing.T) {
	w := begin(t, publish.Repaired, func(c *lab.Config, _ map[string]string) { c.Edge.Origin, c.Edge.Edges = "s3", 1 })
	put := func(body string) { w.put("report.csv", body) }
	job := func() {
		if _, err := w.purge.Do(t.Context(), akamai.Purge{Action: akamai.Invalidate, By: akamai.ByURL, Network: akamai.Production, Objects: []any{"https://www.example.com/report.csv"}}); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(5 * time.Second)
	}
	hours := func(n int, body string) {
		t.Helper()
		for range n {
			w.clock.Advance(time.Hour)
			w.sees(w.EdgeURL(0), "/report.csv", body)
		}
	}
	asked := func(full, unchanged int) {
		t.Helper()
		if w.bucket.Meters().Gets != full || w.bucket.Meters().NotModified != unchanged || w.bucket.Meters().SentBytes != 3*int64(full) {
			t.Errorf("S3 answered %d times 200, %d times 304, %d bytes; want %d and %d", w.bucket.Meters().Gets, w.bucket.Meters().NotModified, w.bucket.Meters().SentBytes, full, unchanged)
		}
	}
	put("one")
	hours(1, "one")
	asked(1, 0)

	put("two") // early: the old version until the job
	hours(2, "one")
	job()
	hours(21, "two")
	asked(2, 0)

	job() // and nothing changed
	hours(24, "two")
	asked(2, 1)

	job()
	hours(1, "two") // the first read behind the job confirms the old version
	put("thr")      // late by an hour
	hours(23, "two")
	job()
	hours(1, "thr")
	asked(3, 2)

	put("fou") // late again, and somebody purges half an hour later
	w.clock.Advance(30 * time.Minute)
	w.sees(w.EdgeURL(0), "/report.csv", "thr")
	job()
	hours(1, "fou")
	asked(4, 2)
	w.bills(0) // no function is part of option A
}

// F24: 201 says accepted. Within the five seconds a viewer has the old version; behind
// them the new one.
func TestF24PurgeIsNotYetDone(t *testing.T) {
	w := begin(t, publish.Repaired, nil)
	w.change("one")
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(0), page, "one")
	if d := w.done(w.change("two")[0]); d.PurgeID == "" {
		t.Fatalf("%+v", d)
	}
	w.clock.Advance(4999 * time.Millisecond)
	w.sees(w.EdgeURL(0), page, "one")
	w.clock.Advance(time.Millisecond)
	w.sees(w.EdgeURL(0), page, "two")
	w.bills(2)
	w.asked(2, 4, 2)
}

// F25: the published handler purges staging. Production keeps the old version until
// the property's TTL is over; both purges cost the same, nothing.
func TestF25PurgeOfTheWrongNetwork(t *testing.T) {
	w := begin(t, publish.Published, onPath)
	w.notify(w.put("/report.csv", "one"))
	w.clock.Advance(time.Minute)
	w.sees(w.EdgeURL(0), "/report.csv", "one")
	w.sees(w.StagingURL(0), "/report.csv", "one")
	upload, purge := w.steps(w.notify(w.put("/report.csv", "two"))[0])
	if upload.Status != 200 || purge.Status != 201 {
		t.Errorf("%+v, %+v", upload, purge)
	}
	w.clock.Advance(time.Minute)
	w.sees(w.StagingURL(0), "/report.csv", "two")
	w.clock.Advance(47*time.Hour + 58*time.Minute)
	w.sees(w.EdgeURL(0), "/report.csv", "one")
	w.clock.Advance(time.Minute)
	w.sees(w.EdgeURL(0), "/report.csv", "two")
	w.bills(2)
}

// Bodies are JSON within JSON, as the original returns them.
func TestPublishedEncodesBodiesTwice(t *testing.T) {
	w := begin(t, publish.Published, onPath)
	upload, purge := w.steps(w.notify(w.put("/report.csv", "one"))[0])
	if upload.Body != `"<HTML>Request Processed</HTML>"` && upload.Body != `"\u003cHTML\u003eRequest Processed\u003c/HTML\u003e"` {
		t.Errorf("%s", upload.Body)
	}
	var text string
	var accepted akamai.Accepted
	if json.Unmarshal([]byte(purge.Body), &text) != nil || json.Unmarshal([]byte(text), &accepted) != nil || accepted.HTTPStatus != 201 {
		t.Errorf("%s", purge.Body)
	}
	if left, _ := os.ReadDir(w.tmp); len(left) != 0 {
		t.Errorf("temporary files: %v", left)
	}
}

// F26: thirty CP codes a minute, after 300. The published handler takes 429 for a result,
// and nobody tries again; the repaired one fails, and Lambda's retry a minute later finds
// the bucket refilled.
func TestF26PurgeThrottled(t *testing.T) {
	exhaust := func(w *world) {
		objects := make([]any, 300)
		for i := range objects {
			objects[i] = 832468
		}
		if _, err := w.purge.Do(t.Context(), akamai.Purge{Action: akamai.Invalidate, By: akamai.ByCPCode, Network: akamai.Staging, Objects: objects}); err != nil {
			t.Fatal(err)
		}
	}
	w := begin(t, publish.Published, onPath)
	exhaust(w)
	upload, purge := w.steps(w.notify(w.put("/report.csv", "one"))[0])
	if upload.Status != 200 || purge.Status != 429 || !strings.Contains(purge.Body, "CPCODE Rate Limit exceeded") {
		t.Errorf("%+v, %+v", upload, purge)
	}
	w.bills(1)

	w = begin(t, publish.Repaired, func(c *lab.Config, _ map[string]string) {
		c.Purge.Limits = cdn.FastPurge()
		c.Purge.Limits.URLs = cdn.Rate{Tokens: 1, PerSecond: 1.0 / 60}
	})
	w.change("one")
	w.bills(1)
	results := w.change("two")
	if len(results) != 2 || results[0].Error == nil || !strings.Contains(results[0].Error.Message, "URL Rate Limit exceeded") || w.done(results[1]).PurgeID == "" {
		t.Errorf("%d attempts: %+v", len(results), results)
	}
	w.bills(3)
	if m := w.Storage.Meters(); m.Uploads != 2+1+2 || w.Purge.Meters().Throttled != 1 { // report and note; report; report and note
		t.Errorf("%+v, %+v", m, w.Purge.Meters())
	}
}

// F29: the path of folder and CP code grown together is no CP code of the account: 403. The
// upload is a result like any other, the temporary file stays, and the purge is sent.
func TestF29PathOutsideTheCPCode(t *testing.T) {
	w := begin(t, publish.Published, nil)
	results := w.change("one")
	upload, purge := w.steps(results[0])
	if len(results) != 1 || upload.Status != 403 || !strings.Contains(upload.Body, "data832468") || purge.Status != 201 {
		t.Errorf("%d attempts, %+v, %+v", len(results), upload, purge)
	}
	if m := w.Storage.Meters(); m.Uploads != 0 || m.StoredBytes != 0 || m.UploadedBytes != 3 {
		t.Errorf("refused, and yet the body has left AWS: %+v", m)
	}
	if _, err := os.Stat(filepath.Join(w.tmp, "report.csv")); err != nil {
		t.Errorf("the temporary file is gone: %v", err)
	}
	w.bills(1)
}

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

// F32: the last commit fails behind the download. Lambda runs it three times; nothing is
// uploaded and nothing purged. The bill: three invocations, three HEADs and GETs.
func TestF32NameError(t *testing.T) {
	w := begin(t, publish.Head, nil)
	results := w.change("one")
	if len(results) != 3 {
		t.Fatalf("%d attempts", len(results))
	}
	for _, r := range results {
		if r.Error == nil || r.Error.Message != "name 'NS_CP' is not defined" {
			t.Errorf("%+v", r.Error)
		}
	}
	if m := w.Storage.Meters(); m.Calls != 0 || w.Purge.Meters().Requests != 0 || w.bucket.Meters().Gets != 3 || w.bucket.Meters().Heads != 3 {
		t.Errorf("%d GETs, %d HEADs, %+v, %+v", w.bucket.Meters().Gets, w.bucket.Meters().Heads, m, w.Purge.Meters())
	}
	w.bills(3)
}

// F33: an upload that is refused. The published handler purges all the same, is content,
// and publishes nothing; the repaired one sends no purge and comes again.
func TestF33UploadFails(t *testing.T) {
	for _, status := range []int{403, 412, 500, 503} {
		fails := 1
		refuse := func(c *lab.Config, _ map[string]string) {
			c.Storage.Refuse = func(action, _ string) int {
				if action == "upload" && fails > 0 {
					fails--
					return status
				}
				return 0
			}
		}
		w := begin(t, publish.Published, func(c *lab.Config, env map[string]string) { onPath(c, env); refuse(c, env) })
		results := w.notify(w.put("/report.csv", "one"))
		upload, purge := w.steps(results[0])
		if len(results) != 1 || upload.Status != status || purge.Status != 201 || w.Storage.Meters().Uploads != 0 {
			t.Errorf("published, %d: %d attempts, %+v, %+v", status, len(results), upload, purge)
		}
		w.bills(1)

		fails = 1
		w = begin(t, publish.Repaired, refuse)
		results = w.change("one")
		if len(results) != 2 || results[0].Error == nil || w.done(results[1]).Uploads != 1 || w.Purge.Meters().Accepted != 1 {
			t.Errorf("repaired, %d: %d attempts, %+v", status, len(results), w.Purge.Meters())
		}
		w.clock.Advance(5 * time.Second)
		w.sees(w.EdgeURL(0), page, "one")
		w.bills(2)

		fails = 3
		w = begin(t, publish.Repaired, refuse)
		if results = w.change("one"); len(results) != 3 || results[2].Error == nil || w.Purge.Meters().Requests != 0 {
			t.Errorf("repaired, %d for good: %d attempts, %+v", status, len(results), w.Purge.Meters())
		}
		w.bills(3)
	}
}

// F33: 204 is a success that the original's kit does not know: the upload is there, the
// temporary file stays, and so does a full disk in the end.
func TestF33UploadWithoutContent(t *testing.T) {
	w := begin(t, publish.Published, func(c *lab.Config, env map[string]string) { onPath(c, env); c.Storage.NoContent = true })
	upload, _ := w.steps(w.notify(w.put("/report.csv", "one"))[0])
	if _, err := os.Stat(filepath.Join(w.tmp, "report.csv")); upload.Status != 204 || err != nil {
		t.Errorf("%+v, %v", upload, err)
	}
	w.sees(w.EdgeURL(0), "/report.csv", "one")
	w.bills(1)
	w.asked(1, 1, 1)
}

// F34: a cache that asks a replica which lags, behind the purge, has the old version
// confirmed. It stays for the TTL of copies from NetStorage, ten minutes at least: T is the
// bound of B's staleness.
func TestF34ReplicationLag(t *testing.T) {
	w := begin(t, publish.Repaired, func(c *lab.Config, _ map[string]string) {
		c.Edge.TTL = 10 * time.Minute
		c.Storage.Lag = func() time.Duration { return time.Minute }
	})
	w.change("one")
	w.clock.Advance(2 * time.Minute)
	w.sees(w.EdgeURL(0), page, "one")
	w.sees(w.EdgeURL(1), page, "one")
	w.change("two")
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(0), page, "two") // asks the replica that took the upload
	w.sees(w.EdgeURL(1), page, "one") // asks the other one: 304
	w.clock.Advance(10*time.Minute - time.Second)
	w.sees(w.EdgeURL(1), page, "one")
	w.clock.Advance(time.Second)
	w.sees(w.EdgeURL(1), page, "two")
	w.bills(2)
	w.asked(2, 4, 2)
}

// A replica that knows what it lacks passes the request on, as Akamai's does.
func TestF34Rerouted(t *testing.T) {
	w := begin(t, publish.Repaired, func(c *lab.Config, _ map[string]string) {
		c.Storage.Lag, c.Storage.Reroute = func() time.Duration { return time.Hour }, true
	})
	w.change("one")
	w.sees(w.EdgeURL(1), page, "one")
	w.change("two")
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(1), page, "two")
}

// Sequencers compare as AWS says: the shorter one filled up on the right.
func TestAfter(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"0055AED6DCD90281E5", "0055AED6DCD90281E4", true},
		{"0055AED6DCD90281E5", "0055AED6DCD90281E5", false},
		{"0055AED6DCD90281E4", "0055AED6DCD90281E5", false},
		{"0055AED6DD", "0055AED6DCD90281E5", true},
		{"0055AED6DC", "0055AED6DC00", false},
		{"0055AED6DC01", "0055AED6DC", true},
	} {
		if got := publish.After(c.a, c.b); got != c.want {
			t.Errorf("%s after %s: %v", c.a, c.b, got)
		}
	}
}
