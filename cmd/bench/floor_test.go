package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/record"
)

// together moves runs into one folder.
func together(t *testing.T, dirs ...string) string {
	t.Helper()
	runs := t.TempDir()
	for _, dir := range dirs {
		if err := os.Rename(dir, filepath.Join(runs, filepath.Base(dir))); err != nil {
			t.Fatal(err)
		}
	}
	return runs
}

// A run takes the newest A/A run of the same scenario, host and source that got to
// its end, and no other.
func TestFloorFor(t *testing.T) {
	yaml := scenarioOf("")
	aa := func(day int, text string, change func(*record.Run)) string {
		return recorded(t, day, text, 20, func(r *record.Run) {
			r.AA = true
			if change != nil {
				change(r)
			}
		})
	}
	runs := together(t,
		aa(10, yaml, nil),
		aa(11, yaml, nil),
		recorded(t, 12, yaml, 20, nil),
		aa(13, yaml, func(r *record.Run) { r.Stopped = "interrupt" }),
		aa(14, yaml, func(r *record.Run) { r.Host.CPUs = 64 }),
		aa(15, yaml, func(r *record.Run) { r.Source = record.SourceAWS }),
		aa(16, scenarioOf("description: another\n"), nil),
	)
	cut := filepath.Join(runs, filepath.Base(aa(17, yaml, nil))) // it died before its end
	if err := os.Rename(aa(17, yaml, nil), cut); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(cut, "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	without := strings.Replace(string(text), `"ended"`, `"endless"`, 1)
	if without == string(text) {
		t.Fatal("run.json has no end to take away")
	}
	if err := os.WriteFile(filepath.Join(cut, "run.json"), []byte(without), 0o600); err != nil {
		t.Fatal(err)
	}
	next, err := record.Peek(filepath.Join(runs, "20261112T150000Z-tiny"))
	if err != nil {
		t.Fatal(err)
	}
	if got := floorFor(runs, next, []byte(yaml), ""); got != "20261111T150000Z-tiny" {
		t.Errorf("the floor is of %q", got)
	}
	if sum := sha256.Sum256([]byte(yaml)); next.YAMLSum != hex.EncodeToString(sum[:]) {
		t.Error("the sum of the scenario is not that of its bytes")
	}
	if got := floorFor(filepath.Join(runs, "nowhere"), next, []byte(yaml), ""); got != "" {
		t.Errorf("no folder of runs has the floor %q", got)
	}
}

// The flag names an A/A run or none; else an A/A run is its own floor, and a run
// has that which it knew when it began, or says that it is gone.
func TestFloorOpens(t *testing.T) {
	yaml := scenarioOf("")
	isAA := func(r *record.Run) { r.AA = true }
	runs := together(t, recorded(t, 10, yaml, 20, isAA), recorded(t, 11, yaml, 20, nil),
		recorded(t, 12, yaml, 20, func(r *record.Run) { r.Floor = "20261110T150000Z-tiny" }),
		recorded(t, 13, yaml, 20, func(r *record.Run) { r.Floor = "20261101T150000Z-gone" }),
		recorded(t, 14, yaml, 20, func(r *record.Run) { r.Floor = "20261111T150000Z-tiny" }),
		recorded(t, 15, yaml, 20, func(r *record.Run) { r.AA, r.Scenario = true, "other" }),
		recorded(t, 16, yaml, 20, func(r *record.Run) { r.AA, r.Host.CPUs = true, 64 }),
		recorded(t, 17, yaml, 20, func(r *record.Run) { r.AA, r.Source = true, record.SourceAWS }))
	day := func(n string) string { return filepath.Join(runs, "202611"+n+"T150000Z-tiny") }
	tests := []struct {
		run, named    string
		floor         string // id of the run
		missing, fail string // parts of them
	}{
		{"10", "", "20261110T150000Z-tiny", "", ""},
		{"10", "none", "", "", ""},
		{"11", "", "", "", ""},
		{"11", day("10"), "20261110T150000Z-tiny", "", ""},
		{"11", day("12"), "", "", "is no A/A run: want one that bench run --aa made"},
		{"11", day("99"), "", "", "--floor: "},
		{"11", day("15"), "", "", "measured another scenario, or on another host or source"},
		{"11", day("16"), "", "", "measured another scenario, or on another host or source"},
		{"11", day("17"), "", "", "measured another scenario, or on another host or source"},
		{"12", "", "20261110T150000Z-tiny", "", ""},
		{"12", "none", "", "", ""},
		{"13", "", "", "the noise floor of A/A run 20261101T150000Z-gone cannot be read", ""},
		{"14", "", "", "the noise floor of A/A run 20261111T150000Z-tiny cannot be read: it is no A/A run", ""},
	}
	for _, test := range tests {
		rec, err := record.Open(day(test.run))
		if err != nil {
			t.Fatal(err)
		}
		aa, missing, err := floor(rec, test.named)
		id := ""
		if aa != nil {
			id = aa.ID
		}
		if id != test.floor || !strings.HasPrefix(missing, test.missing) || (missing == "") != (test.missing == "") {
			t.Errorf("%+v: floor %q, missing %q", test, id, missing)
		}
		if (err == nil) != (test.fail == "") || err != nil && !strings.Contains(err.Error(), test.fail) {
			t.Errorf("%+v: %v", test, err)
		}
	}
}
