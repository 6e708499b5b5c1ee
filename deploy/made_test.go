package deploy

import (
	"maps"
	"strings"
	"testing"

	"frontdoor/scenarios"
)

// What a plan counts is what the parsed template makes with the stack's values, in every
// scenario that can be deployed: evaluate_test.go reads YAML, and Made reads lines.
func TestMadeIsWhatTheTemplateMakes(t *testing.T) {
	onCondition := map[bool]int{}
	for _, name := range scenarios.Names() {
		for _, email := range []string{"", "ann@example.com"} {
			d, err := Plan(Config{Scenario: shipped(t, name), Name: "made", BillingAlarmUSD: usd(t, "10"), AlarmEmail: email})
			if err != nil {
				continue // TestShippedScenarios says which these are
			}
			for _, stack := range d.Stacks {
				got, err := stack.Made()
				if err != nil {
					t.Fatal(err)
				}
				if want := parsedAsMade(t, stack, onCondition); !maps.Equal(got, want) {
					t.Errorf("%s: %s: made are %v, want %v", name, stack.Name, got, want)
				}
			}
		}
	}
	if onCondition[true] == 0 || onCondition[false] == 0 {
		t.Errorf("resources on a condition that is met, and not: %v; want both", onCondition)
	}
}

// parsedAsMade counts by type, and in onCondition those that have one.
func parsedAsMade(t *testing.T, s Stack, onCondition map[bool]int) map[string]int {
	parsed, v := built(t, s)
	made := map[string]int{}
	for _, r := range parsed.Resources {
		holds := r.Condition == "" || v.holds(parsed.Conditions[r.Condition], parsed)
		if r.Condition != "" {
			onCondition[holds]++
		}
		if holds {
			made[strings.TrimPrefix(r.Type, "AWS::")]++
		}
	}
	return made
}
