package scenarios

import "math/big"

// field defines one field of the format. The tables of fields are the only
// place that knows names, meanings, defaults and bounds: the decoder, the JSON
// Schema and Describe all read them, so they cannot disagree.
type field struct {
	name     string
	into     any    // pointer to the Go value; its type decides what YAML is accepted
	doc      string // what it means, with unit and source
	required bool

	def     string // default, as YAML text; "" is none
	derived string // default in words, where it depends on other fields

	// For text, numbers and quantities; for the elements of lists and maps.
	enum     []string
	pattern  string // regular expression of text (RE2 and ECMA-262 alike)
	want     string // in words what pattern wants
	min, max string // bounds, as YAML text, inclusive

	// For lists and maps.
	least, most    int      // number of elements; 0 is unbounded
	keys, keysWant string   // regular expression of the keys, and in words
	keyEnum        []string // the only keys there are

	examples []string // YAML text
}

// record is a mapping with fixed fields.
type record interface {
	fields() []field
}

// constrained is a record whose schema says more than its fields do.
type constrained interface {
	constrain(s *schema)
}

// formed is a record whose fields depend on which of them the file gives.
type formed interface {
	form(root *node)
}

// literal is a YAML scalar: its text and the short tag that YAML gives it.
type literal struct {
	text string
	tag  string // "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp"
}

// scalar is a type of our own with a notation of its own. The error of set is a
// phrase that follows the quoted text, such as "has no unit".
type scalar interface {
	set(l literal) error
	want() string
	schema() *schema
}

// custom is a type whose YAML has several shapes.
type custom interface {
	decode(d *decoder, n *node, path string) *Error
	want() string
	schema() *schema
}

// measurable is a scalar whose number Go's own kinds do not hold.
type measurable interface {
	magnitude() *big.Rat
}

// shaped is a custom type whose shapes are mappings with fixed fields.
type shaped interface {
	shapes() []record
}

func fieldNamed(fields []field, name string) (field, bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

func names(fields []field) []string {
	names := make([]string, 0, len(fields))
	for _, f := range fields {
		names = append(names, f.name)
	}
	return names
}

// kebab is how scenarios and fronts are named: the names become parts of file
// names in a run's folder.
const (
	kebab     = `^[a-z]([a-z0-9-]{0,62}[a-z0-9])?$`
	kebabWant = "a name of at most 64 small letters, digits and hyphens, such as http-api"
)
