package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/reporttest"
)

// made keeps the two reports that the tests of documents read: one takes a
// second to make. A test that changes one changes its own copy.
var made = struct {
	sync.Mutex
	reports map[string]*report.Report
}{reports: map[string]*report.Report{}}

func kept(t testing.TB, name string, make func(testing.TB) *report.Report) *report.Report {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	if made.reports[name] == nil {
		made.reports[name] = make(t)
	}
	r := *made.reports[name]
	r.Run.Sum = strings.Repeat("5a", 32) // the sample's files do not have the same bytes every time
	return &r
}

func sample(t testing.TB) *report.Report  { return kept(t, "sample", reporttest.Judged) }
func hostile(t testing.TB) *report.Report { return kept(t, "hostile", reporttest.HostileJudged) }

func written(t testing.TB, write report.Writer, r *report.Report) string {
	t.Helper()
	var text strings.Builder
	if err := write(&text, r); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// golden compares with a file that was read and checked by hand.
func golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (-update writes it anew); it is now\n%s", path, got)
	}
}

func TestMarkdownGolden(t *testing.T) {
	pictures := []report.Picture{{Title: "p99 by round", Alt: "edge is lowest", Path: "figures/p99 (by round).svg"}, {Title: "Months", Path: "figures/months.svg"}}
	golden(t, "sample.md.golden", written(t, report.MarkdownWith(pictures), sample(t)))
}

// The document shows the very cells of the tables, and every word of the verdict.
func TestMarkdownShowsTheTables(t *testing.T) {
	for _, r := range []*report.Report{sample(t), hostile(t)} {
		text := written(t, report.Markdown, r)
		tables := report.TablesOf(r)
		for _, g := range []report.Grid{tables.Decision, tables.Gates, tables.Comparisons, tables.Flips, tables.Latency, tables.Money} {
			if len(g.Rows) == 0 || !strings.Contains(text, report.MarkdownTable(g)) {
				t.Errorf("the table with %q is not there whole", g.Header)
			}
		}
		for _, phrases := range [][]string{r.Decision.Sentences, r.Decision.Cautions, tables.Notes, r.Missing, r.Warnings, {r.Again(), r.Run.Sum, r.Run.ID}} {
			for _, p := range phrases {
				if !strings.Contains(text, p) && !strings.Contains(text, report.MarkdownText(p)) {
					t.Errorf("%q is not there", p)
				}
			}
		}
	}
}

func TestMarkdownNamesItsSource(t *testing.T) {
	for source, want := range map[record.Source]bool{record.SourceLab: true, record.SourceAWS: false, record.SourceURL: false} {
		r := sample(t)
		r.Run.Source, r.Decision.Cautions = source, nil
		if text := written(t, report.Markdown, r); strings.Contains(text, "LAB") != want || !strings.Contains(text, report.MarkdownText(r.Origin())) {
			t.Errorf("from %s the document begins %q", source, text[:200])
		}
	}
}

// What GitHub would refuse for its size is left out by section, and said.
func TestMarkdownStaysUnderTheLimit(t *testing.T) {
	for _, size := range []int{1 << 10, 1<<20 - 20_000, 1 << 20, 3 << 20} {
		r := sample(t)
		r.Warnings = []string{strings.Repeat("x", size)}
		r.Missing = []string{strings.Repeat("y", size/2)}
		text := written(t, report.Markdown, r)
		whole := strings.Contains(text, r.Warnings[0])
		if len(text) >= 1<<20 || whole == strings.Contains(text, "### Warnings\n\nLeft out") || !strings.Contains(text, r.Again()) {
			t.Errorf("with a warning of %d bytes the document has %d, the warning is whole: %v", size, len(text), whole)
		}
		if whole != (size == 1<<10) {
			t.Errorf("a warning of %d bytes is whole: %v", size, whole)
		}
	}
}

func TestMarkdownRefusesPicturesFromElsewhere(t *testing.T) {
	for _, path := range []string{"", "/etc/x.svg", "https://example.com/x.svg", "javascript:alert(1)"} {
		var out strings.Builder
		err := report.MarkdownWith([]report.Picture{{Title: "T", Path: path}})(&out, sample(t))
		if err == nil || !strings.Contains(err.Error(), `picture "T"`) || out.Len() > 0 {
			t.Errorf("path %q: error %v, %d bytes written", path, err, out.Len())
		}
	}
}
