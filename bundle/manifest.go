package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// Format is the number of the layout that this package writes and reads.
const Format = 1

// The bounds of what is read. A record takes some 40 to 100 bytes for a request
// (docs/adr/0028), so that 4 GiB are tens of millions of them.
const (
	mostBytes    = 4 << 30 // unpacked
	mostFiles    = 100_000
	mostManifest = 32 << 20
)

const manifestFile = "MANIFEST.json"

// Manifest is what a bundle says of itself.
type Manifest struct {
	Format int    `json:"bundle"`
	Tool   string `json:"tool"`                // version of bench that made it
	Run    string `json:"run"`                 // id of the run
	Floor  string `json:"floor_run,omitempty"` // id of the A/A run in floor/; "" when there is none
	// FloorMissing is what the report says of an A/A run that was not there any more.
	FloorMissing string              `json:"floor_run_missing,omitempty"`
	Book         string              `json:"price_book"`           // which one it is, in words
	Options      map[string][]string `json:"options"`              // of bench report, by the name of the flag
	Files        []File              `json:"files"`                // in the order in which they follow
	Reports      []File              `json:"reports_when_bundled"` // what each format was; its Path is the format
}

// File is a file and what it must be.
type File struct {
	Path   string `json:"path"` // with slashes
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Report is the sum of a format when the bundle was made.
func (m *Manifest) Report(format string) (File, bool) {
	for _, f := range m.Reports {
		if f.Path == format {
			return f, true
		}
	}
	return File{}, false
}

// parseManifest refuses what Open could not keep to.
func parseManifest(data []byte) (*Manifest, error) {
	var number struct {
		Format int `json:"bundle"`
	}
	if err := json.Unmarshal(data, &number); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestFile, err)
	}
	if number.Format > Format {
		return nil, fmt.Errorf("it has format %d and this bench reads 1 to %d: use a newer bench", number.Format, Format)
	}
	var m Manifest
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestFile, err)
	}
	if m.Format < 1 || decoder.More() {
		return nil, fmt.Errorf("%s is not one of a bundle", manifestFile)
	}
	return &m, m.check()
}

func (m *Manifest) check() error {
	if len(m.Files) > mostFiles {
		return fmt.Errorf("%s lists %d files: want %d or less", manifestFile, len(m.Files), mostFiles)
	}
	seen, total := map[string]bool{}, int64(0)
	for _, f := range m.Files {
		switch {
		case !safe(f.Path):
			return fmt.Errorf("%s lists %q, which is no place inside of a bundle", manifestFile, f.Path)
		case seen[f.Path]:
			return fmt.Errorf("%s lists %q twice", manifestFile, f.Path)
		case f.Size < 0 || f.Size > mostBytes:
			return fmt.Errorf("%s says that %q has %d bytes", manifestFile, f.Path, f.Size)
		}
		seen[f.Path] = true
		if total += f.Size; total > mostBytes {
			return fmt.Errorf("it unpacks to more than %d bytes", int64(mostBytes))
		}
	}
	if !seen["run/run.json"] {
		return errors.New("it has no run/run.json")
	}
	return nil
}

// safe reports whether a path lies in one of a bundle's folders, on every system.
func safe(name string) bool {
	folder, _, below := strings.Cut(name, "/")
	switch folder {
	case "run", "floor", "prices":
	default:
		return false
	}
	return below && fs.ValidPath(name) && filepath.IsLocal(filepath.FromSlash(name)) && !strings.ContainsAny(name, "\\:\x00")
}
