package telemetry

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"frontdoor/record"
)

// Reports reads the invocations out of a folder of function logs as they grow,
// log groups and streams at any depth: one file per execution environment, in
// which invocations follow one another, each line ended by \n. It is not safe
// for concurrent use.
type Reports struct {
	dir  string
	read map[string]int64 // by path: bytes up to the end of the last REPORT given
}

// ReadReports returns a reader over the files of dir. Nothing is read yet.
func ReadReports(dir string) *Reports { return &Reports{dir, map[string]int64{}} }

// Next returns the invocations below the folder group ("" is all) that were
// completed since the last call that saw them, by
// file name and then in the order of the file. An invocation is complete when
// its REPORT line is, with its \n.
//
// The sum of LogBytes over a file is the file's size, up to its last REPORT.
func (r *Reports) Next(group string) ([]record.Report, error) {
	var all []record.Report
	err := filepath.WalkDir(filepath.Join(r.dir, group), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read function logs: %w", err)
		}
		if !e.Type().IsRegular() {
			return nil
		}
		found, end, err := readFrom(path, r.read[path])
		if err != nil {
			return err
		}
		r.read[path] = end
		all = append(all, found...)
		return nil
	})
	return all, err
}

// readFrom reads one file from an offset on. It returns the offset behind the
// last complete invocation.
func readFrom(path string, offset int64) ([]record.Report, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, offset, fmt.Errorf("read function log: %w", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() < offset {
		return nil, offset, fmt.Errorf("read function log %q: it is shorter than the %d bytes read before: %w", path, offset, errors.Join(err, io.ErrUnexpectedEOF))
	}
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return nil, offset, fmt.Errorf("read function log: %w", err)
	}
	reports, used, err := scan(bufio.NewReader(f))
	if err != nil {
		return nil, offset, fmt.Errorf("read function log %q: %w", path, err)
	}
	return reports, offset + used, nil
}

// scan reads invocations and returns how many bytes they took. A partial last
// line, and an invocation without its REPORT, are left for the next time.
func scan(log *bufio.Reader) ([]record.Report, int64, error) {
	var reports []record.Report
	var used int64
	var s stream
	for {
		text, err := log.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return reports, used, nil
		}
		if err != nil {
			return nil, 0, err
		}
		if r, ok := s.take(lineOf(text)); ok {
			used += r.LogBytes
			reports = append(reports, r)
		}
	}
}
