package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// footnotes numbers notes; the same text keeps its number.
type footnotes struct{ texts []string }

func (n *footnotes) add(format string, args ...any) string {
	text := fmt.Sprintf(format, args...)
	for i, t := range n.texts {
		if t == text {
			return fmt.Sprintf(" (%d)", i+1)
		}
	}
	n.texts = append(n.texts, text)
	return fmt.Sprintf(" (%d)", len(n.texts))
}

// printer keeps the first error, so that a writer reads as a list of lines.
type printer struct {
	w     io.Writer
	style Style
	err   error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) list(title string, items []string) {
	if len(items) == 0 {
		return
	}
	p.line("")
	p.line("%s", title)
	for i, item := range items {
		p.text("     ", "  %d. %s", i+1, item)
	}
}

// textWidth is where prose is broken. Tables are as wide as their cells.
const textWidth = 100

func (p *printer) width() int {
	if p.style.Columns > 0 {
		return min(textWidth, p.style.Columns)
	}
	return textWidth
}

// text is a line of prose, broken between words; its further lines begin with
// indent. A word that is longer than a line, such as a URL, stays whole.
func (p *printer) text(indent, format string, args ...any) {
	line, words := "", strings.Split(fmt.Sprintf(format, args...), " ")
	for i, word := range words {
		switch {
		case i == 0:
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > p.width() && strings.TrimSpace(line) != "":
			p.line("%s", line)
			line = indent + word
		default:
			line += " " + word
		}
	}
	p.line("%s", line)
}
