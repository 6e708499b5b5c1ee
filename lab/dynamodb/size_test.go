package dynamodb

import (
	"encoding/json"
	"strings"
	"testing"
)

// The rules of
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
// counted by hand; the first item and its 32 bytes are the example of the npm package
// dyno-item-size, which counts for itself.
func TestSize(t *testing.T) {
	for text, want := range map[string]int{
		`{"string":{"S":"string"},"number":{"N":"27"},"buffer":{"B":"YnVmZmVy"}}`: 32,
		`{"a":{"S":""}}`:          1,
		`{"a":{"S":"日本"}}`:        1 + 6,
		`{"日":{"NULL":true}}`:     3 + 1,
		`{"a":{"BOOL":false}}`:    1 + 1,
		`{"a":{"N":"0"}}`:         1 + 1,
		`{"a":{"N":"1"}}`:         1 + 2,
		`{"a":{"N":"-1"}}`:        1 + 2,
		`{"a":{"N":"100000000"}}`: 1 + 2, // zeros at the end are trimmed
		`{"a":{"N":"0.000001"}}`:  1 + 2,
		`{"a":{"N":"123"}}`:       1 + 3,
		`{"a":{"N":"1234"}}`:      1 + 3,
		`{"a":{"N":"12345678901234567890123456789012345678"}}`: 1 + 20,
		`{"a":{"L":[]}}`:                                  1 + 3,
		`{"a":{"M":{}}}`:                                  1 + 3,
		`{"a":{"L":[{"S":"xy"},{"N":"1"}]}}`:              1 + 3 + (1 + 2) + (1 + 2),
		`{"a":{"M":{"bc":{"S":"xy"}}}}`:                   1 + 3 + 1 + 2 + 2,
		`{"a":{"L":[{"M":{"b":{"L":[{"NULL":true}]}}}]}}`: 1 + 3 + 1 + (3 + 1 + 1 + (3 + 1 + 1)),
		`{"a":{"SS":["x","yz"]},"b":{"NS":["1","123"]},"c":{"BS":["AAA="]}}`: (1 + 3) + (1 + 2 + 3) + (1 + 2),
	} {
		var i Item
		if err := json.Unmarshal([]byte(text), &i); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got := i.Size(); got != want {
			t.Errorf("%s: %d bytes, want %d", text, got, want)
		}
	}
}

// The worked sizes of
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
// (an item of 8 KB read for 2 units, or 1; one of 2 KB written for 2), and the rule at
// the bounds of its steps.
func TestUnits(t *testing.T) {
	const kb = 1024
	for _, c := range []struct {
		bytes                    int
		strong, eventual, writes float64
	}{
		{0, 1, 0.5, 1}, {1, 1, 0.5, 1}, {512, 1, 0.5, 1}, {kb, 1, 0.5, 1}, {kb + 1, 1, 0.5, 2}, {2 * kb, 1, 0.5, 2}, {3 * kb, 1, 0.5, 3},
		{4 * kb, 1, 0.5, 4}, {4*kb + 1, 2, 1, 5}, {5 * kb, 2, 1, 5}, {8 * kb, 2, 1, 8}, {20 * kb, 5, 2.5, 20},
	} {
		if s, e, w := readUnits(c.bytes, true), readUnits(c.bytes, false), UnitsWritten(c.bytes, 0); s != c.strong || e != c.eventual || w != c.writes {
			t.Errorf("%d bytes: %v %v %v, want %+v", c.bytes, s, e, w, c)
		}
		if UnitsWritten(0, c.bytes) != c.writes {
			t.Errorf("%d bytes: a write is not billed by the larger of before and after", c.bytes)
		}
	}
}

// Numbers come back plain and are the same number: DynamoDB's own notation, as the
// tests of github.com/architect/dynalite have it.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"0012.50": "12.5", "-0": "0", "1e3": "1000", "1E-3": "0.001", ".5": "0.5", "5.": "5", "+7": "7", "-1.10e1": "-11",
		"9.9999999999999999999999999999999999999E+125": "99999999999999999999999999999999999999" + strings.Repeat("0", 88),
		"1E-130":                                 "0." + strings.Repeat("0", 129) + "1",
		"12345678901234567890123456789012345678": "12345678901234567890123456789012345678",
	} {
		n, err := parseNumber(text)
		if err != nil || n.String() != want {
			t.Errorf("%s: %s %v, want %s", text, n, err, want)
		}
	}
	for _, text := range []string{"", ".", "e1", "1e", "abc", "1 ", " 1", "NaN", "Infinity", "0x1", "1e9999999999", "--1"} {
		if n, err := parseNumber(text); err == nil {
			t.Errorf("%q is %s", text, n)
		}
	}
}

// Sums of decimals that float64 gets wrong.
func TestAdd(t *testing.T) {
	for _, c := range [][3]string{
		{"0.1", "0.2", "0.3"}, {"12345678901234567890123456789012345678", "1", "12345678901234567890123456789012345679"},
		{"1", "-1", "0"}, {"0", "5e100", "5e100"}, {"-5", "0", "-5"}, {"999", "0.001", "999.001"}, {"1e37", "1", "10000000000000000000000000000000000001"},
	} {
		a, b, want := parsed(t, c[0]), parsed(t, c[1]), parsed(t, c[2])
		if got, err := a.add(b); err != nil || got != want {
			t.Errorf("%s + %s = %s %v", c[0], c[1], got, err)
		}
		if got, err := want.add(b.negate()); err != nil || got.compare(a) != 0 {
			t.Errorf("%s - %s = %s %v", c[2], c[1], got, err)
		}
	}
	if sum, err := parsed(t, "1e38").add(parsed(t, "1")); err == nil {
		t.Errorf("a sum of 39 digits is %s", sum)
	}
}

func parsed(t *testing.T, text string) number {
	n, err := parseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
