package offload

import (
	"math/rand/v2"
	"time"

	"frontdoor/offload/cdn"
)

// publisher is option B: NetStorage, and the function that S3's notifications run.
type publisher struct {
	r         *run
	bugs      Bugs
	rng       *rand.Rand
	nearest   *rand.Rand  // which replica an upload reaches
	replicas  [2]*replica // a cache asks always the same one
	uploads   int
	modified  time.Time // of the last upload
	sequencer int       // version whose event was last published to its end
	purged    int       // versions up to this one have had their production purge
}

func newPublisher(r *run) *publisher {
	b := &publisher{r: r, bugs: r.p.Publish.Bugs, rng: rand.New(rand.NewPCG(r.seed, streamPublish)), nearest: rand.New(rand.NewPCG(r.seed, streamReplicas)), modified: r.history.modified(0)}
	switch r.option {
	case BHead:
		b.bugs = Head()
	case BPublished:
		b.bugs = Published()
	}
	for i := range b.replicas {
		b.replicas[i] = &replica{r: r, copy: cdn.Copy{Size: r.p.Size, Modified: r.history.modified(0)}}
	}
	r.out.StoredBytes = r.p.Size * int64(r.p.Publish.Replicas)
	for i, c := range r.history.changes {
		if b.bugs.PutOnly && !c.put {
			continue // CompleteMultipartUpload does not match the filter
		}
		for range c.events {
			r.at(c.at.Add(r.p.Publish.Event.draw(b.rng)), func() { b.invoke(i+1, 0) })
		}
	}
	return b
}

// origin is the replica that the topmost cache number i asks.
func (b *publisher) origin(i int) cdn.Origin { return b.replicas[i%len(b.replicas)] }

// invoke runs the function for the event of version v; attempt counts from 0.
func (b *publisher) invoke(v, attempt int) {
	p, r := &b.r.p.Publish, b.r
	r.out.Invocations += r.counted()
	r.out.LogBytes += r.counted() * p.LogBytes
	took := p.Init.draw(b.rng)
	if !b.bugs.NoGuard && v <= b.sequencer {
		b.bill(took)
		return // published already, or superseded
	}
	took += p.Get.draw(b.rng)
	r.out.FunctionGets += r.counted()
	r.out.FunctionHeads += r.counted()
	if b.bugs.NameError {
		b.bill(took)
		b.retry(v, attempt)
		return
	}
	got := r.history.version(r.now.Add(took)) // the function downloads what is there, not what the event was about
	upload := p.Upload.draw(b.rng)
	took += upload
	if v > 0 && r.history.changes[v-1].swapped {
		took -= upload // its own upload is quick, and lands before that of the change before it
	} else if v < len(r.history.changes) && r.history.changes[v].swapped {
		got, took = v, took+2*time.Second
	}
	r.after(took, func() { b.uploaded(v, got, attempt, took) })
}

// uploaded is the answer of NetStorage, and what the function does next.
func (b *publisher) uploaded(v, got, attempt int, took time.Duration) {
	p, r := &b.r.p.Publish, b.r
	r.out.Uploads += r.counted()
	r.out.UploadBytes += r.counted() * r.p.Size
	failed := b.bugs.WrongPath || b.rng.Float64() < r.p.Faults.UploadFails
	if failed {
		r.out.UploadsFailed += r.counted()
	} else if b.bugs.NoGuard || got > b.sequencer {
		b.store(got)
	}
	if failed && !b.bugs.PurgeAnyway {
		b.bill(took)
		b.retry(v, attempt)
		return
	}
	wait := time.Duration(0)
	if !b.bugs.PurgeAnyway {
		wait = p.Settle
	}
	b.bill(took + wait + p.PurgeCall)
	r.after(wait, func() { b.purge(v, got, attempt, failed) })
}

// store puts version v on one replica at once, whichever the upload reached, and on the
// other one later. Replicas keep the order of uploads.
func (b *publisher) store(v int) {
	c := cdn.Copy{Version: v, Size: b.r.p.Size, Modified: b.r.history.modified(v)}
	if b.bugs.KeepMTime {
		c.Modified = b.r.now.Truncate(time.Second)
	} else if !c.Modified.After(b.modified) {
		c.Modified = b.modified.Add(time.Second)
	}
	b.modified = c.Modified
	b.uploads++
	upload, first := b.uploads, b.nearest.IntN(len(b.replicas))
	lag := b.r.p.Publish.Replication.draw(b.rng)
	for i, n := range b.replicas {
		land := func() {
			if upload > n.upload {
				n.copy, n.upload = c, upload
			}
			b.visible()
		}
		if i == first {
			land()
		} else {
			b.r.after(lag, land)
		}
	}
}

// purge sends the purge. Behind a failed one the repaired handler fails, and Lambda
// tries again; the published one returns the refusal as its result.
func (b *publisher) purge(v, got, attempt int, failed bool) {
	r := b.r
	by := "url"
	if b.bugs.ByCPCode {
		by = "cpcode"
	}
	refused := b.rng.Float64() < r.p.Faults.PurgeFails
	if refused {
		r.out.Purges += r.counted()
		r.out.PurgesFailed += r.counted()
	}
	if refused || !r.purge(by) {
		if !b.bugs.PurgeAnyway {
			b.retry(v, attempt)
		}
		return
	}
	b.sequencer = max(b.sequencer, v)
	if b.bugs.Staging {
		return
	}
	r.after(r.p.PurgeEffect, func() {
		r.caches.Invalidate(func(string) bool { return true })
		if b.bugs.ByCPCode {
			r.out.NetStorage.NotModified += r.counted() * int64(r.p.tops()*r.p.Publish.Neighbours)
		}
		if !failed {
			b.purged = max(b.purged, got)
		}
		b.visible()
	})
}

// visible closes the windows of versions that every replica has and that a purge
// was done for.
func (b *publisher) visible() {
	b.r.closed(min(b.purged, b.replicas[0].copy.Version, b.replicas[1].copy.Version))
}

func (b *publisher) retry(v, attempt int) {
	if waits := retryWaits(); attempt < len(waits) {
		b.r.after(waits[attempt], func() { b.invoke(v, attempt+1) })
	}
}

// bill adds one invocation's duration, INIT included as Lambda bills it since
// 2025-08-01, in whole milliseconds.
// https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
func (b *publisher) bill(took time.Duration) {
	ms := int64((took + time.Millisecond - 1) / time.Millisecond)
	b.r.out.BilledMS += b.r.counted() * ms
	b.r.out.GBSeconds += float64(b.r.counted()*ms) / 1000 * float64(b.r.p.Publish.MemoryMB) / 1024
}
