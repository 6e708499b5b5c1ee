package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"frontdoor/guard"
	"frontdoor/scenarios"
)

// checkLabFile refuses, before anything starts, a targets file that is worth more than
// one of the lab, and a place where none can be written.
func checkLabFile(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() {
		if err := replaceable(path); err != nil {
			return err
		}
	}
	if link, err := os.Lstat(path); err == nil && link.Mode()&(fs.ModeSymlink|fs.ModeDevice|fs.ModeNamedPipe) != 0 {
		return nil // record.WriteWhole writes through these
	}
	if err == nil && info.IsDir() {
		return fmt.Errorf("--targets: %q is a folder: want a file", path)
	}
	tried := path + ".partial" // as record.WriteWhole does
	f, err := os.Create(tried)
	if err != nil {
		if at := (*fs.PathError)(nil); errors.As(err, &at) {
			err = at.Err // the file that is tried is nobody's
		}
		return fmt.Errorf("--targets: write %q: %w", path, err)
	}
	f.Close()
	return os.Remove(tried)
}

// replaceable wants a file that bench lab wrote: targets without a deployment, which
// bench destroy would work from, and on this machine alone.
func replaceable(path string) error {
	const want = ": want another file, or one that bench lab wrote"
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("--targets: %w", err)
	}
	t, err := scenarios.ParseTargets(path, data)
	if err != nil {
		return fmt.Errorf("--targets: %q is there and is no targets file: it is not overwritten%s", path, want)
	}
	if t.Deployment != nil {
		return fmt.Errorf("--targets: %q is of the deployment %q, and bench destroy works from it: it is not overwritten%s", path, t.Deployment.Name, want)
	}
	for _, host := range t.Hosts() {
		if !guard.Loopback(host) {
			return fmt.Errorf("--targets: %q has a front on %s: it is not overwritten%s", path, host, want)
		}
	}
	return nil
}
