package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Files lists what was recorded in the folder of a run, and nothing that lies beside
// it: paths below dir with slashes, in the order in which the run has them. logs adds
// the functions' logs, which hold whatever a function printed.
func Files(dir string, logs bool) ([]string, error) {
	run, err := Peek(dir)
	if err != nil {
		return nil, fmt.Errorf("%q is not a run: %w", dir, err)
	}
	names := []string{runFile, scenarioFile, targetsFile, planFile, metersFile, countersFile, offloadFile}
	for _, t := range run.Trials {
		names = append(names, path.Join(hitsDir, trialFile(t)), path.Join(reportsDir, trialFile(t)))
	}
	var files []string
	for _, name := range names {
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case !info.Mode().IsRegular():
			return nil, fmt.Errorf("%q of run %q is no regular file", name, run.ID)
		default:
			files = append(files, name)
		}
	}
	if !logs {
		return files, nil
	}
	err = filepath.WalkDir(filepath.Join(dir, logsDir), func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, file)
		files = append(files, filepath.ToSlash(name))
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return files, err
}
