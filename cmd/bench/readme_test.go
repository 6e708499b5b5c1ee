package main

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The policies that people read before they have bench are those that it prints.
func TestPoliciesInDocuments(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```json\n")
	inReadme, _, _ := strings.Cut(rest, "```")
	inDocs, err := os.ReadFile("../../docs/deploy-policy.json")
	if err != nil {
		t.Fatal(err)
	}
	for which, written := range map[string]string{"measure": inReadme, "deploy": string(inDocs)} {
		var stdout, stderr strings.Builder
		e := systemEnv()
		e.stdout, e.stderr = &stdout, &stderr
		if code := bench(t.Context(), e, []string{"doctor", "quickstart", "--policy=" + which}); code != 0 {
			t.Fatalf("%s: exit code %d: %s", which, code, &stderr)
		}
		if stdout.String() != written {
			t.Errorf("the policy to %s is documented as\n%s\nand printed as\n%s", which, written, &stdout)
		}
	}
}

// What the README quotes of a plan to deploy is what is printed, to the cent.
func TestDryRunInReadme(t *testing.T) {
	printed := regexp.MustCompile(`It makes .* nobody calls costs .*`).FindString(prints(t, "deploy", "quickstart", "--dry-run"))
	if printed == "" || !strings.Contains(inReadme(t), "\n    "+printed+"\n") {
		t.Errorf("the README does not quote %q", printed)
	}
}

// What it quotes of a run's plan is what is printed, the requests exactly: the seed fixes
// them. Sums and bytes depend a little on the rehearsal: how many minutes it touches, how
// many digits a port has. A run that would begin shortly before the full hour touches two
// hours of the load balancer, and of its two addresses.
func TestRunsPlanInReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("rehearses a scenario")
	}
	home, err := loadScenario(quietEnv(), "quickstart", "")
	if err != nil {
		t.Fatal(err)
	}
	command := []string{"run", "quickstart", "--targets", "targets.yaml", "--seed", "1"}
	text := inReadme(t)
	if quoted := "`bench " + strings.Join(command, " ") + "` says"; !strings.Contains(text, quoted) {
		t.Fatalf("the README does not say %s", quoted)
	}
	command[3] = labTargets(t, home)
	sentences := regexp.MustCompile(`It\s+will\s+cost[^;]*;[^;]*sent\.`)
	number := regexp.MustCompile(`[0-9][0-9,.]*[0-9]`)
	inWords := func(s string) string { return strings.Join(strings.Fields(sentences.FindString(s)), " ") }
	written, printed := inWords(text), inWords(prints(t, append(command, "--plan")...))
	if shape := number.ReplaceAllString(written, "N"); shape == "" || shape != number.ReplaceAllString(printed, "N") {
		t.Fatalf("the README says\n%s\nand bench\n%s", written, printed)
	}
	exact := map[int]bool{2: true, 4: true, 5: true} // requests, and the limits of failures
	const expected, hour = 0, 0.0225 + 2*0.005       // https://aws.amazon.com/elasticloadbalancing/pricing/, https://aws.amazon.com/vpc/pricing/
	near := func(is, was float64) bool { return math.Abs(is/was-1) <= 0.03 }
	theirs := number.FindAllString(printed, -1)
	for i, was := range number.FindAllString(written, -1) {
		is := theirs[i]
		two := i == expected && near(plain(t, is)-hour, plain(t, was))
		if exact[i] && is != was || !near(plain(t, is), plain(t, was)) && !two {
			t.Errorf("the README says %s and bench %s, in\n%s", was, is, printed)
		}
	}
}

func plain(t *testing.T, number string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(strings.ReplaceAll(number, ",", ""), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func inReadme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// prints is what a command prints as its result.
func prints(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr strings.Builder
	e := systemEnv()
	e.stdout, e.stderr = &stdout, &stderr
	if code := bench(t.Context(), e, args); code != 0 {
		t.Fatalf("bench %v: exit code %d: %s", args, code, &stderr)
	}
	return stdout.String()
}
