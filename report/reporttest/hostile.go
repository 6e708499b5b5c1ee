package reporttest

import "frontdoor/report"

// rename gives a front another id, everywhere.
func rename(r *report.Report, from, to string) {
	name := func(s *string) {
		if *s == from {
			*s = to
		}
	}
	for i := range r.Fronts {
		name(&r.Fronts[i].ID)
		name(&r.Fronts[i].Cost.Bill.Front)
	}
	for i := range r.Comparisons {
		name(&r.Comparisons[i].A)
		name(&r.Comparisons[i].B)
	}
	for i := range r.Gates {
		name(&r.Gates[i].Front)
	}
	name(&r.Decision.Choice)
	if e := r.Estimate; e != nil {
		for i := range e.Fronts {
			name(&e.Fronts[i].ID)
		}
		for _, b := range []*[]string{&e.Requests.Fronts, &e.Duration.Fronts, &e.Sensitivity.Fronts, &e.Uncertainty.Fronts, &e.Phase.Fronts} {
			for i := range *b {
				name(&(*b)[i])
			}
		}
	}
	if r.Eras != nil {
		for i := range r.Eras.Fronts {
			name(&r.Eras.Fronts[i])
		}
	}
}
