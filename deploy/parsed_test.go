package deploy

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// template is a parsed CloudFormation template. A tag such as !Ref NAME is the mapping
// {"Ref": NAME} that it is short for, and !Sub TEXT is {"Fn::Sub": TEXT}.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
type template struct {
	Description string                    `yaml:"Description"`
	Parameters  map[string]map[string]any `yaml:"Parameters"`
	Conditions  map[string]any            `yaml:"Conditions"`
	Resources   map[string]resource       `yaml:"Resources"`
	Outputs     map[string]map[string]any `yaml:"Outputs"`
}

type resource struct {
	Type       string         `yaml:"Type"`
	Condition  string         `yaml:"Condition"`
	DependsOn  any            `yaml:"DependsOn"`
	Properties map[string]any `yaml:"Properties"`
}

func parse(t *testing.T, text string) template {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	long(&root)
	var parsed template
	if err := root.Decode(&parsed); err != nil {
		t.Fatal(err)
	}
	return parsed
}

// long writes the short forms of functions out.
func long(n *yaml.Node) {
	for _, child := range n.Content {
		long(child)
	}
	if !strings.HasPrefix(n.Tag, "!") || strings.HasPrefix(n.Tag, "!!") {
		return
	}
	name := "Fn::" + n.Tag[1:]
	if n.Tag == "!Ref" || n.Tag == "!Condition" {
		name = n.Tag[1:]
	}
	inner := *n
	inner.Tag, inner.Style = "", 0
	if inner.Kind == yaml.ScalarNode {
		inner.Tag = "!!str"
	}
	if n.Tag == "!GetAtt" { // NAME.ATTRIBUTE is short for a list of both
		resource, attribute, _ := strings.Cut(n.Value, ".")
		inner = yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{scalar(resource), scalar(attribute)}}
	}
	*n = yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{scalar(name), &inner}, Line: n.Line}
}

func scalar(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

// texts are the whole templates by name.
func texts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range Templates() {
		text, err := Text(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = text
	}
	if len(out) == 0 {
		t.Fatal("no templates were found")
	}
	return out
}
