package main

import (
	"fmt"
	"slices"

	"frontdoor/guard"
	"frontdoor/load"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/report/planned"
)

// guarded is a run that was agreed to, or that has a limit; nil is one that needs neither.
type guarded struct {
	plan    *guard.Plan // nil: it was not asked for
	limit   *load.Limit
	planner *planner // that made the plan
}

// unplanned is a run of this machine's own, which stops upon failures where that was
// asked for.
func (o *guardOptions) unplanned() *guarded {
	if !o.rateGiven {
		return nil
	}
	return &guarded{limit: load.NewLimit(load.Bounds{ErrorRate: o.errorRate, After: guard.After})}
}

// limits are those of a run: of its plan, or, where none was needed, the share of
// failures that was asked for.
func (g *guarded) limits() *load.Limit {
	if g == nil {
		return nil
	}
	return g.limit
}

// spentBy is what a run itself used.
func spentBy(rec *record.Recording) (spend.Spent, error) {
	home, err := asWritten(rec)
	if err != nil {
		return spend.Spent{}, usage(err)
	}
	at, err := asRun(rec)
	if err != nil {
		return spend.Spent{}, usage(err)
	}
	spent, err := spend.Of(rec, callsOf(rec, home, at))
	spent.Missing = append(spent.Missing, unsaid(rec, at)...)
	return spent, err
}

// itself is the bill of a run itself at the list prices of its own day; nil for one that
// has none, as of a book that begins later.
func itself(rec *record.Recording, book *pricing.Book) (*pricing.Bill, error) {
	if rec.Started.IsZero() {
		return nil, nil
	}
	spent, err := spentBy(rec)
	if err != nil {
		return nil, err
	}
	bill, err := spent.Bill(book, pricing.BillOptions{FreeTier: pricing.FreeNone})
	return &bill, err
}

// made reprices the plan for what became of it. Nothing is written for a run that began
// no trial.
func (g *guarded) made(w *record.Writer) error {
	run := w.Run()
	if g == nil || g.plan == nil || !slices.ContainsFunc(run.Trials, begun) {
		return nil
	}
	plan, err := g.planner.asMade(&run)
	if err != nil {
		return err
	}
	used, err := g.planner.usage(plan)
	if err != nil {
		return err
	}
	g.plan.AsMade = &guard.AsMade{Trials: len(plan.Trials), Usage: used}
	return w.WritePlan(g.plan)
}

// outcome says what the run used, by its own meters, beside what was planned.
func (g *guarded) outcome(env *env, rec *record.Recording) error {
	if g == nil || g.plan == nil {
		return nil
	}
	spent, err := spentBy(rec)
	if err != nil {
		return err
	}
	used, err := guard.UsageOf(spent, 0, g.planner.book)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.stderr, planned.Outcome(*g.plan, used))
	return err
}
