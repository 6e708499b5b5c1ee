package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/bundle"
	"frontdoor/record"
)

// bundleOf is a bundle of a recorded run whose manifest was changed.
func bundleOf(t *testing.T, run string, change func(*bundle.Manifest)) string {
	t.Helper()
	made, changed := filepath.Join(t.TempDir(), "made.tar.zst"), filepath.Join(t.TempDir(), "changed.tar.zst")
	if code, _, stderr := said(t, "bundle", run, "--count-invalid", "-o", made); code != exitOK {
		t.Fatal(stderr)
	}
	err := bundle.Open(made, func(dir string, m *bundle.Manifest) error {
		change(m)
		var b bytes.Buffer
		if err := bundle.Write(&b, dir, *m); err != nil {
			return err
		}
		return os.WriteFile(changed, b.Bytes(), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

// said is what a command does.
func said(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	e := world(nil)
	e.stdout, e.stderr, e.version = &out, &errs, "v9"
	return bench(context.Background(), e, args), out.String(), errs.String()
}

// Another version that writes other bytes says so, of the formats it was asked for,
// and writes them.
func TestOtherBytesAreSaid(t *testing.T) {
	run := recorded(t, 20, scenarioOf(""), 20, nil)
	path := bundleOf(t, run, func(m *bundle.Manifest) {
		m.Tool = "v1"
		for i := range m.Reports {
			if m.Reports[i].Path == "csv" {
				m.Reports[i].SHA256 = strings.Repeat("0", 64)
			}
		}
	})
	for format, want := range map[string]string{"table": "", "csv": "warning: this bench (v9) writes other bytes than the one that made the bundle (v1): csv\n"} {
		code, stdout, stderr := said(t, "report", path, "-o", format)
		if code != exitOK || stdout == "" || stderr != want {
			t.Errorf("%s: %d, %d bytes, %q", format, code, len(stdout), stderr)
		}
	}
}

// A bundle cannot bring what this bench would not take from the command line, and
// what it does not know it does not leave out in silence.
func TestOptionsOfBundles(t *testing.T) {
	run := recorded(t, 20, scenarioOf(""), 20, nil)
	for name, c := range map[string]struct {
		options map[string][]string
		want    string
	}{
		"unknown":     {map[string][]string{"zebra": {"1"}}, "has the option --zebra, which this bench does not know: use a newer bench"},
		"another's":   {map[string][]string{"output": {"csv=/tmp/x"}}, "has the option --output, which this bench does not know"},
		"no value":    {map[string][]string{"delta": {}}, "has the option --delta"},
		"not a share": {map[string][]string{"delta": {"wide"}}, `--delta: "wide": want a share`},
		"not a bool":  {map[string][]string{"count-invalid": {"maybe"}}, "--count-invalid"},
	} {
		path := bundleOf(t, run, func(m *bundle.Manifest) { m.Options = c.options })
		if code, _, stderr := said(t, "report", path); code != exitUsage || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: %d, %q; want %q", name, code, stderr, c.want)
		}
	}
}

// A bundle whose files are as listed and whose record is not whole is a damaged run.
func TestDamagedRunInABundle(t *testing.T) {
	run := recorded(t, 20, scenarioOf(""), 20, nil)
	rec, err := record.Open(run)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "b.tar.zst")
	made := bundleOf(t, run, func(*bundle.Manifest) {})
	err = bundle.Open(made, func(dir string, m *bundle.Manifest) error {
		for i, f := range m.Files {
			if !strings.HasPrefix(f.Path, "run/hits/") {
				continue
			}
			file := filepath.Join(dir, filepath.FromSlash(f.Path))
			if err := os.WriteFile(file, []byte("PAR1 of somebody else's"), 0o644); err != nil {
				return err
			}
			sum, err := bundle.Sum(file)
			if err != nil {
				return err
			}
			m.Files[i].Size, m.Files[i].SHA256 = sum.Size, sum.SHA256
		}
		var b bytes.Buffer
		if err := bundle.Write(&b, dir, *m); err != nil {
			return err
		}
		return os.WriteFile(path, b.Bytes(), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := said(t, "report", path); code != exitUsage || !strings.Contains(stderr, "was changed since it was written") {
		t.Errorf("%d, %q of run %s", code, stderr, rec.ID)
	}
}

// Two bundles are compared as their runs are.
func TestCompareBundles(t *testing.T) {
	before, after := recorded(t, 20, scenarioOf(""), 20, nil), recorded(t, 21, scenarioOf(""), 60, nil)
	whole := func(*bundle.Manifest) {}
	compared := func(a, b string) (int, string) {
		code, stdout, _ := said(t, "compare", a, b, "--metrics", "p50", "--count-invalid")
		return code, stdout
	}
	code, want := compared(before, after)
	if code != exitGate || !strings.Contains(want, "slower: url p50") {
		t.Fatalf("%d\n%s", code, want)
	}
	for _, c := range [][2]string{{bundleOf(t, before, whole), bundleOf(t, after, whole)}, {before, bundleOf(t, after, whole)}} {
		if code, got := compared(c[0], c[1]); code != exitGate || got != want {
			t.Errorf("%d\n%s\nwant\n%s", code, got, want)
		}
	}
}
