package report

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdoor/report/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGoldens compares every format of every report with a file that was read
// and checked by hand; the arithmetic is beside the recordings.
func TestGoldens(t *testing.T) {
	for _, g := range goldens() {
		r := g.made(t)
		for _, format := range []string{"table", "lines", "csv", "json"} { // the others have goldens of the sample
			t.Run(g.name+"/"+format, func(t *testing.T) {
				path, got := filepath.Join("testdata", g.name+"."+format+".golden"), render(t, format, r)
				if *update {
					check(t, os.MkdirAll("testdata", 0o755))
					check(t, os.WriteFile(path, []byte(got), 0o644))
				}
				want, err := os.ReadFile(path)
				check(t, err)
				if got != string(want) {
					t.Errorf("%s differs (-update writes it anew); it is now\n%s", path, got)
				}
			})
		}
	}
}

// The results of the arithmetic beside the recordings, which -update cannot
// change.
func TestComputedByHand(t *testing.T) {
	type result struct {
		front, p50, p90    string
		total, list        string
		billed1, billed100 int64
		billedWithInit     int64
	}
	for name, want := range map[string][]result{
		"three-fronts": {
			{"rest", "48.0", "60.0", "46.8183253515625", "46.8183253515625", 60 * 13, 60 * 100, 1200},
			{"alb", "30.0", "34.0", "36.7220053515625", "36.7220053515625", 60 * 60, 60 * 100, 60 * 60},
			{"edge", "10.6", "too few", "22.639667919921875", "22.639667919921875", 60 * 4, 60 * 100, 60 * 4},
		},
		"interrupted": {
			{"http", "20.0", "too few", "1.87516533515625", "1.87516533515625", 20 * 8, 20 * 100, 20 * 8},
			{"url", "24.0", "too few", "0.87516533515625", "0.87516533515625", 20 * 8, 20 * 100, 20 * 8},
		},
		"as-of-2018": {
			{"rest", "30.0", "34.0", "50.6950053515625", "60.1516853515625", 60 * 13, 60 * 100, 60 * 13},
			{"http", "30.0", "34.0", "0", "0", 60 * 13, 60 * 100, 60 * 13},
			{"url", "30.0", "34.0", "0", "0", 60 * 13, 60 * 100, 60 * 13},
			{"edge", "10.0", "20.0", "23.015242919921875", "25.515242919921875", 60 * 4, 60 * 100, 60 * 4},
		},
		"no-reports": {
			{"http", "20.0", "22.0", "1.371661376953125", "1.371661376953125", 0, 0, 0},
			{"alb", "24.0", "26.0", "24.147861376953125", "24.147861376953125", 0, 0, 0},
		},
	} {
		for _, g := range goldens() {
			if g.name != name {
				continue
			}
			var got []result
			for _, f := range g.made(t).Fronts {
				point := func(i int) string {
					text, _, _ := strings.Cut(words.Interval(f.Response[i].Estimate), " [")
					return text
				}
				got = append(got, result{f.ID, point(0), point(1), f.Cost.Bill.Total.String(), f.Cost.Bill.ListTotal.String(),
					f.Function.WithoutInit.MS1, f.Function.WithoutInit.MS100, f.Function.WithInit.MS1})
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s:\n%+v, want\n%+v", name, got, want)
			}
		}
	}
}
