package bundle

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// contents are the files of a small bundle.
func contents() map[string]string {
	return map[string]string{"run/run.json": "{}\n", "run/hits/01-alb.parquet": "PAR1", "prices/shipped/lambda.csv": "", "floor/run.json": "{\"aa\": true}\n"}
}

// laid puts files below a folder.
func laid(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		check(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return dir
}

// written is the bundle of the files below dir.
func written(t testing.TB, dir string) []byte {
	t.Helper()
	m := Manifest{Tool: "v1", Run: "r", Book: "shipped", Options: map[string][]string{"gate": {"p(95)<200", "rate<1%"}}, Reports: []File{{"table", 3, "00"}}}
	var err error
	m.Files, err = List(dir)
	check(t, err)
	var b bytes.Buffer
	check(t, Write(&b, dir, m))
	return b.Bytes()
}

// entry is a file of an archive that somebody made by hand.
type entry struct {
	name string
	text string
	kind byte
	link string
}

func file(name, text string) entry { return entry{name: name, text: text, kind: tar.TypeReg} }

// archive packs entries as they are.
func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b)
	check(t, err)
	a := tar.NewWriter(z)
	for _, e := range entries {
		check(t, a.WriteHeader(&tar.Header{Name: e.name, Typeflag: e.kind, Linkname: e.link, Size: int64(len(e.text)), Mode: 0o777}))
		_, err := a.Write([]byte(e.text))
		check(t, err)
	}
	check(t, a.Close())
	check(t, z.Close())
	return b.Bytes()
}

// listing is a manifest that lists files as they are.
func listing(t testing.TB, files ...entry) Manifest {
	t.Helper()
	m := Manifest{Format: Format, Tool: "v1", Run: "r", Options: map[string][]string{}, Reports: []File{}}
	for _, f := range files {
		sum := sha256.Sum256([]byte(f.text))
		m.Files = append(m.Files, File{f.name, int64(len(f.text)), hex.EncodeToString(sum[:])})
	}
	return m
}

func manifest(t testing.TB, m Manifest) entry {
	t.Helper()
	text, err := json.Marshal(m)
	check(t, err)
	return file(manifestFile, string(text))
}

// opened is what Open makes of data: the files, or why it is refused.
func opened(t testing.TB, data []byte) (files map[string]string, m *Manifest, refused error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "b.tar.zst")
	check(t, os.WriteFile(path, data, 0o644))
	refused = Open(path, func(dir string, got *Manifest) error {
		files, m = map[string]string{}, got
		list, err := List(dir)
		check(t, err)
		for _, f := range list {
			text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
			check(t, err)
			files[f.Path] = string(text)
		}
		return nil
	})
	return files, m, refused
}
