package record

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// What is no file, as /dev/null and the link /dev/stdout, is written to and stays
// what it is: a rename would put a file in its place.
func TestWriteWholeKeepsLinks(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	check(t, os.WriteFile(target, []byte("longer than what comes"), 0o644))
	check(t, os.Symlink(target, link))
	check(t, WriteWhole(link, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }))
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is now %v, %v", info.Mode(), err)
	}
	if got, err := os.ReadFile(target); string(got) != "new" {
		t.Errorf("the target holds %q, %v", got, err)
	}
}
