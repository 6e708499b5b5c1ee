package scenarios

import "strings"

// suggest returns `, did you mean "x"` for the name nearest to got, or "" when
// none is near: at most two slips, and fewer than half of the letters.
func suggest(got string, names []string) string {
	best, least := "", 3
	for _, name := range names {
		if len(got) > len(name)+2 {
			continue
		}
		if d := slips(strings.ToLower(got), name); d < least && 2*d < len(name) {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return ", did you mean \"" + best + "\""
}

// slips is the Levenshtein distance of a and b in bytes.
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
