// Package offload reports on a run of an offload scenario: the simulation, which it
// makes again from scenario and seed, its costs, the formulas beside it, and what was
// observed on loopback.
package offload

import (
	"fmt"
	"time"

	"frontdoor/offload"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
)

// Input is what a report is made of.
type Input struct {
	Run         record.Run
	Description string
	Params      offload.Params
	Bugs        []string        // that option b keeps, by name
	Observed    *record.Offload // nil: the run on loopback is not there
	Claims      []report.Claim
	Region      string // of the bucket and the function
	Book        *pricing.Book
	BookName    string // "" is the shipped one
	AsOf        pricing.Date
	FreeTier    pricing.FreeTier
	Warnings    []string
}

// Report is everything that the formats show: values only.
type Report struct {
	Input
	Result    offload.Result
	Bills     []Bill // in the order of Result
	Closed    Closed
	BreakEven BreakEven
}

// New makes the report. The same input gives the same report.
func New(in Input) (*Report, error) {
	r := &Report{Input: in, Result: offload.Evaluate(in.Params, in.Run.Seed)}
	for _, o := range r.Result.Outcomes {
		b, err := in.bill(o)
		if err != nil {
			return nil, fmt.Errorf("bill option %s: %w", o.Option, err)
		}
		r.Bills = append(r.Bills, b)
	}
	var err error
	if r.Closed, err = in.closed(r.Result); err != nil {
		return nil, err
	}
	r.BreakEven = r.breakEven()
	return r, nil
}

// meaning is what an option is, for those who have not read the article.
func meaning(o offload.Option) string {
	switch o {
	case offload.Direct:
		return "no cache"
	case offload.TTLOnly:
		return "a time to live alone"
	case offload.A:
		return "and a scheduled invalidation"
	case offload.AManual:
		return "and a purge by hand after a late change"
	case offload.BHead:
		return "published on change, by the handler's last commit"
	case offload.BPublished:
		return "published on change, by the handler of the article"
	}
	return "published on change, by the repaired handler"
}

// short is a duration in its largest units: 23h48m, 29m5s, 14.2s, 2ms.
func short(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d >= 48*time.Hour:
		return fmt.Sprintf("%.1fd", d.Hours()/24)
	case d >= time.Hour:
		return fmt.Sprintf("%dh%02dm", int(d.Hours()), int(d.Minutes())%60)
	case d >= time.Minute:
		return fmt.Sprintf("%dm%02ds", int(d.Minutes()), int(d.Seconds())%60)
	case d >= time.Second:
		return fmt.Sprintf("%.1fs", d.Seconds())
	}
	return fmt.Sprintf("%dms", d.Milliseconds())
}
