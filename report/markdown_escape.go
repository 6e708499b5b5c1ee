package report

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MarkdownText writes s as text of GitHub-flavoured Markdown (GFM 0.29, 6.1:
// backslash escapes): nothing in it is markup, HTML, a mention or a formula, and
// it stays on its line. What stands at the begin of a line cannot turn it into a
// list, a heading, a quotation or code either.
func MarkdownText(s string) string {
	s = strings.TrimSpace(oneLine(s))
	if s == "" {
		return ""
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case strings.ContainsRune("-+=>", rune(s[0])):
		return `\` + inline(s)
	case digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') && (digits+1 == len(s) || s[digits+1] == ' '):
		return s[:digits] + `\` + inline(s[digits:])
	}
	return inline(s)
}

// inline escapes what means something within a line, and only there: a reader of
// the source wants 41.6 [40.0, 43.1] and p(95)<60 as they are.
func inline(s string) string {
	var out strings.Builder
	harmless := intervals(s)
	for i := range len(s) {
		c, before, next := s[i], byte(0), byte(0)
		if i > 0 {
			before = s[i-1]
		}
		if i+1 < len(s) {
			next = s[i+1]
		}
		switch {
		case c == '@' && word(next) && !word(before), c == '#' && digit(next):
			// GitHub finds mentions and issues in the text after Markdown was
			// read, where no backslash is left: a comment parts them.
			out.WriteString(string(c) + "<!-- -->")
			continue
		case harmless[i]:
		case strings.IndexByte("\\`*[]|~#", c) >= 0,
			c == '_' && !(word(before) && word(next)),
			c == '<' && (word(next) && !digit(next) || strings.IndexByte("/!?", next) >= 0),
			c == '&' && (word(next) || next == '#'),
			c == '!' && next == '[',
			c == '$' && !digit(next): // GitHub ends no formula at a $ before a digit
			out.WriteByte('\\')
		}
		out.WriteByte(c)
	}
	return out.String()
}

// interval is "[40.0 ms, 43.1 ms]", which nothing behind it makes a link.
var interval = regexp.MustCompile(`\[[-0-9$][-0-9a-z$%., ]*\]`)

// intervals marks the brackets of s that are those of intervals.
func intervals(s string) map[int]bool {
	marked := map[int]bool{}
	for _, at := range interval.FindAllStringIndex(s, -1) {
		if at[1] == len(s) || strings.IndexByte("([:", s[at[1]]) < 0 {
			marked[at[0]], marked[at[1]-1] = true, true
		}
	}
	return marked
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func word(c byte) bool { return digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// oneLine turns every kind of break and control character into something that
// is visible and stays on the line. Bytes that are no UTF-8 become U+FFFD.
func oneLine(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\r' || c == '\t' || c == '\u2028' || c == '\u2029' || c == '\u0085':
			return ' '
		case unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c):
			return utf8.RuneError
		}
		return c
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

// MarkdownCode is a fenced block. Its fence is longer than any run of backticks
// in it, so that the text cannot end it.
func MarkdownCode(text string) string {
	longest, run := 2, 0
	for _, c := range text {
		run++
		if c != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	return fence + "\n" + oneLine(text) + "\n" + fence + "\n"
}

// MarkdownTable is a grid as a table of GitHub-flavoured Markdown.
func MarkdownTable(g Grid) string {
	var out strings.Builder
	row := func(cells []string) {
		for i := range g.Header {
			cell := ""
			if i < len(cells) {
				cell = inline(strings.TrimSpace(oneLine(cells[i])))
			}
			out.WriteString("| " + cell + " ")
		}
		out.WriteString("|\n")
	}
	row(g.Header)
	for i := range g.Header {
		if i < g.Left {
			out.WriteString("| :--- ")
		} else {
			out.WriteString("| ---: ")
		}
	}
	out.WriteString("|\n")
	for _, cells := range g.Rows {
		row(cells)
	}
	return out.String()
}
