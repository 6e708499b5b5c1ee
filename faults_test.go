package frontdoor_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/faults.md has a row for each of the 35 faults, and each row names tests that
// there are, of which one at least says in its words that it shows the fault.
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
		shown := false
		named := faultTest.FindAllStringSubmatch(rows[id][0], -1)
		for _, name := range named {
			text, ok := testText(t, name[1], name[2])
			if !ok {
				t.Errorf("%s: there is no test %s in %s", id, name[2], name[1])
			}
			shown = shown || strings.Contains(text, id) || strings.Contains(text, "func Test"+id)
		}
		if !shown {
			t.Errorf("%s: none of its %d tests says that it shows it", id, len(named))
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

// testText is the source of a test with its comment, and whether there is one.
func testText(t *testing.T, dir, name string) (string, bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, source, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv != nil || f.Name.Name != name {
				continue
			}
			from := f.Pos()
			if f.Doc != nil {
				from = f.Doc.Pos()
			}
			return string(source[set.Position(from).Offset:set.Position(f.End()).Offset]), true
		}
	}
	return "", false
}
