package report

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// A table whose columns are all aligned to the left fits a narrow terminal too.
func TestPartsOfLeftColumns(t *testing.T) {
	g := Grid{Header: []string{"gate", "front", "outcome", "value", "limit"}, Left: 5,
		Rows: [][]string{{"p(95)<200 of this front", "http-api", "inconclusive", "1.52 ms [0.904 ms, 2.55 ms]", "< 200 ms [195 ms, 205 ms]"}}}
	var text strings.Builder
	p := &printer{w: &text, style: Style{Columns: 80}}
	p.table(g)
	if p.err != nil {
		t.Fatal(p.err)
	}
	for _, line := range strings.Split(text.String(), "\n") {
		if utf8.RuneCountInString(line) > 80 {
			t.Errorf("%d columns: %s", utf8.RuneCountInString(line), line)
		}
	}
	for _, want := range append(g.Header, g.Rows[0]...) {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is lost in\n%s", want, text.String())
		}
	}
}
