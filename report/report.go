// Package report turns a recording into figures that people read. A Report is
// values only; the writers decide wording, rounding and layout, and every one
// of them writes the same numbers.
package report

import (
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/stats"
)

// Report is a run, judged and priced.
type Report struct {
	Run      Run
	Traffic  Traffic
	Pricing  Choices
	Fronts   []Front
	Eras     *pricing.EraTable // nil unless asked for
	Missing  []string          // what the run should have and has not
	Warnings []string          // what weakens the figures
}

// Run says what was run, where and when.
type Run struct {
	ID          string
	Scenario    string
	Description string
	Handler     string
	Source      record.Source
	Tool        string
	Started     time.Time
	Ended       time.Time
	Seed        uint64
	Rounds      int
	Rate        float64 // requests per second asked for, mean over a trial
	Arrivals    string
	Host        record.Host
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

	Requests int // measured requests in the rounds that count
	Warmup   int
	Errors   []Failure
	Failed   int

	Response []Quantile // from the due time, successful requests in warm environments
	Service  []Quantile // the same requests, from the moment they had a connection
	Cold     Cold

	Function Function
	Coverage record.Coverage // of CloudWatch; zero when it was not read
	Metrics  []record.Metric
	Cost     Cost
	Problems []string

	workload *pricing.Workload // nil when no round counts
}

// Weakness is what was wrong with the generator in one trial.
type Weakness struct {
	Round   int
	Attempt int
	Why     string
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
}

// Cost is the front's bill at the forecast. The range is that of the forecast.
type Cost struct {
	Bill      pricing.Bill
	Low, High pricing.USD // per month
	Err       string      // why there is no bill
}

// Priced reports whether there is a bill.
func (c Cost) Priced() bool { return c.Err == "" && c.Bill.Unavailable == "" }

// Why says why there is no bill.
func (c Cost) Why() string { return c.Err + c.Bill.Unavailable }
