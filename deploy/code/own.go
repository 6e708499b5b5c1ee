package code

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Own makes the package of somebody's own function: a zip as it is, or the files of a
// folder. For a provided.* runtime it must have the program that Lambda starts there.
func Own(path, runtime string) (Package, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Package{}, err
	}
	read := zipped
	if info.IsDir() {
		read = folder
	}
	p, names, err := read(path)
	if err != nil {
		return Package{}, err
	}
	if len(names) == 0 {
		return Package{}, fmt.Errorf("%s has no files: want the function's code", path)
	}
	// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
	if strings.HasPrefix(runtime, "provided.") && !slices.Contains(names, "bootstrap") {
		return Package{}, fmt.Errorf("%s has no file bootstrap at its top, and the runtime %s starts that: want the program there, or another --runtime", path, runtime)
	}
	return p, nil
}

func zipped(path string) (Package, []string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Package{}, nil, err
	}
	p, names, err := unpacked(data)
	if err != nil {
		return Package{}, nil, fmt.Errorf("%s: %w: want a zip file or a folder", path, err)
	}
	return p, names, nil
}

// folder packs the regular files below a folder. Whoever may run one may run it in
// the package.
func folder(path string) (Package, []string, error) {
	files := map[string]file{}
	var names []string
	err := filepath.WalkDir(path, func(each string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(each) // what a link points to
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is no file: want files and folders only", each)
		}
		content, err := os.ReadFile(each)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(path, each)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		names = append(names, name)
		files[name] = file{content, info.Mode()&0o111 != 0}
		return nil
	})
	if err != nil {
		return Package{}, nil, err
	}
	p, err := pack(files)
	return p, names, err
}
