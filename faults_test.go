package frontdoor_test

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/faults.md has a row for each of the 35 faults, and each row names tests that
// there are, of which one at least has the fault's number in its name or among its cases.
func TestEveryFaultHasItsTest(t *testing.T) {
	page, err := os.ReadFile("docs/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for line := range strings.Lines(string(page)) {
		if m := faultRow.FindStringSubmatch(line); m != nil {
			rows[m[1]] = append(rows[m[1]], line)
		}
	}
	for n := 1; n <= 35; n++ {
		id := fmt.Sprintf("F%02d", n)
		if len(rows[id]) != 1 {
			t.Errorf("docs/faults.md has %d rows of %s", len(rows[id]), id)
			continue
		}
		for i, cell := range strings.Split(strings.Trim(strings.TrimSpace(rows[id][0]), "|"), "|") {
			if strings.TrimSpace(cell) == "" {
				t.Errorf("%s: cell %d is empty: want what is seen, what is billed, and a test", id, i)
			}
		}
		shown := false
		named := faultTest.FindAllStringSubmatch(rows[id][0], -1)
		for _, name := range named {
			text, ok := testText(t, name[1], name[2])
			if !ok {
				t.Errorf("%s: there is no test %s in %s", id, name[2], name[1])
			}
			shown = shown || strings.Contains(text, id)
		}
		if !shown {
			t.Errorf("%s: none of its %d tests has the number in its name or in a case", id, len(named))
		}
	}
	if len(rows) != 35 {
		t.Errorf("docs/faults.md has %d faults", len(rows))
	}
}

var (
	faultRow  = regexp.MustCompile(`^\| (F[0-9]{2}) \|`)
	faultTest = regexp.MustCompile("`([a-z0-9/]+)\\.(Test[A-Za-z0-9]+)`")
)

// testText is the source of a test without any comment, and whether there is one.
func testText(t *testing.T, dir, name string) (string, bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv != nil || f.Name.Name != name {
				continue
			}
			var text strings.Builder
			if err := format.Node(&text, set, f); err != nil {
				t.Fatal(err)
			}
			return text.String(), true
		}
	}
	return "", false
}
