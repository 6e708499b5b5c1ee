package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdoor/record"
)

// checkOutputs refuses what --output names before any work is done: a format
// that there is not, a file named twice, a file that could not be written. Some
// formats are folders, which are made when they are not there.
func checkOutputs(outputs, formats []string, folders ...string) error {
	files := map[string]bool{}
	for _, o := range outputs {
		format, file, _ := strings.Cut(o, "=")
		if !slices.Contains(formats, format) {
			return fmt.Errorf("unknown format %q in --output: want one of %s", format, strings.Join(formats, ", "))
		}
		if file != "" {
			file = filepath.Clean(file)
		}
		if file != "" && files[file] {
			return fmt.Errorf("file %q is named by two --output flags", file)
		}
		files[file] = true
		check := checkTarget
		if slices.Contains(folders, format) {
			check = checkFolder
		}
		if err := check(file); err != nil {
			return fmt.Errorf("--output %s: %w", o, err)
		}
	}
	return nil
}

// checkTarget refuses a file that could not be written, before a run is spent.
func checkTarget(file string) error {
	if file == "" {
		return nil
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return fmt.Errorf("%q is a folder: want a file", file)
	}
	info, err := os.Stat(filepath.Dir(file))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no folder %q", filepath.Dir(file))
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%q is not a folder", filepath.Dir(file))
	}
	return nil
}

// checkFolder refuses a folder that could not be made.
func checkFolder(dir string) error {
	if dir == "" {
		return errors.New("it writes several files: want a folder, as in adr=docs/decisions")
	}
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err == nil && !info.IsDir() {
			return fmt.Errorf("%q is not a folder", at)
		}
		if err == nil || at == filepath.Dir(at) {
			return nil
		}
	}
}

// writeOutputs writes every output asked for, or the table: those with a file
// into it, the others to stdout in the order given. One that fails does not keep
// the others from being written: a run was spent on them.
func writeOutputs(env *env, outputs []string, writer func(format, file string) func(io.Writer) error) error {
	if len(outputs) == 0 {
		outputs = []string{"table"}
	}
	var errs error
	for i, o := range outputs {
		format, file, _ := strings.Cut(o, "=")
		if file != "" {
			errs = errors.Join(errs, record.WriteWhole(file, writer(format, file)))
			continue
		}
		if i > 0 && !strings.Contains(outputs[i-1], "=") {
			fmt.Fprintln(env.stdout)
		}
		errs = errors.Join(errs, writer(format, "")(env.stdout))
	}
	return errs
}
