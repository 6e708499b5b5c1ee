package main

import (
	"context"
	"slices"
	"time"

	"frontdoor/guard"
	"frontdoor/load"
	"frontdoor/pricing"
	"frontdoor/pricing/spend"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// planner works out what a run will use.
type planner struct {
	env      *env
	home, at *loaded // as the scenario is written, and where its fronts are
	seed     uint64
	aa       bool
	read     readingOptions // how metrics and REPORT lines will be
	trials   []spend.Trial
	lasts    time.Duration
	book     *pricing.Book
	tried    spend.Written // before anything is sent
	rehearsed
}

// newPlanner rehearses.
func newPlanner(ctx context.Context, env *env, home, at *loaded, o runOptions, book *pricing.Book) (*planner, error) {
	p := &planner{env: env, home: home, at: at, seed: o.seed, aa: o.aa, read: o.reading, book: book}
	var err error
	if p.trials, err = p.counts(); err != nil {
		return nil, err
	}
	for _, t := range p.trials {
		p.lasts += t.Length
	}
	p.tried = p.tries()
	if p.rehearsed, err = p.rehearse(ctx); err != nil {
		return nil, err
	}
	if _, deployed := labFronts(at.Scenario); len(deployed) == 0 || len(withMetrics(at.Scenario, p.fronts())) == 0 {
		p.reading = new(record.Reading) // nothing that is billed is read
	}
	p.readAhead()
	return p, nil
}

// readAhead adds what a run asks beyond a rehearsal: each Region for one metric before
// anything is sent, and 15 Regions twice for a function at the edge whose own is not
// known (see telemetry). Those are put on one Region: they cost the same in all.
func (p *planner) readAhead() {
	if p.reading == nil {
		return
	}
	for i := range p.reading.Regions {
		p.reading.Regions[i].MetricsRequested++
	}
	unplaced := func(f scenarios.Front) bool {
		return f.Kind.Edge() && f.FunctionRegion == "" && f.Metrics == scenarios.MetricsCloudWatch
	}
	if slices.ContainsFunc(p.at.Fronts, unplaced) && len(p.reading.Regions) > 0 {
		p.reading.Regions[0].ListCalls += 2 * 15
	}
}

// plan is the run before it is made; hosts are where it is sent to.
func (p *planner) plan(hosts []guard.Host) (guard.Plan, error) {
	counts := p.trials
	out := guard.Plan{Name: p.at.Name, Made: p.env.now().UTC(), Hosts: hosts, Trials: len(counts)}
	expected := spend.Plan{Name: p.at.Name, Fronts: p.fronts(), Trials: inARow(out.Made, 0, counts), Start: out.Made, Samples: p.samples, Reading: p.reading, Calls: p.calls(), Tried: p.tried}
	var err error
	if out.Tables, err = p.tables(); err != nil {
		return guard.Plan{}, err
	}
	if out.Expected, err = p.usage(expected); err != nil {
		return guard.Plan{}, err
	}
	if p.read.reports == record.ReportsInsights && p.reading != nil && len(p.reading.Regions) > 0 {
		p.scan(out.Expected.Spent)
		expected.Reading = p.reading
		if out.Expected, err = p.usage(expected); err != nil {
			return guard.Plan{}, err
		}
	}
	late := out.Made.Truncate(time.Hour).Add(time.Hour - 1) // the last moment of an hour: it is billed like a whole one
	most := expected
	most.Start, most.Trials = late, inARow(late, time.Duration(p.at.Load.Timeout), slices.Concat(counts, p.further(counts, out.Expected)))
	most.Samples, most.Reading = p.worst(), p.readingAtMost()
	retried(&most)
	out.AtMost, err = p.usage(most)
	if p.reading != nil && len(p.reading.Regions) > 0 && p.read.bins() == 0 {
		s := &out.Expected.Spent
		s.Notes = append(s.Notes, "metrics are asked for as in the rehearsal, whose invocations were short: each millisecond of the longest one is a metric more for its front, up to 500")
	}
	return out, err
}

// calls is what is known of what the fronts' functions call where nothing was rehearsed.
func (p *planner) calls() map[string]pricing.Calls {
	calls := map[string]pricing.Calls{}
	for _, f := range p.home.Fronts {
		calls[f.ID] = callsBehind(p.home.Scenario, f)
	}
	return calls
}

func (p *planner) usage(s spend.Plan) (guard.Usage, error) {
	used, err := spend.Planned(s)
	if err != nil {
		return guard.Usage{}, err
	}
	var lasts time.Duration
	for _, t := range s.Trials {
		lasts += t.Length
	}
	return guard.UsageOf(used, lasts, p.book)
}

func (p *planner) fronts() []record.Front {
	var fronts []record.Front
	for _, f := range p.at.Fronts {
		one := deployedFront(f)
		if f.Lab() { // what it would be on AWS
			one.URL = "https://" + f.ID
		}
		one.Cached = f.CloudFront != nil || !f.Kind.Answers()
		fronts = append(fronts, one)
	}
	return fronts
}

// counts are the requests of every trial of the plan, which the seed fixes: those of a
// round are the same behind each front.
func (p *planner) counts() ([]spend.Trial, error) {
	rounds := map[int]load.Count{}
	var trials []spend.Trial
	for _, t := range plan(p.at.Scenario, p.seed, p.aa) {
		count, ok := rounds[t.Round]
		if !ok {
			var err error
			if count, err = loadPlan(p.at, record.Front{ID: t.Front}, p.seed, t).Count(); err != nil {
				return nil, err
			}
			rounds[t.Round] = count
		}
		written, err := p.written(t, count.Length)
		if err != nil {
			return nil, err
		}
		trials = append(trials, spend.Trial{Front: t.Front, Length: count.Length, Requests: count.Requests, Connections: p.connections(count.Sum()), Written: written})
	}
	return trials, nil
}

// connections is how many a trial opens at most: how many it needs depends on how fast
// the front answers.
func (p *planner) connections(requests int64) int64 {
	if !p.at.Load.KeepAlive {
		return requests
	}
	return min(requests, int64(p.at.Load.Connections))
}

// inARow sets trials one after the other, each longer by what its last request may
// wait.
func inARow(start time.Time, wait time.Duration, trials []spend.Trial) []spend.Trial {
	trials = slices.Clone(trials)
	for i := range trials {
		trials[i].Start, trials[i].Length = start, trials[i].Length+wait
		start = start.Add(trials[i].Length)
	}
	return trials
}

// scan adds what Logs Insights scans, which is at least all that the functions log, in
// the Regions in which they do.
func (p *planner) scan(s spend.Spent) {
	scanned := *p.reading
	scanned.Regions = slices.Clone(scanned.Regions)
	for _, use := range s.Uses {
		if use.Meter == pricing.LogsIngestedGB {
			bytes := use.Quantity.Mul(pricing.Count(1 << 30)).Float()
			scanned.Regions = append(scanned.Regions, record.RegionReading{Region: use.Region, ScannedBytes: int64(bytes)})
		}
	}
	p.reading = &scanned
}
