package page

import (
	"cmp"
	"fmt"
	"regexp"

	"frontdoor/report"
)

// table is a grid on the page. The first column names the rows.
type table struct {
	Caption string
	Note    string
	Left    int  // columns aligned to the left, as a class of the style sheet
	Wordy   bool // so is the last one
	Head    []string
	Rows    []row
}

type row struct {
	Key   string // class of the front's colour; "" has none
	Mark  string // class of the row
	Name  cell
	Cells []cell
}

// cell is text, with the interval that goes below it, the marks behind that, and
// the sources it rests on.
type cell struct {
	Text, Range, Marks string
	Refs               []int
}

// newCell parts "41.2 [40.1, 42.6] (3)".
func newCell(text string) cell {
	if m := regexp.MustCompile(`^([^\[\]]{1,24}) (\[[^\[\]]+\])((?: \(\d+\))*)$`).FindStringSubmatch(text); m != nil {
		return cell{Text: m[1], Range: m[2], Marks: m[3]}
	}
	return cell{Text: text}
}

// mostLeft is how many columns the style sheet can align to the left.
const mostLeft = 7

func newTable(caption string, g report.Grid) table {
	t := table{Caption: caption, Left: min(g.Left, mostLeft), Head: g.Header}
	for _, line := range g.Rows {
		if len(line) == 0 {
			continue
		}
		r := row{Name: cell{Text: line[0]}}
		for _, text := range line[1:] {
			r.Cells = append(r.Cells, newCell(text))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// decision is the decision table with the colours that the fronts have in the
// charts, and the choice marked.
func decision(r *report.Report, g report.Grid) table {
	t := newTable("The fronts side by side", g)
	t.Note = "p50 and p99: response time in ms, warm environments, [95 % interval over rounds]. Money at list prices" + ranges(r)
	for i := range t.Rows {
		t.Rows[i].Key = fmt.Sprintf("s%d", i%colours)
		if r.Decision.Choice != "" && r.Fronts[i].ID == r.Decision.Choice {
			t.Rows[i].Mark = "choice"
		}
	}
	return t
}

// ranges says what the ranges of money are, and what goes with them.
func ranges(r *report.Report) string {
	for _, f := range r.Fronts {
		if f.Cost.Worlds != nil {
			return ", [range of 80 % of the months drawn from what is uncertain]. \"Cheapest in\" and \"regret\" are of the same months: regret is the mean USD a month above the cheapest."
		}
	}
	if r.Traffic.Low != r.Traffic.High {
		return ", [at the ends of the forecast]."
	}
	return "."
}

// comparisons are set pale where they decide nothing.
func comparisons(r *report.Report, g report.Grid) table {
	t := newTable("Comparisons", g)
	t.Wordy = true
	if r.Run.AA && r.Floor != nil { // the table has the floor's entries instead
		t.Note = "Each front against itself: how far equal things come apart."
		return t
	}
	t.Note = "A ratio below 1 is faster than the reference. Comparisons with p in brackets are exploratory and decide nothing."
	for i, c := range r.Comparisons {
		if !c.Family {
			t.Rows[i].Mark = "pale"
		}
	}
	return t
}

// gates have their outcome in colour too.
func gates(r *report.Report, g report.Grid) table {
	t := newTable("Gates", g)
	for i, v := range r.Gates {
		t.Rows[i].Mark = string(v.Outcome)
	}
	return t
}

// claim is a claim with its verdict, and the evidence below, which a reader opens.
type claim struct {
	ID, Verdict, Text string
	Evidence          table
}

// claims are sentences, which a column of their tables may break.
func claims(all []report.Claim) (list []claim) {
	for _, c := range all {
		g := report.ClaimTable([]report.Claim{c})
		t := newTable("Evidence of "+c.ID, report.Grid{Header: []string{"kind", "evidence"}, Left: 2})
		for _, line := range g.Rows[1:] { // the first is the claim itself
			t.Rows = append(t.Rows, row{Name: cell{Text: cmp.Or(line[1], "where it turns")}, Cells: []cell{newCell(line[2])}})
		}
		t.Wordy = true
		list = append(list, claim{c.ID, c.Verdict, c.Text, t})
	}
	return list
}

// colours is how many series the charts tell apart by colour.
const colours = 8

// Empty reports whether there is nothing to show.
func (t table) Empty() bool { return len(t.Rows) == 0 }
