package report_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdoor/gate"
	"frontdoor/record"
	"frontdoor/report"
)

// rule is what the schema of testdata/junit.xsd says of an element.
type rule struct {
	required, optional []string // attributes
	children           string   // a pattern over the children's names, each with a space behind it
}

func rules() map[string]rule {
	return map[string]rule{
		"testsuites": {children: `^(testsuite )*$`},
		"testsuite": {required: []string{"name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors", "time"}, optional: []string{"skipped"},
			children: `^properties (testcase )*system-out system-err $`},
		"properties": {children: `^(property )*$`},
		"property":   {required: []string{"name", "value"}, children: `^$`},
		"testcase":   {required: []string{"name", "classname", "time"}, children: `^(skipped |error |failure )?$`},
		"skipped":    {required: []string{"message"}, children: `^$`},
		"error":      {required: []string{"type"}, optional: []string{"message"}, children: `^$`},
		"failure":    {required: []string{"type"}, optional: []string{"message"}, children: `^$`},
		"system-out": {children: `^$`},
		"system-err": {children: `^$`},
	}
}

// node is an element as any reader sees it.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []node     `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// breaches lists what the schema does not allow.
func (n node) breaches() []string {
	var found []string
	r, known := rules()[n.XMLName.Local]
	if !known {
		return []string{"there is no element " + n.XMLName.Local}
	}
	names := []string{}
	for _, a := range n.Attrs {
		names = append(names, a.Name.Local)
		if !slices.Contains(append(r.required, r.optional...), a.Name.Local) {
			found = append(found, n.XMLName.Local+" has "+a.Name.Local)
		}
		found = append(found, badValue(n.XMLName.Local, a)...)
	}
	for _, name := range r.required {
		if !slices.Contains(names, name) {
			found = append(found, n.XMLName.Local+" lacks "+name)
		}
	}
	children := ""
	for _, c := range n.Children {
		children += c.XMLName.Local + " "
		found = append(found, c.breaches()...)
	}
	if !regexp.MustCompile(r.children).MatchString(children) {
		found = append(found, n.XMLName.Local+" holds "+children)
	}
	return found
}

// badValue checks the values whose form the schema sets.
func badValue(element string, a xml.Attr) []string {
	forms := map[string]string{"id": `^\d+$`, "tests": `^\d+$`, "failures": `^\d+$`, "errors": `^\d+$`, "skipped": `^\d+$`,
		"time": `^\d+(\.\d+)?$`, "timestamp": `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$`}
	form, ok := forms[a.Name.Local]
	if !ok && element == "testsuite" {
		form, ok = `\S`, true
	}
	if ok && !regexp.MustCompile(form).MatchString(a.Value) {
		return []string{fmt.Sprintf("%s has %s=%q", element, a.Name.Local, a.Value)}
	}
	return nil
}

// junit writes, checks against the schema, and reads back.
func junit(t *testing.T, r *report.Report) node {
	t.Helper()
	text := written(t, report.JUnit, r)
	var root node
	if err := xml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	for _, b := range root.breaches() {
		t.Error(b)
	}
	if len(root.Children) != 1 {
		t.Fatalf("%d suites", len(root.Children))
	}
	return root.Children[0]
}

// without is the sample at which no round of a front counts.
func without(t *testing.T) *report.Report {
	r := sample(t)
	r.Fronts = slices.Clone(r.Fronts)
	r.Fronts[1].Rounds, r.Fronts[1].Invalid = 0, []report.Weakness{{Round: 1, Attempt: 1, Why: "late"}}
	return r
}

func TestJUnit(t *testing.T) {
	noGates, unended, invalid := sample(t), sample(t), sample(t)
	noGates.Gates = nil
	unended.Run.Ended = time.Time{}
	invalid.Gates = []report.Gate{{Result: gate.Result{Gate: "p(99)<1", Front: "alb", Outcome: gate.Invalid, Why: "too few"}}, {}}
	for name, row := range map[string]struct {
		r                                *report.Report
		tests, failures, errors, skipped int
		time                             string
	}{
		"sample":          {sample(t), 6, 1, 0, 1, "73.200"},
		"no gates":        {noGates, 0, 0, 0, 0, "73.200"},
		"no round counts": {without(t), 7, 1, 1, 1, "73.200"},
		"not ended":       {unended, 6, 1, 0, 1, "0"},
		"invalid gates":   {invalid, 2, 0, 2, 0, "73.200"},
		"hostile":         {hostile(t), 6, 1, 0, 1, "73.200"},
	} {
		t.Run(name, func(t *testing.T) {
			suite := junit(t, row.r)
			counted := map[string]int{}
			for _, c := range suite.Children {
				counted[c.XMLName.Local]++
				for _, problem := range c.Children {
					counted[problem.XMLName.Local]++
				}
			}
			for attr, want := range map[string]int{"tests": row.tests, "failures": row.failures, "errors": row.errors, "skipped": row.skipped} {
				element := map[string]string{"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}[attr]
				if suite.attr(attr) != strconv.Itoa(want) || counted[element] != want {
					t.Errorf("%s is %s with %d elements, want %d", attr, suite.attr(attr), counted[element], want)
				}
			}
			if suite.attr("time") != row.time || suite.attr("timestamp") != "2026-11-22T15:00:00" || suite.attr("hostname") != "localhost" {
				t.Errorf("the suite has time %s, timestamp %s, host %s", suite.attr("time"), suite.attr("timestamp"), suite.attr("hostname"))
			}
		})
	}
}

// Each gate is a case of its front; its outcome decides what the case holds.
func TestJUnitCases(t *testing.T) {
	r := without(t)
	var got []string
	for _, c := range junit(t, r).Children {
		if c.XMLName.Local != "testcase" {
			continue
		}
		row := c.attr("classname") + " " + c.attr("name")
		for _, p := range c.Children {
			row += fmt.Sprintf(" %s(%s): %s", p.XMLName.Local, p.attr("type"), p.attr("message"))
		}
		got = append(got, row)
	}
	want := []string{
		"sample.http-api a round counts error(invalid run): LAB: no round of http-api counts: a trial of round 1 (late)",
		"sample.rest p(95)<60 failure(gate): LAB: " + report.GateWords(r.Gates[0]),
		"sample.http-api p(95)<60 skipped(): LAB: inconclusive: " + report.GateWords(r.Gates[1]),
		"sample.alb p(95)<60", "sample.url p(95)<60", "sample.edge p(95)<60",
		"sample.alb usd_per_million[alb] < 2.50",
	}
	if !slices.Equal(got, want) {
		t.Errorf("cases are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestJUnitNamesItsSource(t *testing.T) {
	r := without(t)
	for source, want := range map[record.Source]bool{record.SourceLab: true, record.SourceAWS: false} {
		r.Run.Source, r.Decision.Cautions = source, nil
		suite := junit(t, r)
		if strings.Contains(suite.attr("name"), "LAB") != want {
			t.Errorf("from %s the suite is called %q", source, suite.attr("name"))
		}
		for _, c := range suite.Children {
			for _, p := range c.Children {
				if c.XMLName.Local == "testcase" && strings.HasPrefix(p.attr("message"), "LAB") != want {
					t.Errorf("from %s a message is %q", source, p.attr("message"))
				}
			}
		}
	}
}

// xmllint reads the documents with the schema.
func TestJUnitSchema(t *testing.T) {
	program, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed (libxml2-utils)")
	}
	noGates := sample(t)
	noGates.Gates = nil
	good := written(t, report.JUnit, sample(t))
	for name, row := range map[string]struct {
		text  string
		valid bool
	}{
		"sample":                 {good, true},
		"hostile":                {written(t, report.JUnit, hostile(t)), true},
		"no gates":               {written(t, report.JUnit, noGates), true},
		"no round counts":        {written(t, report.JUnit, without(t)), true},
		"a zone in the time":     {strings.Replace(good, "T15:00:00", "T15:00:00Z", 1), false},
		"no system-err":          {regexp.MustCompile(`(?s)<system-err>.*</system-err>`).ReplaceAllString(good, ""), false},
		"a count that is none":   {strings.Replace(good, `tests="6"`, `tests="six"`, 1), false},
		"an attribute of no use": {strings.Replace(good, "<testsuites>", `<testsuites tests="6">`, 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "junit.xml")
			if err := os.WriteFile(file, []byte(row.text), 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(program, "--noout", "--nonet", "--schema", "testdata/junit.xsd", file).CombinedOutput()
			if (err == nil) != row.valid {
				t.Errorf("xmllint says %s", out)
			}
		})
	}
}
