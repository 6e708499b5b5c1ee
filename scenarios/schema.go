package scenarios

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"go.yaml.in/yaml/v3"
)

// Schema returns the JSON Schema (draft 2020-12) of the format, made from the
// same tables that Parse reads. What it accepts Parse may still refuse: a schema
// cannot add up shares or compare a memory size with what a kind allows.
func Schema() ([]byte, error) {
	return schemaText(&Scenario{}, "Scenario", "What to measure, what traffic to expect and what would count as good enough.")
}

// WorkloadSchema returns the JSON Schema of workloads, as Schema does that of
// scenarios.
func WorkloadSchema() ([]byte, error) {
	return schemaText(&Workload{}, "Workload", "A month of traffic, or of quantities by meter, to price without a measurement.")
}

// TargetsSchema returns the JSON Schema of targets files, as Schema does that of
// scenarios.
func TargetsSchema() ([]byte, error) {
	return schemaText(&Targets{}, "Targets", "Where the fronts of a scenario stand, and how requests to them prove who they are.")
}

func schemaText(r record, title, description string) ([]byte, error) {
	root := recordSchema(r)
	root.Schema = "https://json-schema.org/draft/2020-12/schema"
	root.Title, root.Description = title, description
	text, err := marshal(root, "  ")
	if err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	return text, nil
}

// marshal writes JSON without turning < and > into escapes.
func marshal(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// schema is the part of JSON Schema that the format needs, in the order in which
// a person reads it.
type schema struct {
	Schema        string       `json:"$schema,omitempty"`
	Title         string       `json:"title,omitempty"`
	Description   string       `json:"description,omitempty"`
	Type          any          `json:"type,omitempty"`
	Const         any          `json:"const,omitempty"`
	Enum          []string     `json:"enum,omitempty"`
	Pattern       string       `json:"pattern,omitempty"`
	Minimum       *json.Number `json:"minimum,omitempty"`
	Maximum       *json.Number `json:"maximum,omitempty"`
	Default       any          `json:"default,omitempty"`
	Examples      []any        `json:"examples,omitempty"`
	Required      []string     `json:"required,omitempty"`
	Properties    properties   `json:"properties,omitempty"`
	PropertyNames *schema      `json:"propertyNames,omitempty"`
	Additional    any          `json:"additionalProperties,omitempty"` // *schema or false
	MinProperties int          `json:"minProperties,omitempty"`
	Items         *schema      `json:"items,omitempty"`
	MinItems      int          `json:"minItems,omitempty"`
	MaxItems      int          `json:"maxItems,omitempty"`
	OneOf         []*schema    `json:"oneOf,omitempty"`
	AnyOf         []*schema    `json:"anyOf,omitempty"`
	Not           *schema      `json:"not,omitempty"`
}

// property is one named schema; properties keep the order of the fields, which
// encoding/json would lose in a map.
type property struct {
	name string
	*schema
}

type properties []property

// MarshalJSON writes the properties as one object, in order.
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, prop := range p {
		value, err := marshal(prop.schema, "")
		if err != nil {
			return nil, err
		}
		separator := ","
		if i == 0 {
			separator = "{"
		}
		fmt.Fprintf(&b, "%s%q:%s", separator, prop.name, value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func bound(text string) *json.Number {
	if text == "" {
		return nil
	}
	n := json.Number(text)
	return &n
}

func recordSchema(r record) *schema {
	s := &schema{Type: "object", Additional: false}
	for _, f := range r.fields() {
		s.Properties = append(s.Properties, property{f.name, fieldSchema(f)})
		if f.required {
			s.Required = append(s.Required, f.name)
		}
	}
	if c, ok := r.(constrained); ok {
		c.constrain(s)
	}
	return s
}

// fieldSchema is the schema of f's type with what f says about it.
func fieldSchema(f field) *schema {
	s := typeSchema(f)
	s.Description = f.doc
	_, bounded := f.into.(scalar)
	_, either := endOf(f)
	if (bounded || either) && rangeWanted(f) != "" {
		s.Description += " Written as " + wanted(f) + "."
	}
	if f.derived != "" {
		s.Description += " Default: " + f.derived + "."
	}
	if f.def != "" {
		s.Default = jsonOf(fromText(f.def))
	}
	for _, example := range f.examples {
		s.Examples = append(s.Examples, jsonOf(fromText(example)))
	}
	return s
}

func typeSchema(f field) *schema {
	if end, ok := endOf(f); ok {
		return rangeSchema(end)
	}
	switch v := f.into.(type) {
	case record:
		return recordSchema(v)
	case custom:
		return v.schema()
	case scalar:
		return v.schema()
	}
	t := reflect.TypeOf(f.into).Elem()
	f.into = reflect.New(elem(t)).Interface()
	switch t.Kind() {
	case reflect.Pointer:
		return typeSchema(f)
	case reflect.Slice:
		return &schema{Type: "array", Items: typeSchema(f), MinItems: f.least, MaxItems: f.most}
	case reflect.Map:
		return &schema{Type: "object", PropertyNames: keySchema(f), Additional: typeSchema(f), MinProperties: f.least}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int:
		return &schema{Type: "integer", Minimum: bound(f.min), Maximum: bound(f.max)}
	case reflect.Uint64:
		return &schema{Type: "integer", Minimum: bound("0"), Maximum: bound("18446744073709551615")}
	case reflect.Float64:
		return &schema{Type: "number", Minimum: bound(f.min), Maximum: bound(f.max)}
	}
	return &schema{Type: "string", Enum: f.enum, Pattern: f.pattern}
}

func keySchema(f field) *schema {
	if f.keys == "" && f.keyEnum == nil {
		return nil
	}
	return &schema{Pattern: f.keys, Enum: f.keyEnum}
}

// jsonOf is the JSON value of a node. Dates stay text, as the schema wants them.
func jsonOf(n *node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = jsonOf(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			list = append(list, jsonOf(item))
		}
		return list
	}
	switch n.ShortTag() {
	case "!!int", "!!float":
		return json.Number(n.Value)
	case "!!bool":
		return n.Value[0] == 't' || n.Value[0] == 'T'
	case "!!null":
		return nil
	}
	return n.Value
}
