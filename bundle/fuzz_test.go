package bundle

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// FuzzOpen: whatever is read is refused, or is what its manifest lists and packs
// again into the same; and nothing appears beside the folder it is put in. The input
// is the archive before it is compressed, since a fuzzer does not find its way
// through a compression's checksum.
func FuzzOpen(f *testing.F) {
	whole := written(f, laid(f, contents()))
	reader, err := zstd.NewReader(bytes.NewReader(whole))
	check(f, err)
	var plain bytes.Buffer
	_, err = plain.ReadFrom(reader)
	check(f, err)
	f.Add(plain.Bytes())
	f.Add(bytes.Replace(plain.Bytes(), []byte("run/hits/"), []byte("run/../.."), 2))
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	check(f, err)
	f.Fuzz(func(t *testing.T, plain []byte) {
		root := t.TempDir()
		dir := filepath.Join(root, "a", "b")
		check(t, os.MkdirAll(dir, 0o755))
		m, err := unpack(bytes.NewReader(z.EncodeAll(plain, nil)), dir)
		for at, want := range map[string]string{root: "a", filepath.Join(root, "a"): "b"} {
			if list, err := os.ReadDir(at); err != nil || len(list) != 1 || list[0].Name() != want {
				t.Fatalf("%v lie in %s, %v", list, at, err)
			}
		}
		if err != nil {
			return
		}
		list, err := List(dir)
		check(t, err)
		if len(list) != len(m.Files) {
			t.Fatalf("%d files lie there and %d are listed", len(list), len(m.Files))
		}
		var again bytes.Buffer
		check(t, Write(&again, dir, *m))
		files, _, err := opened(t, again.Bytes())
		check(t, err)
		for _, one := range list {
			text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(one.Path)))
			if err != nil || files[one.Path] != string(text) {
				t.Fatalf("%s came back as %q, %v", one.Path, files[one.Path], err)
			}
		}
		if !maps.Equal(sums(m.Files), sums(list)) {
			t.Fatal("what lies there is not what is listed")
		}
	})
}

func sums(files []File) map[string]string {
	out := map[string]string{}
	for _, f := range files {
		out[f.Path] = f.SHA256
	}
	return out
}
