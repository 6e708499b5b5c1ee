package worlds

import (
	"fmt"
	"io"
	"strings"
)

// Plan is the seed, and how many sessions of each row an experiment has.
type Plan struct {
	Seed                                                      uint64
	Pairs, Families, Own, Ratios, Detection, Equivalent, Runs int
}

// Published is the plan of docs/error-rates.md.
func Published() Plan {
	return Plan{Seed: 20261122, Pairs: 2000, Families: 1000, Own: 1000, Ratios: 500, Detection: 300, Equivalent: 500, Runs: 500}
}

// Experiments are those of the plan.
func (p Plan) Experiments() []Experiment {
	return []Experiment{
		pairs(p.Pairs), families(p.Families), own(p.Own), ratios(p.Ratios), power(p.Detection), equivalence(p.Equivalent), runs(p.Runs),
	}
}

// Header is how the document of a plan begins.
func Header(p Plan) string {
	return fmt.Sprintf(`# Error rates, measured

How often do the comparisons and intervals of package `+"`stats`"+` say what is not true? These are simulated sessions in worlds whose truth is known,
in percent of sessions. Columns in bold are what this program does; the others are habits, for comparison, or context.

    go run ./stats/worlds/measure

writes this file. Seed %d. Every row is a simulation of its own: %d sessions for pairs, %d for families, %d and %d for intervals of one front and
of two, %d for power, %d for equivalence, %d for two runs. The same seed gives the same figures.

The worlds: times are lognormal (sd of the logarithm 0.5), with a Gaussian AR(1) series inside a trial where it says so. Bursts: 3 %% of requests take
four times as long, in bursts of 20 on average. "trials 5 %%": each trial has a lognormal factor of its own, of that sd. Drift runs on one clock through all trials of a
session: 10 %% up in a line; one cycle with 20 %% from trough to peak; a random walk that ends 15 %% away in the root mean square; 6 %% more in every second trial.
`, p.Seed, p.Pairs, p.Families, p.Own, p.Ratios, p.Detection, p.Equivalent, p.Runs)
}

// Head is how the experiment's table begins.
func (e Experiment) Head() string {
	return fmt.Sprintf("## %s\n\n%s %s\n\n| | %s |\n|---|%s\n", e.Title, e.Text, e.precision(),
		strings.Join(e.Columns, " | "), strings.Repeat("---:|", len(e.Columns)))
}

// precision says how far a cell may be from what more sessions would give.
func (e Experiment) precision() string {
	at := func(share float64) float64 {
		return 100 * Cell{int(share * float64(e.Times)), e.Times}.StandardError()
	}
	return fmt.Sprintf("Of %d sessions a share has a standard error of %.1f points at 5 %% or 95 %%, and of %.1f at 50 %%.", e.Times, at(0.05), at(0.5))
}

// Document measures the plan and writes it down. Progress goes to log, a line
// for each experiment.
func Document(w, log io.Writer, p Plan, platform string) error {
	if _, err := fmt.Fprintf(w, "%s\nMeasured with %s.\n", Header(p), platform); err != nil {
		return err
	}
	for _, e := range p.Experiments() {
		fmt.Fprintln(log, e.Title)
		cells := e.Measure(p.Seed)
		if _, err := fmt.Fprintf(w, "\n%s", e.Head()); err != nil {
			return err
		}
		for i, row := range e.Rows {
			if _, err := fmt.Fprintf(w, "| %s |%s\n", row.Name, percentages(cells[i])); err != nil {
				return err
			}
		}
	}
	return nil
}

func percentages(cells []Cell) string {
	var b strings.Builder
	for _, c := range cells {
		if c.Of == 0 {
			b.WriteString(" – |")
			continue
		}
		fmt.Fprintf(&b, " %.1f |", 100*c.Share())
	}
	return b.String()
}
