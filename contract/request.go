package contract

import (
	"slices"
	"strings"

	"frontdoor/front"
)

// Request is what goes over the wire, byte for byte.
type Request struct {
	Method string
	Path   string // as sent, bytes that no client would send included
	Query  string // as sent, without "?"
	Header front.Header
	Body   []byte
	Proto  string // "" is HTTP/1.1
	NoHost bool
	Bare   bool // no User-Agent either
	Times  int  // how many are sent at once; 0 is one
}

// target is the second word of the request line.
func (r Request) target() string {
	if r.Query == "" {
		return r.Path
	}
	return r.Path + "?" + r.Query
}

// set gives the header field one value more.
func (r *Request) set(name, value string) {
	r.Header = append(slices.Clip(r.Header), front.Field{Name: name, Value: value})
}

// post makes the request a POST of a body. An empty type sends none.
func (r *Request) post(contentType string, body []byte) {
	r.Method, r.Body = "POST", body
	if contentType != "" {
		r.set("Content-Type", contentType)
	}
}

// value replaces the value of the query's first parameter, so that a handler that
// asks for a parameter is asked about that one; "q" where there is none. The pairs
// of form take the name for "NAME".
func (r *Request) value(form string) {
	first, rest, _ := strings.Cut(r.Query, "&")
	name, _, _ := strings.Cut(first, "=")
	if name == "" {
		name = "q"
	}
	r.Query = strings.ReplaceAll(form, "NAME", name)
	if rest != "" {
		r.Query += "&" + rest
	}
}
