package publish_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdoor/akamai"
	"frontdoor/handlers/publish"
	lab "frontdoor/lab/akamai"
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
