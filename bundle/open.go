package bundle

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// Is reports whether a path is that of a file, which a run's folder is not.
func Is(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Open unpacks the bundle at path into a folder that is there while use runs. Nothing
// of it is used before the whole of it is what its manifest says.
func Open(path string, use func(dir string, m *Manifest) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	dir, err := os.MkdirTemp("", "bench-bundle-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	m, err := unpack(file, dir)
	if err != nil {
		return fmt.Errorf("bundle %q is refused: %w", path, err)
	}
	return use(dir, m)
}

// unpack puts what r holds below dir.
func unpack(r io.Reader, dir string) (*Manifest, error) {
	unpacked, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, notWhole(err)
	}
	defer unpacked.Close()
	limited := &bounded{r: unpacked, left: mostBytes + mostManifest + 1024*(mostFiles+2)}
	archive := tar.NewReader(limited)
	m, err := first(archive)
	if err != nil {
		return nil, err
	}
	for _, f := range m.Files {
		if err := next(archive, f.Path, f.Size); err != nil {
			return nil, err
		}
		if err := put(archive, dir, f); err != nil {
			return nil, err
		}
	}
	if h, err := archive.Next(); err == nil {
		return nil, fmt.Errorf("it has %q, which %s does not list", h.Name, manifestFile)
	} else if !errors.Is(err, io.EOF) {
		return nil, notWhole(err)
	}
	// tar stops at its end: the compression's own checksum comes after it.
	if n, err := io.Copy(io.Discard, io.LimitReader(limited, 1<<20)); err != nil || n == 1<<20 {
		return nil, notWhole(err)
	}
	return m, nil
}

// first reads the manifest.
func first(archive *tar.Reader) (*Manifest, error) {
	h, err := archive.Next()
	if err != nil {
		return nil, notWhole(err)
	}
	if h.Name != manifestFile || h.Typeflag != tar.TypeReg || h.Size > mostManifest {
		return nil, fmt.Errorf("it does not begin with a %s", manifestFile)
	}
	data, err := io.ReadAll(archive)
	if err != nil {
		return nil, notWhole(err)
	}
	return parseManifest(data)
}

// next comes to the file that must follow.
func next(archive *tar.Reader, name string, size int64) error {
	h, err := archive.Next()
	switch {
	case errors.Is(err, io.EOF):
		return fmt.Errorf("it lacks %q", name)
	case err != nil:
		return notWhole(err)
	case h.Name != name:
		return fmt.Errorf("it has %q where %s lists %q", h.Name, manifestFile, name)
	case h.Typeflag != tar.TypeReg:
		return fmt.Errorf("%q is no regular file", name)
	case h.Size != size:
		return fmt.Errorf("%q has %d bytes, and %s says %d", name, h.Size, manifestFile, size)
	}
	return nil
}

// put writes a file below dir, where none is yet.
func put(archive io.Reader, dir string, f File) error {
	path := filepath.Join(dir, filepath.FromSlash(f.Path)) // safe said that it lies below dir
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, hash), archive)
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return notWhole(err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("%q was changed: its SHA-256 is not the one in %s", f.Path, manifestFile)
	}
	return nil
}

// notWhole is what is wrong with an archive that is none.
func notWhole(err error) error {
	if err == nil {
		err = errors.New("there is more behind its end")
	}
	return fmt.Errorf("it is not a whole .tar.zst archive: %w", err)
}

// bounded reads no more than left, and says so.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errors.New("it unpacks to more than it may")
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
