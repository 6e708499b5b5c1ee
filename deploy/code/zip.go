package code

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// Package is a deployment package.
type Package struct {
	Zip      []byte
	Unzipped int64 // bytes
	sum      [sha256.Size]byte
}

// Key is the package's name in a bucket: its SHA-256, so that what lies there under
// the name is what is wanted.
func (p Package) Key() string { return hex.EncodeToString(p.sum[:]) + ".zip" }

// Hash is the package's SHA-256 as Lambda tells it of a function, in CodeSha256.
// https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
func (p Package) Hash() string { return base64.StdEncoding.EncodeToString(p.sum[:]) }

// file is a file of a package. Lambda runs as another user than the owner, so every
// file is readable to all, and a program executable:
// https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html#troubleshooting-deployment-denied
type file struct {
	content    []byte
	executable bool
}

// epoch is the time of every file in a package: the first that a zip can hold.
func epoch() time.Time { return time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC) }

// pack zips files, by their slashed names, in the order of the names.
func pack(files map[string]file) (Package, error) {
	var b bytes.Buffer
	var p Package
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestCompression)
	})
	for _, name := range slices.Sorted(maps.Keys(files)) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch()}
		header.SetMode(0o644)
		if files[name].executable {
			header.SetMode(0o755)
		}
		each, err := w.CreateHeader(header)
		if err == nil {
			_, err = each.Write(files[name].content)
		}
		if err != nil {
			return Package{}, fmt.Errorf("zip %s: %w", name, err)
		}
		p.Unzipped += int64(len(files[name].content))
	}
	if err := w.Close(); err != nil {
		return Package{}, fmt.Errorf("zip: %w", err)
	}
	p.Zip, p.sum = b.Bytes(), sha256.Sum256(b.Bytes())
	return p, nil
}

// unpacked is a zip of somebody's as a package, byte for byte; names are its files'.
func unpacked(data []byte) (p Package, names []string, err error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Package{}, nil, err
	}
	p = Package{Zip: data, sum: sha256.Sum256(data)}
	for _, f := range r.File {
		p.Unzipped += int64(f.UncompressedSize64)
		names = append(names, f.Name)
	}
	return p, names, nil
}
