package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"frontdoor/gate"
)

// JUnit writes the gates as test cases in the XML of Ant's JUnit task, as the
// schema of Windy Road describes it (github.com/windyroad/JUnit-Schema), which
// CI systems read: a gate that fails is a failure, an inconclusive one is
// skipped, one that could not be judged is an error, and so is a front of which
// no round counts. A run without gates has no test cases.
func JUnit(w io.Writer, r *Report) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", "  ")
	if err := out.Encode(junitSuites{Suites: []junitSuite{r.junit()}}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// The elements, in the order in which the schema wants them.
type junitSuites struct {
	XMLName xml.Name     `xml:"testsuites"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name      string `xml:"name,attr"`
	Package   string `xml:"package,attr"`
	ID        int    `xml:"id,attr"`
	Timestamp string `xml:"timestamp,attr"` // without a zone: the schema forbids one; UTC
	Hostname  string `xml:"hostname,attr"`
	Tests     int    `xml:"tests,attr"`
	Failures  int    `xml:"failures,attr"`
	Errors    int    `xml:"errors,attr"`
	Skipped   int    `xml:"skipped,attr"`
	Time      string `xml:"time,attr"` // of the run, seconds

	Properties struct {
		List []junitProperty `xml:"property"`
	} `xml:"properties"`
	Cases  []junitCase `xml:"testcase"`
	Output string      `xml:"system-out"`
	Errout string      `xml:"system-err"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"` // judging takes none
	Skipped *junitProblem `xml:"skipped"`
	Error   *junitProblem `xml:"error"`
	Failure *junitProblem `xml:"failure"`
}

type junitProblem struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

func (r *Report) junit() junitSuite {
	s := junitSuite{
		Name: "bench gates: " + r.marked(r.Run.Scenario), Package: "bench", Hostname: "localhost", // no record has the host's name
		Timestamp: r.Run.Started.UTC().Format("2006-01-02T15:04:05"), Time: "0",
		Output: r.junitOutput(), Errout: strings.Join(append(append([]string{}, r.Missing...), r.Warnings...), "\n"),
	}
	if r.Run.Ended.After(r.Run.Started) {
		s.Time = fmt.Sprintf("%.3f", r.Run.Ended.Sub(r.Run.Started).Seconds())
	}
	s.Properties.List = []junitProperty{
		{"run", r.Run.ID}, {"run.json SHA-256", r.Run.Sum}, {"latency source", string(r.Run.Source)}, {"tool", r.Run.Tool},
		{"prices as of", r.Pricing.AsOf.String()}, {"free tier", string(r.Pricing.FreeTier)},
	}
	for _, f := range r.Fronts {
		if f.Rounds == 0 {
			s.add(junitCase{Class: r.junitClass(f.ID), Name: "a round counts", Error: r.junitProblem("invalid run", noRound(f))})
		}
	}
	for _, g := range r.Gates {
		s.add(r.junitGate(g))
	}
	return s
}

// noRound says why no round of a front counts.
func noRound(f Front) string {
	if len(f.Invalid) == 0 {
		return "no round of " + f.ID + " counts"
	}
	return "no round of " + f.ID + " counts: " + weakRounds(f.Invalid)
}

func (s *junitSuite) add(c junitCase) {
	c.Time = "0"
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
}

func (r *Report) junitGate(g Gate) junitCase {
	c := junitCase{Class: r.junitClass(gateFronts(g)), Name: cmp.Or(g.Gate, "gate")}
	switch g.Outcome {
	case gate.Pass:
	case gate.Fail:
		c.Failure = r.junitProblem("gate", GateWords(g))
	case gate.Inconclusive:
		c.Skipped = r.junitProblem("", "inconclusive: "+GateWords(g))
	default:
		c.Error = r.junitProblem("invalid", GateWords(g))
	}
	return c
}

// junitClass is what CI systems group by.
func (r *Report) junitClass(front string) string { return r.Run.Scenario + "." + front }

func (r *Report) junitProblem(kind, why string) *junitProblem {
	return &junitProblem{Message: r.marked(why), Type: kind, Text: r.Label() + "\n" + why + "\n" + r.Again()}
}

func (r *Report) junitOutput() string {
	lines := append([]string{headline(r), r.Prices()}, r.Decision.Sentences...)
	return strings.Join(append(lines, r.Decision.Cautions...), "\n")
}
