package publish_test

import (
	"bytes"
	"sync/atomic"
	"testing"
	"time"

	"frontdoor/akamai"
	"frontdoor/handlers/publish"
	lab "frontdoor/lab/akamai"
	"frontdoor/lab/function"
)

// failure is one thing that goes wrong, the first time.
type failure struct {
	name                    string
	upload, purge           int  // the status of the first call of each; 0 is as it should be
	hangs                   bool // instead: the call has no answer within the function's timeout
	lost                    bool // the object is not in the bucket
	noContent               bool // an upload is answered by 204
	published, repaired     int  // attempts of Lambda
	stored, accepted, fresh [2]bool
}

// Published and repaired, in this order: is the new version at NetStorage, was a purge
// accepted, do viewers have it five seconds later. What costs is the attempts: one
// invocation, one download and, if it came so far, one upload each.
func failures() []failure {
	both, none, second := [2]bool{true, true}, [2]bool{}, [2]bool{false, true}
	return []failure{
		{name: "nothing fails", published: 1, repaired: 1, stored: both, accepted: both, fresh: second},
		{name: "download fails", lost: true, published: 3, repaired: 3, stored: none, accepted: none, fresh: none},
		{name: "upload 403", upload: 403, published: 1, repaired: 2, stored: second, accepted: both, fresh: second},
		{name: "upload 204", noContent: true, published: 1, repaired: 1, stored: both, accepted: both, fresh: second},
		{name: "upload hangs", upload: 1, hangs: true, published: 2, repaired: 2, stored: both, accepted: both, fresh: second},
		{name: "purge 429", purge: 429, published: 1, repaired: 2, stored: both, accepted: second, fresh: second},
		{name: "purge 403", purge: 403, published: 1, repaired: 2, stored: both, accepted: second, fresh: second},
		{name: "purge 500", purge: 500, published: 1, repaired: 2, stored: both, accepted: second, fresh: second},
		{name: "purge hangs", purge: 1, hangs: true, published: 2, repaired: 2, stored: both, accepted: both, fresh: second},
	}
}

// The publisher under partial failure. The published one is never fresh, since its purge is
// of the staging network; and where an attempt fails silently nobody tries again.
func TestPartialFailure(t *testing.T) {
	for _, f := range failures() {
		for i, form := range []publish.Form{publish.Published, publish.Repaired} {
			t.Run(f.name+", "+string(form), func(t *testing.T) {
				t.Parallel()
				f.try(t, form, i)
			})
		}
	}
}

func (f failure) try(t *testing.T, form publish.Form, i int) {
	var armed atomic.Bool
	first := func(status int) int {
		if status == 0 || !armed.Swap(false) {
			return 0
		}
		if f.hangs {
			time.Sleep(5 * time.Second) // longer than the function has
			return 0
		}
		return status
	}
	w := begin(t, form, func(c *lab.Config, env map[string]string) {
		env["S3_PATH"], env["TIMEOUT"] = "", "4s"
		c.Storage.NoContent = f.noContent
		c.Storage.Refuse = func(action, _ string) int {
			if action != "upload" {
				return 0
			}
			return first(f.upload)
		}
		c.Purge.Refuse = func() int { return first(f.purge) }
	})
	key := "report.csv"
	if form == publish.Published {
		key = "/report.csv" // as the original has it without a folder
	}
	if f.lost {
		f.check(w, i, w.notify(bytes.ReplaceAll(w.put("other.csv", "one"), []byte("other.csv"), []byte("report.csv"))), 0)
		return
	}
	w.notify(w.put(key, "one"))
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(0), "/report.csv", "one")
	event := w.put(key, "two")
	before := w.Purge.Meters().Accepted
	armed.Store(true)
	f.check(w, i, w.notify(event), before)
	want := "one"
	if f.fresh[i] {
		want = "two"
	}
	w.clock.Advance(5 * time.Second)
	w.sees(w.EdgeURL(0), "/report.csv", want)
}

// check compares what came of the event, and its bill, with what was to come.
func (f failure) check(w *world, i int, results []function.Result, before int) {
	w.t.Helper()
	attempts := []int{f.published, f.repaired}[i]
	if len(results) != attempts {
		w.t.Errorf("%d attempts, want %d: %+v", len(results), attempts, results)
	}
	store := akamai.NetStorage{URL: w.StorageURL(), Account: "UploadAccountMedia", Key: "abcdefghij"}
	body, err := store.Download(w.t.Context(), "/832468/report.csv")
	if stored := string(body) == "two"; stored != f.stored[i] {
		w.t.Errorf("NetStorage has %q, %v", body, err)
	}
	if accepted := w.Purge.Meters().Accepted > before; accepted != f.accepted[i] {
		w.t.Errorf("purge accepted: %v", accepted)
	}
	runs := attempts
	if !f.lost {
		runs++ // of the version before
	}
	w.bills(runs)
}
