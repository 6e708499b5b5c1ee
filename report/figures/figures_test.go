package figures

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/reporttest"
)

var update = flag.Bool("update", false, "write the golden files")

// text is everything of a figure but its drawing.
func text(f Figure) string {
	var b strings.Builder
	fmt.Fprintf(&b, "== %s: %s\n%s\n%s\n%s\n%s\n", f.ID, f.Title, f.Takeaway, f.Explain, f.Alt, f.Chart.Source)
	for _, row := range append([][]string{f.Table.Header}, f.Table.Rows...) {
		b.WriteString(strings.Join(row, " | ") + "\n")
	}
	return b.String()
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what is made now; -update writes it", file)
	}
}

func TestSample(t *testing.T) {
	t.Parallel()
	r := reporttest.Sample(t)
	all := All(r)
	words := ""
	var ids []string
	for _, f := range all {
		words += text(f)
		ids = append(ids, f.ID)
		tableIsWhole(t, f)
		golden(t, f.ID+"-wide.svg", f.Chart.Standalone(chart.Wide()))
		golden(t, f.ID+"-narrow.svg", f.Chart.Standalone(chart.Narrow()))
	}
	golden(t, "texts.txt", words)
	if got, want := strings.Join(ids, " "), "percentiles differences rounds timeline connections cost phase tornado probability cold eras"; got != want {
		t.Errorf("figures %q, want %q", got, want)
	}
	r.Fronts, r.Comparisons, r.Estimate, r.Eras = r.Fronts[:1], nil, nil, nil
	ids = nil
	for _, f := range All(r) {
		ids = append(ids, f.ID)
	}
	if got := strings.Join(ids, " "); got != "percentiles rounds timeline connections cold" {
		t.Errorf("figures of one front: %s", got)
	}
}

// Every row of a table has a cell for each column.
func tableIsWhole(t *testing.T, f Figure) {
	t.Helper()
	if len(f.Table.Rows) == 0 {
		t.Errorf("%s has no data", f.ID)
	}
	for _, row := range f.Table.Rows {
		if len(row) != len(f.Table.Header) {
			t.Errorf("%s: row %q of %d columns", f.ID, row, len(f.Table.Header))
		}
	}
}

// A report without data has no figures.
func TestWithoutData(t *testing.T) {
	if all := All(&report.Report{}); len(all) != 0 {
		t.Errorf("an empty report has %d figures, the first %q", len(all), all[0].ID)
	}
}
