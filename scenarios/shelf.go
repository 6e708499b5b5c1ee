package scenarios

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"frontdoor/gate"
)

// shelf is the files of one format that are built in.
type shelf struct {
	files  embed.FS
	folder string
	noun   string // "scenario" or "workload"
	none   error  // a name that is neither built in nor a file
}

// names are the files' names without .yaml, sorted.
func (s shelf) names() []string {
	files, _ := fs.Glob(s.files, s.folder+"/*.yaml") // fails on a bad pattern only
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), ".yaml"))
	}
	return names
}

func (s shelf) text(name string) ([]byte, bool) {
	if !slices.Contains(s.names(), name) {
		return nil, false
	}
	data, err := s.files.ReadFile(s.folder + "/" + name + ".yaml")
	return data, err == nil
}

// open returns the built-in text called nameOrPath, or that of the file there.
func (s shelf) open(nameOrPath string) (name string, data []byte, err error) {
	if data, ok := s.text(nameOrPath); ok {
		return nameOrPath + ".yaml", data, nil
	}
	data, err = readBounded(nameOrPath)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, fmt.Errorf("open %s %q: %w: want a file, or one of %s%s", s.noun, nameOrPath, s.none, strings.Join(s.names(), ", "), gate.DidYouMean(nameOrPath, s.names()))
	}
	if err != nil {
		return "", nil, fmt.Errorf("open %s %q: %w", s.noun, nameOrPath, err)
	}
	return nameOrPath, data, nil
}

// readBounded reads no more than it takes to see that a file is too large.
func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSize+1))
}
