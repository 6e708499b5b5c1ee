package decision

import (
	"fmt"
	"strings"

	"frontdoor/report"
	"frontdoor/report/words"
)

func numbered(number int, title string) string {
	return fmt.Sprintf("# %d. %s\n", number, report.MarkdownText(title))
}

// more is what the decision rests on and when it should be looked at again.
func (d *document) more() {
	list := []string{
		"Prices: " + d.r.Prices() + d.book(),
		"Confidence in prices: " + d.confidence(),
		"Coverage: " + d.coverage(),
		"Noise floor: " + d.floor(),
	}
	for _, f := range d.r.Decision.Flips {
		list = append(list, fmt.Sprintf("Flip point: with %s %s (expected %s) another front is the cheapest", f.Input, f.Words(), words.Figure(f.Expected)))
	}
	if len(d.r.Decision.Flips) == 0 {
		list = append(list, "Flip points: none is known")
	}
	for _, c := range d.r.Claims {
		list = append(list, c.Sentence())
	}
	for _, x := range d.r.Disagreements {
		list = append(list, fmt.Sprintf("Metrics disagree: %s ranks %s before %s, %s the other way round", x.Metrics[0], x.Fronts[0], x.Fronts[1], x.Metrics[1]))
	}
	for _, group := range []struct {
		name  string
		texts []string
	}{{"Caution", d.r.Decision.Cautions}, {"Missing", d.r.Missing}, {"Warning", d.r.Warnings}} {
		for _, t := range group.texts {
			list = append(list, group.name+": "+t)
		}
	}
	list = append(list, d.review())
	if text := d.supersedes(); text != "" {
		list = append(list, text)
	}
	d.items(list)
	d.pictures()
}

// supersedes names the record that this one replaces. That one is not written to:
// whoever accepts this one says so there.
func (d *document) supersedes() string {
	if d.o.Supersedes == 0 {
		return ""
	}
	return fmt.Sprintf("Once accepted, this supersedes ADR-%04d.", d.o.Supersedes)
}

func (d *document) book() string {
	if d.r.Pricing.Book == "" {
		return "; the price book that came with bench " + d.r.Run.Tool
	}
	return "; price book " + d.r.Pricing.Book
}

func (d *document) confidence() string {
	var parts []string
	for _, f := range d.r.Fronts {
		switch {
		case !f.Cost.Priced():
			parts = append(parts, f.ID+" has no bill")
		case f.Cost.Bill.LowerBound:
			parts = append(parts, fmt.Sprintf("%s %s, and a lower bound", f.ID, f.Cost.Bill.Confidence))
		default:
			parts = append(parts, fmt.Sprintf("%s %s", f.ID, f.Cost.Bill.Confidence))
		}
	}
	return strings.Join(parts, "; ")
}

// coverage says of how many requests the function's own figures are known.
func (d *document) coverage() string {
	var parts []string
	for _, f := range d.r.Fronts {
		text := fmt.Sprintf("%s %d of %s, %s of %s requests with a REPORT line", f.ID, f.Rounds, words.Plural(d.r.Run.Rounds, "round"),
			words.Group(int64(f.Function.Reports)), words.Group(int64(f.Requests)))
		if seen := f.Coverage.Invocations; seen != nil {
			text += fmt.Sprintf(", %s of %s in CloudWatch", words.Group(*seen), words.Group(int64(f.Coverage.Sent)))
		} else {
			text += ", CloudWatch not read"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// floor is how far equal things may come apart.
func (d *document) floor() string {
	if d.r.Floor == nil {
		return "not known: there is no A/A run beside this one"
	}
	var parts []string
	for _, m := range d.r.Pricing.Metrics {
		if most := d.r.Floor.Of(m); most != nil {
			parts = append(parts, m+" ±"+words.Percent(*most))
		}
	}
	if len(parts) == 0 {
		parts = []string{"no interval"}
	}
	return strings.Join(parts, ", ") + " between equal things (A/A run " + d.r.Floor.Run + ")"
}

// review says when the decision should be looked at again.
func (d *document) review() string {
	until := d.o.Expiry
	if until.IsZero() {
		until = d.r.Decision.Expires
	}
	text := "Look at it again when a flip point is passed, a price or a billing rule changes, or the handler does"
	if until.IsZero() {
		return text
	}
	return fmt.Sprintf("Look at it again by %s, or when a flip point is passed, a price or a billing rule changes, or the handler does", until)
}

func (d *document) pictures() {
	for _, p := range d.o.Pictures {
		d.paragraph("%s:", p.Title)
		d.gap()
		d.out.WriteString(report.MarkdownPicture(report.Picture{Title: p.Title, Alt: p.Alt, Path: stem(d.r, d.number) + "/" + p.Name + ".svg"}) + "\n")
	}
}
