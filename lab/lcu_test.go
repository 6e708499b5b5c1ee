package lab

import (
	"math"
	"net/http/httptest"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudwatch"
	"frontdoor/telemetry"
)

// One LCU is 25 new connections a second, 3,000 active connections, or 0.4 GB an
// hour with a Lambda target, whichever is the most
// (https://aws.amazon.com/elasticloadbalancing/pricing/).
func TestLCUs(t *testing.T) {
	for _, c := range []struct {
		name string
		in   minute
		want float64
	}{
		{"nothing", minute{}, 0},
		{"25 new a second: 25 * 60", minute{opened: 1500}, 1},
		{"one new a second: 1/25", minute{opened: 60}, 0.04},
		{"3,000 active", minute{active: 3000}, 1},
		{"20 MB a minute are 1.2 GB an hour", minute{bytesMoved: 20e6}, 3},
		// 1 new connection a second that lasts 2 minutes, 300 KB a second: 1/25 =
		// 0.04, 120/3,000 = 0.04, 1.08 GB an hour / 0.4 = 2.7.
		{"the most is bytes", minute{opened: 60, active: 120, bytesMoved: 18e6}, 2.7},
		{"the most is active", minute{opened: 60, active: 9000, bytesMoved: 18e6}, 3},
		{"the most is new", minute{opened: 6000, active: 9000, bytesMoved: 18e6}, 4},
	} {
		if got := c.in.lcus(); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v LCUs, want %v", c.name, got, c.want)
		}
	}
}

// noon is the start of a minute; at(m, s) is s seconds into the m-th after it.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func at(m, s int) time.Time {
	return noon.Add(time.Duration(m)*time.Minute + time.Duration(s)*time.Second)
}

func sameMinutes(t *testing.T, when string, got []minute, want ...minute) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %+v, want %+v", when, got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: minute %d is %+v, want %+v", when, i, got[i], want[i])
		}
	}
}

// Connections that stay open count in each minute in which they are, with or
// without traffic, and one that closes counts in its last minute.
func TestActiveConnectionsCrossMinutes(t *testing.T) {
	var m minutes
	m.opened(at(0, 10))
	m.opened(at(0, 20))
	m.closed(at(0, 30))
	m.opened(at(0, 40))
	m.bytes(at(0, 50), 100)
	// nothing in minutes 1 and 2
	m.closed(at(3, 10))
	m.bytes(at(3, 20), 200)
	// nothing in minute 4
	sameMinutes(t, "at 5:30", m.before(at(5, 30)),
		minute{start: at(0, 0), opened: 3, active: 2, bytesMoved: 100},
		minute{start: at(1, 0), active: 2},
		minute{start: at(2, 0), active: 2},
		minute{start: at(3, 0), active: 2, bytesMoved: 200},
		minute{start: at(4, 0), active: 1})
}

// A minute is taken once, when it is over.
func TestMinutesAreTakenOnce(t *testing.T) {
	var m minutes
	sameMinutes(t, "before any connection", m.before(at(0, 59)))
	m.opened(at(0, 10))
	sameMinutes(t, "while it lasts", m.before(at(0, 59)))
	sameMinutes(t, "as it ends", m.before(at(1, 0)), minute{start: at(0, 0), opened: 1, active: 1})
	sameMinutes(t, "again", m.before(at(1, 1)))
	// A request that began in the minute that was taken counts in the next.
	m.bytes(at(0, 59), 700)
	m.bytes(at(1, 5), 5)
	sameMinutes(t, "late", m.before(at(2, 0)), minute{start: at(1, 0), active: 1, bytesMoved: 705})
	sameMinutes(t, "and again", m.before(at(2, 59)))
}

// In CloudWatch a minute is one value, however often the lab is flushed.
func TestFlushPublishesOnce(t *testing.T) {
	l := serveLogged(t, fronts(t, "hello", front.ALB)[0])
	get(t, l.url(0))
	l.Settle()
	l.Flush()
	l.Flush()
	for _, name := range []string{"ConsumedLCUs", "ActiveConnectionCount"} {
		samples := 0.0
		for _, w := range telemetry.Metrics(recorded(l.Fronts()[0])) {
			if w.Name == name {
				w.Stat = "SampleCount"
				for _, n := range l.read(t, w) {
					samples = max(samples, n)
				}
			}
		}
		if samples != 1 {
			t.Errorf("%s has %v values in a minute, want 1", name, samples)
		}
	}
	l.has(t, l.Fronts()[0], map[string]float64{"NewConnectionCount": 1})
}

// A minute without connections has LCUs, which are always reported, and no count
// of connections, which is reported when it is not zero.
func TestIdleMinute(t *testing.T) {
	store := cloudwatch.NewStore()
	served := name(Front{ID: "b", Kind: front.ALB, Region: "eu-west-1"})
	m := newMeter(store, served, "$LATEST")
	start := time.Now().Truncate(time.Minute).Add(-time.Hour)
	m.minutes.opened(start.Add(time.Second))
	m.minutes.closed(start.Add(2 * time.Second))
	m.flush(start.Add(2 * time.Minute))
	server := httptest.NewServer(cloudwatch.NewHandler(store))
	defer server.Close()
	l := logged{Lab: &Lab{url: server.URL}, started: start}
	for _, w := range telemetry.Metrics(recorded(served)) {
		switch got := len(l.read(t, w)); {
		case w.Name == "ConsumedLCUs" && got != 2, w.Name == "ActiveConnectionCount" && got != 1:
			t.Errorf("%s %s has %d minutes", w.Stat, w.Name, got)
		}
	}
}
