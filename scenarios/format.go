package scenarios

import (
	"bytes"
	"reflect"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// written is a scalar that can be written again.
type written interface {
	text() literal
}

// FormatTargets writes t as ParseTargets reads it.
func FormatTargets(t Targets) []byte {
	t.Version = Version
	root := nodeOf(&t)
	if t.Deployment != nil {
		root.HeadComment = "Where bench deploy put the fronts. It names secrets and holds none."
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		panic("scenarios: " + err.Error()) // of a node that has no YAML, which nodeOf does not make
	}
	return b.Bytes()
}

// nodeOf is a record as YAML, by its table of fields: what is zero is left out.
func nodeOf(r record) *node {
	n := &node{Kind: yaml.MappingNode}
	for _, f := range r.fields() {
		if v := reflect.ValueOf(f.into).Elem(); !v.IsZero() {
			n.Content = append(n.Content, text(f.name), valueNode(v))
		}
	}
	return n
}

// valueNode is the value of a field.
func valueNode(v reflect.Value) *node {
	switch into := v.Addr().Interface().(type) {
	case record:
		n := nodeOf(into)
		n.Style = flow(into)
		return n
	case written:
		l := into.text()
		return &node{Kind: yaml.ScalarNode, Value: l.text, Tag: l.tag}
	}
	switch v.Kind() {
	case reflect.Pointer:
		return valueNode(v.Elem())
	case reflect.Slice:
		n := &node{Kind: yaml.SequenceNode}
		for i := range v.Len() {
			n.Content = append(n.Content, valueNode(v.Index(i)))
		}
		if v.Type().Elem().Kind() == reflect.String {
			n.Style = yaml.FlowStyle
		}
		return n
	case reflect.Int:
		return &node{Kind: yaml.ScalarNode, Value: strconv.FormatInt(v.Int(), 10), Tag: "!!int"}
	case reflect.String:
		return text(v.String())
	}
	panic("scenarios: a field of kind " + v.Kind().String() + " is not written yet")
}

// flow is the style of short records, which fill a line and no more.
func flow(r record) yaml.Style {
	switch r.(type) {
	case *Auth, *DeployedStack, *DeployedFunction:
		return yaml.FlowStyle
	}
	return 0
}

// text is a scalar that reads as text whatever it looks like.
func text(s string) *node {
	n := &node{}
	n.SetString(s)
	if s == "<<" { // which yaml.v3 leaves plain, as a merge key
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}
