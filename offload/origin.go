package offload

import (
	"context"
	"time"

	"frontdoor/offload/cdn"
)

// bucket is S3 as an origin: it always has the current version.
type bucket struct{ r *run }

var _ cdn.Origin = bucket{}

func (b bucket) Get(_ context.Context, now time.Time, _ string, since *cdn.Copy) (cdn.Answer, error) {
	v := b.r.history.version(now)
	return b.r.serve(&b.r.out.S3, cdn.Copy{Version: v, Size: b.r.p.Size, Modified: b.r.history.modified(v)}, since), nil
}

// replica is one of NetStorage's copies of the object.
type replica struct {
	r      *run
	copy   cdn.Copy
	upload int // number of the one that it has
}

var _ cdn.Origin = (*replica)(nil)

func (n *replica) Get(_ context.Context, _ time.Time, _ string, since *cdn.Copy) (cdn.Answer, error) {
	return n.r.serve(&n.r.out.NetStorage, n.copy, since), nil
}

// serve answers like an origin that knows If-Modified-Since, and counts.
func (r *run) serve(count *Requests, current cdn.Copy, since *cdn.Copy) cdn.Answer {
	if cdn.Unchanged(current, since) {
		count.NotModified += r.counted()
		return cdn.Answer{Status: 304}
	}
	count.Full += r.counted()
	count.Bytes += r.counted() * current.Size
	return cdn.Answer{Status: 200, Copy: current}
}
