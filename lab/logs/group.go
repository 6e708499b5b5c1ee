package logs

import (
	"cmp"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Group is a log group: a folder with a file for each log stream, at any depth.
type Group struct {
	Region string
	Name   string // as AWS spells it: /aws/lambda/NAME
	Folder string
	// Span tells when the invocation of a request id was; false: it is not over, or was
	// never begun. Nil: the group is none of Lambda's, and events have the time that they
	// begin with, or else that of the file's last change.
	Span func(requestID string) (began, ended time.Time, known bool)
}

// arn is the group's ARN without the ":*" that some answers add.
func (g Group) arn() string {
	return "arn:aws:logs:" + g.Region + ":" + accountID + ":log-group:" + g.Name
}

// accountID is the account that AWS's documentation uses in examples.
const accountID = "123456789012"

// read returns the events of the group within [from, until], Unix milliseconds, in the
// order of time, and the bytes of its messages. A folder that is not there yet is empty:
// nobody has called the function.
func (g Group) read(from, until int64) ([]event, int64, error) {
	var all []event
	var size int64
	err := filepath.WalkDir(g.Folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		found, err := g.stream(path)
		for _, one := range found {
			if one.at >= from && one.at <= until {
				all = append(all, one)
				size += int64(len(one.message))
			}
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	slices.SortFunc(all, event.compare)
	return all, size, err
}

// streamName is the name of a file's log stream.
func (g Group) streamName(path string) string {
	rel, err := filepath.Rel(g.Folder, path)
	if err != nil {
		rel = filepath.Base(path)
	}
	return strings.TrimSuffix(filepath.ToSlash(rel), ".log")
}

// find returns the Region's group of a name or an ARN.
func (h *Handler) find(region, identifier string) (Group, error) {
	for _, g := range h.groups {
		if g.Region == region && (g.Name == identifier || g.arn() == strings.TrimSuffix(identifier, ":*")) {
			return g, nil
		}
	}
	return Group{}, notFound("The specified log group does not exist.")
}

// in lists the Region's groups by name.
func (h *Handler) in(region string) []Group {
	var list []Group
	for _, g := range h.groups {
		if g.Region == region {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
	return list
}
