package main

import (
	"slices"
	"testing"

	"frontdoor/claims"
	"frontdoor/scenarios"
)

// What claims need a run of comes with bench and names the claim, and each claim is
// named by some scenario, but for those that have nothing to run.
func TestClaimsHaveScenarios(t *testing.T) {
	named := map[string][]string{}
	for _, name := range scenarios.Names() {
		s, err := loadScenario(systemEnv(), name, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range s.Claims {
			named[id] = append(named[id], name)
		}
	}
	for _, c := range claims.Register() {
		if len(named[c.ID]) == 0 {
			t.Errorf("no shipped scenario names claim %s", c.ID)
		}
		if c.Needs != "" && !slices.Contains(named[c.ID], c.Needs) {
			t.Errorf("claim %s needs a run of %s, which does not name it: %v", c.ID, c.Needs, named[c.ID])
		}
	}
}
