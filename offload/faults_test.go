package offload_test

import (
	"testing"
	"time"

	"frontdoor/offload"
)

// quiet is the system with nothing left to chance but phases: changes on the minute
// at 02:00, no delay that varies, 120 days.
func quiet() offload.Params {
	p := system(10, 2)
	p.Days, p.PurgeEffect = 120, 5*time.Second
	p.Changes.Deviation = 0
	b := &p.Publish
	for _, d := range []*offload.Delay{&b.Event, &b.Init, &b.Get, &b.Upload, &b.Replication} {
		d.Sigma = 0
	}
	b.Replication.Median = 0
	return p
}

func run(t *testing.T, p offload.Params, option offload.Option) offload.Outcome {
	t.Helper()
	r := offload.Evaluate(p, 11, option)
	o, ok := r.Of(option)
	if !ok || len(r.Outcomes) != 1 {
		t.Fatalf("%d outcomes", len(r.Outcomes))
	}
	return o
}

// Without a fault every change is published once, and no read is stale for longer than
// the chain takes: 1 s + 1.5 s + 0.2 s + 1 s, and the purge's 5 s.
func TestNoFault(t *testing.T) {
	o := run(t, quiet(), offload.B)
	const chain = 8700 * time.Millisecond
	if o.Invocations != o.Changes || o.Uploads != o.Changes || o.Purges != o.Changes || o.FunctionGets != o.Changes || o.Never != 0 {
		t.Errorf("%+v", o)
	}
	if o.Window.Max != chain || o.Staleness.Max >= chain || o.S3.Total() != 0 {
		t.Errorf("window %v, staleness %v", o.Window.Max, o.Staleness.Max)
	}
	// 3 s of a cold function of 128 MB: 1.5 + 0.2 + 1 + 0.3.
	if want := 3000 * o.Changes; o.BilledMS != want || !near(o.GBSeconds, float64(want)/1000/8, 1e-6) {
		t.Errorf("%d ms, %v GB-s for %d changes", o.BilledMS, o.GBSeconds, o.Changes)
	}
}

// F23: on days without a change A's job is answered by 304, without a byte.
func TestDaysWithoutAChange(t *testing.T) {
	p := quiet()
	p.Schedule.Margin = time.Hour
	p.Changes.Miss = 0.5
	o := run(t, p, offload.A)
	missed := int64(p.Days) - o.Changes
	if o.S3.NotModified != 2*missed || o.S3.Full != 2*o.Changes || o.S3.Bytes != o.S3.Full*p.Size || missed < 30 {
		t.Errorf("%d days without a change: %+v", missed, o.S3)
	}
	p.Changes.Miss = 1
	if o := run(t, p, offload.B); o.Changes != 0 || o.Invocations != 0 || o.Egress() != 0 || o.Window != nil || o.StaleReads != 0 {
		t.Errorf("never a change: %+v", o)
	}
}

// F24: a purge that takes an hour leaves an hour of stale reads.
func TestSlowPurge(t *testing.T) {
	p := quiet()
	p.Publish.TTL = 48 * time.Hour // else it ends them
	fast := run(t, p, offload.B)
	p.PurgeEffect = time.Hour
	slow := run(t, p, offload.B)
	if perDay := float64(slow.StaleReads) / float64(p.Days); !near(perDay, 10, 0.2) || fast.StaleReads > slow.StaleReads/50 {
		t.Errorf("%v stale reads a day of 10 an hour; %d with a fast purge", perDay, fast.StaleReads)
	}
}

// Each bug alone, against the same history without it.
func TestEachBugAlone(t *testing.T) {
	base := run(t, quiet(), offload.B)
	for name, c := range map[string]struct {
		bug   func(*offload.Bugs)
		fault func(*offload.Params)
		check func(o, without offload.Outcome) bool
	}{
		"F32 NameError": {func(b *offload.Bugs) { b.NameError = true }, nil, func(o, _ offload.Outcome) bool {
			return o.Invocations == 3*o.Changes && o.FunctionGets == 3*o.Changes && o.Uploads == 0 && o.Purges == 0 && o.Never == o.Changes && o.StaleReads == o.Reads
		}},
		"F29 wrong path": {func(b *offload.Bugs) { b.WrongPath = true }, nil, func(o, _ offload.Outcome) bool {
			return o.Invocations == 3*o.Changes && o.UploadsFailed == o.Uploads && o.Uploads == 3*o.Changes && o.Egress() == o.Uploads*1e6 && o.Never == o.Changes
		}},
		"F29 and F33": {func(b *offload.Bugs) { b.WrongPath, b.PurgeAnyway = true, true }, nil, func(o, _ offload.Outcome) bool {
			return o.Invocations == o.Changes && o.Purges == o.Changes && o.Never == o.Changes
		}},
		"F25 staging": {func(b *offload.Bugs) { b.Staging = true }, nil, func(o, _ offload.Outcome) bool {
			// The TTL of ten minutes brings the new version all the same; no window is closed.
			return o.Purges == o.Changes && o.Never == o.Changes && o.Staleness.Max < 11*time.Minute && o.StaleReads > base.StaleReads
		}},
		"F30 equal mtime": {func(b *offload.Bugs) { b.KeepMTime = true }, func(p *offload.Params) { p.Faults.Double = 1 }, func(o, without offload.Outcome) bool {
			return o.StaleReads >= without.StaleReads && o.Uploads == o.Changes
		}},
		"F31 multipart": {func(b *offload.Bugs) { b.PutOnly = true }, func(p *offload.Params) { p.Faults.Multipart = 0.5 }, func(o, without offload.Outcome) bool {
			return o.Invocations < o.Changes*6/10 && o.StaleReads > o.Reads/4 && without.Invocations == without.Changes
		}},
		"F31 duplicate": {func(b *offload.Bugs) { b.NoGuard = true }, func(p *offload.Params) { p.Faults.Duplicate, p.Publish.Event.Sigma = 1, 2 }, func(o, without offload.Outcome) bool {
			return o.Invocations == 2*o.Changes && o.Uploads == 2*o.Changes && without.Invocations == 2*o.Changes && without.Uploads < o.Uploads*4/5
		}},
		"F31 out of order": {func(b *offload.Bugs) { b.NoGuard, b.KeepMTime = true, true }, func(p *offload.Params) { p.Faults.Double, p.Faults.Swapped = 1, 1 }, func(o, without offload.Outcome) bool {
			return o.StaleReads > o.Reads*9/10 && without.StaleReads < o.Reads/100 // the first of two, every day
		}},
		"F33 purge anyway": {func(b *offload.Bugs) { b.PurgeAnyway = true }, func(p *offload.Params) { p.Faults.UploadFails = 0.5 }, func(o, without offload.Outcome) bool {
			return o.Invocations == o.Changes && o.Purges == o.Changes && o.StaleReads > o.Reads/3 && without.StaleReads < o.StaleReads/2 && without.Invocations > o.Changes
		}},
		"CP code": {func(b *offload.Bugs) { b.ByCPCode = true }, func(p *offload.Params) { p.Publish.Neighbours = 99 }, func(o, without offload.Outcome) bool {
			return o.NetStorage.NotModified-without.NetStorage.NotModified == 2*99*o.Changes
		}},
	} {
		p := quiet()
		if c.fault != nil {
			c.fault(&p)
		}
		without := run(t, p, offload.B)
		c.bug(&p.Publish.Bugs)
		if o := run(t, p, offload.B); !c.check(o, without) {
			t.Errorf("%s:\nwith    %+v\nwithout %+v", name, o, without)
		}
	}
}

// F30: a warm function, two changes 0.9 s apart, and somebody reads between them. The
// second version is not seen until the next change, since every revalidation is
// answered by 304.
func TestEqualMTimePinsForGood(t *testing.T) {
	p := quiet()
	p.Faults.Double, p.Faults.Gap, p.ReadsPerHour = 1, 900*time.Millisecond, 3600
	p.Days, p.Edges, p.Parents, p.PurgeEffect = 2, 1, 0, 10*time.Millisecond
	b := &p.Publish
	b.TTL, b.Init.Median, b.PurgeCall = 48*time.Hour, 0, 0
	for _, d := range []*offload.Delay{&b.Event, &b.Get, &b.Upload} {
		d.Median = 10 * time.Millisecond
	}
	b.Bugs.KeepMTime = true
	pinned := run(t, p, offload.B)
	b.Bugs.KeepMTime = false
	bumped := run(t, p, offload.B)
	if pinned.StaleShare() < 0.99 || bumped.StaleShare() > 0.001 {
		t.Errorf("stale: %v with equal times, %v with bumped ones", pinned.StaleShare(), bumped.StaleShare())
	}
}

// F34: a replica that lags a purge is asked, answers 304, and the old version stays
// for the TTL; a function that waits for it does not have that.
func TestReplicationLag(t *testing.T) {
	p := quiet()
	p.Edges = 30 // one of them reads in each few minutes
	p.Publish.Replication.Median = time.Hour
	pinned := run(t, p, offload.B)
	if pinned.Staleness.Max < 50*time.Minute || pinned.Staleness.Max > time.Hour+2*p.Publish.TTL {
		t.Errorf("staleness up to %v", pinned.Staleness.Max)
	}
	p.Publish.TTL = 24 * time.Hour
	if longer := run(t, p, offload.B); longer.Staleness.Max < 12*time.Hour {
		t.Errorf("a TTL of a day: staleness up to %v", longer.Staleness.Max)
	}
	p.Publish.Settle = time.Hour
	if waited := run(t, p, offload.B); waited.Staleness.Max > time.Hour+time.Minute {
		t.Errorf("behind a wait of an hour: staleness up to %v", waited.Staleness.Max)
	}
}

// Purges that are refused are sent again by the repaired handler, with the retries of Lambda,
// and by nobody where a refusal is no error.
func TestPurgeRefused(t *testing.T) {
	p := quiet()
	p.Faults.PurgeFails = 1
	o := run(t, p, offload.B)
	if o.Purges != 3*o.Changes || o.PurgesFailed != o.Purges || o.Invocations != 3*o.Changes || o.Never != o.Changes {
		t.Errorf("%+v", o)
	}
	p.Publish.Bugs.PurgeAnyway = true
	if o := run(t, p, offload.B); o.Purges != o.Changes || o.Invocations != o.Changes {
		t.Errorf("%+v", o)
	}
}

// Whatever the parameters are, the counts belong together.
func FuzzEvaluate(f *testing.F) {
	f.Add(uint64(1), uint8(3), uint8(1), uint16(60), uint16(600), uint8(10), uint8(20), uint8(0), true)
	f.Add(uint64(9), uint8(1), uint8(0), uint16(1), uint16(1), uint8(100), uint8(100), uint8(100), false)
	f.Add(uint64(2), uint8(7), uint8(7), uint16(2880), uint16(0), uint8(0), uint8(0), uint8(50), true)
	f.Fuzz(func(t *testing.T, seed uint64, edges, parents uint8, ttl, deviation uint16, miss, double, fails uint8, poisson bool) {
		p := offload.Defaults()
		p.Days, p.Edges, p.Parents, p.Poisson = 3, 1+int(edges%8), int(parents%4), poisson
		p.TTL, p.Changes.Deviation = time.Duration(1+ttl%4000)*time.Minute, time.Duration(deviation)*time.Second
		share := func(n uint8) float64 { return float64(n%101) / 100 }
		p.Changes.Miss, p.Faults.Double, p.Faults.Swapped, p.Faults.Duplicate = share(miss), share(double), share(double), share(miss)
		p.Faults.Multipart, p.Faults.UploadFails, p.Faults.PurgeFails = share(fails), share(fails), share(fails)
		r := offload.Evaluate(p, seed)
		for _, o := range r.Outcomes {
			if o.Reads != r.Outcomes[0].Reads || o.Changes != r.Outcomes[0].Changes || o.BytesRead != o.Reads*p.Size {
				t.Errorf("%s: another history: %+v", o.Option, o)
			}
			if o.StaleReads < 0 || o.StaleReads > o.Reads || o.Never > o.Changes || o.UploadsFailed > o.Uploads || o.Throttled > o.PurgesFailed || o.PurgesFailed > o.Purges {
				t.Errorf("%s: %+v", o.Option, o)
			}
			if o.S3.Bytes != o.S3.Full*p.Size || o.Staleness.P50 > o.Staleness.P99 || o.Staleness.P99 > o.Staleness.Max || (o.Staleness.Max > 0) != (o.StaleReads > 0) {
				t.Errorf("%s: %+v", o.Option, o)
			}
			if o.Option != offload.Direct && o.S3.Total()+o.NetStorage.Total() > o.Reads {
				t.Errorf("%s: caches asked more often than they were asked: %+v", o.Option, o)
			}
		}
	})
}

// Replicas keep the order of uploads, however their delays fall: the newest version is
// the one that stays on each.
func TestReplicasKeepTheOrder(t *testing.T) {
	p := quiet()
	p.Changes.At, p.Days = 2*time.Hour, 30
	p.Faults.Double, p.Faults.Gap = 1, 900*time.Millisecond
	p.Publish.Event.Median, p.Publish.Init.Median, p.Publish.Get.Median = 0, 0, 0
	p.Publish.Replication = offload.Delay{Median: time.Minute, Sigma: 2}
	o := run(t, p, offload.B)
	if o.Never != 0 || o.Staleness.Max > 23*time.Hour {
		t.Errorf("%d versions never seen, staleness up to %v", o.Never, o.Staleness.Max)
	}
}

// With one parent, which asks one replica, half of the uploads reach the other one first:
// those purges come too early, and no others.
func TestHalfOfTheUploadsReachTheOtherReplica(t *testing.T) {
	p := quiet()
	p.Parents, p.ReadsPerHour, p.Days = 1, 12, 100
	p.Publish.Replication.Median = time.Hour
	p.Publish.TTL = 2 * time.Hour
	o := run(t, p, offload.B)
	// Reads of the two hours that a confirmed old version has, on half of the days; 0.2 is
	// four standard errors of a share of one half over 100 days.
	if share := float64(o.StaleReads) / float64(p.Days) / (10 * 12 * 2); !near(share, 0.5, 0.2) {
		t.Errorf("%.2f of changes were confirmed old", share)
	}
}

// Each name is that of one bug, and all of them together are the published handler's
// last commit.
func TestBugNames(t *testing.T) {
	seen := map[offload.Bugs]string{}
	for _, name := range offload.BugNames() {
		b, err := offload.BugsOf(name)
		if other, twice := seen[b]; err != nil || twice || b == (offload.Bugs{}) {
			t.Errorf("%s: %+v, as %s, %v", name, b, other, err)
		}
		seen[b] = name
	}
	if all, err := offload.BugsOf(offload.BugNames()...); err != nil || all != offload.Head() {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := offload.BugsOf("typo"); err == nil {
		t.Error("a bug that there is not")
	}
}
