package record

import "testing"

// A failover is counted from the outage to the first answer for another Region.
func TestFailover(t *testing.T) {
	resolves := func(at float64, region string) Event { return Event{AtS: at, What: Resolves, Region: region} }
	down := Event{AtS: 60, What: OutageBegins, Region: "us-east-1"}
	for _, c := range []struct {
		name   string
		events []Event
		want   float64
		ok     bool
	}{
		{"none", []Event{resolves(1, "us-east-1")}, 0, false},
		{"moved", []Event{resolves(1, "us-east-1"), down, {AtS: 110, What: CheckFails, Region: "us-east-1"}, resolves(140, "us-west-2")}, 80, true},
		{"stayed", []Event{resolves(1, "us-east-1"), down, {AtS: 110, What: CheckFails, Region: "us-east-1"}}, 0, false},
		{"another Region's", []Event{resolves(1, "us-west-2"), down, resolves(70, "us-east-1"), resolves(75, "us-west-2")}, 15, true},
		{"the first of two", []Event{down, resolves(100, "us-west-2"), {AtS: 200, What: OutageEnds, Region: "us-east-1"}, {AtS: 300, What: OutageBegins, Region: "us-east-1"}, resolves(310, "us-west-2")}, 40, true},
	} {
		if got, ok := Failover(c.events); got != c.want || ok != c.ok {
			t.Errorf("%s: %v, %v; want %v, %v", c.name, got, ok, c.want, c.ok)
		}
	}
}
