package deploy

import (
	"fmt"
	"strings"
	"testing"
)

// values are what a stack's parameters are: the plan's, or the template's defaults.
type values map[string]string

// built is a stack's template with its values.
func built(t *testing.T, s Stack) (template, values) {
	t.Helper()
	body, err := s.Body()
	if err != nil {
		t.Fatal(err)
	}
	parsed, v := parse(t, body), values{}
	for name, p := range parsed.Parameters {
		v[name] = textOf(p["Default"])
	}
	for name, value := range s.Parameters {
		v[name] = value
	}
	return parsed, v
}

// evaluate is a value as CloudFormation makes it: If, Ref and Sub of parameters are gone.
// The second result is false for AWS::NoValue. What is not ours to know (a Ref of a
// resource, a pseudo parameter) stays.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
func (v values) evaluate(value any, t template) (any, bool) {
	switch value := value.(type) {
	case []any:
		var list []any
		for _, inner := range value {
			if got, ok := v.evaluate(inner, t); ok {
				list = append(list, got)
			}
		}
		return list, true
	case map[string]any:
		if branch, ok := value["Fn::If"].([]any); ok {
			if v.holds(t.Conditions[fmt.Sprint(branch[0])], t) {
				return v.evaluate(branch[1], t)
			}
			return v.evaluate(branch[2], t)
		}
		if name, ok := value["Ref"].(string); ok {
			given, own := v[name]
			if own {
				return given, true
			}
			return value, name != "AWS::NoValue"
		}
		if text, ok := value["Fn::Sub"].(string); ok {
			for name, given := range v {
				text = strings.ReplaceAll(text, "${"+name+"}", given)
			}
			return text, true
		}
		all := map[string]any{}
		for name, inner := range value {
			if got, ok := v.evaluate(inner, t); ok {
				all[name] = got
			}
		}
		return all, true
	}
	return value, true
}

// holds reports whether a condition is true: an Equals, or a Not of one.
func (v values) holds(condition any, t template) bool {
	if list, ok := at(condition, "Fn::Not").([]any); ok {
		return !v.holds(list[0], t)
	}
	pair, ok := at(condition, "Fn::Equals").([]any)
	if !ok {
		panic(fmt.Sprintf("condition %v", condition))
	}
	a, _ := v.evaluate(pair[0], t)
	b, _ := v.evaluate(pair[1], t)
	return fmt.Sprint(a) == fmt.Sprint(b)
}

// resource is one with its values.
func (v values) resource(t template, name string) map[string]any {
	all, _ := v.evaluate(t.Resources[name].Properties, t)
	m, _ := all.(map[string]any)
	return m
}
