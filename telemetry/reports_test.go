package telemetry

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdoor/record"
)

// write appends to a log file of dir.
func write(t *testing.T, dir, name, text string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

func report(id string) string {
	return format(record.Report{RequestID: id, DurationUS: 3010, BilledMS: 4, InitUS: -1, MemoryMB: 128, MaxMemMB: 36})
}

// invocation is the log of one invocation with the output.
func invocation(id, output string) string {
	return "START RequestId: " + id + " Version: $LATEST\n" + output + "END RequestId: " + id + "\n" + report(id)
}

func next(t *testing.T, r *Reports) []string {
	t.Helper()
	list, err := r.Next("")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, x := range list {
		ids = append(ids, x.RequestID)
	}
	return ids
}

func TestReportsAreIncremental(t *testing.T) {
	dir := t.TempDir()
	r := ReadReports(dir)
	steps := []struct {
		file, text string
		want       []string
	}{
		{"2.log", invocation("a", "hello\n") + invocation("b", ""), []string{"a", "b"}},
		{"2.log", "", nil},
		{"1.log", invocation("c", ""), []string{"c"}},
		{"2.log", "START RequestId: d Version: $LATEST\nworking\n", nil},
		{"2.log", "END RequestId: d\n" + strings.TrimSuffix(report("d"), "\n"), nil}, // a partial last line
		{"2.log", "\n" + invocation("e", ""), []string{"d", "e"}},
	}
	for i, s := range steps {
		write(t, dir, s.file, s.text)
		if got := next(t, r); !slices.Equal(got, s.want) {
			t.Errorf("step %d: %q, want %q", i, got, s.want)
		}
	}
}

// The bytes of all invocations are the bytes of the file.
func TestReportsLogBytes(t *testing.T) {
	dir := t.TempDir()
	a := "INIT_START Runtime Version: provided:al2023.v1\nloading\n" + invocation("a", "one\ntwo\n")
	b := invocation("b", "")
	write(t, dir, "log", a+b+"tail that belongs to nothing yet\n")
	list, err := ReadReports(dir).Next("")
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %v", list, err)
	}
	if list[0].LogBytes != int64(len(a)) || list[1].LogBytes != int64(len(b)) {
		t.Errorf("%d and %d bytes, want %d and %d", list[0].LogBytes, list[1].LogBytes, len(a), len(b))
	}
}

// Bytes must not depend on how often the log was read.
func TestReportsLogBytesInPieces(t *testing.T) {
	dir := t.TempDir()
	r := ReadReports(dir)
	text := invocation("a", "output\n")
	for i := range text {
		write(t, dir, "log", text[i:i+1])
		list, err := r.Next("")
		if err != nil {
			t.Fatal(err)
		}
		if last := i == len(text)-1; last != (len(list) == 1) {
			t.Fatalf("after %d of %d bytes: %v", i+1, len(text), list)
		}
		if len(list) == 1 && list[0].LogBytes != int64(len(text)) {
			t.Errorf("%d bytes, want %d", list[0].LogBytes, len(text))
		}
	}
}

// A function may print what looks like a REPORT line.
func TestReportsInOutput(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "log", invocation("a", report("forged")+"REPORT RequestId: forged too\n"))
	if got := next(t, ReadReports(dir)); !slices.Equal(got, []string{"a"}) {
		t.Errorf("%q, want a alone", got)
	}
}

func TestReportsErrors(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadReports(filepath.Join(dir, "absent")).Next(""); err == nil || !strings.Contains(err.Error(), "absent") {
		t.Errorf("no folder: %v", err)
	}
	write(t, dir, "log", invocation("a", ""))
	r := ReadReports(dir)
	next(t, r)
	if err := os.Truncate(filepath.Join(dir, "log"), 3); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(""); err == nil || !strings.Contains(err.Error(), "log") {
		t.Errorf("a log that shrank: %v", err)
	}
}

// Output around and between invocations may look like the log's own lines, whole
// or not; none of it may end a run, hide an invocation or make one up.
func TestReportsAmongLookalikes(t *testing.T) {
	dir := t.TempDir()
	noise := "REPORT RequestId: replaying an old log\n" + report("old")
	write(t, dir, "log", noise+invocation("a", "START RequestId: from-a-log Version: 1\nREPORT RequestId: a\tDuration: much\n")+noise+invocation("b", "")+
		"no end of line"+invocation("c", ""))
	if got := next(t, ReadReports(dir)); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("%q, want a, b and c", got)
	}
}

// Each front's trial reads its own function's log group only.
func TestReportsByLogGroup(t *testing.T) {
	dir := t.TempDir()
	for _, group := range []string{"one", "two"} {
		if err := os.Mkdir(filepath.Join(dir, group), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, dir, group+"/log", invocation(group, ""))
	}
	r := ReadReports(dir)
	for _, group := range []string{"two", "one"} {
		list, err := r.Next(group)
		if err != nil || len(list) != 1 || list[0].RequestID != group {
			t.Errorf("%s: %v, %v", group, list, err)
		}
	}
}
