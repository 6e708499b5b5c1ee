package scenarios

import (
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Value is what a field of a JSON body must be: text, a number (compared as a
// 64-bit float, as JSON readers do), true, false or null.
type Value struct{ v any }

func (v *Value) decode(d *decoder, n *node, path string) *Error {
	wrong := d.fail(n, path, shape(n), v.want())
	if n.Kind != yaml.ScalarNode {
		return wrong
	}
	switch n.ShortTag() {
	case "!!str":
		v.v = n.Value
	case "!!bool":
		v.v = n.Value[0] == 't' || n.Value[0] == 'T'
	case "!!int", "!!float":
		f, err := strconv.ParseFloat(n.Value, 64)
		if err != nil || !decimal.MatchString(n.Value) {
			wrong.Problem = n.Value + " is not understood"
			return wrong
		}
		v.v = f
	case "!!null":
		v.v = nil
	default:
		return wrong
	}
	return nil
}

func (v *Value) want() string { return "text, a number, true, false or null" }

func (v *Value) schema() *schema {
	return &schema{Type: []string{"string", "number", "boolean", "null"}}
}
