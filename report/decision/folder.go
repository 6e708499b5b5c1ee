package decision

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"frontdoor/report"
)

// attempts is how often a number is looked for while others take theirs.
const attempts = 1000

// Write writes the record into dir, which it makes when there is none, under the
// number behind the highest one there, and returns its path. It writes over
// nothing; of several at once each gets a number of its own.
func Write(dir string, r *report.Report, o Options) (path string, err error) {
	if err := o.check(); err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("write decision record: %w", err)
	}
	if err := known(dir, o.Supersedes); err != nil {
		return "", err
	}
	number, release, err := reserve(dir)
	if err != nil {
		return "", fmt.Errorf("write decision record: %w", err)
	}
	defer release()
	name := stem(r, number)
	if err := lay(dir, name, o.Pictures); err != nil {
		return "", fmt.Errorf("write decision record: %w", err)
	}
	path = filepath.Join(dir, name+".md")
	if err := create(path, Render(r, o, number)); err != nil {
		return "", errors.Join(fmt.Errorf("write decision record: %w", err), remove(dir, name, o.Pictures))
	}
	return path, nil
}

// entry is the name of a record, of its pictures' folder, or of a reservation.
var entry = regexp.MustCompile(`^([0-9]{4,9})(-.*|\.reserved)$`)

// numbers lists the numbers that are taken in dir.
func numbers(dir string) (map[int]bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	taken := map[int]bool{}
	for _, e := range entries {
		if m := entry.FindStringSubmatch(e.Name()); m != nil {
			n, _ := strconv.Atoi(m[1]) // nine digits at most
			taken[n] = true
		}
	}
	return taken, nil
}

// known refuses to supersede a record that is not there.
func known(dir string, number int) error {
	if number == 0 {
		return nil
	}
	found, err := filepath.Glob(filepath.Join(escaped(dir), fmt.Sprintf("%04d-*.md", number)))
	if err != nil {
		return fmt.Errorf("supersedes record %04d: %w", number, err)
	}
	if len(found) == 0 {
		return fmt.Errorf("supersedes record %04d: there is no %04d-*.md in %q", number, number, dir)
	}
	return nil
}

// escaped is a path as a pattern that matches nothing else.
func escaped(path string) string {
	return regexp.MustCompile(`[\[*?]`).ReplaceAllString(path, "[$0]")
}

// reserve takes the number behind the highest one. Two names with one number do
// not collide, so that creating the record alone cannot tell who was first: a
// file that only one can create does. Whoever holds it looks again, since another
// may have written and let go in between.
func reserve(dir string) (int, func(), error) {
	for range attempts {
		taken, err := numbers(dir)
		if err != nil {
			return 0, nil, err
		}
		number := 1
		for n := range taken {
			number = max(number, n+1)
		}
		lock := filepath.Join(dir, fmt.Sprintf("%04d.reserved", number))
		switch err := create(lock, nil); {
		case errors.Is(err, fs.ErrExist):
			continue
		case err != nil:
			return 0, nil, err
		}
		release := func() { os.Remove(lock) }
		before, err := others(dir, number)
		if err == nil && !before {
			return number, release, nil
		}
		release()
		if err != nil {
			return 0, nil, err
		}
	}
	return 0, nil, fmt.Errorf("%q has no number left after %d attempts", dir, attempts)
}

// others reports whether dir has something of the number beside its reservation.
func others(dir string, number int) (bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		m := entry.FindStringSubmatch(e.Name())
		if m == nil || m[2] == ".reserved" {
			continue
		}
		if n, _ := strconv.Atoi(m[1]); n == number {
			return true, nil
		}
	}
	return false, nil
}

// lay writes the pictures into the folder beside the record.
func lay(dir, name string, pictures []Picture) error {
	if len(pictures) == 0 {
		return nil
	}
	folder := filepath.Join(dir, name)
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	for _, p := range pictures {
		if err := create(filepath.Join(folder, p.Name+".svg"), p.SVG); err != nil {
			return errors.Join(err, remove(dir, name, pictures))
		}
	}
	return nil
}

// remove takes away what lay wrote, and nothing that somebody put beside it.
func remove(dir, name string, pictures []Picture) error {
	if len(pictures) == 0 {
		return nil
	}
	folder := filepath.Join(dir, name)
	for _, p := range pictures {
		if err := os.Remove(filepath.Join(folder, p.Name+".svg")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Remove(folder)
}

// create writes a file that was not there. What could not be written whole is
// taken away again.
func create(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
