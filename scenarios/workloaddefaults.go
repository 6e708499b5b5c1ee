package scenarios

import (
	"fmt"
	"reflect"
	"slices"

	"frontdoor/front"
)

// frontDefaults is a front without id and kind. It is decoded to be checked; fronts
// then read its YAML again, so that no two of them share a value.
type frontDefaults WorkloadFront

func (f *frontDefaults) table() table {
	return slices.DeleteFunc((*WorkloadFront)(f).fields(), func(f field) bool { return f.name == "id" || f.name == "kind" })
}

func (f *frontDefaults) decode(d *decoder, n *node, path string) *Error {
	return d.record(n, path, f.table())
}

func (f *frontDefaults) want() string { return "a mapping with any field of a front but id and kind" }

// schema leaves out the defaults: a field that is not in defaults has the front's.
func (f *frontDefaults) schema() *schema {
	var fields table
	for _, f := range f.table() {
		f.def, f.derived = "", ""
		fields = append(fields, f)
	}
	return recordSchema(fields)
}

// inherit gives f what it leaves out and defaults has, as if the file had it at f's
// own path, and takes away what its kind has no use for.
func (w *Workload) inherit(c *checker, f *WorkloadFront, path string) *Error {
	for _, field := range f.fields() {
		own := join(path, field.name)
		inherited := c.at[join("defaults", field.name)]
		switch of := settingOf(f.Kind, field.name); {
		case of != "" && c.given(own):
			c.fail(own, fmt.Sprintf("kind %s has no such setting", f.Kind), "it with "+of+" only")
		case of != "":
			reflect.ValueOf(field.into).Elem().SetZero()
		case !c.given(own) && inherited != nil && !fixed(f.Kind, field.name):
			if err := w.decoder.field(inherited, own, field); err != nil {
				return err
			}
		}
	}
	return nil
}

// settingOf names the kinds that alone have the field, if k is none of them.
func settingOf(k front.Kind, name string) string {
	switch name {
	case "rules", "availability_zones":
		if k != front.ALB {
			return "kind alb"
		}
	case "viewers", "https", "cache_hit_ratio", "events":
		if !k.CloudFront() {
			return "the edge kinds"
		}
	}
	return ""
}

// fixed reports whether AWS leaves no choice of the field, so that one meant for other
// fronts cannot be meant for this: Lambda@Edge is made in us-east-1, on x86_64.
func fixed(k front.Kind, name string) bool {
	return k.CloudFront() && (name == "region" || name == "architecture")
}
