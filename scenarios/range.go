package scenarios

import (
	"reflect"

	"go.yaml.in/yaml/v3"
)

// Range is a quantity with the bounds between which it is expected to lie: Low <=
// Expected <= High. A file gives one value, which is all three, or a mapping.
type Range[T Decimal | Whole | Portion | Bytes | Duration] struct {
	Low, Expected, High T
}

// Certain reports whether nothing lies between the bounds.
func (r Range[T]) Certain() bool { return magnitude(&r.Low).Cmp(magnitude(&r.High)) == 0 }

func (r *Range[T]) ends() [3]any { return [3]any{&r.Low, &r.Expected, &r.High} }

// ranged is a Range of whatever: pointers to low, expected and high.
type ranged interface {
	ends() [3]any
}

// table is a record by its fields alone.
type table []field

func (t table) fields() []field { return t }

// boundsOf are the fields of a range, each like the field that the range is.

func boundsOf(f field, ends [3]any) table {
	f.def, f.examples = "", nil
	low, expected, high := f, f, f
	low.name, low.into, low.derived, low.doc = "low", ends[0], "expected", "It is expected to be no less."
	expected.name, expected.into, expected.derived, expected.doc = "expected", ends[1], "", "As likely more as less."
	high.name, high.into, high.derived, high.doc = "high", ends[2], "expected", "It is expected to be no more."
	expected.required = true
	low.required, high.required = false, false
	return table{low, expected, high}
}

// endOf is the field that one end of the range f is, if f is a range.
func endOf(f field) (field, bool) {
	into := f.into
	if t := reflect.TypeOf(into).Elem(); t.Kind() == reflect.Pointer {
		into = reflect.New(t.Elem()).Interface()
	}
	r, ok := into.(ranged)
	if ok {
		f.into = r.ends()[1]
	}
	return f, ok
}

func rangeSchema(end field) *schema {
	one := typeSchema(end)
	return &schema{AnyOf: []*schema{one, recordSchema(boundsOf(end, [3]any{end.into, end.into, end.into}))}}
}

// ranged decodes one value, or a mapping of low, expected and high.
func (d *decoder) ranged(n *node, path string, f field, r ranged) *Error {
	ends := r.ends()
	switch n.Kind {
	case yaml.MappingNode:
		if err := d.record(n, path, boundsOf(f, ends)); err != nil {
			return err
		}
	case yaml.ScalarNode:
		f.into = ends[1]
		if err := d.field(n, path, f); err != nil {
			return err
		}
	default:
		return d.fail(n, path, shape(n), wanted(f))
	}
	expected := reflect.ValueOf(ends[1]).Elem()
	for i, name := range [3]string{"low", "expected", "high"} {
		if d.at[path+"."+name] == nil {
			reflect.ValueOf(ends[i]).Elem().Set(expected)
		}
	}
	return d.ordered(path, ends)
}

// ordered wants low <= expected <= high.
func (d *decoder) ordered(path string, ends [3]any) *Error {
	const want = "low <= expected <= high"
	low, expected, high := magnitude(ends[0]), magnitude(ends[1]), magnitude(ends[2])
	if at := d.at[path+".low"]; at != nil && low.Cmp(expected) > 0 {
		return d.fail(at, path+".low", quoted(at)+" is more than expected, "+quoted(d.at[path+".expected"]), want)
	}
	if at := d.at[path+".high"]; at != nil && high.Cmp(expected) < 0 {
		return d.fail(at, path+".high", quoted(at)+" is less than expected, "+quoted(d.at[path+".expected"]), want)
	}
	return nil
}
