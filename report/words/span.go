package words

import (
	"fmt"
	"strings"
	"time"
)

// Span is a duration as a person would set it, without the zeros at its end: 48h,
// 23h59m, 10s.
func Span(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// Hundredths is a share in percent, to a hundredth of one.
func Hundredths(share float64) string { return fmt.Sprintf("%.2f %%", 100*share) }
