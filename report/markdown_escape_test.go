package report_test

import (
	"bytes"
	"fmt"
	"html"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"frontdoor/report"
	"frontdoor/report/reporttest"
)

// texts are inputs that mean something to Markdown, HTML or GitHub, each with
// the source that shows it as it is: GFM 0.29 (github.github.com/gfm), read with
// cmark-gfm 0.29.0.gfm.6.
func texts() [][2]string {
	return [][2]string{
		{"41.2 [40.1, 42.6]", "41.2 [40.1, 42.6]"},
		{"$61.98 [$28.66, $132.59] a month", "$61.98 [$28.66, $132.59] a month"},
		{"p(95)<60 and < 60.0 ms", "p(95)<60 and < 60.0 ms"},
		{"usd_per_million", "usd_per_million"},
		{"- x", `\- x`},
		{"1. x", `1\. x`},
		{"12) x", `12\) x`},
		{"1.5 x", "1.5 x"},
		{"# x", `\# x`},
		{"> x", `\> x`},
		{"===", `\===`},
		{"---", `\---`},
		{"***", `\*\*\*`},
		{"    x", "x"},
		{"<b>x</b>", `\<b>x\</b>`},
		{"<!-- x -->", `\<!-- x -->`},
		{"a & b &amp; &#64;", `a & b \&amp; \&#<!-- -->64;`},
		{"[1](x)", `\[1\](x)`},
		{"![a](b)", `\!\[a\](b)`},
		{"[x] y", `\[x\] y`},
		{"`a` *b* __c__ ~~d~~", "\\`a\\` \\*b\\* \\_\\_c\\_\\_ \\~\\~d\\~\\~"},
		{`a\|b|c`, `a\\\|b\|c`},
		{"@octocat closes #12", "@<!-- -->octocat closes #<!-- -->12"},
		{"Lambda@Edge", "Lambda@Edge"},
		{"$x$", `\$x\$`},
		{"a\nb\tc\u2028d", "a b c d"},
		{"a\x00\xff\u202eb", "a\ufffd\ufffd\ufffdb"},
		{"", ""},
	}
}

func TestMarkdownText(t *testing.T) {
	for _, row := range texts() {
		if got := report.MarkdownText(row[0]); got != row[1] {
			t.Errorf("%q is written %q, want %q", row[0], got, row[1])
		}
	}
}

// seen is what a reader must see of a text: one line, what is invisible made
// visible.
func seen(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case strings.ContainsRune("\n\r\t\u2028\u2029\u0085", c):
			return ' '
		case unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c):
			return utf8.RuneError
		}
		return c
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.TrimSpace(s)
}

// unescaped takes backslashes before ASCII punctuation and comments off.
func unescaped(s string) string {
	s = regexp.MustCompile(`([@#])<!-- -->`).ReplaceAllString(s, "$1")
	return regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])").ReplaceAllString(s, "$1")
}

// The law of the escapes: taken off again they leave what a reader must see, and
// the text has no line break.
func FuzzMarkdownText(f *testing.F) {
	for _, row := range texts() {
		f.Add(row[0])
	}
	f.Add(reporttest.Name)
	f.Fuzz(func(t *testing.T, s string) {
		source := report.MarkdownText(s)
		if got := unescaped(source); got != seen(s) || strings.ContainsAny(source, "\n\r") {
			t.Errorf("%q is written %q, which says %q", s, source, got)
		}
	})
}

// pieces are what random texts are made of.
var pieces = []string{"a", "B1", " ", "[", "]", "(", ")", "<", ">", "!", "`", "``", "*", "_", "__", "~", "~~", "|", "\\", "$", "#", "@x", "&", "amp;", "-", "+", "=", "1.", "2)", ":", "/", "script", "http", "^", "\"", "'", "{", "}", "é", "-->", "<!--", "%", ","}

// cmark-gfm, which GitHub's own is made from, shows every text as it is: in a
// paragraph and in the cell of a table.
func TestMarkdownIsReadAsText(t *testing.T) {
	program, err := exec.LookPath("cmark-gfm")
	if err != nil {
		t.Skip("cmark-gfm is not installed")
	}
	var inputs []string
	for _, row := range append(texts(), [2]string{reporttest.Name}) {
		if row[0] != "" {
			inputs = append(inputs, row[0])
		}
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		var s string
		for range 1 + rng.IntN(8) {
			s += pieces[rng.IntN(len(pieces))]
		}
		if seen(s) != "" {
			inputs = append(inputs, s)
		}
	}
	var paragraphs strings.Builder
	grid := report.Grid{Header: []string{"text", "next"}}
	for _, s := range inputs {
		paragraphs.WriteString(report.MarkdownText(s) + "\n\n")
		grid.Rows = append(grid.Rows, []string{s, "next"})
	}
	compare(t, inputs, between(t, program, paragraphs.String(), `(?s)<p>(.*?)</p>`))
	compare(t, inputs, between(t, program, report.MarkdownTable(grid), `(?s)<tr>\s<td[^>]*>(.*?)</td>\s<td[^>]*>next</td>\s</tr>`))
}

// between renders Markdown and returns the text of each element.
func between(t *testing.T, program, markdown, element string) []string {
	t.Helper()
	command := exec.Command(program, "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tasklist", "-e", "footnotes")
	command.Stdin = strings.NewReader(markdown)
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, m := range regexp.MustCompile(element).FindAllSubmatch(out, -1) {
		text := bytes.ReplaceAll(m[1], []byte("<!-- -->"), nil)
		text = regexp.MustCompile(`<a href="[^"]*">|</a>`).ReplaceAll(text, nil) // a bare address may be a link to itself
		if bytes.ContainsAny(text, "<>") {
			t.Errorf("there is markup in %s", text)
		}
		texts = append(texts, html.UnescapeString(string(text)))
	}
	return texts
}

func compare(t *testing.T, inputs, texts []string) {
	t.Helper()
	if len(inputs) != len(texts) {
		t.Fatalf("%d texts became %d", len(inputs), len(texts))
	}
	wrong := 0
	for i, s := range inputs {
		if texts[i] != seen(s) {
			if wrong++; wrong < 10 {
				t.Errorf("%q is read as %q; it was written %s", s, texts[i], fmt.Sprintf("%q", report.MarkdownText(s)))
			}
		}
	}
}
