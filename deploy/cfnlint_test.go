package deploy

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdoor/scenarios"
)

// lint is what cfn-lint has to say of templates in Regions, "" for nothing. It knows
// AWS's own schemas of each Region: https://github.com/aws-cloudformation/cfn-lint
func lint(t *testing.T, texts map[string]string, regions []string) string {
	t.Helper()
	program, err := exec.LookPath("cfn-lint")
	if err != nil {
		t.Skip("cfn-lint is not installed (pip install cfn-lint)")
	}
	if testing.Short() {
		t.Skip("cfn-lint takes seconds")
	}
	dir := t.TempDir()
	args := append([]string{"--regions"}, regions...)
	args = append(args, "--") // --regions takes all that follows
	for name, text := range texts {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	return string(out)
}

// Each template of the scenarios that can be deployed, as CloudFormation gets it, in
// all Regions of their stacks; and the policies, since it knows every service's actions.
func TestCfnLint(t *testing.T) {
	bodies, regions := map[string]string{}, map[string]bool{}
	for _, name := range scenarios.Names() {
		d, err := Plan(Config{Name: "lint-1", Scenario: shipped(t, name), BillingAlarmUSD: usd(t, "10"), AlarmEmail: "me@example.com", Script: script})
		if err != nil {
			continue // TestShippedScenarios has the reason
		}
		for _, s := range d.Stacks {
			body, err := s.Body()
			if err != nil {
				t.Fatal(err)
			}
			bodies[s.Template], regions[s.Region] = body, true
		}
	}
	if got := slices.Sorted(maps.Keys(bodies)); !slices.Equal(got, Templates()) {
		t.Errorf("linted are %q of %q", got, Templates())
	}
	for i, lines := range gateways() {
		if !strings.Contains(lines, "allow_credentials") { // those that have most
			continue
		}
		body, err := stackOf(t, planOf(t, Config{Scenario: scenarioOf(t, lines)}), "bench-small-3f9a-api").Body()
		if err != nil {
			t.Fatal(err)
		}
		bodies[fmt.Sprintf("gateway-%d.yaml", i)] = body
	}
	d := everything(t)
	bodies["deploy.json"], bodies["measure.json"] = policyTemplate(t, d.DeployPolicy()), policyTemplate(t, d.MeasurePolicy())
	if said := lint(t, bodies, slices.Sorted(maps.Keys(regions))); said != "" {
		t.Error(said)
	}
}

// It would say so: of a property that there is not, and of an action.
func TestCfnLintFindsMistakes(t *testing.T) {
	wrong := Policy{"2012-10-17", []Statement{allow("A", "lambda", []string{"MakeFunction"}, []string{"*"})}}
	said := lint(t, map[string]string{
		"table.yaml": strings.Replace(texts(t)["table.yaml"], "BillingMode", "BillingMood", 1),
		"wrong.json": policyTemplate(t, wrong),
	}, []string{edgeRegion})
	for _, mistake := range []string{"BillingMood", "makefunction"} {
		if !strings.Contains(strings.ToLower(said), strings.ToLower(mistake)) {
			t.Errorf("of %s cfn-lint says nothing, but %q", mistake, said)
		}
	}
}
