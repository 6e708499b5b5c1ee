package words

import "strings"

// Wrap is text in lines of at most width characters, the first one after first and
// the others after rest. A word that is longer stays whole, so that an address can
// be copied. What could command a terminal becomes a question mark.
func Wrap(width int, first, rest, text string) string {
	var b strings.Builder
	line, room := first, false
	for _, word := range strings.Fields(Printable(text)) {
		switch {
		case !room:
			line, room = line+word, true
		case len([]rune(line))+1+len([]rune(word)) > width:
			b.WriteString(line + "\n")
			line = rest + word
		default:
			line += " " + word
		}
	}
	b.WriteString(line + "\n")
	return b.String()
}

// Printable is text without what could command a terminal.
func Printable(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || 0x7f <= c && c < 0xa0 {
			return '?'
		}
		return c
	}, s)
}

// Cell is text that neither ends the cell of a Markdown table nor becomes markup.
func Cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;", ">", "&gt;", "`", "&#96;", "[", `\[`, "*", `\*`, "_", `\_`).Replace(Printable(s))
}
