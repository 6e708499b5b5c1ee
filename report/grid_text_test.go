package report

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// A grid is cut to a terminal: each part has the columns on the left and is no
// wider, unless one column alone is; no column is lost and none comes twice.
func TestParts(t *testing.T) {
	g := Grid{Header: []string{"key", "k2", "aaaa", "bb", "cccccc", "d"}, Left: 2, Rows: [][]string{{"ä", "x", "1", "22", "3", "4444"}}}
	// With what tablewriter puts around a cell: 5 and 4 on the left; 6, 4, 8 and 6.
	tests := []struct {
		columns int
		want    []string // headers of the parts
	}{
		{0, []string{"key k2 aaaa bb cccccc d"}},
		{33, []string{"key k2 aaaa bb cccccc d"}},
		{32, []string{"key k2 aaaa bb cccccc", "key k2 d"}},
		{26, []string{"key k2 aaaa bb", "key k2 cccccc d"}},
		{19, []string{"key k2 aaaa bb", "key k2 cccccc", "key k2 d"}},
		{18, []string{"key k2 aaaa", "key k2 bb", "key k2 cccccc", "key k2 d"}},
	}
	for _, test := range tests {
		var got []string
		for _, part := range g.parts(test.columns) {
			got = append(got, strings.Join(part.Header, " "))
			if len(part.Rows) != 1 || len(part.Rows[0]) != len(part.Header) || part.Rows[0][0] != "ä" || part.Left != 2 {
				t.Errorf("%d columns: %+v", test.columns, part)
			}
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%d columns: %q, want %q", test.columns, got, test.want)
		}
	}
	var text strings.Builder
	p := &printer{w: &text, style: Style{Columns: 26}}
	p.table(g)
	for _, line := range strings.Split(text.String(), "\n") {
		if n := len([]rune(line)); n > 26 {
			t.Errorf("a line of %d: %q", n, line)
		}
	}
	if parts := (Grid{}).parts(10); len(parts) != 1 {
		t.Errorf("a grid of nothing has %d parts", len(parts))
	}
}

// Colour goes with the words of a verdict, and comes and goes without moving one.
func TestPaint(t *testing.T) {
	const text = "▼ faster  ▲ slower  ≈ equivalent  ? inconclusive  pass fail invalid inconclusive exploratory passed\n"
	if got := (Style{}).paint(text); got != text {
		t.Errorf("without colour: %q", got)
	}
	green, red, yellow := "\x1b[32m%s\x1b[0m", "\x1b[31m%s\x1b[0m", "\x1b[33m%s\x1b[0m"
	want := fmt.Sprintf(green+"  "+red+"  ≈ equivalent  "+yellow+"  "+green+" "+red+" "+red+" "+yellow+" exploratory passed\n",
		"▼ faster", "▲ slower", "? inconclusive", "pass", "fail", "invalid", "inconclusive")
	if got := (Style{Colour: true}).paint(text); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A sentence that is wider than the terminal is broken between words, and nothing of
// it is lost; a table that fits stays as it is.
func TestWideCellsAreBroken(t *testing.T) {
	g := Grid{Header: []string{"front", "becomes cheaper than", "at requests a month"}, Left: 3, Rows: [][]string{
		{"edge", "rest", "never in the median world; 80 % of worlds above 5,896,226 or never; never in 58.4 %"},
		{"alb", "edge", "median 10"},
	}}
	for _, columns := range []int{0, 60, 80, 200} {
		var text strings.Builder
		p := &printer{w: &text, style: Style{Columns: columns}}
		p.table(g)
		if p.err != nil {
			t.Fatal(p.err)
		}
		for line := range strings.Lines(text.String()) {
			if columns > 0 && utf8.RuneCountInString(strings.TrimRight(line, " \n")) > columns {
				t.Errorf("at %d columns: %q", columns, line)
			}
		}
		if got := strings.Join(strings.Fields(text.String()), " "); columns != 60 && columns != 80 && !strings.Contains(got, g.Rows[0][2]) {
			t.Errorf("at %d columns: %s", columns, got)
		}
		for _, word := range strings.Fields(g.Rows[0][2]) {
			if !strings.Contains(text.String(), word) {
				t.Errorf("at %d columns: %q is lost", columns, word)
			}
		}
	}
}
