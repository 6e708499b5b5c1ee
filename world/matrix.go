package world

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Matrix is the round-trip times between Regions, as somebody measured them.
type Matrix struct {
	Name   string // as scenarios name it
	Source string // who measured, with a URL
	Date   string // when, or what is known of when
	trips  map[pair]float64
}

// pair is two Regions in alphabetical order: a round trip has no direction.
type pair struct{ a, b string }

func pairOf(a, b string) pair {
	if b < a {
		a, b = b, a
	}
	return pair{a, b}
}

// Matrices lists the matrices that there are, the default one first.
func Matrices() []Matrix { return []Matrix{Recent(), Of2017()} }

// MatrixNamed is the matrix that scenarios call name.
func MatrixNamed(name string) (Matrix, error) {
	var known []string
	for _, m := range Matrices() {
		if m.Name == name {
			return m, nil
		}
		known = append(known, m.Name)
	}
	return Matrix{}, fmt.Errorf("no matrix of round-trip times is called %q: want %s", name, strings.Join(known, " or "))
}

// Regions lists the Regions of the matrix, sorted.
func (m Matrix) Regions() []string {
	var regions []string
	for p := range m.trips {
		regions = append(regions, p.a, p.b)
	}
	slices.Sort(regions)
	return slices.Compact(regions)
}

// RTT is the round trip between two Regions, in base units; none within a Region,
// where what remains is in the last mile. A Region that was not measured is an
// error: missing is not zero.
func (m Matrix) RTT(a, b string) (time.Duration, error) {
	for _, region := range []string{a, b} {
		if !slices.Contains(m.Regions(), region) {
			return 0, fmt.Errorf("the matrix %q has no Region %q: it has %s", m.Name, region, strings.Join(m.Regions(), ", "))
		}
	}
	if a == b {
		return 0, nil
	}
	ms, ok := m.trips[pairOf(a, b)]
	if !ok {
		return 0, fmt.Errorf("the matrix %q has no round trip between %s and %s", m.Name, a, b)
	}
	return milliseconds(ms), nil
}

// Nearest is the Region, out of some, with the shortest round trip to where from
// is; of equals the first by name. It is what a latency record of Route 53 decides.
func (m Matrix) Nearest(from string, among []string) (string, error) {
	if len(among) == 0 {
		return "", fmt.Errorf("no Region to choose from for %s", from)
	}
	type candidate struct {
		region string
		rtt    time.Duration
	}
	var all []candidate
	for _, region := range among {
		rtt, err := m.RTT(from, region)
		if err != nil {
			return "", err
		}
		all = append(all, candidate{region, rtt})
	}
	nearest := slices.MinFunc(all, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(x.rtt, y.rtt), strings.Compare(x.region, y.region))
	})
	return nearest.region, nil
}
