package bundle

import (
	"archive/tar"
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhatIsPackedComesBack(t *testing.T) {
	files, m, err := opened(t, written(t, laid(t, contents())))
	if err != nil || !maps.Equal(files, contents()) {
		t.Errorf("%q, %v", files, err)
	}
	if m.Tool != "v1" || m.Run != "r" || !slices.Equal(m.Options["gate"], []string{"p(95)<200", "rate<1%"}) || len(m.Files) != 4 {
		t.Errorf("manifest %+v", m)
	}
	if f, ok := m.Report("table"); !ok || f.SHA256 != "00" {
		t.Errorf("the table's sum is %v", f)
	}
}

// The same files give the same bytes, wherever they lie, whenever they were written
// and however they may be read.
func TestSameContentsSameBytes(t *testing.T) {
	first, again := laid(t, contents()), laid(t, contents())
	for name := range contents() {
		path := filepath.Join(again, filepath.FromSlash(name))
		check(t, os.Chmod(path, 0o600))
		check(t, os.Chtimes(path, time.Now(), time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)))
	}
	if !bytes.Equal(written(t, first), written(t, again)) {
		t.Error("the same files gave other bytes")
	}
}

// A file that changes while it is packed makes no bundle that lies.
func TestChangedMeanwhile(t *testing.T) {
	dir := laid(t, contents())
	files, err := List(dir)
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "run", "run.json"), []byte("[]\n"), 0o644))
	if err := Write(new(bytes.Buffer), dir, Manifest{Files: files}); err == nil || !strings.Contains(err.Error(), "changed meanwhile") {
		t.Errorf("error is %v", err)
	}
}

// tar and zstd, which others wrote, read it.
func TestOtherToolsReadIt(t *testing.T) {
	for _, tool := range []string{"tar", "zstd"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s here", tool)
		}
	}
	path := filepath.Join(t.TempDir(), "b.tar.zst")
	check(t, os.WriteFile(path, written(t, laid(t, contents())), 0o644))
	out, err := exec.Command("sh", "-c", `zstd -dc "$0" | tar -tf -`, path).CombinedOutput()
	if got := strings.Fields(string(out)); err != nil || !slices.Equal(got, []string{manifestFile, "floor/run.json", "prices/shipped/lambda.csv", "run/hits/01-alb.parquet", "run/run.json"}) {
		t.Errorf("%q, %v", got, err)
	}
}

// What is not a bundle, or was changed, is refused before anything of it is used, by
// one sentence.
func TestRefused(t *testing.T) {
	run, other := file("run/run.json", "{}"), file("run/meters.json", "{}")
	of := func(files ...entry) []byte {
		return archive(t, append([]entry{manifest(t, listing(t, files...))}, files...)...)
	}
	listed := func(change func(*Manifest), files ...entry) []byte {
		m := listing(t, files...)
		change(&m)
		return archive(t, append([]entry{manifest(t, m)}, files...)...)
	}
	if _, _, err := opened(t, of(run, other)); err != nil {
		t.Fatalf("a whole bundle is refused: %v", err)
	}
	whole := written(t, laid(t, contents()))
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                 {nil, "not a whole .tar.zst"},
		"something else":          {[]byte("PK\x03\x04 is a zip"), "not a whole .tar.zst"},
		"more behind its end":     {append(slices.Clone(whole), archive(t, file("run/x", strings.Repeat("x", 2<<20)))...), "more behind its end"},
		"no manifest":             {archive(t, run), "does not begin with a MANIFEST.json"},
		"a link as manifest":      {archive(t, entry{manifestFile, "", tar.TypeSymlink, "/etc/passwd"}), "does not begin with a MANIFEST.json"},
		"a manifest of words":     {archive(t, file(manifestFile, "hello")), "MANIFEST.json: invalid character"},
		"a manifest of nobody's":  {archive(t, file(manifestFile, `{"bundle": 1, "files": [], "zebra": 1}`)), "unknown field"},
		"no format":               {archive(t, file(manifestFile, `{}`)), "is not one of a bundle"},
		"a newer format":          {archive(t, file(manifestFile, `{"bundle": 2, "zebra": 1}`)), "use a newer bench"},
		"no run":                  {of(other), "no run/run.json"},
		"another text":            {listed(func(m *Manifest) { m.Files[0].SHA256 = strings.Repeat("0", 64) }, run), "was changed: its SHA-256"},
		"another size":            {listed(func(m *Manifest) { m.Files[0].Size = 3 }, run), "has 2 bytes, and MANIFEST.json says 3"},
		"a file less":             {archive(t, manifest(t, listing(t, run, other)), run), `lacks "run/meters.json"`},
		"a file more":             {archive(t, manifest(t, listing(t, run)), run, other), "does not list"},
		"another order":           {archive(t, manifest(t, listing(t, run, other)), other, run), "where MANIFEST.json lists"},
		"a file twice":            {of(run, run), "twice"},
		"up and out":              {of(run, file("run/../../x", "")), "no place inside"},
		"from the root":           {of(run, file("/etc/x", "")), "no place inside"},
		"another folder":          {of(run, file("logs/x", "")), "no place inside"},
		"a folder's own name":     {of(run, file("run", "")), "no place inside"},
		"another system's path":   {of(run, file(`run\..\..\x`, "")), "no place inside"},
		"a drive":                 {of(run, file("run/C:x", "")), "no place inside"},
		"a link":                  {of(run, entry{"run/scenario.yaml", "", tar.TypeSymlink, "/etc/passwd"}), "no regular file"},
		"a hard link":             {of(run, entry{"run/scenario.yaml", "", tar.TypeLink, "run/run.json"}), "no regular file"},
		"a folder":                {of(run, entry{"run/hits/", "", tar.TypeDir, ""}), "no place inside"},
		"a device":                {of(run, entry{"run/null", "", tar.TypeChar, ""}), "no regular file"},
		"more than may be":        {listed(func(m *Manifest) { m.Files[0].Size = mostBytes + 1 }, run), "says that"},
		"more than may be, split": {listed(func(m *Manifest) { m.Files[0].Size, m.Files[1].Size = mostBytes, 1 }, run, other), "unpacks to more"},
		"less than nothing":       {listed(func(m *Manifest) { m.Files[0].Size = -1 }, run), "says that"},
		"a file below a file":     {of(run, file("run/x", ""), file("run/x/y", "")), "run/x"},
	} {
		files, _, err := opened(t, c.data)
		if err == nil || files != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error is %v, want %q; files %v", name, err, c.want, files)
		}
	}
}

// However much of it is missing, and whichever byte is another, it is refused.
func TestDamaged(t *testing.T) {
	whole := written(t, laid(t, contents()))
	for n := range len(whole) {
		if files, _, err := opened(t, whole[:n]); err == nil || files != nil {
			t.Fatalf("%d of %d bytes are taken for a bundle", n, len(whole))
		}
	}
	want, _, _ := opened(t, whole)
	for i := range whole {
		damaged := slices.Clone(whole)
		damaged[i] ^= 1
		if files, _, err := opened(t, damaged); err == nil && !maps.Equal(files, want) {
			t.Fatalf("byte %d is another, and other files are taken", i)
		}
	}
}

// A small file that unpacks to much stops at what its manifest allows.
func TestBomb(t *testing.T) {
	run := file("run/run.json", "{}")
	bomb := archive(t, manifest(t, listing(t, run)), run, file("run/x", strings.Repeat("\x00", 64<<20)))
	if len(bomb) > 64<<10 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	if _, _, err := opened(t, bomb); err == nil || !strings.Contains(err.Error(), "does not list") {
		t.Errorf("error is %v", err)
	}
	large := archive(t, entry{manifestFile, strings.Repeat(" ", mostManifest+1), tar.TypeReg, ""})
	if _, _, err := opened(t, large); err == nil || !strings.Contains(err.Error(), "does not begin") {
		t.Errorf("error is %v", err)
	}
	r := &bounded{r: strings.NewReader("abcdef"), left: 4}
	got := make([]byte, 10)
	if n, err := r.Read(got); n != 4 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if n, err := r.Read(got); n != 0 || err == nil {
		t.Errorf("%d, %v", n, err)
	}
}
