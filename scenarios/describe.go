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

func describe(path string, r record) []Entry {
	var entries []Entry
	for _, f := range r.fields() {
		e := Entry{Field: join(path, f.name), Want: wanted(f), Default: f.def, Required: f.required, Doc: f.doc}
		if f.derived != "" {
			e.Default = f.derived
		}
		entries = append(entries, e)
		if inner, suffix := recordIn(f.into); inner != nil {
			entries = append(entries, describe(e.Field+suffix, inner)...)
		}
	}
	return entries
}

// recordIn finds the record that a field holds, directly, behind a pointer, in a
// list, or as one of its shapes.
func recordIn(into any) (record, string) {
	switch v := into.(type) {
	case record:
		return v, ""
	case *Body:
		return (*checks)(v), ""
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
	r, _ := reflect.New(t.Elem()).Interface().(record)
	return r, suffix
}
