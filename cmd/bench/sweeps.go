package main

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/scenarios"
)

// plainNumber leaves out what big.Rat would take besides: fractions, other
// bases, and exponents long enough to exhaust memory.
var plainNumber = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,15})?(e[0-9]{1,2})?$`)

// parseSweep reads INPUT=FROM..TO.
func parseSweep(text string) (estimate.Sweep, error) {
	name, rest, ok := strings.Cut(text, "=")
	from, to, ranged := strings.Cut(rest, "..")
	s := estimate.Sweep{Over: estimate.SweepInput(name)}
	if !ok || !ranged || !slices.Contains(estimate.SweepInputs(), s.Over) {
		return s, fmt.Errorf("%q: want requests=1e4..1e10, duration=1ms..5s or response_size=100B..1MB", text)
	}
	var err error
	if s.From, err = sweepEnd(s.Over, from); err == nil {
		s.To, err = sweepEnd(s.Over, to)
	}
	if err != nil {
		return s, fmt.Errorf("%q: %w", text, err)
	}
	return s, nil
}

// sweepEnd reads one end: a number, a duration in microseconds, or a size.
func sweepEnd(over estimate.SweepInput, text string) (pricing.Quantity, error) {
	switch over {
	case estimate.SweepDuration:
		d, err := time.ParseDuration(text)
		if err != nil || d < time.Microsecond {
			return pricing.Quantity{}, fmt.Errorf("%q is not a duration such as 50ms", text)
		}
		return pricing.Count(d.Microseconds()), nil
	case estimate.SweepResponseSize:
		n, err := scenarios.ParseBytes(text)
		if err != nil {
			return pricing.Quantity{}, err
		}
		return pricing.Count(int64(n)), nil
	}
	r := new(big.Rat)
	if !plainNumber.MatchString(text) {
		r = nil
	} else if _, ok := r.SetString(text); !ok || r.Sign() <= 0 || r.Cmp(big.NewRat(1_000_000_000_000_000, 1)) > 0 {
		r = nil
	}
	if r == nil {
		return pricing.Quantity{}, fmt.Errorf("%q is not a number of requests up to 1e15, such as 1e6", text)
	}
	return pricing.QuantityOf(r), nil
}
