package claims

import (
	"fmt"
	"strings"

	"frontdoor/front"
	"frontdoor/offload"
	"frontdoor/pricing"
	"frontdoor/pricing/breakeven"
	"frontdoor/record"
	"frontdoor/report/words"
)

// Evidence is what claims are judged by.
type Evidence struct {
	Book     *pricing.Book
	BookName string // "" and "shipped" are the one that comes with the program
	AsOf     pricing.Date
	Runs     []*record.Recording
	Offload  *offload.Params // of a scenario; nil is the system of the article
	// Alarms says what the tutorial's billing alarms come to in an account that owes
	// so much on a day; nil when there is no CloudWatch to ask.
	Alarms func(day pricing.Date, lambda, apiGateway pricing.USD) ([]Alarm, error)
}

// lacking is the verdict where a run is needed and there is none.
func lacking(v Verdict, scenario string) Verdict {
	v.Word, v.Boundary = NotJudged, "needs a run of "+scenario
	return v
}

// book names the price book and the day in a line's source.
func (e *Evidence) book(day pricing.Date) string {
	name := "price book " + e.BookName
	if e.BookName == "" || e.BookName == "shipped" {
		name = "shipped price book"
	}
	return fmt.Sprintf("%s, as of %s", name, day)
}

// The month of the systems that the price claims are about: a small JSON answer
// with CORS headers, from a function that logs one line. These are our assumptions;
// the systems' authors give none.
const (
	requestBytes  = 700
	responseBytes = 1000
	logBytes      = 500
	memoryMB      = 128
	monthHours    = 730 // of AWS's calculator
)

// systemWords are the assumptions as evidence states them.
var systemWords = fmt.Sprintf("%d MB, requests of %d bytes, answers of %s bytes, %d bytes of log, 10 requests a connection", memoryMB, requestBytes, words.Group(responseBytes), logBytes)

// month is a front's month of that system, its function in a Region and its viewers
// near it.
func month(k front.Kind, region string, requests, billedMS int64) pricing.Workload {
	size, answer, log, one := pricing.Count(requestBytes), pricing.Count(responseBytes), pricing.Count(logBytes), pricing.Count(1)
	opening, life := pricing.Ratio(1, 10), pricing.Count(60)
	return pricing.Workload{
		Front: string(k), Kind: k, Region: region, MemoryMB: memoryMB, Architecture: "x86_64", Invocations: &one,
		Duration: pricing.Billed(pricing.Count(billedMS)), LogBytes: &log,
		Traffic: pricing.Forecast{
			RequestsPerMonth: requests, HoursPerMonth: pricing.Count(monthHours), RequestBytes: &size, ResponseBytes: &answer,
			NewConnectionShare: &opening, ConnectionSeconds: &life, RulesPerRequest: 1,
		},
	}
}

// listPrice is a day's list prices, without any free quantity.
func listPrice(day pricing.Date) pricing.BillOptions {
	return pricing.BillOptions{AsOf: day, FreeTier: pricing.FreeNone}
}

// curve is a month's price along an axis. The error is *pricing.NotYetError or
// *pricing.UnknownRateError when the front had none on the day.
func (e *Evidence) curve(w pricing.Workload, along pricing.Axis, o pricing.BillOptions) (pricing.Curve, error) {
	if err := e.begun(w.Kind, o.AsOf); err != nil {
		return pricing.Curve{}, err
	}
	rules, err := e.Book.Rules(o.AsOf, o.Init)
	if err != nil {
		return pricing.Curve{}, err
	}
	u, err := pricing.UsageOf(w, rules)
	if err != nil {
		return pricing.Curve{}, err
	}
	if len(u.Missing) > 0 {
		return pricing.Curve{}, fmt.Errorf("%s lacks %s: %s", w.Front, u.Missing[0].Meter, u.Missing[0].Reason)
	}
	return e.Book.Curve(u, along, o)
}

// cheaper is where the first of two months is cheaper than the second, along an axis.
func (e *Evidence) cheaper(a, b pricing.Workload, along pricing.Axis, o pricing.BillOptions) (stretches, error) {
	x, err := e.curve(a, along, o)
	if err != nil {
		return nil, err
	}
	y, err := e.curve(b, along, o)
	if err != nil {
		return nil, err
	}
	versus, err := breakeven.Pair(x, y)
	if err != nil {
		return nil, err
	}
	var out stretches
	for i, s := range versus.Stretches {
		if s.Cheaper != breakeven.A {
			continue
		}
		st := stretch{from: s.From}
		if i+1 < len(versus.Stretches) {
			st.to = &versus.Stretches[i+1].From
		}
		out = append(out, st)
	}
	return out, nil
}

// stretch is a range of an axis; one without an end goes on.
type stretch struct {
	from pricing.Quantity
	to   *pricing.Quantity
}

type stretches []stretch

// everywhere reports whether the stretches leave nothing out up to most.
func (s stretches) everywhere(most pricing.Quantity) bool {
	return len(s) == 1 && s[0].from.Sign() == 0 && (s[0].to == nil || s[0].to.Cmp(most) >= 0)
}

// words says where, in whole units: the ends are the last and the first of them that
// are cheaper, or at a start cost the same.
func (s stretches) words(unit string) string {
	var parts []string
	for _, st := range s {
		switch {
		case st.to == nil && st.from.Sign() == 0:
			parts = append(parts, "always")
		case st.to == nil:
			parts = append(parts, fmt.Sprintf("from %s %s on", wholeUp(st.from), unit))
		case st.from.Sign() == 0:
			parts = append(parts, fmt.Sprintf("up to %s %s", wholeBelow(*st.to), unit))
		default:
			parts = append(parts, fmt.Sprintf("from %s to %s %s", wholeUp(st.from), wholeBelow(*st.to), unit))
		}
	}
	if len(parts) == 0 {
		return "never"
	}
	return strings.Join(parts, " and ")
}
