package scenarios

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Item is the attributes of a DynamoDB item: text, json.Number, bool, nil, []any or
// map[string]any by name. Numbers keep their text: a float64 would change what has
// more than 17 digits.
type Item map[string]any

func (i *Item) decode(d *decoder, n *node, path string) *Error {
	if n.Kind != yaml.MappingNode {
		return d.fail(n, path, shape(n), i.want())
	}
	v, err := d.attribute(n, path)
	if err == nil {
		*i = v.(map[string]any)
	}
	return err
}

func (i *Item) want() string {
	return "a mapping of attributes to text, numbers, true, false, null, lists and mappings of such"
}

func (i *Item) schema() *schema { return &schema{Type: "object"} }

// attribute reads an attribute's value.
func (d *decoder) attribute(n *node, path string) (any, *Error) {
	if err := d.plain(n, path); err != nil {
		return nil, err
	}
	switch n.Kind {
	case yaml.MappingNode:
		return d.attributes(n, path)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for i, item := range n.Content {
			v, err := d.attribute(item, path+"["+strconv.Itoa(i)+"]")
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	}
	switch n.ShortTag() {
	case "!!str":
		return n.Value, nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true"), nil
	case "!!null":
		return nil, nil
	case "!!int", "!!float":
		if attributeNumber.MatchString(n.Value) && digits(n.Value) <= maxDigits {
			return json.Number(n.Value), nil
		}
		return nil, d.fail(n, path, n.Value+" is not understood", fmt.Sprintf("a number of at most %d digits, in quotes if it is meant as text", maxDigits))
	}
	return nil, d.fail(n, path, shape(n), "text in quotes, a number, true, false, null, a list or a mapping")
}

func (d *decoder) attributes(n *node, path string) (any, *Error) {
	values, seen := map[string]any{}, map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if err := d.key(key, path, seen); err != nil {
			return nil, err
		}
		v, err := d.attribute(n.Content[i+1], path+"["+strconv.Quote(key.Value)+"]")
		if err != nil {
			return nil, err
		}
		values[key.Value] = v
	}
	return values, nil
}

// maxDigits is the significant digits of a DynamoDB number:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
const maxDigits = 38

var attributeNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$`)

// digits counts the significant digits of a decimal number's text.
func digits(text string) int {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	return len(strings.Trim(strings.NewReplacer(".", "", "-", "", "+", "").Replace(mantissa), "0"))
}

// kindOf is the type of a key's value: S or N, "" for others.
func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "S"
	case json.Number:
		return "N"
	}
	return ""
}
