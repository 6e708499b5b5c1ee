package scenarios

import (
	"fmt"
	"slices"
)

// claimsField is the field of the claims that a run of the scenario is evidence of.
// Which claims there are is not this package's to know: package claims holds the
// register.
func (s *Scenario) claimsField() field {
	return field{name: "claims", into: &s.Claims, pattern: `^C[1-9][0-9]?$`, want: "an id of a claim, such as C4",
		doc:      "The claims that reports of a run judge by it, by their ids in the register that bench claims prints.",
		examples: []string{"[C4, C5]"}}
}

func (s *Scenario) checkClaims(c *checker) {
	for i, id := range s.Claims {
		if first := slices.Index(s.Claims, id); first < i {
			c.fail(fmt.Sprintf("claims[%d]", i), fmt.Sprintf("%q is claims[%d] too", id, first), "each claim once")
		}
	}
}
