package lab

import (
	"testing"
	"time"

	"frontdoor/front"
)

// F18: burst 250, then 100 a second: https://github.com/f0rk/meditations,
// tools/deploy.py. Every request at one instant beyond 250 is refused, a token comes
// each 10 ms, and the bucket is full again after 2.5 s.
func TestBucket(t *testing.T) {
	b := newBucket(&Throttle{Burst: 250, Rate: 100})
	start := time.Date(2016, 8, 7, 0, 0, 0, 0, time.UTC)
	at := func(after time.Duration, requests, want int) {
		t.Helper()
		got := 0
		for range requests {
			if b.take(start.Add(after)) {
				got++
			}
		}
		if got != want {
			t.Errorf("at %v %d of %d pass, want %d", after, got, requests, want)
		}
	}
	at(0, 300, 250)
	at(9999999*time.Nanosecond, 1, 0)
	at(10*time.Millisecond, 2, 1)
	at(5*time.Millisecond, 1, 0) // a clock that goes back adds nothing
	at(1010*time.Millisecond, 150, 100)
	at(time.Hour, 300, 250)
	if none := newBucket(nil); !none.take(start) {
		t.Error("no throttle refuses")
	}
	slow := newBucket(&Throttle{Burst: 1, Rate: 0.5})
	for after, want := range []bool{true, false, true, false, true} {
		if got := slow.take(start.Add(time.Duration(after) * time.Second)); got != want {
			t.Errorf("0.5/s after %d s: %v", after, got)
		}
	}
}

// The law of a token bucket: over any time no more pass than burst + rate x time, and
// none is refused while fewer have passed since the bucket was full.
func FuzzBucket(f *testing.F) {
	f.Add(uint8(3), uint8(2), []byte{0, 0, 0, 0, 10, 255, 1})
	f.Add(uint8(1), uint8(100), []byte{1, 1, 1, 1, 1})
	f.Fuzz(func(t *testing.T, burst, rate uint8, gaps []byte) {
		if burst == 0 || rate == 0 {
			t.Skip("not a throttle")
		}
		b := newBucket(&Throttle{Burst: int(burst), Rate: float64(rate)})
		now := time.Unix(0, 0)
		var passed []time.Time
		for _, gap := range gaps {
			now = now.Add(time.Duration(gap) * time.Millisecond)
			ok := b.take(now)
			for i, since := range passed {
				most := int64(burst)*1e9 + int64(now.Sub(since))*int64(rate) // in billionths
				if n := int64(len(passed)-i) * 1e9; ok && n+1e9 > most {
					t.Fatalf("%d passed in %v at burst %d, rate %d", len(passed)-i+1, now.Sub(since), burst, rate)
				}
			}
			if !ok && len(passed) < int(burst) {
				t.Fatalf("refused after %d of %d", len(passed), burst)
			}
			if ok {
				passed = append(passed, now)
			}
		}
	})
}

// A quota begins anew with its period: days at midnight, weeks on Sunday (offset 0 of
// https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html), months
// on the first.
func TestPeriod(t *testing.T) {
	saturday := time.Date(2016, 12, 31, 23, 59, 59, 0, time.UTC)
	for name, want := range map[string][]bool{ // each second instant: a second, a day, a week and a month later
		"DAY":   {true, true, true, true},
		"WEEK":  {true, false, true, true},
		"MONTH": {true, false, false, true},
	} {
		p := newPeriod(&Quota{Limit: 2, Period: name})
		now := saturday
		for range 2 {
			if !p.take(now) {
				t.Errorf("%s: refused within the quota", name)
			}
		}
		if p.take(now) {
			t.Errorf("%s: taken beyond the quota", name)
		}
		p.giveBack()
		if !p.take(now) || p.take(now) {
			t.Errorf("%s: what is given back counts once", name)
		}
		for i, later := range []time.Time{saturday.Add(time.Second), saturday.Add(24*time.Hour + time.Second), saturday.AddDate(0, 0, 8), saturday.AddDate(0, 1, 1)} {
			if got := p.take(later); got != want[i] {
				t.Errorf("%s at %v: %v", name, later, got)
			}
			for p.take(later) { // use up
			}
		}
	}
	if none := newPeriod(nil); !none.take(saturday) {
		t.Error("no quota refuses")
	}
}

// The tutorial's quota caps its bill: a caller who asks every second of a 30-day month
// is let through 300,000 times, which REST API calls at $3.50 a million make $1.05.
func TestQuotaCapsTheBill(t *testing.T) {
	clock := newClock()
	clock.now = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	g := newGateway(Gateway{APIKey: key, Plan: &Throttle{Burst: 250, Rate: 100}, Quota: &Quota{Limit: 10_000, Period: "DAY"}, Now: clock.Now}, nil)
	r := front.Request{Method: "POST", Path: "/", Header: front.Header{{Name: "x-api-key", Value: key}}}
	let, over := 0, 0
	for range 30 * 24 * 3600 {
		switch away := g.admit(front.APIGatewayNonProxy, r); {
		case away == nil:
			let++
		case away.cause == front.QuotaExceeded:
			over++
		default:
			t.Fatalf("refused for %s", away.cause)
		}
		clock.pass(time.Second)
	}
	if let != 300_000 || let+over != 30*24*3600 {
		t.Errorf("%d let through, %d over the quota", let, over)
	}
	f := Served{Front: Front{ID: "f", Kind: front.APIGatewayNonProxy}}
	if usd := listPrice(t, f, charge{calls: let}); usd != "1.05" {
		t.Errorf("they cost %s", usd)
	}
}
