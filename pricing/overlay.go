package pricing

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// NewBook is a book of rates alone: no billing rules, free tiers or fronts. It
// refuses bands with gaps and spans of one meter and Region that overlap.
func NewBook(rates []Rate) (*Book, error) { return newBook(slices.Clone(rates)) }

// ParseUser reads a table of rates as Parse does, in which several snapshots of
// the price list may lie over each other: Latest says which holds.
func ParseUser(name string, r io.Reader) (*Book, error) { return parseUser(name, r, nil) }

// ParseOver is ParseUser for a book that is to lie over b. It refuses rows that
// no bill would use: of a meter that b does not have, or under a Region where b
// prices it by another kind of place (global for a Regional meter, or the other
// way round). Meters with an open end, such as egress.interregion_gb and akamai,
// may be new.
func (b *Book) ParseOver(name string, r io.Reader) (*Book, error) {
	open := []string{"akamai.", "egress.interregion_gb."}
	return parseUser(name, r, func(row *row, rate Rate) {
		known := b.Regions(rate.Meter)
		isOpen := slices.ContainsFunc(open, func(stem string) bool { return strings.HasPrefix(string(rate.Meter), stem) })
		switch {
		case len(known) == 0 && !isOpen:
			row.fail("meter", b.unknown(rate.Meter, rate.Region))
		case len(known) > 0 && (rate.Region == Global) != slices.Contains(known, Global):
			row.fail("region", fmt.Errorf("meter %q is not priced in %q: want a Region like %s", rate.Meter, rate.Region, known[0]))
		}
	})
}

func parseUser(name string, r io.Reader, check func(*row, Rate)) (*Book, error) {
	rates, err := parseRates(name, r, check)
	if err != nil {
		return nil, err
	}
	book, err := newBook(Latest(rates))
	if err != nil {
		return nil, fmt.Errorf("read price book %q: %w", name, err)
	}
	return book, nil
}

// All returns every rate of the book, by meter, Region, first day and tier.
func (b *Book) All() []Rate { return sorted(b.all()) }

// Over returns a book in which the rates of user stand in place of b's, meter
// by meter and Region by Region, on the days on which they are in force. On
// other days b's rates stay, and its rules, free tiers and fronts on all days.
// The error names the meter whose units differ.
func (b *Book) Over(user *Book) (*Book, error) {
	var rates []Rate
	for key, group := range b.rates {
		if _, over := user.rates[key]; !over {
			rates = append(rates, group...)
		}
	}
	for key, group := range user.rates {
		rates = append(rates, lay(b.rates[key], group)...)
	}
	book, err := newBook(rates)
	if err != nil {
		return nil, fmt.Errorf("lay one price book over another: %w", err)
	}
	book.eras, book.free, book.fronts = b.eras, b.free, b.fronts
	return book, nil
}

// Latest resolves snapshots of the price list that overlap: from the day on
// which its rates take effect, the snapshot that was published later stands in
// place of the earlier ones; published on one day, the one with the later version,
// or that takes effect later. What is of no price list was published at the end
// of Seen.
func Latest(rates []Rate) []Rate {
	ordered := slices.Clone(rates)
	slices.SortStableFunc(ordered, func(x, y Rate) int {
		if c := published(x).t.Compare(published(y).t); c != 0 {
			return c
		}
		if c := strings.Compare(version(x), version(y)); c != 0 {
			return c
		}
		return byDayAndTier(x, y)
	})
	type snapshot struct {
		rateKey
		inForce Span
		seen    Date
		version string
	}
	var order []snapshot
	of := make(map[snapshot][]Rate)
	for _, r := range ordered {
		s := snapshot{rateKey{r.Meter, r.Region}, r.InForce, r.Seen.Until, version(r)}
		if of[s] == nil {
			order = append(order, s)
		}
		of[s] = append(of[s], r)
	}
	groups := make(map[rateKey][]Rate)
	for _, s := range order {
		groups[s.rateKey] = lay(groups[s.rateKey], of[s])
	}
	var result []Rate
	for _, group := range groups {
		result = append(result, group...)
	}
	return sorted(result)
}

// PriceList is how the source of a rate from an offer file of AWS begins; the
// offer and its version, which is a time, follow.
const PriceList = "AWS Price List "

// version is the offer and version of a rate from a price list, else "": the
// bands that somebody wrote by hand may each have a source of their own.
func version(r Rate) string {
	name, ok := strings.CutPrefix(r.Source, PriceList)
	if !ok {
		return ""
	}
	return name
}

// published is the day on which the source of a rate appeared: an offer's
// version begins with it, and may announce rates of a later day.
func published(r Rate) Date {
	if fields := strings.Fields(version(r)); len(fields) == 2 && len(fields[1]) >= 8 {
		if t, err := time.Parse("20060102", fields[1][:8]); err == nil {
			return DateOf(t)
		}
	}
	return r.Seen.Until
}

// EndBefore ends rates that have no end on the day before the first change that
// b knows of and that their source, which was published earlier, cannot have
// known: a price list of 2019 says nothing of the tiers of 2022.
func (b *Book) EndBefore(rates []Rate) []Rate {
	ended := slices.Clone(rates)
	for i, r := range ended {
		if !r.InForce.Until.IsZero() {
			continue
		}
		for _, known := range b.rates[rateKey{r.Meter, r.Region}] { // by first day
			if from := known.InForce.From; published(r).Before(from) && r.InForce.From.Before(from) {
				ended[i].InForce.Until = from.Previous()
				break
			}
		}
	}
	return ended
}

// lay returns bottom, cut to the days that top leaves free, and top.
func lay(bottom, top []Rate) []Rate {
	var result []Rate
	for _, r := range bottom {
		for _, span := range without(r.InForce, top) {
			piece := r
			piece.InForce = span
			result = append(result, piece)
		}
	}
	return append(result, top...)
}

// without is what rates leave of the days of a span.
func without(span Span, rates []Rate) []Span {
	left := []Span{span}
	for _, r := range rates {
		var next []Span
		for _, s := range left {
			next = append(next, s.minus(r.InForce)...)
		}
		left = next
	}
	return left
}

// minus is the days of s that are not in o: none, one or two spans.
func (s Span) minus(o Span) []Span {
	if !s.overlaps(o) {
		return []Span{s}
	}
	var left []Span
	if s.From.Before(o.From) {
		left = append(left, Span{From: s.From, Until: o.From.Previous()})
	}
	if !o.Until.IsZero() && (s.Until.IsZero() || o.Until.Before(s.Until)) {
		left = append(left, Span{From: o.Until.Next(), Until: s.Until})
	}
	return left
}
