// Package report turns a recording into figures that people read. A Report is
// values only; the writers decide wording, rounding and layout, and every one
// of them writes the same numbers.
package report

import (
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/record"
	"frontdoor/stats"
)

// Report is a run, judged and priced.
type Report struct {
	Run     Run
	Traffic Traffic
	Pricing Choices
	Fronts  []Front

	Decision      Decision
	Comparisons   []Comparison // the family first, in the order of the fronts
	Disagreements []Disagreement
	Floor         *Floor // nil when no A/A run is known
	Gates         []Gate
	Claims        []Claim // none where the scenario names none
	// Estimate is what the month's money depends on: where the cheapest front
	// changes, and what ranges do to the choice. Nil when nothing could be compared.
	Estimate *estimate.Estimate

	Reading  *Reading          // nil: nothing was deployed
	Itself   *Itself           // nil: nobody counted
	Eras     *pricing.EraTable // nil when an era cannot be priced
	Missing  []string          // what the run should have and has not
	Warnings []string          // what weakens the figures

	alone []month // drawn months of the only front that can be priced
}

// Run says what was run, where and when.
type Run struct {
	ID          string
	Scenario    string
	Description string
	Handler     string
	Source      record.Source
	Distance    *record.Distance // nil: none was simulated
	Speed       float64          // of the simulated clock of outages and failovers; 0 when nothing ran on it
	Tool        string
	Started     time.Time
	Ended       time.Time
	Seed        uint64
	Rounds      int
	Rate        float64 // requests per second asked for, mean over a trial
	Arrivals    string
	Host        record.Host
	Duration    time.Duration // of a trial, warm-up left out
	Warmup      time.Duration
	Connections int
	AA          bool   // every front was visited twice in each round, to measure the noise floor
	Again       string // the command that shows the report again; "" when nobody said
	Sum         string // SHA-256 of run.json, which holds those of hits, reports and scenario
}

// Traffic is the month that is priced, in requests.
type Traffic struct {
	Low, Expected, High int64
	Assumed             bool // the scenario gives no forecast
}

// Choices are the prices that apply.
type Choices struct {
	AsOf     pricing.Date
	FreeTier pricing.FreeTier
	Region   string // overrides the fronts' Regions; "" does not
	Book     string // which price book; "" is the shipped one
	Init     string // what the caller decided on INIT; "" for the book's word
	Eras     bool   // the table shows the eras too

	Material  float64 // USD a month below which a difference is no reason
	Delta     float64 // ratio - 1 within which two fronts count as equivalent
	Alpha     float64 // of the family of comparisons
	Reference string  // id of the front that others are compared with; "" is every pair
	Metrics   []string
}

// Front is what the run says of one front door. Latencies and durations are in
// milliseconds.
type Front struct {
	ID           string
	Kind         front.Kind
	Name         string // AWS's name of the kind
	Region       string
	MemoryMB     int
	Architecture string

	Rounds    int // rounds that count
	Invalid   []Weakness
	Disturbed []Weakness

	Uncounted Tally // of trials that do not count, warm-ups left out

	Requests int // measured requests in the rounds that count
	Warmup   int
	Errors   []Failure
	Failed   int

	Response []Quantile     // from the due time, successful requests in warm environments
	Service  []Quantile     // the same requests, from the moment they had a connection
	Mean     stats.Estimate // of Response
	Cold     Cold
	Curve    []Quantile // Response on a Grid of quantiles, for the chart
	ByRound  []Round
	Timeline []Bin
	Settling Settling // the check for a warm-up that was too short
	Phases   *Phases  // of its connections; nil when the record has none
	Parts    []Part   // of its requests, by what CloudFront said of its answers

	Function Function
	Coverage record.Coverage // of CloudWatch; zero when it was not read
	Joined   *Joined         // nil: the lab's own, or REPORT lines were not asked for
	Metrics  []record.Metric
	Counts   []Count   // of the lab, beside CloudWatch
	Failover *Failover // nil when there was no outage
	Cost     Cost
	Problems []string

	workload *pricing.Workload // nil when no round counts
	cached   bool              // a distribution's cache stands behind it
	dns      *record.DNS       // nil: the front has no name of its own
	imported bool              // its figures are another tool's
	samples  samples
}

// Weakness is what was wrong with the generator in one trial.
type Weakness struct {
	Round   int
	Attempt int
	Why     string
}

// Tally is requests and how they failed, the most frequent failure first.
type Tally struct {
	Requests, Failed int
	Errors           []Failure
}

// Failure is a kind of failure and how often it came.
type Failure struct {
	What  string
	Count int
}

// Quantile is a quantile with its interval, or the reason why there is none.
type Quantile struct {
	Q float64
	stats.Estimate
}

// Cold is the population of requests that met a cold environment.
type Cold struct {
	Known bool // answers said whether their environment was cold
	Count int
	Rate  stats.Estimate
	P50   stats.Estimate // response time
	Init  float64        // mean Init Duration of those with a report; NaN when none
}

// Function is what was measured of the function itself.
type Function struct {
	// From CloudWatch, over the whole run with its warm-ups; nil when not read.
	Invocations *int64
	P50, P99    *float64
	Steps       []record.Steps
	// From REPORT lines, over the measured requests only.
	Reports     int
	WithoutInit pricing.Totals // billed milliseconds
	WithInit    pricing.Totals
	Mean        float64 // Duration; NaN without reports
	MaxMemoryMB int
	// Every REPORT line of the rounds that count, warm-ups included.
	All            int
	AllWithoutInit pricing.Totals
	AllWithInit    pricing.Totals
	Regions        []RegionShare // of those, by the Region that ran them; nil where REPORT lines do not say
}

// RegionShare is the part of a function's invocations that a Region ran.
type RegionShare struct {
	Region   string `json:"region"`
	Reports  int    `json:"report_lines"`
	BilledMS int64  `json:"billed_ms"` // as printed in the lines
}

// Cost is the front's bill at the forecast. The range is that of the forecast.
type Cost struct {
	Bill      pricing.Bill
	Low, High pricing.USD // per month
	Err       string      // why there is no bill
	Cannot    string      // why the front cannot carry the month; "" when it can
	// What the forecast's range and the durations' error leave open; nil when
	// everything is certain or nothing can be compared.
	Worlds *Worlds
}

// Worlds is what thousands of drawn months say of a front's cost. Ranges hold 80 %
// of them, as the forecast's does.
type Worlds struct {
	Month, Million [2]float64 // USD a month, and for a million requests
	Cheapest       float64    // share of worlds in which it is
	Regret         float64    // mean USD a month above the cheapest
}

// Priced reports whether there is a bill.
func (c Cost) Priced() bool { return c.Err == "" && c.Bill.Unavailable == "" }

// Why says why there is no bill.
func (c Cost) Why() string { return c.Err + c.Bill.Unavailable }
