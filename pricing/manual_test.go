package pricing

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The manual lists the meters of the book: no fewer and no more.
func TestManualListsEveryMeter(t *testing.T) {
	text, err := os.ReadFile("../docs/prices.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```meters\n(.*?)```").FindSubmatch(text)
	if block == nil {
		t.Fatal("docs/prices.md has no block of meters")
	}
	var listed []string
	for _, line := range strings.Fields(string(block[1])) {
		listed = append(listed, expand(line)...)
	}
	var have []string
	for _, m := range shipped(t).Meters() {
		have = append(have, string(m))
	}
	for _, m := range have {
		if !slices.Contains(listed, m) {
			t.Errorf("docs/prices.md does not list %s", m)
		}
	}
	for _, m := range listed {
		if !slices.Contains(have, m) {
			t.Errorf("docs/prices.md lists %s, which the book does not have", m)
		}
	}
	if len(listed) != len(have) {
		t.Errorf("docs/prices.md lists %d meters, the book has %d", len(listed), len(have))
	}
}

// expand writes out the first pair of braces, and those behind it.
func expand(s string) []string {
	before, rest, braces := strings.Cut(s, "{")
	if !braces {
		return []string{s}
	}
	words, after, _ := strings.Cut(rest, "}")
	var all []string
	for _, word := range strings.Split(words, ",") {
		all = append(all, expand(before+word+after)...)
	}
	return all
}

// The manual's example row is one of the book's.
func TestManualRowParses(t *testing.T) {
	text, err := os.ReadFile("../docs/prices.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```csv\n(.*?)```").FindSubmatch(text)
	if block == nil {
		t.Fatal("docs/prices.md has no example row")
	}
	book, err := Parse("prices.md", strings.NewReader(header+strings.TrimSpace(string(block[1]))))
	if err != nil {
		t.Fatal(err)
	}
	rows, whole := book.all(), shipped(t).all()
	if len(rows) != 1 || !slices.ContainsFunc(whole, func(r Rate) bool {
		return r.RateCode == rows[0].RateCode && r.USD.Cmp(rows[0].USD) == 0 && r.Source == rows[0].Source
	}) {
		t.Errorf("the row of the manual is not one of the book: %+v", rows)
	}
}
