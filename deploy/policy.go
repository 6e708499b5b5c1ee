package deploy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Policy is an identity policy of IAM:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
type Policy struct {
	Version   string
	Statement []Statement
}

// Statement allows actions on resources.
type Statement struct {
	Sid       string
	Effect    string
	Action    []string
	Resource  []string
	Condition map[string]map[string]any `json:",omitempty"`
}

// MaxPolicy is the most characters of a managed policy, white space not counted:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const MaxPolicy = 6144

// JSON is the document as IAM takes it, with a line feed at the end.
func (p Policy) JSON() []byte { return document(p) }

// document is JSON for people to read. It has strings in structs, lists and maps alone.
func document(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic("deploy: " + err.Error())
	}
	return b.Bytes()
}

// Size is the characters of the document that IAM counts.
func (p Policy) Size() int {
	return len(bytes.Join(bytes.Fields(p.JSON()), nil))
}

// allow is a statement; lists of actions of one service are written without its name.
func allow(sid, service string, actions, resources []string) Statement {
	s := Statement{Sid: sid, Effect: "Allow", Resource: resources}
	for _, a := range actions {
		s.Action = append(s.Action, service+":"+a)
	}
	return s
}

// when adds a condition.
func (s Statement) when(operator, key string, value any) Statement {
	s.Condition = map[string]map[string]any{operator: {key: value}}
	return s
}

// has reports whether a stack is made of one of the templates.
func (d *Deployment) has(templates ...string) bool {
	return d.anyStack(func(s Stack) bool { return slices.Contains(templates, s.Template) })
}

func (d *Deployment) anyStack(is func(Stack) bool) bool { return slices.ContainsFunc(d.Stacks, is) }

// tables are the ARNs of the scenario's tables.
func (d *Deployment) tables() []string {
	var arns []string
	for _, s := range d.Stacks {
		if s.Template == "table.yaml" {
			arns = append(arns, tableARN(s.Region, s.Parameters["TableName"]))
		}
	}
	return arns
}

func tableARN(region, name string) string {
	return fmt.Sprintf("arn:aws:dynamodb:%s:*:table/%s", region, name)
}
