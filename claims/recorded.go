package claims

import (
	"slices"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/words"
)

// measuredMonth is how many requests the durations of a run are priced for.
const measuredMonth = 10_000_000

// priced is the month's list price of each front of a run, with the durations that
// its REPORT lines have and the sizes that all months here have; fronts that have no
// report, or no bill on the day, are left out.
func (e *Evidence) priced(run *record.Recording, day pricing.Date) (map[string]pricing.USD, error) {
	out := map[string]pricing.USD{}
	for _, f := range run.Fronts {
		var reports []record.Report
		for _, m := range run.Of(f.ID) {
			reports = append(reports, m.Reports...)
		}
		if len(reports) == 0 || !f.Kind.Answers() {
			continue
		}
		w := month(f.Kind, f.FunctionIn, measuredMonth, 1)
		w.Duration = pricing.Recorded(reports)
		bill, err := e.Book.Price(w, pricing.BillOptions{AsOf: day, FreeTier: pricing.FreeNone})
		switch {
		case absence(err) != "":
			continue
		case err != nil:
			return nil, err
		}
		if bill.Unavailable == "" && !bill.LowerBound {
			out[f.ID] = bill.Total
		}
	}
	return out, nil
}

// order adds, for each run that has them, which of the others, with a function in the
// same Region, a kind of front is cheaper than with the durations measured there: prices
// of two Regions would say more of the Regions than of the fronts. It says no amount: durations
// of the lab are this machine's, and other machines have others.
func (e *Evidence) order(v *Verdict, kind front.Kind, others ...front.Kind) error {
	for _, run := range e.Runs {
		costs, err := e.priced(run, e.AsOf)
		if err != nil {
			return err
		}
		for _, f := range run.Fronts {
			own, ok := costs[f.ID]
			if f.Kind != kind || !ok {
				continue
			}
			var cheaper, dearer []string
			for _, o := range run.Fronts {
				switch cost, ok := costs[o.ID]; {
				case !ok || !slices.Contains(others, o.Kind) || o.FunctionIn != f.FunctionIn:
				case own.Cmp(cost) < 0:
					cheaper = append(cheaper, o.ID)
				default:
					dearer = append(dearer, o.ID)
				}
			}
			if len(cheaper)+len(dearer) > 0 {
				v.add(Record, run.ID, "with the durations of this run (%s) and %s requests a month %s is %s", origin(run.Source), words.Count(measuredMonth), f.ID, among(cheaper, dearer))
			}
		}
	}
	return nil
}

// origin is where a run's durations are from.
func origin(s record.Source) string {
	switch s {
	case record.SourceLab:
		return "LAB"
	case record.SourceAWS:
		return "AWS"
	}
	return "of the URLs given, not known to be AWS's"
}

// among says of which fronts one is cheaper, and of which it is not.
func among(cheaper, dearer []string) string {
	switch {
	case len(cheaper) == 0:
		return "not cheaper than " + words.And(dearer)
	case len(dearer) == 0:
		return "cheaper than " + words.And(cheaper)
	}
	return "cheaper than " + words.And(cheaper) + ", and not than " + words.And(dearer)
}
