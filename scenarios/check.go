package scenarios

import (
	"slices"
	"strings"
)

// checker collects what the rules between fields find.
type checker struct {
	file     string
	at       map[string]*node // field path -> value, for those that the file gives
	first    *Error           // first in file order
	warnings []Warning
}

// given reports whether the file itself has the field.
func (c *checker) given(path string) bool { return c.at[path] != nil }

// place is where path stands, or the nearest thing around it that does.
func (c *checker) place(path string) *node {
	for c.at[path] == nil {
		cut := strings.LastIndexAny(path, ".[")
		path = path[:max(cut, 0)]
	}
	return c.at[path]
}

func (c *checker) fail(path, problem, want string) {
	n := c.place(path)
	c.note(&Error{File: c.file, Line: n.Line, Column: n.Column, Field: path, Problem: problem, Want: want})
}

// note keeps e if it is the first in file order.
func (c *checker) note(e *Error) {
	if c.first == nil || e.Line < c.first.Line || e.Line == c.first.Line && e.Column < c.first.Column {
		c.first = e
	}
}

func (c *checker) warn(path, text, help string) {
	c.warnings = append(c.warnings, Warning{c.file, c.place(path).Line, path, text, help})
}

func (c *checker) sorted() []Warning {
	sorted := slices.Clone(c.warnings)
	slices.SortStableFunc(sorted, func(a, b Warning) int { return a.Line - b.Line })
	return sorted
}
