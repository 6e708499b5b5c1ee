package offload_test

import (
	"math"
	"reflect"
	"testing"
	"time"

	"frontdoor/offload"
	"frontdoor/stats"
)

const day = 24 * time.Hour

// within fails unless want lies within the Monte Carlo error of the figure: the
// standard error of its mean over independent simulations, times the quantile of
// Student's t that one right figure in 2,000 exceeds. step is the figure's resolution, for those that
// simulations all agree on.
func within(t *testing.T, name string, p offload.Params, option offload.Option, want, step float64, figure func(*offload.Outcome) float64) {
	t.Helper()
	var values []float64
	for seed := range uint64(replicas) {
		r := offload.Evaluate(p, 1000+seed, option)
		o, _ := r.Of(option)
		values = append(values, figure(&o))
	}
	mean := stats.Mean(values)
	margin := stats.StudentT(0.99975, replicas-1)*stats.Deviation(values)/math.Sqrt(float64(replicas)) + step
	if !near(mean, want, margin) {
		t.Errorf("%s: %.5f, want %.5f within %.5f", name, mean, want, margin)
	}
	t.Logf("%s: %.5f, want %.5f within %.5f", name, mean, want, margin)
}

// system is the one that the tables are about.
func system(edges, parents int) offload.Params {
	p := offload.Defaults()
	p.Edges, p.Parents, p.PurgeEffect = edges, parents, 0
	p.Days = 60
	return p
}

func perDay(o *offload.Outcome) float64 { return float64(o.S3.Total()) / float64(o.Days) }

// The table of offload: reads, requests at AWS, and both shares, for each row.
// Changes are early enough that each day's fetch brings a new version.
func TestTableOfOffload(t *testing.T) {
	for _, c := range []struct {
		name                     string
		option                   offload.Option
		edges, parents           int
		reads, requests, byBytes float64
		byRequests               float64
	}{
		{"S3 direct, one edge", offload.Direct, 1, 0, 24, 24, 0, 0},
		{"TTL of 48 h, one edge", offload.TTLOnly, 1, 0, 24, 0.5, 0.9792, 0.9792},
		{"A, one edge", offload.A, 1, 0, 24, 1, 0.9583, 0.9583},
		{"A, twenty edges", offload.A, 20, 0, 480, 20, 0.9583, 0.9583},
		{"A, twenty edges, one parent", offload.A, 20, 1, 480, 1, 0.9979, 0.9979},
		{"B, one edge", offload.B, 1, 0, 24, 0, 0.9583, 1},
		{"B, twenty edges", offload.B, 20, 0, 480, 0, 0.9979, 1},
	} {
		p := system(c.edges, c.parents)
		p.Schedule.Margin = time.Hour
		for seed := range uint64(5) {
			r := offload.Evaluate(p, seed, c.option)
			o, _ := r.Of(c.option)
			// A fetch or a read at the edge of the counted days makes one more or less.
			one := float64(c.edges) / float64(o.Days)
			if reads := float64(o.Reads) / float64(o.Days); !near(reads, c.reads, one) || !near(perDay(&o), c.requests, one) {
				t.Errorf("%s: %v reads and %v requests a day", c.name, reads, perDay(&o))
			}
			share := one/c.reads + 0.5e-4
			if !near(o.OffloadRequests(), c.byRequests, share) || !near(o.OffloadBytes(), c.byBytes, share) {
				t.Errorf("%s: %.5f of requests, %.5f of bytes", c.name, o.OffloadRequests(), o.OffloadBytes())
			}
		}
	}
}

// A TTL alone: requests and staleness, even and Poisson reads. 0.740 and 13.6 h are
// sums over 48 hourly ages; the formulas are for reads at any time.
func TestTTLAlone(t *testing.T) {
	p := system(6, 0)
	p.Changes.Deviation = 0
	discreteShare, discreteMean := 0.0, 0.0
	for age := range 48 {
		for u := range 2400 { // hours before the next change, in hundredths
			if before := (float64(u) + 0.5) / 100; float64(age) > before {
				discreteShare += 1.0 / 48 / 2400
				discreteMean += (float64(age) - before) / 48 / 2400
			}
		}
	}
	if !near(discreteShare, 0.740, 0.0005) || !near(discreteMean, 13.6, 0.05) {
		t.Fatalf("%v, %v", discreteShare, discreteMean)
	}
	stale := func(o *offload.Outcome) float64 { return o.StaleShare() }
	hours := func(o *offload.Outcome) float64 { return o.Staleness.Mean.Hours() }
	within(t, "requests a day", p, offload.TTLOnly, 6*offload.TTLPerDay(1, p.TTL, false), 1e-9, perDay)
	within(t, "stale share", p, offload.TTLOnly, discreteShare, 0, stale)
	within(t, "mean staleness, h", p, offload.TTLOnly, discreteMean, 0, hours)
	p.Poisson = true
	within(t, "requests a day, Poisson", p, offload.TTLOnly, 6*offload.TTLPerDay(1, p.TTL, true), 0, perDay)
	// Reads at random times: the first one behind the TTL fetches and is current, and
	// comes 1/λ behind it. The ages between are uniform.
	const reads = 48.0
	within(t, "stale share, Poisson", p, offload.TTLOnly, offload.TTLStaleShare(p.TTL, day)*reads/(reads+1), 0, stale)
	within(t, "mean staleness, Poisson, h", p, offload.TTLOnly, offload.TTLStaleMean(p.TTL, day).Hours()*reads/(reads+1), 0, hours)
	p.TTL = 10 * time.Hour // shorter than the interval of changes
	within(t, "stale share, TTL of 10 h", p, offload.TTLOnly, offload.TTLStaleShare(p.TTL, day)*10/11, 0, stale)
	within(t, "mean staleness, TTL of 10 h", p, offload.TTLOnly, offload.TTLStaleMean(p.TTL, day).Hours()*10/11, 0, hours)
}

// Invalidations by schedule make each topmost cache ask once an interval, if anybody
// reads: the TTL never does.
func TestScheduledRequests(t *testing.T) {
	p := system(3, 0)
	p.Poisson = true
	for _, every := range []time.Duration{day, 2 * time.Hour, 30 * time.Minute} {
		p.Schedule.Every = every
		within(t, "requests a day, every "+every.String(), p, offload.A, offload.InvalidationsPerDay(3, 1, every), 1e-9, perDay)
	}
}

// The table of windows for a deviation of 10 minutes, against its formulas and the
// figures of an independent simulation of 400,000 days.
func TestTableOfWindows(t *testing.T) {
	p := system(1, 0)
	p.Days, p.ReadsPerHour = 600, 0.1
	window := func(o *offload.Outcome) float64 { return o.Window.Mean.Minutes() }
	for _, c := range []struct {
		margin         float64
		mean, p50, p99 float64
		half           float64 // of the last digit given
	}{
		{0, 721, 0, 1440, 0.5}, // the median lies at the cliff, and is either side of it
		{10, 239, 14, 1440, 0.5},
		{28.5, 31.8, 28.6, 52.6, 0.05},
		{60, 60.0, 60, 83, 0.5},
	} {
		p.Schedule.Margin = time.Duration(c.margin * float64(time.Minute))
		want := offload.ExpectedWindow(p.Schedule.Margin, p.Changes.Deviation, day)
		within(t, "mean window, min", p, offload.A, want.Minutes(), 0, window)
		within(t, "mean window of the table, min", p, offload.A, c.mean, c.half+0.003*c.mean, window)
		within(t, "late share", p, offload.A, offload.LateShare(p.Schedule.Margin, p.Changes.Deviation), 1e-5,
			func(o *offload.Outcome) float64 { return float64(o.Late) / float64(o.Changes) })
		within(t, "p99 of the window, min", p, offload.A, c.p99, c.half,
			func(o *offload.Outcome) float64 { return o.Window.P99.Minutes() })
		if c.p50 > 0 {
			within(t, "p50 of the window, min", p, offload.A, c.p50, c.half,
				func(o *offload.Outcome) float64 { return o.Window.P50.Minutes() })
		}
	}
	p.Schedule.Margin = 10 * time.Minute
	want := offload.ExpectedManualWindow(p.Schedule.Margin, p.Changes.Deviation, p.Schedule.Manual)
	if !near(want.Minutes(), 15.6, 0.05) {
		t.Errorf("manual purge: %v", want)
	}
	within(t, "mean window with a manual purge, min", p, offload.AManual, want.Minutes(), 0, window)
}

// Stale reads of option A are the reads that fall into the windows, less those that a
// change does not harm because nobody read between the job and the change.
func TestStaleReadsOfTheSchedule(t *testing.T) {
	p := system(5, 1)
	p.Poisson, p.Days = true, 100
	p.Schedule.Margin = 10 * time.Minute
	for _, reads := range []float64{0.1, 1, 2} {
		p.ReadsPerHour = reads
		want := offload.ExpectedStaleTime(p.Schedule.Margin, p.Changes.Deviation, 5*reads).Hours() * 5 * reads
		within(t, "stale reads a day", p, offload.A, want, 0,
			func(o *offload.Outcome) float64 { return float64(o.StaleReads) / float64(o.Days) })
	}
	most := offload.ExpectedStaleTime(p.Schedule.Margin, p.Changes.Deviation, 1e9)
	if all := offload.ExpectedWindow(p.Schedule.Margin, p.Changes.Deviation, day); most > all || most < all*98/100 {
		t.Errorf("read all the time: %v, windows %v", most, all)
	}
}

// Option B's window is the sum of its chain, where the function waits for the
// replicas, and never a later change's business.
func TestPublishWindow(t *testing.T) {
	p := system(5, 1)
	p.PurgeEffect = 5 * time.Second
	b := &p.Publish
	for _, d := range []*offload.Delay{&b.Event, &b.Init, &b.Get, &b.Upload, &b.Replication} {
		d.Sigma = 0
	}
	b.Settle = b.Replication.Median
	want := b.PublishWindow(b.Event.Median, b.Init.Median, b.Get.Median, b.Upload.Median, b.Replication.Median, p.PurgeEffect)
	r := offload.Evaluate(p, 3, offload.B)
	o, _ := r.Of(offload.B)
	if o.Window.P50 != want || o.Window.Max != want || o.Never != 0 {
		t.Errorf("window %+v, want %v", o.Window, want)
	}
}

// The same parameters and seed give the same result; another seed does not.
func TestEvaluateIsPure(t *testing.T) {
	p := offload.Defaults()
	if !reflect.DeepEqual(offload.Evaluate(p, 7), offload.Evaluate(p, 7)) {
		t.Error("two evaluations differ")
	}
	if reflect.DeepEqual(offload.Evaluate(p, 7).Outcomes, offload.Evaluate(p, 8).Outcomes) {
		t.Error("the seed decides nothing")
	}
}
