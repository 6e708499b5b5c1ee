package scenarios

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

//go:embed shipped/*.yaml
var shipped embed.FS

// ErrUnknown is what Open wraps when a name is neither a shipped scenario nor a file.
var ErrUnknown = errors.New("no such scenario")

// Info names a shipped scenario.
type Info struct {
	Name        string
	Description string
}

// Shipped lists the scenarios that are built in, by name.
func Shipped() []Info {
	var infos []Info
	for _, name := range Names() {
		info := Info{Name: name}
		data, _ := shipped.ReadFile("shipped/" + name + ".yaml")
		if s, err := Parse(name, data); err == nil { // a test parses each of them
			info.Description = s.Description
		}
		infos = append(infos, info)
	}
	return infos
}

// Names lists the names of the scenarios that are built in, sorted.
func Names() []string {
	files, _ := fs.Glob(shipped, "shipped/*.yaml") // fails on a bad pattern only
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), ".yaml"))
	}
	return names
}

// Open returns the text of a scenario: of the shipped one called nameOrPath, or of
// the file there. name is what to call it in errors. A shipped name wins over a file in
// the working directory; ./quickstart is always the file.
func Open(nameOrPath string) (name string, data []byte, err error) {
	if slices.Contains(Names(), nameOrPath) {
		name = nameOrPath + ".yaml"
		data, err = shipped.ReadFile("shipped/" + name)
		return name, data, err
	}
	data, err = os.ReadFile(nameOrPath)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, fmt.Errorf("open scenario %q: %w: want a file, or one of %s%s", nameOrPath, ErrUnknown, strings.Join(Names(), ", "), suggest(nameOrPath, Names()))
	}
	if err != nil {
		return "", nil, fmt.Errorf("open scenario %q: %w", nameOrPath, err)
	}
	return nameOrPath, data, nil
}
