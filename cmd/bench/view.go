package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"frontdoor/claims"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/decision"
	"frontdoor/report/focus"
	"frontdoor/scenarios"
)

// viewOptions say how a run is priced and shown.
type viewOptions struct {
	outputs      []string // FORMAT or FORMAT=FILE
	asOf         string
	freeTier     string
	init         initFlags
	countInvalid bool
	eras         bool
	book         string
	color        string
	rules        ruleOptions
	documents    documentOptions

	read      *pricing.Book // by check, so that a wrong book stops a run before it begins
	described string

	packs             map[*record.Recording]*packed // of recordings out of bundles
	ownBook, ownFloor bool                          // somebody named them beside a bundle
}

func (v *viewOptions) register(flags *pflag.FlagSet) {
	v.registerPricing(flags)
	v.registerEras(flags)
	flags.StringArrayVarP(&v.outputs, "output", "o", nil, "format, or format=file; repeatable: "+strings.Join(formats(), ", ")+" (default table); adr and svg want a folder")
	d := &v.documents
	flags.StringVar(&d.focus, "focus-version", newestFOCUS(), "of -o focus: "+strings.Join(focus.Versions(), ", "))
	flags.StringVar(&d.template, "adr-template", string(decision.MADR), "of -o adr: madr, madr-minimal or nygard")
	flags.IntVar(&d.supersedes, "supersedes", 0, "of -o adr: number of the record that this one replaces once it is accepted")
	flags.BoolVar(&d.github, "github", false, "append Markdown to $GITHUB_STEP_SUMMARY, and write annotations of gates that do not pass")
}

func (v *viewOptions) registerEras(flags *pflag.FlagSet) {
	flags.BoolVar(&v.eras, "eras", false, "also price the same durations under the rules and rates of each era: 100 ms and 50 ms, 1 ms and 50 ms, 1 ms; with and without INIT")
}

// registerPricing is for commands that judge and write no report.
func (v *viewOptions) registerPricing(flags *pflag.FlagSet) {
	flags.StringVar(&v.color, "color", "auto", "colour on stdout: "+strings.Join(colours(), ", "))
	v.rules.register(flags)
	flags.StringVar(&v.asOf, "as-of", "", "price under the rates and rules of this day, as 2018-01-01 or today (default: the scenario's, or the day of the run)")
	flags.StringVar(&v.freeTier, "free-tier", "", "none, always or new-account (default: the scenario's)")
	flags.BoolVar(&v.countInvalid, "count-invalid", false, "count trials that the generator spoiled; the report says so")
	registerBook(flags, &v.book)
	v.init.register(flags)
}

// check refuses options, and a price book, before anything is measured.
func (v *viewOptions) check(env *env) error {
	if err := checkOutputs(v.outputs, formats(), folders()...); err != nil {
		return usage(err)
	}
	if _, err := dayOf(env, v.asOf); err != nil {
		return usage(fmt.Errorf("--as-of: %w", err))
	}
	if v.freeTier != "" {
		if _, err := pricing.ParseFreeTier(v.freeTier); err != nil {
			return usage(fmt.Errorf("--free-tier: %w", err))
		}
	}
	if _, err := v.init.choice(); err != nil {
		return usage(err)
	}
	if err := checkColour(v.color); err != nil {
		return usage(err)
	}
	if err := v.rules.check(); err != nil {
		return err
	}
	if v.documents.template != "" { // the command writes documents
		if err := v.documents.check(); err != nil {
			return err
		}
	}
	if len(v.packs) > 0 && !v.ownBook { // the user's own book has no say in a bundle's prices
		return nil
	}
	var err error
	v.read, v.described, err = loadBook(env, v.book)
	return err
}

// compose makes the report of a recording.
func compose(env *env, rec *record.Recording, v viewOptions) (*report.Report, error) {
	in, err := compound(env, rec, v)
	if err != nil {
		return nil, err
	}
	r, err := report.New(in)
	var early *pricing.NotYetError
	if errors.As(err, &early) {
		return nil, usage(fmt.Errorf("nothing can be priced: %w", err))
	}
	return r, err
}

// compound is what a report is made of: the scenario in the record says what month
// to price and which gates there are, the options say under which rules.
func compound(env *env, rec *record.Recording, v viewOptions) (in report.Input, err error) {
	home, err := asWritten(rec)
	if err != nil {
		return in, usage(err)
	}
	s, err := asRun(rec)
	if err != nil {
		return in, usage(err)
	}
	if s.Offload != nil {
		return in, errOffload(s.Name, fmt.Sprintf("run %s has no figures of fronts", rec.ID))
	}
	book, described, err := v.bookOf(env, rec)
	if err != nil {
		return in, err
	}
	in = report.Input{
		Recording: rec, Description: s.Description, Handler: s.Handler, Arrivals: arrivals(s.Load), Book: book,
		Rate:         s.Load.Planned() / seconds(s.Load.Duration),
		Traffic:      report.Traffic{Low: assumedRequests, Expected: assumedRequests, High: assumedRequests, Assumed: true},
		CountInvalid: v.countInvalid,
		Choices:      report.Choices{Region: s.Pricing.Region, FreeTier: pricing.FreeTier(s.Pricing.FreeTier), Book: described, Eras: v.eras},
		Elsewhere:    elsewhere(s),
		Duration:     time.Duration(s.Load.Duration), Warmup: time.Duration(s.Load.Warmup), Connections: s.Load.Connections,
	}
	in.Calls, in.Buckets, in.Missing = billedCalls(rec, home, s), bucketsBehind(rec, home, s), unbilled(rec, s)
	if in.Itself, err = itself(rec, book); err != nil {
		return in, err
	}
	if err := v.rules.apply(&in, s); err != nil {
		return in, err
	}
	var lost string
	if in.Floor, lost, err = v.floorOf(rec); err != nil {
		return in, err
	}
	if lost != "" {
		in.Missing = append(in.Missing, lost)
	}
	in.Warnings = warningsOf(rec, s)
	if err := v.choose(env, &in, s); err != nil {
		return in, usage(err)
	}
	if in.Claims, err = claimsOf(claims.Evidence{Book: in.Book, BookName: in.Choices.Book, AsOf: in.Choices.AsOf, Runs: []*record.Recording{rec}}, s.Claims); err != nil {
		return in, usage(err)
	}
	in.Again = v.command(rec.ID, in.Choices)
	t := s.Traffic
	if t == nil {
		t = scenarios.DefaultTraffic()
	} else {
		m := t.RequestsPerMonth
		in.Traffic = report.Traffic{Low: int64(m.Low), Expected: int64(m.Expected), High: int64(m.High)}
	}
	if in.Forecast, err = forecast(t); err != nil {
		return in, err
	}
	return in, nil
}

// warningsOf is what weakens a run's scenario: of one that was imported not its plan, which
// nobody followed.
func warningsOf(rec *record.Recording, s *scenarios.Scenario) []string {
	var list []string
	for _, w := range s.Warnings {
		if imports(rec) && (strings.HasPrefix(w.Field, "load") || w.Field == "rounds") {
			continue
		}
		list = append(list, fmt.Sprintf("%s: %s: %s", w.Field, w.Text, w.Help))
	}
	return list
}

// choose takes over under which rules the month is priced.
func (v viewOptions) choose(env *env, in *report.Input, s *scenarios.Scenario) (err error) {
	// A date that follows the clock would give other bytes tomorrow: "today" in a
	// scenario is the day of the run, and on the command line the day it is typed.
	in.Choices.AsOf = pricing.DateOf(s.Pricing.AsOf.In(in.Recording.Started))
	if v.asOf != "" {
		if in.Choices.AsOf, err = dayOf(env, v.asOf); err != nil {
			return err
		}
	}
	if v.freeTier != "" {
		in.Choices.FreeTier = pricing.FreeTier(v.freeTier)
	}
	in.Choices.Init = v.init.String()
	in.Init, err = v.init.choice()
	return err
}

// assumedRequests is the month that is priced when a scenario forecasts none.
const assumedRequests = 1_000_000

func seconds(d scenarios.Duration) float64 { return float64(d) / 1e9 }

// forecast is the scenario's month in pricing's exact numbers.
func forecast(t *scenarios.Traffic) (pricing.Forecast, error) {
	var f pricing.Forecast
	var errs error
	number := func(x float64) *pricing.Quantity {
		q, err := pricing.ParseQuantity(strconv.FormatFloat(x, 'f', -1, 64))
		if err != nil && errs == nil {
			errs = fmt.Errorf("traffic: %w", err)
		}
		return &q
	}
	f.HoursPerMonth = *number(t.HoursPerMonth)
	if t.RequestSize != nil {
		f.RequestBytes = number(float64(*t.RequestSize))
	}
	if t.ResponseSize != nil {
		f.ResponseBytes = number(float64(*t.ResponseSize))
	}
	f.NewConnectionShare = number(float64(t.NewConnections))
	f.ConnectionSeconds = number(seconds(t.ConnectionLifetime))
	f.HTTPSShare = number(float64(t.HTTPS))
	for _, weight := range t.HourlyProfile {
		f.HourlyProfile = append(f.HourlyProfile, *number(weight))
	}
	f.ViewerZones = map[pricing.Zone]pricing.Quantity{}
	for zone, share := range t.Viewers {
		f.ViewerZones[pricing.Zone(zone)] = *number(float64(share))
	}
	return f, errs
}

// arrivals says in words how requests are spread over time.
func arrivals(l scenarios.Load) string {
	if l.Polling == nil {
		return l.Arrivals
	}
	return fmt.Sprintf("%s, in sessions that poll %d times, %s apart", l.Arrivals, l.Polling.Times, l.Polling.Every)
}

// elsewhere lists the fronts that are asked from another place than the others: the
// forecast's zones are those of distance.viewer.
func elsewhere(s *scenarios.Scenario) []string {
	var ids []string
	for _, f := range s.Fronts {
		if s.Distance != nil && f.Lab() && f.Viewer != s.Distance.Viewer {
			ids = append(ids, f.ID)
		}
	}
	return ids
}
