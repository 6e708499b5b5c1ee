package scenarios

import (
	"net/http"
	"net/url"

	"go.yaml.in/yaml/v3"
)

// Request is one kind of request in the mix, with what its answer must be.
type Request struct {
	Weight  int
	Method  string
	Path    string // percent-encoded, without a query
	Query   map[string]Values
	Headers map[string]string // that of Cookies among them
	Cookies map[string]string
	Body    string
	Expect  Expect
}

// pathWant is what a path in a URL has to be. The pattern refuses what a URL parts there.
const pathWant = "a percent-encoded path without a query that begins with /, such as /a%20b for /a b"

func (r *Request) fields() []field {
	return []field{
		{name: "weight", into: &r.Weight, def: "1", min: "1", max: "1000000",
			doc: "How often this request is drawn, relative to the weights of the others."},
		{name: "method", into: &r.Method, required: true, enum: methods(),
			doc: "The HTTP method."},
		{name: "path", into: &r.Path, def: "/", pattern: `^/[^?#\s]*$`, want: pathWant,
			doc: "The path, percent-encoded; it follows the front's url."},
		{name: "query", into: &r.Query,
			doc:      "Query parameters, not encoded: each name with one value, or with a list of them.",
			examples: []string{`{"input_file": "Big Buck Bunny.mp4", "tag": ["a", "b"]}`}},
		{name: "headers", into: &r.Headers, keys: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", keysWant: "header names such as Accept",
			pattern: `^[^\r\n\x00]*$`, want: "text on one line",
			doc:      "Header fields.",
			examples: []string{`{"Accept": "application/json"}`}},
		{name: "cookies", into: &r.Cookies, least: 1, keys: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", keysWant: "names of cookies such as experiment",
			pattern: `^[!#-+\--:<-\[\]-~]*$`, want: "a cookie's value, without spaces, quotes, commas, semicolons and backslashes",
			doc:      "Cookies that are no secret, such as the group of an experiment: they are recorded with the run, and deployed fronts are sent them. The header Cookie is refused there.",
			examples: []string{`{"experiment": "b"}`}},
		{name: "body", into: &r.Body,
			doc: "The request's body, as text. None by default."},
		{name: "expect", into: &r.Expect, required: true,
			doc: "What the answer must be. An answer that is not so is a failed request."},
	}
}

// Target returns the path with the encoded query, parameters sorted by name.
func (r Request) Target() string {
	if len(r.Query) == 0 {
		return r.Path
	}
	query := url.Values{}
	for name, values := range r.Query {
		query[name] = values
	}
	return r.Path + "?" + query.Encode()
}

func methods() []string {
	return []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}
}

// Values is one text or a list of them.
type Values []string

func (v *Values) decode(d *decoder, n *node, path string) *Error {
	if n.Kind == yaml.ScalarNode {
		*v = Values{""}
		return d.field(n, path, field{into: &(*v)[0]})
	}
	return d.field(n, path, field{into: (*[]string)(v), least: 1})
}

func (v *Values) want() string { return "text, or a list of texts" }

func (v *Values) schema() *schema {
	return &schema{AnyOf: []*schema{
		{Type: "string"},
		{Type: "array", Items: &schema{Type: "string"}, MinItems: 1},
	}}
}
