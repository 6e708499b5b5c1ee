package main

import (
	"strings"

	"frontdoor/scenarios"
)

// labKey is the API key that a front of the lab wants, and the variable in which another
// process finds it.
type labKey struct{ variable, value string }

// labKeys are those of the fronts whose gateway wants one, by the front's id: in one
// variable when it is the same everywhere, else in one for each front.
func labKeys(s *scenarios.Scenario) map[string]labKey {
	const variable = "BENCH_LAB_API_KEY"
	keys, values := map[string]labKey{}, map[string]bool{}
	for _, f := range s.Fronts {
		if f.Gateway != nil && f.Gateway.APIKey != "" {
			keys[f.ID], values[f.Gateway.APIKey] = labKey{variable, f.Gateway.APIKey}, true
		}
	}
	if len(values) > 1 {
		for id, k := range keys {
			keys[id] = labKey{variable + "_" + strings.ToUpper(strings.ReplaceAll(id, "-", "_")), k.value}
		}
	}
	return keys
}
