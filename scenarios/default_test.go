package scenarios

import (
	"testing"
	"time"
)

// The defaults that the definitions state, read as a scenario would have them.
func TestDefaultTraffic(t *testing.T) {
	d := DefaultTraffic()
	if d.NewConnections != 0.1 || time.Duration(d.ConnectionLifetime) != time.Minute || d.HTTPS != 1 || d.HoursPerMonth != 730 || d.Viewers["us"] != 1 {
		t.Errorf("default traffic is %+v", d)
	}
}
