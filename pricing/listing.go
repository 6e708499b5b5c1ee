package pricing

import (
	"errors"
	"slices"
	"strings"
)

// Listing is what a book says of one meter in one Region on a day.
type Listing struct {
	Meter     Meter
	Region    string
	AsOf      Date
	Rates     []Rate   // bands in force, lowest first; empty when Why says why
	Why       string   // "", or why no rate is in force
	Regions   []string // all in which the book has the meter
	Free      []FreeQuantity
	Rules     []Rule     // how durations become this meter's quantity
	Supported Confidence // the least of the bands', "" without any
}

// FreeQuantity is what an account gets of some meters every month.
type FreeQuantity struct {
	ID        string   `json:"id"`
	Plan      FreeTier `json:"plan"`       // always or new-account
	FirstBand bool     `json:"first_band"` // paid bands begin behind it
	PerRegion bool     `json:"per_region"` // one quantity for each Region
	Meters    []string `json:"meters"`     // that share it; "*" at the end stands for any rest
	Quantity  Quantity `json:"quantity"`
	InForce   Span     `json:"in_force"`
	Mark      Mark     `json:"mark"`
	Source    string   `json:"source"`
}

// EveryRegion stands for all Regions that a book knows.
const EveryRegion = "all"

// Show is the listing of a meter in a Region, or in every Region that the book
// knows. A meter that no Region divides is shown for any Region. The error is
// *NotYetError or *UnknownRateError when there is nothing to show.
func (b *Book) Show(m Meter, region string, day Date) ([]Listing, error) {
	regions := []string{region}
	known := b.Regions(m)
	switch {
	case region == EveryRegion && len(known) > 0:
		regions = known
	case slices.Contains(known, Global):
		regions = []string{Global}
	}
	var listings []Listing
	var first error
	for _, r := range regions {
		listing, err := b.listing(m, r, day)
		if err == nil {
			listings = append(listings, listing)
		} else if first == nil {
			first = err
		}
	}
	if len(listings) == 0 {
		return nil, first
	}
	return listings, nil
}

// List is every meter of the book in a Region, or in every one: also those
// that it has elsewhere only, or on other days, with the reason in Why.
func (b *Book) List(region string, day Date) []Listing {
	var listings []Listing
	for _, m := range b.Meters() {
		shown, err := b.Show(m, region, day)
		if err != nil {
			shown = []Listing{{Meter: m, Region: region, AsOf: day, Why: reason(err), Regions: b.Regions(m)}}
		}
		listings = append(listings, shown...)
	}
	return listings
}

// reason is an error of Rates in a few words, for one cell of a table.
func reason(err error) string {
	var early *NotYetError
	var unknown *UnknownRateError
	switch {
	case errors.As(err, &early):
		return "begins on " + early.Begins.String()
	case errors.As(err, &unknown) && len(unknown.Regions) > 0:
		return "not in this Region"
	}
	return "ended"
}

func (b *Book) listing(m Meter, region string, day Date) (Listing, error) {
	rates, err := b.Rates(m, region, day)
	if err != nil {
		return Listing{}, err
	}
	l := Listing{Meter: m, Region: region, AsOf: day, Rates: rates, Regions: b.Regions(m),
		Free: b.FreeQuantities(m, day), Supported: Confirmed}
	for _, r := range rates {
		l.Supported = l.Supported.worse(r.Confidence(day))
	}
	l.Rules, err = b.durationRules(m, day)
	return l, err
}

// FreeQuantities lists what is free of a meter on a day, in the order in which
// bills grant it. The empty meter stands for all.
func (b *Book) FreeQuantities(m Meter, day Date) []FreeQuantity {
	var free []FreeQuantity
	for _, a := range b.free {
		if a.inForce.Has(day) && (m == "" || a.covers(m)) {
			free = append(free, FreeQuantity{ID: a.id, Plan: a.plan, FirstBand: a.firstBand, PerRegion: a.perRegion,
				Meters: slices.Clone(a.meters), Quantity: a.quantity, InForce: a.inForce, Mark: a.mark, Source: a.source})
		}
	}
	return free
}

// durationRules are the rules under which invocations become GB-seconds of a
// meter. Provisioned duration has no INIT rule: its INIT was always billed.
func (b *Book) durationRules(m Meter, day Date) ([]Rule, error) {
	var names []string
	switch name := string(m); {
	case strings.HasPrefix(name, "lambda.gb_seconds."):
		names = []string{"lambda.granularity_ms", "lambda.init_billed"}
	case strings.HasPrefix(name, "lambda.provisioned_duration_gb_seconds."):
		names = []string{"lambda.granularity_ms"}
	case m == EdgeGBSeconds:
		names = []string{"edge.granularity_ms", "edge.init_billed"}
	}
	var rules []Rule
	for _, name := range names {
		rule, err := b.rule(name, day)
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
	return rules, nil
}
