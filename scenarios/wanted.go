package scenarios

import (
	"fmt"
	"reflect"
	"strings"
)

// wanted says in words what f accepts; errors and Describe both print it.
func wanted(f field) string {
	if f.min != "" && f.min == f.max {
		return f.min
	}
	if end, ok := endOf(f); ok {
		return wanted(end) + ", or a range {low, expected, high} of such"
	}
	return kindWanted(f) + rangeWanted(f)
}

func kindWanted(f field) string {
	switch v := f.into.(type) {
	case record:
		return "a mapping with " + strings.Join(names(v.fields()), ", ")
	case custom:
		return v.want()
	case scalar:
		return v.want()
	}
	t := reflect.TypeOf(f.into).Elem()
	f.into = reflect.New(elem(t)).Interface()
	switch t.Kind() {
	case reflect.Pointer:
		return kindWanted(f)
	case reflect.Slice:
		return "a list of " + count(f) + plural(kindWanted(f))
	case reflect.Map:
		return "a mapping of " + keysWanted(f) + " to " + kindWanted(f)
	}
	if len(f.enum) > 0 {
		return "one of " + strings.Join(f.enum, ", ")
	}
	if f.want != "" {
		return f.want
	}
	return basicWant(t.Kind())
}

// elem is what t is made of, or t itself.
func elem(t reflect.Type) reflect.Type {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return t.Elem()
	}
	return t
}

func basicWant(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Uint64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	}
	return "text"
}

// plural turns "a mapping with x" into "mappings with x", for lists.
func plural(want string) string {
	for _, noun := range []string{"mapping", "number", "gate"} {
		if rest, ok := strings.CutPrefix(want, "a "+noun); ok {
			return noun + "s" + rest
		}
	}
	if rest, ok := strings.CutPrefix(want, "an AWS Region"); ok {
		return "AWS Regions" + rest
	}
	if rest, ok := strings.CutPrefix(want, "one "); ok {
		return rest
	}
	return want
}

func count(f field) string {
	switch {
	case f.least > 0 && f.least == f.most:
		return fmt.Sprintf("%d ", f.least)
	case f.least > 0:
		return fmt.Sprintf("%d or more ", f.least)
	}
	return ""
}

func keysWanted(f field) string {
	switch {
	case len(f.keyEnum) > 0:
		return strings.Join(f.keyEnum, ", ")
	case f.keysWant != "":
		return f.keysWant
	}
	return "names"
}

func rangeWanted(f field) string {
	switch {
	case f.min != "" && f.max != "":
		return fmt.Sprintf(", from %s to %s", f.min, f.max)
	case f.min != "":
		return fmt.Sprintf(", %s or more", f.min)
	case f.max != "":
		return fmt.Sprintf(", %s or less", f.max)
	}
	return ""
}
