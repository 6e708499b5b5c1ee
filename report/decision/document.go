package decision

import (
	"fmt"
	"strings"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/report"
	"frontdoor/report/words"
)

// document is a record while it is written.
type document struct {
	r      *report.Report
	o      Options
	number int
	table  report.Grid
	out    strings.Builder
}

func (d *document) heading(level int, text string) {
	d.gap()
	d.out.WriteString(strings.Repeat("#", level) + " " + report.MarkdownText(text) + "\n\n")
}

// paragraph writes a paragraph, parted from what stands before.
func (d *document) paragraph(format string, args ...any) {
	if text := report.MarkdownText(fmt.Sprintf(format, args...)); text != "" {
		d.gap()
		d.out.WriteString(text + "\n")
	}
}

func (d *document) gap() {
	if s := d.out.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		d.out.WriteString("\n")
	}
}

// items writes a list. Nothing is written for none.
func (d *document) items(texts []string) {
	if len(texts) == 0 {
		return
	}
	d.gap()
	for _, t := range texts {
		d.out.WriteString("* " + report.MarkdownText(t) + "\n")
	}
}

// date is that of the run: the record is a function of the report.
func (d *document) date() pricing.Date {
	if d.r.Run.Ended.IsZero() {
		return pricing.DateOf(d.r.Run.Started)
	}
	return pricing.DateOf(d.r.Run.Ended)
}

// context is the question, and what was measured to answer it.
func (d *document) context() {
	subject := "the handler of " + d.r.Run.Scenario
	if d.r.Run.Handler != "" {
		subject = "the handler " + d.r.Run.Handler
	}
	d.paragraph("Behind which AWS front door should %s stand?", subject)
	d.paragraph("%s", d.r.Run.Description)
	d.paragraph("The scenario %s visited %s in %s: %s. %s. %s.", d.r.Run.Scenario, words.Plural(len(d.r.Fronts), "front"), words.Plural(d.r.Run.Rounds, "round"),
		d.r.Label(), d.r.Origin(), d.r.Prices())
}

// drivers are the gates; without any, what the verdict rested on instead.
func (d *document) drivers() []string {
	var list []string
	seen := map[string]bool{}
	for _, g := range d.r.Gates {
		if !seen[g.Gate] {
			seen[g.Gate] = true
			list = append(list, "Gate "+g.Gate+": "+d.outcomes(g.Gate))
		}
	}
	if len(list) == 0 {
		list = append(list, "No gate was set: response time and cost decided instead")
	}
	if d.r.Pricing.Delta > 0 {
		list = append(list, fmt.Sprintf("Response time (%s): within %s counts as the same", strings.Join(d.r.Pricing.Metrics, ", "), words.Percent(d.r.Pricing.Delta)))
	}
	if d.r.Pricing.Material > 0 {
		list = append(list, fmt.Sprintf("Cost of a month of %s requests: a difference below %s is no reason", words.Count(d.r.Traffic.Expected), words.USD(d.r.Pricing.Material)))
	}
	return list
}

// outcomes is how a gate came out: "3 pass, 1 fail".
func (d *document) outcomes(text string) string {
	var parts []string
	for _, o := range []gate.Outcome{gate.Pass, gate.Inconclusive, gate.Fail, gate.Invalid} {
		n := 0
		for _, g := range d.r.Gates {
			if g.Gate == text && g.Outcome == o {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	return strings.Join(parts, ", ")
}

func (d *document) options() []string {
	var list []string
	for _, f := range d.r.Fronts {
		list = append(list, option(f))
	}
	return list
}

// choice is the front that is proposed.
func (d *document) choice() (report.Front, bool) {
	for _, f := range d.r.Fronts {
		if f.ID == d.r.Decision.Choice {
			return f, true
		}
	}
	return report.Front{}, false
}

// outcome is the proposal in MADR's sentence, or that there is none.
func (d *document) outcome() {
	because := strings.TrimSuffix(d.r.Decision.Because, ".")
	if because == "" {
		because = "the evidence carries none"
	}
	if f, ok := d.choice(); ok {
		d.paragraph("Chosen option: \"%s\", because %s.", option(f), because)
	} else {
		d.paragraph("No option is proposed, because %s.", because)
	}
	for _, s := range d.r.Decision.Sentences {
		d.paragraph("%s", s)
	}
}

// consequences are the arguments on the choice that cut one way or the other,
// and what the evidence is not.
func (d *document) consequences() []string {
	f, ok := d.choice()
	if !ok {
		return []string{"Neutral, because nothing changes until evidence carries a choice (" + d.r.Label() + ")"}
	}
	var list []string
	for _, side := range []string{good, bad} {
		for _, p := range d.points(f) {
			if p.side == side {
				list = append(list, p.text())
			}
		}
	}
	for _, c := range d.r.Decision.Cautions {
		list = append(list, "Neutral, because it rests on evidence with this caution: "+c)
	}
	return list
}

// confirmation is what to run, on which record.
func (d *document) confirmation() {
	command := d.o.Command
	if command == "" {
		command = d.r.Again()
	}
	d.paragraph("This judges the gates on the record again; bench report with the same flags shows the proposal:")
	d.gap()
	d.out.WriteString(report.MarkdownCode(command))
	d.paragraph("The record is %s; sha256sum run.json in its folder is %s, and run.json holds the sums of its hits, reports and scenario.", d.r.Label(), d.r.Run.Sum)
}
