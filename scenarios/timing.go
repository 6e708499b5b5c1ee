package scenarios

import (
	"slices"

	"frontdoor/gate"

	"go.yaml.in/yaml/v3"
)

// Timing is what is known of how long invocations take, in the form in which the file
// gives it. Exactly one field is set.
type Timing struct {
	Constant    *Range[Duration] // the same each time, known for certain or as a range
	Summary     *Summary
	Lognormal   *Lognormal
	Exponential *Exponential
	Uniform     *Uniform
	Normal      *Normal
	Mixture     []Component
	Buckets     []Bucket // edges increase
	Run         *RecordedRun
}

// Component is a share of the invocations with a timing of its own, which is neither
// a mixture nor a run.
type Component struct {
	Share    Portion
	Duration Timing
}

func (c *Component) fields() []field {
	return []field{
		{name: "share", into: &c.Share, required: true, doc: "The share of invocations; those of a mixture add up to 1."},
		{name: "duration", into: (*component)(&c.Duration), required: true, doc: "How long these take: any form but a mixture or a run."},
	}
}

// component is a Timing within a mixture: one level deep, and without the files of a
// run, which hold a distribution already.
type component Timing

// span is a field that is a duration within Lambda's limit:
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (900 s)
func span(name string, into any, doc string) field {
	return field{name: name, into: into, min: "1us", max: "900s", doc: doc}
}

// shapes are the mappings that a duration may be. The fields of a shape lead into t,
// except those of a range: t has none unless it is one.
func (t *Timing) shapes() []record {
	return append((*component)(t).mappings(),
		table{{name: "mixture", into: &t.Mixture, required: true, least: 1,
			doc:      "Kinds of invocations, each with its share and its own duration.",
			examples: []string{`[{"share": "70%", "duration": "30ms"}, {"share": "30%", "duration": {"lognormal": {"mean": "80ms", "cv": 0.5}}}]`}}},
		&RecordedRun{})
}

func (t *component) mappings() []record {
	return []record{
		boundsOf(span("", nil, ""), new(Range[Duration]).ends()),
		&Summary{},
		table{{name: "lognormal", into: &t.Lognormal, required: true, doc: "Log-normally distributed: most invocations are near the median and a few take long."}},
		table{{name: "exponential", into: &t.Exponential, required: true, doc: "Exponentially distributed."}},
		table{{name: "uniform", into: &t.Uniform, required: true, doc: "Any duration from low to high alike."}},
		table{{name: "normal", into: &t.Normal, required: true, doc: "Normally distributed, and never below zero."}},
		table{{name: "buckets", into: (*buckets)(&t.Buckets), required: true,
			doc:      "Counts of invocations that took up to each edge, the edge included, and longer than the edge before. Edges increase.",
			examples: []string{`{"50ms": 800, "100ms": 200}`}}},
	}
}

const timingWant = "a duration such as 52ms, or a mapping with low, expected, high, or with any of mean, min, max, p50, p90, p95, p99, p99.9, or with one of lognormal, exponential, uniform, normal, buckets"

func (t *Timing) want() string { return timingWant + ", mixture, run" }

func (t *component) want() string { return timingWant }

func (t *Timing) schema() *schema { return shapesSchema(t.shapes()) }

func (t *component) schema() *schema { return shapesSchema(t.mappings()) }

func shapesSchema(shapes []record) *schema {
	s := &schema{AnyOf: []*schema{new(Duration).schema()}}
	for _, r := range shapes {
		s.AnyOf = append(s.AnyOf, recordSchema(r))
	}
	return s
}

func (t *Timing) decode(d *decoder, n *node, path string) *Error {
	return t.decodeAs(d, n, path, t.shapes(), t.want())
}

func (t *component) decode(d *decoder, n *node, path string) *Error {
	return (*Timing)(t).decodeAs(d, n, path, t.mappings(), t.want())
}

func (t *Timing) decodeAs(d *decoder, n *node, path string, shapes []record, want string) *Error {
	if n.Kind == yaml.ScalarNode {
		return d.field(n, path, span("", &t.Constant, ""))
	}
	if n.Kind != yaml.MappingNode {
		return d.fail(n, path, shape(n), want)
	}
	i, err := d.shapeOf(n, path, shapes, want)
	if err != nil {
		return err
	}
	switch r := shapes[i].(type) {
	case *Summary:
		t.Summary = r
	case *RecordedRun:
		t.Run = r
	default:
		if i == 0 {
			return d.field(n, path, span("", &t.Constant, ""))
		}
	}
	return d.record(n, path, shapes[i])
}

// shapeOf is the first of the shapes that has one of the mapping's names; a name of
// another shape beside it is then unknown.
func (d *decoder) shapeOf(n *node, path string, shapes []record, want string) (int, *Error) {
	if len(n.Content) == 0 {
		return 0, d.fail(n, path, "is an empty mapping", want)
	}
	var all []string
	for i, r := range shapes {
		known := names(r.fields())
		for k := 0; k < len(n.Content); k += 2 {
			if slices.Contains(known, n.Content[k].Value) {
				return i, nil
			}
		}
		all = append(all, known...)
	}
	key := n.Content[0]
	if err := d.key(key, path, map[string]int{}); err != nil {
		return 0, err
	}
	return 0, d.fail(key, path, "unknown field "+quoted(key)+gate.DidYouMean(key.Value, all), want)
}
