package offload_test

import (
	"math"
	"testing"
	"time"

	"frontdoor/offload"
)

func near(got, want, half float64) bool { return math.Abs(got-want) <= half }

// Requests per day: 24 reads an hour apart, a TTL of 48 hours; 24/49 for Poisson reads.
func TestRequestsPerDay(t *testing.T) {
	for name, c := range map[string][2]float64{
		"direct, one edge":            {offload.DirectPerDay(1, 1), 24},
		"direct, twenty edges":        {offload.DirectPerDay(1, 20), 480},
		"TTL, even reads":             {offload.TTLPerDay(1, 48*time.Hour, false), 0.5},
		"TTL between two reads":       {offload.TTLPerDay(1, 90*time.Minute, false), 12},
		"TTL, Poisson reads":          {offload.TTLPerDay(1, 48*time.Hour, true), 24.0 / 49},
		"invalidation, one top cache": {offload.InvalidationsPerDay(1, 1, 24*time.Hour), 1 - math.Exp(-24)},
		"invalidation, four tops":     {offload.InvalidationsPerDay(4, 1, 12*time.Hour), 8 * (1 - math.Exp(-12))},
	} {
		if !near(c[0], c[1], 1e-12) {
			t.Errorf("%s: %v, want %v", name, c[0], c[1])
		}
	}
}

// A TTL of two days over a daily change: 0.75 of reads are stale, by 14 hours in the
// mean over all reads and 18.7 over the stale ones; integrals of the same over a grid
// of phases and ages agree.
func TestTTLStaleness(t *testing.T) {
	const day = 24 * time.Hour
	if share, mean := offload.TTLStaleShare(2*day, day), offload.TTLStaleMean(2*day, day); share != 0.75 || mean != 14*time.Hour || !near(mean.Hours()/share, 18.7, 0.05) {
		t.Errorf("%v, %v", share, mean)
	}
	for _, ttl := range []float64{0.5, 6, 24, 30, 48, 100} {
		share, mean := integrate(ttl, 24)
		d := time.Duration(ttl * float64(time.Hour))
		if !near(offload.TTLStaleShare(d, day), share, 1e-3) || !near(offload.TTLStaleMean(d, day).Hours(), mean, 1e-3*ttl) {
			t.Errorf("TTL of %v h: %v and %v, integrated %v and %v", ttl, offload.TTLStaleShare(d, day), offload.TTLStaleMean(d, day).Hours(), share, mean)
		}
	}
}

// integrate is the share and the mean by the midpoint rule over a uniform phase: for a
// change every c hours, a copy fetched u before the next one is stale from age u on.
func integrate(ttl, c float64) (share, mean float64) {
	const n = 1000
	for i := range n {
		for j := range n {
			age, u := (float64(i)+0.5)/n*ttl, (float64(j)+0.5)/n*c
			if age > u {
				share++
				mean += age - u
			}
		}
	}
	return share / n / n, mean / n / n
}

// The table of margins: deviation, best margin, share of late changes, mean window, in minutes.
// Source: minimum of m + 1440 P(late), computed with scipy.stats.norm by the
// project's research; figures as rounded there.
func TestMargins(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct{ sigma, margin, late, window, lateHalf float64 }{
		{1, 3.6, 0.0002, 3.8, 0.5e-4},
		{5, 15.4, 0.0010, 16.9, 0.5e-4},
		{10, 28.5, 0.0022, 31.6, 0.5e-4},
		{30, 72.9, 0.0076, 83.8, 0.5e-4},
		{60, 127.5, 0.017, 151.7, 0.5e-3},
	} {
		sigma := time.Duration(c.sigma * float64(time.Minute))
		m := offload.BestMargin(sigma, day)
		late, window := offload.LateShare(m, sigma), offload.ExpectedWindow(m, sigma, day)
		if !near(m.Minutes(), c.margin, 0.051) || !near(late, c.late, c.lateHalf) || !near(window.Minutes(), c.window, 0.051) {
			t.Errorf("sigma %v min: margin %.2f, late %.5f, window %.2f, want %v", c.sigma, m.Minutes(), late, window.Minutes(), c)
		}
		for _, other := range []time.Duration{m - time.Minute/2, m + time.Minute/2} {
			if offload.ExpectedWindow(other, sigma, day) < window {
				t.Errorf("sigma %v min: margin %v is better than %v", c.sigma, other, m)
			}
		}
	}
	if m := offload.BestMargin(10*time.Hour, day); m != 0 {
		t.Errorf("changes at any time of the day: margin %v", m)
	}
}

// The cliff: a minute early costs a minute, a minute late costs the day less one.
func TestWindowHasACliff(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct{ late, manual, want time.Duration }{
		{-time.Minute, 0, time.Minute},
		{0, 0, 0},
		{time.Minute, 0, day - time.Minute},
		{time.Minute, 30 * time.Minute, 30 * time.Minute},
		{day - time.Minute, 30 * time.Minute, time.Minute},
	} {
		if got := offload.Window(c.late, day, c.manual); got != c.want {
			t.Errorf("late by %v, manual %v: %v, want %v", c.late, c.manual, got, c.want)
		}
	}
}

// Read all the time, late changes cost their whole window, and early ones theirs unless
// a late one lies over it: with m, s, L the margin, the deviation and the share of late
// changes, and f the density, (m(1-L) + s f)(1-L) + P L - (s f - m L).
func TestExpectedStaleTime(t *testing.T) {
	const every = 24 * time.Hour
	for _, margin := range []time.Duration{0, 10 * time.Minute, 30 * time.Minute} {
		s, m, l := 600.0, margin.Seconds(), offload.LateShare(margin, 10*time.Minute)
		f := math.Exp(-m*m/(2*s*s)) / math.Sqrt(2*math.Pi)
		want := (m*(1-l)+s*f)*(1-l) + every.Seconds()*l - (s*f - m*l)
		if got := offload.ExpectedStaleTime(margin, 10*time.Minute, 1e12).Seconds(); !near(got, want, 2) {
			t.Errorf("margin %v: %.1f s, want %.1f", margin, got, want)
		}
	}
	if got := offload.ExpectedStaleTime(10*time.Minute, 10*time.Minute, 0); got > 11*time.Minute {
		t.Errorf("nobody reads, and yet a late change is confirmed: %v", got)
	}
}
