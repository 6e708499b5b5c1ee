package report

import (
	"fmt"
	"strings"
)

// Claim is what somebody said of the systems under comparison, judged by others
// from the recording and from prices, rules and simulations.
type Claim struct {
	ID       string      `json:"id"` // "C4"
	Text     string      `json:"claim"`
	Said     []string    `json:"said"`
	Verdict  string      `json:"verdict"` // "true", "false", "conditional", "not judged"
	Boundary string      `json:"boundary,omitempty"`
	Evidence []ClaimLine `json:"evidence"`
}

// ClaimLine is one piece of evidence.
type ClaimLine struct {
	Kind   string `json:"kind"` // "bill", "rule", "simulation", "record"
	Text   string `json:"text"`
	Source string `json:"source,omitempty"`
}

// Sentence is the claim and its verdict in one.
func (c Claim) Sentence() string {
	text := fmt.Sprintf("Claim %s is %s: %s", c.ID, c.Verdict, c.Text)
	if c.Boundary != "" {
		text = strings.TrimSuffix(text, ".") + " (" + c.Boundary + ")"
	}
	return text
}

// words is the line with where it is from.
func (l ClaimLine) words() string {
	if l.Source == "" {
		return l.Text
	}
	return l.Text + " (" + l.Source + ")"
}

const claimCaption = "Judged each time a report is made: bills are list prices, simulations rest on what they name, and records of the lab show relations, not AWS's times."

// claimTable has a row for each claim, and its evidence in rows below it.
func claimTable(r *Report) Grid { return ClaimTable(r.Claims) }

// ClaimTable is claimTable of any claims.
func ClaimTable(claims []Claim) Grid {
	g := Grid{Header: []string{"claim", "verdict", "what was said, where it turns, and by what it is judged"}, Left: 3}
	for _, c := range claims {
		g.Rows = append(g.Rows, []string{c.ID, c.Verdict, c.Text})
		if c.Boundary != "" {
			g.Rows = append(g.Rows, []string{"", "", c.Boundary})
		}
		for _, l := range c.Evidence {
			g.Rows = append(g.Rows, []string{"", l.Kind, l.words()})
		}
	}
	return g
}

// claims are prose on a terminal, where rows of sentences would not fit: each with
// what this run says to it. The other evidence is in the other formats.
func (p *printer) claims(all []Claim) {
	if len(all) == 0 {
		return
	}
	p.line("")
	p.line("Claims")
	var ids []string
	for _, c := range all {
		p.text("     ", "  %s", c.Sentence())
		ids = append(ids, c.ID)
		for _, l := range c.Evidence {
			if l.Kind == "record" {
				p.text("       ", "     %s: %s", l.Kind, l.words())
			}
		}
	}
	p.text("     ", "  All that they rest on: bench claims %s, or -o html, markdown, json", strings.Join(ids, " "))
}
