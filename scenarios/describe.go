package scenarios

import "reflect"

// Entry describes one field of the format, for reference pages and help texts.
type Entry struct {
	Field    string // "fronts[].memory"
	Want     string // what is accepted, in words
	Default  string // as YAML text or in words; "" is none
	Required bool
	Doc      string
}

// Describe lists every field of the format in the order of the tables that Parse
// and Schema read.
func Describe() []Entry { return describe("", &Scenario{}) }

// DescribeWorkload lists every field of the workload format, as Describe does. The
// fields of defaults are those of a front, and the ends of a range are in its Want;
// neither is listed again.
func DescribeWorkload() []Entry { return describe("", &Workload{}) }

// DescribeTargets lists every field of targets files, as Describe does.
func DescribeTargets() []Entry { return describe("", &Targets{}) }

func describe(path string, r record) []Entry {
	var entries []Entry
	for _, f := range r.fields() {
		e := Entry{Field: join(path, f.name), Want: wanted(f), Default: f.def, Required: f.required, Doc: f.doc}
		if f.derived != "" {
			e.Default = f.derived
		}
		entries = append(entries, e)
		inner, suffix := recordsIn(f.into)
		for _, r := range inner {
			entries = append(entries, describe(e.Field+suffix, r)...)
		}
	}
	return entries
}

// recordsIn finds the records that a field holds: directly, behind a pointer, in a
// list, or as its shapes.
func recordsIn(into any) ([]record, string) {
	switch v := into.(type) {
	case record:
		return []record{v}, ""
	case *Body:
		return []record{(*checks)(v)}, ""
	case shaped:
		return v.shapes(), ""
	}
	t := reflect.TypeOf(into).Elem()
	suffix := ""
	switch t.Kind() {
	case reflect.Slice:
		suffix = "[]"
	case reflect.Pointer:
	default:
		return nil, ""
	}
	switch v := reflect.New(t.Elem()).Interface().(type) {
	case record:
		return []record{v}, suffix
	case shaped:
		return v.shapes(), suffix
	}
	return nil, ""
}
