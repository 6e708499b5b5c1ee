package scenarios

import (
	"embed"
	"errors"
)

//go:embed workloads/*.yaml
var shippedWorkloads embed.FS

// ErrUnknownWorkload is what OpenWorkload wraps when a name is neither a shipped
// workload nor a file.
var ErrUnknownWorkload = errors.New("no such workload")

// workloadShelf is the workloads that are built in.
func workloadShelf() shelf {
	return shelf{shippedWorkloads, "workloads", "workload", ErrUnknownWorkload}
}

// Workloads lists the workloads that are built in, by name.
func Workloads() []Info {
	var infos []Info
	for _, name := range workloadShelf().names() {
		info := Info{Name: name}
		data, _ := WorkloadNamed(name)
		if w, err := ParseWorkload(name, data); err == nil { // a test parses each of them
			info.Description = w.Description
		}
		infos = append(infos, info)
	}
	return infos
}

// WorkloadNamed returns the text of the shipped workload of that name, and whether
// there is one.
func WorkloadNamed(name string) ([]byte, bool) { return workloadShelf().text(name) }

// OpenWorkload returns the text of a workload as Open does that of a scenario: of the
// shipped one called nameOrPath, or of the file there.
func OpenWorkload(nameOrPath string) (name string, data []byte, err error) {
	return workloadShelf().open(nameOrPath)
}
