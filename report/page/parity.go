package page

import (
	"slices"

	"frontdoor/front"
	"frontdoor/report"
)

// parity is what each kind of front in the run can do: a row for each ability, a
// column for each kind.
func parity(r *report.Report, refs *sources) table {
	var kinds []front.Kind
	t := table{Caption: "What each front can do", Left: mostLeft, Head: []string{"ability"}}
	for _, f := range r.Fronts {
		if !slices.Contains(kinds, f.Kind) {
			kinds = append(kinds, f.Kind)
			t.Head = append(t.Head, f.Name)
		}
	}
	for i, kind := range kinds {
		for j, a := range front.Abilities(kind) {
			if i == 0 {
				t.Rows = append(t.Rows, row{Name: cell{Text: a.Name}})
			}
			// Every kind has the same abilities in the same order.
			t.Rows[j].Cells = append(t.Rows[j].Cells, cell{Text: a.Value, Refs: []int{refs.add(a.Source)}})
		}
	}
	return t
}
