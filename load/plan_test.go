package load

import (
	"math"
	"testing"
	"time"
)

// planOf is a plan whose requests no busy machine lets time out.
func planOf(stages ...Stage) Plan {
	return Plan{
		Requests: []Request{{Method: "GET", URL: "http://127.0.0.1:0/", Weight: 1}},
		Stages:   stages, Timeout: time.Minute, Connections: 8, KeepAlive: true,
	}
}

func TestEvenScheduleAtALevelRate(t *testing.T) {
	arrivals, err := planOf(Stage{10, 10, time.Second}).schedule()
	if err != nil {
		t.Fatal(err)
	}
	if len(arrivals) != 10 {
		t.Fatalf("%d arrivals in a second at 10/s", len(arrivals))
	}
	for i, a := range arrivals {
		want := time.Duration(i+1) * 100 * time.Millisecond
		if (a.due - want).Abs() > time.Microsecond {
			t.Errorf("arrival %d is due at %v, want %v", i, a.due, want)
		}
	}
}

// From 0 to 100/s in 10 s the n-th request is due when 5 t^2 = n.
func TestRampFollowsTheIntegralOfTheRate(t *testing.T) {
	for name, c := range map[string]struct {
		stage Stage
		at    func(n float64) float64
	}{
		"up":   {Stage{0, 100, 10 * time.Second}, func(n float64) float64 { return math.Sqrt(n / 5) }},
		"down": {Stage{100, 0, 10 * time.Second}, func(n float64) float64 { return 10 - math.Sqrt(100-n/5) }},
	} {
		arrivals, err := planOf(c.stage).schedule()
		if err != nil {
			t.Fatal(err)
		}
		if len(arrivals) < 499 || len(arrivals) > 500 {
			t.Errorf("%s: %d arrivals, want 500", name, len(arrivals))
		}
		for i, a := range arrivals {
			if want := c.at(float64(i + 1)); math.Abs(a.due.Seconds()-want) > 1e-3 {
				t.Fatalf("%s: arrival %d is due at %v, want %.4f s", name, i, a.due, want)
			}
		}
	}
}

// Gaps of a Poisson stream are exponential: mean and standard deviation are
// equal, and 1/e of them are longer than the mean. The count of 20,000 has a
// standard deviation of 141.
func TestPoissonArrivals(t *testing.T) {
	p := planOf(Stage{1000, 1000, 20 * time.Second})
	p.Poisson, p.Seed = true, 11
	arrivals, err := p.schedule()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(arrivals); n < 19_400 || n > 20_600 {
		t.Errorf("%d arrivals, want 20000 +- 600", n)
	}
	longer, last := 0, time.Duration(0)
	for _, a := range arrivals {
		if a.due < last {
			t.Fatal("arrivals are not in order")
		}
		if a.due-last > time.Millisecond {
			longer++
		}
		last = a.due
	}
	if share := float64(longer) / float64(len(arrivals)); math.Abs(share-1/math.E) > 0.02 {
		t.Errorf("%.3f of gaps are longer than the mean, want 0.368", share)
	}
}

func TestScheduleRepeatsWithItsSeed(t *testing.T) {
	p := planOf(Stage{100, 100, time.Second})
	p.Poisson, p.Seed = true, 5
	p.Requests = append(p.Requests, p.Requests[0])
	a, _ := p.schedule()
	b, _ := p.schedule()
	p.Seed = 6
	c, _ := p.schedule()
	if len(a) != len(b) {
		t.Fatal("same seed, other schedule")
	}
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("same seed, other arrival %d", i)
		}
	}
	if len(a) == len(c) && a[0] == c[0] {
		t.Error("another seed, same schedule")
	}
}

func TestWarmupIsApartAndAtTheStartingRate(t *testing.T) {
	p := planOf(Stage{10, 50, time.Second})
	p.Warmup = 500 * time.Millisecond
	arrivals, _ := p.schedule()
	warm := 0
	for _, a := range arrivals {
		if a.warmup != (a.due <= p.Warmup) {
			t.Errorf("arrival at %v: warm-up %v", a.due, a.warmup)
		}
		if a.warmup {
			warm++
		}
	}
	if warm != 5 || len(arrivals) != 35 { // the fifth is due exactly when the warm-up is over
		t.Errorf("%d of %d arrivals are warm-up, want 5 of 35", warm, len(arrivals))
	}
	if got := p.MeasuredRate(); got != 30 {
		t.Errorf("measured rate %g, want 30", got)
	}
}

// A ramp from 0 is there to show a slow start: nothing is sent before it.
func TestRampFromZeroHasNoWarmupRequests(t *testing.T) {
	p := planOf(Stage{0, 100, time.Second})
	p.Warmup = time.Second
	arrivals, _ := p.schedule()
	if len(arrivals) != 50 || arrivals[0].warmup || arrivals[0].due < time.Second {
		t.Errorf("%d arrivals, the first %+v", len(arrivals), arrivals[0])
	}
}

func TestRequestsAreDrawnByWeight(t *testing.T) {
	p := planOf(Stage{10_000, 10_000, time.Second})
	p.Requests = append(p.Requests, p.Requests[0])
	p.Requests[1].Weight = 3
	arrivals, _ := p.schedule()
	second := 0
	for _, a := range arrivals {
		second += int(a.request)
	}
	if share := float64(second) / float64(len(arrivals)); math.Abs(share-0.75) > 0.02 {
		t.Errorf("a request of weight 3 in 4 was drawn in %.3f of cases", share)
	}
}

// vegeta reads a rate of zero as "without limit".
func TestPlanRefusesWhatVegetaWouldTakeAsUnlimited(t *testing.T) {
	good := planOf(Stage{1, 1, time.Second})
	for name, change := range map[string]func(*Plan){
		"no requests":    func(p *Plan) { p.Requests = nil },
		"no stages":      func(p *Plan) { p.Stages = nil },
		"zero rate":      func(p *Plan) { p.Stages = []Stage{{0, 0, time.Second}} },
		"negative rate":  func(p *Plan) { p.Stages = []Stage{{-1, 5, time.Second}} },
		"infinite rate":  func(p *Plan) { p.Stages = []Stage{{math.Inf(1), 1, time.Second}} },
		"no duration":    func(p *Plan) { p.Stages = []Stage{{1, 1, 0}} },
		"no connections": func(p *Plan) { p.Connections = 0 },
		"no timeout":     func(p *Plan) { p.Timeout = 0 },
	} {
		p := good
		change(&p)
		if p.check() == nil {
			t.Errorf("%s: not refused", name)
		}
	}
	if err := good.check(); err != nil {
		t.Error(err)
	}
}
