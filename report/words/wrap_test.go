package words_test

import (
	"testing"

	"frontdoor/report/words"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		width             int
		first, rest, text string
		want              string
	}{
		{12, "- ", "  ", "one two three four", "- one two\n  three four\n"},
		{10, "", "  ", "https://example.org/a b", "https://example.org/a\n  b\n"},
		{80, "x: ", "", "", "x: \n"},
		{80, "", "", "red \x1b[31m \u009b and\nnew", "red ?[31m ? and new\n"},
	} {
		if got := words.Wrap(c.width, c.first, c.rest, c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestCell(t *testing.T) {
	if got := words.Cell("a|b <i> `c` [d](e) *f*\n\x1b"); got != `a\|b &lt;i&gt; &#96;c&#96; \[d](e) \*f\* ?` {
		t.Error(got)
	}
}
