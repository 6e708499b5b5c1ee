package scenarios

import (
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

type node = yaml.Node

// shape says in words what a node is, for "is a list: want ...".
func shape(n *node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "is a mapping"
	case yaml.SequenceNode:
		return "is a list"
	case yaml.AliasNode:
		return "is an alias"
	}
	if n.ShortTag() == "!!null" {
		return "is empty"
	}
	return quoted(n) + " is " + map[string]string{
		"!!str":       "text",
		"!!int":       "a number",
		"!!float":     "a number",
		"!!bool":      "true or false",
		"!!timestamp": "a date",
	}[n.ShortTag()]
}

// quoted shows a scalar: text in quotes, anything else as it stands, cut at 60
// bytes so that the error stays one line.
func quoted(n *node) string {
	text := n.Value
	if len(text) > 60 {
		cut := 57
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + "..."
	}
	if n.ShortTag() == "!!str" {
		return strconv.Quote(text)
	}
	return text
}

// fromText is the node that text would be in a file: how defaults and bounds
// enter the decoder.
func fromText(text string) *node {
	var doc node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil || len(doc.Content) == 0 {
		return &node{Kind: yaml.ScalarNode, Tag: "!!null"}
	}
	return doc.Content[0]
}
