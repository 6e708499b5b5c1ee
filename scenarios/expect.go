package scenarios

import (
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Expect is what an answer must be. A benchmark that looks at status codes alone
// calls an error page that says 200 a success (API Gateway's non-proxy
// integration sends such), so the body is checked unless the scenario says "any".
type Expect struct {
	Expectation
	Fronts map[string]Expectation // by the id of a front: what it must be there
}

func (e *Expect) fields() []field {
	return append(e.Expectation.fields(), field{name: "fronts", into: &e.Fronts, least: 1, keys: kebab, keysWant: kebabWant,
		doc:      "What the answer must be behind some fronts, by their ids, where the contracts of the doors differ: CloudFront hands a query over undecoded, and a handler may answer another code for it.",
		examples: []string{`{"alb": {"status": 422, "body": {"contains": "Not found item."}}}`}})
}

// For is what the answer must be behind the front called id.
func (e Expect) For(id string) Expectation {
	if own, ok := e.Fronts[id]; ok {
		return own
	}
	return e.Expectation
}

// Expectation is a status and checks of the body.
type Expectation struct {
	Status int
	Body   Body
}

func (e *Expectation) fields() []field {
	return []field{
		{name: "status", into: &e.Status, def: "200", min: "200", max: "599",
			doc: "The HTTP status code."},
		{name: "body", into: &e.Body, required: true,
			doc: "What the body must be: checks that must all hold, or the word any, which gives up checking it."},
	}
}

// Problem names what is wrong with an answer in a few fixed words, fit to be
// counted: "status 502", "body", or "" when the answer is as expected.
func (e Expectation) Problem(status int, body []byte) string {
	if status != e.Status {
		return "status " + strconv.Itoa(status)
	}
	if !e.Body.matches(body) {
		return "body"
	}
	return ""
}

// decode reads "any" or the mapping of checks.
func (b *Body) decode(d *decoder, n *node, path string) *Error {
	if n.Kind == yaml.MappingNode {
		if err := d.record(n, path, (*checks)(b)); err != nil {
			return err
		}
		if len(n.Content) == 0 {
			return d.fail(n, path, "has no check", b.want())
		}
		return nil
	}
	if n.Kind != yaml.ScalarNode || n.Value != "any" || n.ShortTag() != "!!str" {
		return d.fail(n, path, shape(n), b.want())
	}
	b.Any = true
	return nil
}

func (b *Body) want() string {
	return "any, or a mapping with one or more of contains, equals, json, matches"
}

func (b *Body) schema() *schema {
	mapping := recordSchema((*checks)(b))
	mapping.MinProperties = 1
	return &schema{AnyOf: []*schema{{Const: "any"}, mapping}}
}
