package decision_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"frontdoor/report/decision"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// files lists everything below dir, with contents.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		found[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWriteNumbers(t *testing.T) {
	for name, row := range map[string]struct {
		there []string
		want  string
	}{
		"no folder":           {nil, "0001"},
		"behind the highest":  {[]string{"0002-a.md", "0009-b.md", "0003-c.md"}, "0010"},
		"others do not count": {[]string{"README.md", "7-a.md", "template.md", "20261122.md", "0004-x.md"}, "0005"},
		"five digits":         {[]string{"9999-a.md"}, "10000"},
		"a folder counts":     {[]string{"0006-figures/a.svg"}, "0007"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "docs", "decisions [x]")
			before := map[string]string{}
			for _, path := range row.there {
				if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, path)), 0o755); err != nil {
					t.Fatal(err)
				}
				write(t, filepath.Join(dir, path), "old")
				before[path] = "old"
			}
			path, err := decision.Write(dir, sample(t), options(decision.MADR))
			if err != nil {
				t.Fatal(err)
			}
			stem := row.want + "-put-status-behind-url-lambda-function-url"
			if path != filepath.Join(dir, stem+".md") {
				t.Errorf("the record is %s", path)
			}
			number := 0
			fmt.Sscan(strings.TrimLeft(row.want, "0"), &number)
			before[stem+".md"] = string(decision.Render(sample(t), options(decision.MADR), number))
			before[filepath.Join(stem, "p99-by-round.svg")] = "<svg/>"
			if got := files(t, dir); fmt.Sprint(got) != fmt.Sprint(before) {
				t.Errorf("the folder holds %q, want %q", got, before)
			}
		})
	}
}

// Of many at once, each gets a number of its own, and nothing is left lying.
func TestWriteAtOnce(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "0003.reserved"), "") // of somebody who died
	const writers = 24
	paths := make([]string, writers)
	var all sync.WaitGroup
	for i := range writers {
		r := sample(t)
		r.Run.Handler = fmt.Sprintf("handler %d", i%6) // some have the same name
		all.Go(func() {
			var err error
			if paths[i], err = decision.Write(dir, r, options(decision.Minimal)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var numbers []string
	for _, path := range paths {
		numbers = append(numbers, filepath.Base(path)[:4])
	}
	slices.Sort(numbers)
	if unique := len(slices.Compact(slices.Clone(numbers))); unique != writers || numbers[0] != "0004" {
		t.Errorf("%d records have %d numbers: %q", writers, unique, numbers)
	}
	if got := len(files(t, dir)); got != 2*writers+1 {
		t.Errorf("the folder holds %d files, want a record and a picture each, and the old reservation", got)
	}
}

func TestWriteSupersedes(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "0003-old.md"), "status: accepted\n")
	o := options(decision.MADR)
	for number, want := range map[int]string{4: "supersedes record 0004: there is no 0004-*.md", -1: "supersedes record -1: want the number of one"} {
		o.Supersedes = number
		if _, err := decision.Write(dir, sample(t), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("supersedes %d: %v", number, err)
		}
	}
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("a refusal left %q", got)
	}
	o.Supersedes = 3
	path, err := decision.Write(dir, sample(t), o)
	if err != nil || filepath.Base(path)[:4] != "0004" {
		t.Fatalf("%s, %v", path, err)
	}
	if got := files(t, dir)["0003-old.md"]; got != "status: accepted\n" {
		t.Errorf("the old record is now %q", got)
	}
}

func TestWriteRefuses(t *testing.T) {
	picture := func(names ...string) decision.Options {
		var o decision.Options
		for _, name := range names {
			o.Pictures = append(o.Pictures, decision.Picture{Name: name})
		}
		return o
	}
	for want, o := range map[string]decision.Options{
		`unknown template "adr": want madr, madr-minimal or nygard`:      {Template: "adr"},
		`picture "../x": want a name of letters, digits, - and _`:        picture("../x"),
		`picture "": want a name of letters, digits, - and _`:            picture(""),
		`picture "a b": want a name of letters, digits, - and _`:         picture("a b"),
		`picture "A" is given twice`:                                     picture("a", "A"),
		`picture "` + strings.Repeat("x", 101) + `": want a name of let`: picture(strings.Repeat("x", 101)),
	} {
		dir := filepath.Join(t.TempDir(), "decisions")
		if _, err := decision.Write(dir, sample(t), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %s", err, want)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: the folder was made", want)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "")
	if _, err := decision.Write(file, sample(t), decision.Options{}); err == nil || !strings.Contains(err.Error(), "write decision record: ") {
		t.Errorf("a file in place of the folder: %v", err)
	}
}

// The name of a record is of ASCII letters, digits and dashes, whatever the
// handler is called.
func TestWriteNames(t *testing.T) {
	for handler, want := range map[string]string{
		"../../etc/passwd":       "0001-put-etc-passwd-behind-url-lambda-function-url.md",
		"größe\x00\xff":          "0001-put-gr-e-behind-url-lambda-function-url.md",
		strings.Repeat("x", 200): "0001-put.md",
		"":                       "0001-put-sample-behind-url-lambda-function-url.md",
	} {
		r := sample(t)
		r.Run.Handler = handler
		path, err := decision.Write(t.TempDir(), r, decision.Options{})
		if err != nil || filepath.Base(path) != want {
			t.Errorf("%q: %s, %v", handler, path, err)
		}
	}
}
