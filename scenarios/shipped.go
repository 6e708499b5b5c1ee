package scenarios

import (
	"embed"
	"errors"
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
func Names() []string { return scenarioShelf().names() }

// Open returns the text of a scenario: of the shipped one called nameOrPath, or of
// the file there. name is what to call it in errors. A shipped name wins over a file in
// the working directory; ./quickstart is always the file.
func Open(nameOrPath string) (name string, data []byte, err error) {
	return scenarioShelf().open(nameOrPath)
}

func scenarioShelf() shelf { return shelf{shipped, "shipped", "scenario", ErrUnknown} }
