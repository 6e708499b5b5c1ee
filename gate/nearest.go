package gate

import (
	"fmt"
	"regexp"
	"strings"
)

var percentName = regexp.MustCompile(`^p([0-9]+(?:\.[0-9]+)?)$`)

// suggestion is `, did you mean "avg"` for the metric nearest to name.
func suggestion(name string) string {
	if m := percentName.FindStringSubmatch(name); m != nil {
		return fmt.Sprintf(", did you mean %q", "p("+m[1]+")")
	}
	return DidYouMean(name, names())
}

// DidYouMean is `, did you mean "x"` for the name nearest to what was given, or ""
// when none is near: at most two slips, and fewer than half of its letters.
func DidYouMean(given string, names []string) string {
	best, least := "", 3
	for _, name := range names {
		if d := slips(strings.ToLower(given), name); d < least && 2*d < len(name) {
			best, least = name, d
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
