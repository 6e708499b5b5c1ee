package gate

import (
	"fmt"
	"regexp"
)

var percentName = regexp.MustCompile(`^p([0-9]+(?:\.[0-9]+)?)$`)

// suggestion is `, did you mean "avg"` for the metric nearest to name, or "" when
// none is near: at most two slips, and fewer than half of its letters.
func suggestion(name string) string {
	if m := percentName.FindStringSubmatch(name); m != nil {
		return fmt.Sprintf(", did you mean %q", "p("+m[1]+")")
	}
	best, least := "", 3
	for _, known := range names() {
		if d := slips(name, known); d < least && 2*d < len(known) {
			best, least = known, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q", best)
}

// slips is the Levenshtein distance of a and b in bytes; 3 or more when their
// lengths alone make it that.
func slips(a, b string) int {
	if apart := len(a) - len(b); apart > 2 || apart < -2 {
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			swap := diagonal
			if a[i] != b[j] {
				swap++
			}
			diagonal, row[j+1] = row[j+1], min(swap, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
