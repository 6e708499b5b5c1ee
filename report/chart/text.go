package chart

import "strings"

// width is how wide a line of text is at most, at size 1.
func width(s string, bold bool) float64 {
	table := &regularWidths
	if bold {
		table = &boldWidths
	}
	total := 0
	for _, r := range s {
		switch {
		case r >= ' ' && r <= '~':
			total += table[r-' ']
		case r >= 0xa0 && r <= 0xff, r >= 0x2010 && r <= 0x2026, r >= 0x2190 && r <= 0x2265:
			total += latinWidth
		default:
			total += otherWidth
		}
	}
	return float64(total) / 1000
}

// fit is s, cut with an ellipsis if it is wider than room at size 1.
func fit(s string, room float64, bold bool) string {
	s = clean(s)
	if width(s, bold) <= room {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 {
		runes = runes[:len(runes)-1]
		short := strings.TrimRight(string(runes), " ") + "…"
		if width(short, bold) <= room {
			return short
		}
	}
	return ""
}

// wrap breaks s at spaces, and at its line ends, into lines no wider than room
// at size 1. A word that is wider is cut.
func wrap(s string, room float64) []string {
	var lines []string
	for part := range strings.SplitSeq(s, "\n") {
		line := ""
		for _, word := range strings.Fields(clean(part)) {
			switch next := strings.TrimLeft(line+" "+word, " "); {
			case width(next, false) <= room:
				line = next
			default:
				if line != "" {
					lines = append(lines, line)
				}
				line = fit(word, room, false)
			}
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
