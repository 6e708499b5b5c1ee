package cloudwatch

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// AWS Query, https://smithy.io/2.0/aws/protocols/aws-query-protocol.html: a
// form whose keys are paths, with lists spelled NAME.member.1, NAME.member.2.

// maxFormIndex bounds list positions, so that "member.2000000000" is refused
// and not allocated. PutMetricData takes the most, 1,000.
const maxFormIndex = 1000

// decodeForm reads a form into target by way of JSON.
func decodeForm(form url.Values, target any) error {
	root := node{}
	for key, values := range form {
		if err := root.set(strings.Split(key, "."), values[0]); err != nil {
			return fmt.Errorf("parameter %q: %w", key, err)
		}
	}
	plain, err := root.plain()
	if err != nil {
		return err
	}
	text, err := json.Marshal(plain)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, target)
}

// node is a tree of parameters; a leaf holds its text under "".
type node map[string]any

func (n node) set(path []string, value string) error {
	if len(path) == 1 {
		if _, taken := n[path[0]]; taken {
			return fmt.Errorf("is both a value and a structure")
		}
		n[path[0]] = value
		return nil
	}
	child, found := n[path[0]]
	if !found {
		child = node{}
		n[path[0]] = child
	}
	inner, ok := child.(node)
	if !ok {
		return fmt.Errorf("is both a value and a structure")
	}
	return inner.set(path[1:], value)
}

// plain turns {"member": {"1": x, "2": y}} into the list [x, y].
func (n node) plain() (any, error) {
	if members, ok := n["member"].(node); ok && len(n) == 1 {
		return members.list()
	}
	out := make(map[string]any, len(n))
	for name, child := range n {
		inner, ok := child.(node)
		if !ok {
			out[name] = child
			continue
		}
		plain, err := inner.plain()
		if err != nil {
			return nil, err
		}
		out[name] = plain
	}
	return out, nil
}

func (n node) list() (any, error) {
	indices := make([]int, 0, len(n))
	for key := range n {
		i, err := strconv.Atoi(key)
		if err != nil || i < 1 || i > maxFormIndex {
			return nil, fmt.Errorf("list position %q is not between 1 and %d", key, maxFormIndex)
		}
		indices = append(indices, i)
	}
	slices.Sort(indices)
	out := make([]any, 0, len(n))
	for _, i := range indices {
		switch child := n[strconv.Itoa(i)].(type) {
		case node:
			plain, err := child.plain()
			if err != nil {
				return nil, err
			}
			out = append(out, plain)
		case string:
			out = append(out, child)
		}
	}
	return out, nil
}
