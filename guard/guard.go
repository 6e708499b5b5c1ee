// Package guard decides whether a run may begin, and how far it may go. Before a run
// it says what it will use and cost, which hosts it will send to and how long it takes;
// it refuses hosts that nobody claims and plans over a budget; and it turns the plan
// into bounds that are counted in requests and bytes while the run is under way. Money
// is not watched as it is spent: AWS's own figures come hours later.
package guard

import (
	"fmt"
	"math"
	"math/big"
	"time"

	"frontdoor/pricing"
	"frontdoor/pricing/spend"
)

// Plan is a run before it is made, for a person to agree to.
type Plan struct {
	Name     string       `json:"name"`
	Made     time.Time    `json:"made"`
	Trials   int          `json:"trials"`
	Hosts    []Host       `json:"hosts"`
	Tables   []Table      `json:"tables,omitempty"`
	Expected Usage        `json:"expected"` // every trial once, and everything as in the rehearsal
	AtMost   Usage        `json:"at_most"`  // all further attempts, and every request at its timeout
	MaxCost  *pricing.USD `json:"max_cost_usd,omitempty"`
	Bounds   Bounds       `json:"bounds"`
	AsMade   *AsMade      `json:"as_made,omitempty"` // once the run is over
}

// Table is a table whose items are written while the run is measured, and how many
// versions of them where every trial is made once.
type Table struct {
	Name   string `json:"name"`
	Region string `json:"region"`
	Writes int64  `json:"writes"`
}

// AsMade is the plan of the trials that were made, in the hours in which they were: more
// than were planned where some had to be made again, fewer where the run was stopped.
type AsMade struct {
	Trials int `json:"trials"`
	Usage
}

// Usage is what a run uses, and its bills.
type Usage struct {
	Spent spend.Spent    `json:"spent"`
	List  pricing.Bill   `json:"-"`         // at list prices
	Free  pricing.Bill   `json:"-"`         // behind what every account gets free each month, as if this one used nothing else
	Total pricing.USD    `json:"total_usd"` // of List, and its lines
	Lines []pricing.Line `json:"lines"`
	Lasts time.Duration  `json:"lasts_ns"`
}

// Bounds are where a run is stopped.
type Bounds struct {
	Requests  int64   `json:"requests"`
	Bytes     int64   `json:"bytes"`      // of requests and answers together
	ErrorRate float64 `json:"error_rate"` // share of the requests to one front that may fail
	After     int64   `json:"after"`      // requests to a front before that is looked at
}

// Choice is what the user decides.
type Choice struct {
	MaxCost   *pricing.USD
	ErrorRate float64
}

// The margins of the bounds. A transport sends a request anew whose connection was
// lost, and answers of AWS have headers that those of a rehearsal have not.
const (
	Margin = 1.1 // over what is sent at most, requests and bytes
	After  = 50  // requests to a front before its failures may stop a run
)

// Over is a plan that costs more than its budget.
type Over struct {
	Total, Max pricing.USD
}

func (e *Over) Error() string {
	return fmt.Sprintf("what the plan is expected to cost, %s USD at list prices, is over the budget of %s USD", cents(e.Total), e.Max)
}

// cents is an amount with four decimals, for a run costs cents.
func cents(u pricing.USD) string { return u.Rat().FloatString(4) }

// UsageOf prices what a run uses.
func UsageOf(s spend.Spent, lasts time.Duration, book *pricing.Book) (Usage, error) {
	list, err := s.Bill(book, pricing.BillOptions{FreeTier: pricing.FreeNone})
	if err != nil {
		return Usage{}, err
	}
	free, err := s.Bill(book, pricing.BillOptions{FreeTier: pricing.FreeAlways})
	if err != nil {
		return Usage{}, err
	}
	return Usage{Spent: s, List: list, Free: free, Total: list.Total, Lines: list.Lines, Lasts: lasts}, nil
}

// Decide sets the bounds of a plan by its own size and by the budget. The error is
// *Over when what is expected costs more, and *Stranger for a host that nobody claims.
func (p *Plan) Decide(c Choice) error {
	p.MaxCost = c.MaxCost
	p.Bounds = Bounds{Requests: roomy(p.AtMost.requests()), Bytes: roomy(p.AtMost.bytes()), ErrorRate: c.ErrorRate, After: After}
	if err := p.Refused(); err != nil || c.MaxCost == nil {
		return err
	}
	if n := p.Expected.affords(*c.MaxCost); n < p.Bounds.Requests {
		p.Bounds.Bytes = int64(float64(p.Bounds.Bytes) * float64(n) / float64(p.Bounds.Requests))
		p.Bounds.Requests = n
	}
	return nil
}

// Refused is why a plan may not be run: *Stranger or *Over, or nil.
func (p *Plan) Refused() error {
	for _, h := range p.Hosts {
		if h.Why == "" {
			return &Stranger{Host: h}
		}
	}
	if p.MaxCost != nil && p.Expected.Total.Cmp(*p.MaxCost) > 0 {
		return &Over{p.Expected.Total, *p.MaxCost}
	}
	return nil
}

// affords is the number of requests of the mean kind that an amount pays for, after
// what the run costs whatever it sends.
func (u Usage) affords(max pricing.USD) int64 {
	n := u.requests()
	sent, left := u.OfRequests().Rat(), max.Sub(u.fixed()).Rat()
	if sent.Sign() <= 0 || n == 0 {
		return math.MaxInt64
	}
	left.Mul(left, big.NewRat(n, 1)).Quo(left, sent)
	down := new(big.Int).Quo(left.Num(), left.Denom())
	if !down.IsInt64() {
		return math.MaxInt64
	}
	return down.Int64()
}

// fixed is the part of the bill that does not grow with requests: hours, and the
// reading of metrics.
func (u Usage) fixed() pricing.USD {
	var sum pricing.USD
	for _, l := range u.List.Lines {
		if standing(l.Meter) {
			sum = sum.Add(l.Amount)
		}
	}
	return sum
}

// OfRequests is the part that does grow with them.
func (u Usage) OfRequests() pricing.USD { return u.Total.Sub(u.fixed()) }

func standing(m pricing.Meter) bool {
	return m == pricing.ALBHours || m == pricing.IPv4Hours || m == pricing.GetMetricData
}

func (u Usage) requests() int64 { return whole(u.Spent.Traffic.Requests) }

func (u Usage) bytes() int64 { return whole(u.Spent.Traffic.Out.Add(u.Spent.Traffic.In)) }

// Invocations is how often functions run, those at the edge included.
func (u Usage) Invocations() pricing.Quantity {
	return u.Spent.Sum(pricing.LambdaRequests).Add(u.Spent.Sum(pricing.EdgeRequests)).Add(u.Spent.Sum(pricing.CFFInvocations))
}

// Hours are those of load balancers, which are billed whole.
func (u Usage) Hours() pricing.Quantity { return u.Spent.Sum(pricing.ALBHours) }

// GBSeconds is their duration, on every architecture and at the edge.
func (u Usage) GBSeconds() pricing.Quantity {
	return u.Spent.Sum(pricing.LambdaGBSecondsX86).Add(u.Spent.Sum(pricing.LambdaGBSecondsARM)).Add(u.Spent.Sum(pricing.EdgeGBSeconds))
}

func whole(q pricing.Quantity) int64 { return int64(math.Ceil(q.Float())) }

func roomy(n int64) int64 { return int64(math.Ceil(Margin * float64(n))) }
