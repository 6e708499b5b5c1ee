package handlers

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// member is one key of a JSON object, which keeps the order in which it was made.
type member struct {
	key   string
	value any
}

// byKey orders members.
func byKey(a, b member) int { return strings.Compare(a.key, b.key) }

// unserialisable is a Python type that json.dumps does not know, by its name.
type unserialisable string

// dumps writes a value as Python's json.dumps does, byte for byte: a space after
// colons and commas, and nothing but ASCII
// (https://docs.python.org/3/library/json.html#json.dumps). It takes strings, bools,
// integers, nil, lists, and objects as members; it fails as json.dumps fails on the
// numbers and sets that boto3 makes of DynamoDB's.
func dumps(v any) ([]byte, error) {
	var b strings.Builder
	if err := dump(&b, v); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}

func dump(b *strings.Builder, v any) error {
	switch v := v.(type) {
	case nil:
		b.WriteString("null")
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case number:
		b.WriteString(string(v))
	case string:
		dumpString(b, v)
	case []any:
		return dumpAll(b, "[]", len(v), func(i int) error { return dump(b, v[i]) })
	case []member:
		return dumpAll(b, "{}", len(v), func(i int) error {
			dumpString(b, v[i].key)
			b.WriteString(": ")
			return dump(b, v[i].value)
		})
	case unserialisable:
		return fmt.Errorf("TypeError: Object of type %s is not JSON serializable", string(v))
	default:
		return fmt.Errorf("dumps of %T", v)
	}
	return nil
}

// number is an integer as int() makes it of a Decimal, in digits.
type number string

func dumpAll(b *strings.Builder, brackets string, n int, each func(int) error) error {
	b.WriteByte(brackets[0])
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		if err := each(i); err != nil {
			return err
		}
	}
	b.WriteByte(brackets[1])
	return nil
}

func dumpString(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		short := strings.IndexRune("\"\\\n\r\t\b\f", r)
		switch {
		case short >= 0:
			b.WriteByte('\\')
			b.WriteByte(`"\nrtbf`[short])
		case r >= ' ' && r <= '~':
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
}
