package words

import (
	"testing"
	"time"
)

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		48 * time.Hour: "48h", 23*time.Hour + 59*time.Minute: "23h59m", 10 * time.Second: "10s", 90 * time.Minute: "1h30m",
		time.Hour + 5*time.Second: "1h0m5s", 100 * time.Millisecond: "100ms", 10 * time.Minute: "10m", 0: "0s",
	} {
		if got := Span(d); got != want {
			t.Errorf("%v is %q, want %q", time.Duration(d), got, want)
		}
	}
	if got := Hundredths(0.997917); got != "99.79 %" {
		t.Errorf("%q", got)
	}
}
