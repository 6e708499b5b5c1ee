package scenarios

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// Body is the checks of an answer's body, all of which must hold.
type Body struct {
	Any      bool   // no check
	Contains string // "" is no check
	Equals   *string
	JSON     map[string]Value // field name or JSON pointer -> value
	Matches  *Pattern
}

// checks is Body as a mapping.
type checks Body

func (c *checks) fields() []field {
	return []field{
		{name: "contains", into: &c.Contains, pattern: `[\s\S]`, want: "text of one character or more",
			doc: "The body contains this text.", examples: []string{"Hello from Lambda!"}},
		{name: "equals", into: &c.Equals,
			doc: "The body is this text, byte for byte."},
		{name: "json", into: &c.JSON, least: 1, keys: `^([^/][\s\S]*|(/([^~/]|~[01])*)+)$`, keysWant: "names of fields, or JSON pointers such as /items/0/id",
			doc:      "The body is JSON in which each of these has this value. A name is a field of the outermost object; a name that begins with / is a JSON pointer (RFC 6901).",
			examples: []string{`{"status": "success", "/items/0/id": 7}`}},
		{name: "matches", into: &c.Matches,
			doc: "Some part of the body matches this regular expression (Go's syntax, RE2)."},
	}
}

func (b Body) matches(body []byte) bool {
	switch {
	case b.Any:
		return true
	case !bytes.Contains(body, []byte(b.Contains)),
		b.Equals != nil && string(body) != *b.Equals,
		b.Matches != nil && !b.Matches.re.Match(body):
		return false
	}
	return len(b.JSON) == 0 || b.jsonHolds(body)
}

func (b Body) jsonHolds(body []byte) bool {
	var doc any
	if json.Unmarshal(body, &doc) != nil {
		return false
	}
	for pointer, want := range b.JSON {
		if got, ok := lookup(doc, pointer); !ok || got != want.v {
			return false
		}
	}
	return true
}

// lookup finds the scalar at a field name or JSON pointer of doc.
func lookup(doc any, pointer string) (any, bool) {
	steps := []string{pointer}
	if strings.HasPrefix(pointer, "/") {
		steps = strings.Split(pointer[1:], "/")
		for i, s := range steps {
			steps[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(s)
		}
	}
	for _, step := range steps {
		switch here := doc.(type) {
		case map[string]any:
			next, ok := here[step]
			if !ok {
				return nil, false
			}
			doc = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(here) || strconv.Itoa(i) != step {
				return nil, false
			}
			doc = here[i]
		default:
			return nil, false
		}
	}
	switch doc.(type) {
	case map[string]any, []any:
		return nil, false
	}
	return doc, true
}

// Pattern is a regular expression of a body.
type Pattern struct{ re *regexp.Regexp }

func (p *Pattern) set(l literal) error {
	if l.tag != "!!str" {
		return errors.New("is not text")
	}
	re, err := regexp.Compile(l.text)
	if err != nil {
		bad := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		return errors.New("is not a regular expression, " + strings.ReplaceAll(bad, "\n", " "))
	}
	p.re = re
	return nil
}

func (p *Pattern) want() string { return `a regular expression such as "^OK [0-9]+$"` }

func (p *Pattern) schema() *schema { return &schema{Type: "string"} }

// String is the expression as written.
func (p Pattern) String() string {
	if p.re == nil {
		return ""
	}
	return p.re.String()
}
