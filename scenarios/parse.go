package scenarios

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxSize bounds what is read as a scenario; the shipped ones have about 4 KB.
const maxSize = 1 << 20

// Parse reads the scenario in data; name is how errors call the file. handlers are
// the built-in handlers that a scenario may name; with none given any name goes.
//
// The scenario comes back with every default filled in and every rule between
// fields checked. An error is an *Error and names the first mistake: first in file
// order among fields that are wrong by themselves, then in file order among those
// that contradict one another.
func Parse(name string, data []byte, handlers ...string) (*Scenario, error) {
	s := &Scenario{}
	d, err := read(source{name, "scenario", data}, s)
	if err != nil {
		return nil, err
	}
	s.normalise(d.at)
	c := &checker{file: name, at: d.at}
	s.check(c, handlers)
	if c.first != nil {
		return nil, c.first
	}
	s.Warnings, s.given, s.decoder = c.sorted(), nil, d
	return s, nil
}

// source is a file of one of the formats.
type source struct {
	name string // how errors call it
	noun string // "scenario" or "workload"
	data []byte
}

// read decodes a file into r, field by field, without the rules between fields.
func read(src source, r record) (*decoder, error) {
	root, err := src.document()
	if err != nil {
		return nil, err
	}
	d := &decoder{file: src.name, at: map[string]*node{"": root}}
	if err := d.version(root); err != nil {
		return nil, err
	}
	if f, ok := r.(formed); ok {
		f.form(root)
	}
	if err := d.record(root, "", r); err != nil {
		return nil, err
	}
	return d, nil
}

// version insists on the version being the first field and one that is known.
func (d *decoder) version(root *node) *Error {
	const want = "version: 1 as the first field"
	if root.Kind != yaml.MappingNode {
		return d.fail(root, "", shape(root), "a mapping with "+want)
	}
	if len(root.Content) == 0 || root.Content[0].Value != "version" {
		at := root
		if len(root.Content) > 0 {
			at = root.Content[0]
		}
		return d.fail(at, "", "does not begin with its version", want)
	}
	if v := root.Content[1]; v.ShortTag() == "!!int" && integer.MatchString(v.Value) && v.Value != strconv.Itoa(Version) {
		return d.fail(v, "version", v.Value+" is a version that this program does not read", strconv.Itoa(Version))
	}
	return nil
}

// document reads the one YAML document of a file.
func (src source) document() (*node, error) {
	name := src.name
	if err := readable(name, src.data); err != nil {
		return nil, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(src.data))
	var doc, next node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, &Error{File: name, Line: 1, Column: 1, Problem: "the file is empty", Want: "a " + src.noun + " that begins with version: 1"}
	} else if err != nil {
		return nil, src.syntax(err)
	}
	if err := dec.Decode(&next); err == nil {
		return nil, &Error{File: name, Line: max(next.Line, 1), Column: next.Column, Problem: "a second document begins", Want: "one " + src.noun + " in one file"}
	} else if !errors.Is(err, io.EOF) {
		return nil, src.syntax(err)
	}
	return doc.Content[0], nil
}

// readable refuses what the YAML reader would refuse without saying where.
func readable(name string, data []byte) error {
	if len(data) > maxSize {
		return &Error{File: name, Line: 1, Problem: "the file is too large", Want: "1 MiB or less"}
	}
	line, column := 1, 1
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return &Error{File: name, Line: line, Column: column, Problem: fmt.Sprintf("byte 0x%02x is not UTF-8", data[i]), Want: "a text file in UTF-8"}
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f {
			return &Error{File: name, Line: line, Column: column, Problem: fmt.Sprintf("control character 0x%02x", r), Want: "a text file in UTF-8"}
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		i += n
	}
	return nil
}

var (
	yamlLine = regexp.MustCompile(`^yaml: line ([0-9]+): `)
	tabbed   = regexp.MustCompile(`^ *\t`)
	anchored = regexp.MustCompile(`^unknown anchor .* referenced`) // its name may be a secret that begins with *
)

// syntax turns an error of the YAML parser into one of ours.
func (src source) syntax(err error) *Error {
	name := src.name
	text, line := err.Error(), 1
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	text = anchored.ReplaceAllString(strings.TrimPrefix(text, "yaml: "), "an alias, *, of an unknown anchor")
	// yaml.v3 counts lines from 0 in errors of its parser and from 1 in errors of
	// its scanner (decode.go, parser.fail); the parser's are of this form.
	if strings.HasPrefix(text, "did not find expected") {
		line++
	}
	lines := strings.Split(string(src.data), "\n")
	line = min(max(line, 1), len(lines))
	for _, at := range []int{line, line + 1} {
		if at <= len(lines) && tabbed.MatchString(lines[at-1]) {
			return &Error{File: name, Line: at, Column: strings.Index(lines[at-1], "\t") + 1,
				Problem: "a tab indents the line, which YAML does not allow", Want: "spaces"}
		}
	}
	return &Error{File: name, Line: line, Problem: "this is not YAML: " + text, Want: "YAML such as bench's own " + src.noun + "s"}
}
