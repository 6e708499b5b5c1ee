package scenarios

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// fieldTable is the reference of every field as docs has it.
func fieldTable(entries []Entry) string {
	var b strings.Builder
	b.WriteString("| field | what it means | wanted | default |\n| --- | --- | --- | --- |\n")
	for _, e := range entries {
		def := e.Default
		if e.Required {
			def = "required"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", e.Field, e.Doc, e.Want, def)
	}
	return b.String()
}

// TestFieldDocs keeps the references in docs equal to the definitions.
func TestFieldDocs(t *testing.T) {
	sameTable(t, "../docs/workload.md", DescribeWorkload())
	sameTable(t, "../docs/targets.md", DescribeTargets())
}

func sameTable(t *testing.T, file string, entries []Entry) {
	t.Helper()
	const from, to = "<!-- fields -->\n", "<!-- end of fields -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), from)
	_, after, ended := strings.Cut(rest, to)
	if !ok || !ended {
		t.Fatalf("%s has no %q and %q", file, from, to)
	}
	sameAsFile(t, file, []byte(before+from+fieldTable(entries)+to+after))
}

// TestWorkloadDocExamples parses the workloads in docs/workload.md, and the durations
// in its table as durations of a front.
func TestWorkloadDocExamples(t *testing.T) {
	text, err := os.ReadFile("../docs/workload.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "```yaml\n")[1:]
	for _, block := range blocks {
		example, _, _ := strings.Cut(block, "```")
		parseWorkload(t, example)
	}
	_, rest, _ := strings.Cut(string(text), "## Durations")
	section, _, _ := strings.Cut(rest, "\n## ")
	durations := 0
	for _, line := range strings.Split(section, "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if len(cells) != 2 || !strings.Contains(cells[1], "`") {
			continue
		}
		for i, code := range strings.Split(cells[1], "`") {
			if i%2 == 1 {
				timingOf(t, code)
				durations++
			}
		}
	}
	if len(blocks) != 2 || durations != 10 {
		t.Errorf("%d workloads and %d durations found, want 2 and 10", len(blocks), durations)
	}
}

// TestDescribeWorkload names a field of each depth, with what is wanted of a range.
func TestDescribeWorkload(t *testing.T) {
	seen := map[string]Entry{}
	for _, e := range DescribeWorkload() {
		if _, twice := seen[e.Field]; twice {
			t.Errorf("%s is listed twice", e.Field)
		}
		seen[e.Field] = e
	}
	want := Entry{Field: "fronts[].requests_per_connection", Default: "10",
		Want: "a number such as 3M, 1.5e9, 540000 or 0.25, 1 or more, or a range {low, expected, high} of such",
		Doc:  "How many requests come over one connection; load balancers bill connections. The default is an assumption."}
	if got := seen[want.Field]; got != want {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	for _, field := range []string{"usage", "defaults", "fronts[].duration.p99.9", "fronts[].duration.lognormal.cv", "fronts[].duration.mixture[].share", "fronts[].duration.run", "fronts[].cold.init", "fronts[].dynamodb.region"} {
		if _, ok := seen[field]; !ok {
			t.Errorf("%s is not described", field)
		}
	}
}
