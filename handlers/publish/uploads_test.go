package publish_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"frontdoor/handlers/publish"
	lab "frontdoor/lab/akamai"
)

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
