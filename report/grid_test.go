package report

import (
	"slices"
	"testing"
)

// Gates are aligned to the left throughout, and are parted all the same.
func TestGatesFitANarrowTerminal(t *testing.T) {
	g := Grid{Header: []string{"gate", "front", "value", "limit"}, Left: 4, Keys: 2, Rows: [][]string{{"rate < 1%", "rest", "0 % [0 %, 0.802 %]", "< 1.00 %"}}}
	var got [][]string
	for _, part := range g.parts(40) {
		got = append(got, part.Header)
		if part.Left != len(part.Header) {
			t.Errorf("%q: %d columns aligned to the left", part.Header, part.Left)
		}
	}
	if want := [][]string{{"gate", "front", "value"}, {"gate", "front", "limit"}}; !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("%q, want %q", got, want)
	}
}
