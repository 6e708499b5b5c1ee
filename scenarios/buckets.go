package scenarios

import (
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Bucket is the invocations that took up to an edge, the edge included, and longer
// than the edge before.
type Bucket struct {
	UpTo  Duration
	Count Whole
}

// buckets is a mapping of edges to counts.
type buckets []Bucket

func (b *buckets) decode(d *decoder, n *node, path string) *Error {
	if n.Kind != yaml.MappingNode {
		return d.fail(n, path, shape(n), b.want())
	}
	*b = nil
	counted := false
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		var got Bucket
		if err := d.key(n.Content[i], path, seen); err != nil {
			return err
		}
		at := path + "[" + strconv.Quote(n.Content[i].Value) + "]"
		if err := d.edge(n.Content[i], path, &got.UpTo, *b); err != nil {
			return err
		}
		if err := d.field(n.Content[i+1], at, field{into: &got.Count, max: "1e12"}); err != nil {
			return err
		}
		counted = counted || got.Count > 0
		*b = append(*b, got)
	}
	if !counted {
		return d.fail(n, path, "counts no invocation", "a count above 0")
	}
	return nil
}

// edge decodes the edge of a bucket, which is above those before it.
func (d *decoder) edge(n *node, path string, into *Duration, before []Bucket) *Error {
	if err := d.scalar(n, path, span("", into, ""), into); err != nil {
		return err
	}
	if len(before) > 0 && *into <= before[len(before)-1].UpTo {
		return d.fail(n, path, quoted(n)+" is not above the edge before, "+before[len(before)-1].UpTo.String(), "edges that increase")
	}
	return nil
}

func (b *buckets) want() string {
	return "a mapping of increasing durations to counts of invocations, such as {50ms: 800, 100ms: 200}"
}

func (b *buckets) schema() *schema {
	return &schema{Type: "object", PropertyNames: &schema{Pattern: durationPattern}, Additional: new(Whole).schema(), MinProperties: 1}
}
