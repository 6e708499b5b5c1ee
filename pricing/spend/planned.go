package spend

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// Plan is a run that is to be made.
type Plan struct {
	Name    string
	Fronts  []record.Front
	Trials  []Trial // every one, in the order visited
	Start   time.Time
	Samples []Sample
	Reading *record.Reading          // of its metrics and logs; nil: not known
	Calls   map[string]pricing.Calls // what is known of the fronts' functions, by id
	Tried   Written                  // before the first trial
}

// Trial is what is sent to one front at one time.
type Trial struct {
	Front       string
	Start       time.Time
	Length      time.Duration
	Requests    []int64 // of each kind of request, warm-up included
	Connections int64   // that it opens
	Written     Written // by bench itself
}

// Sample is what requests of one kind cause behind a front: the hits and reports of a
// rehearsal, or ones made up by who plans.
type Sample struct {
	Front    string
	Request  int // the kind, an index into Trial.Requests
	Hits     []record.Hit
	Reports  []record.Report
	Counters []record.Counter // of the sample's requests; nil: nobody counted
	Note     string           // what it rests on
}

// Planned is what a run will use, as Of counts it afterwards: the exact number of
// requests, each of which causes what those of its sample did on average. A trial
// belongs to the hour in which it starts.
func Planned(p Plan) (Spent, error) {
	s := Spent{Run: p.Name, Day: pricing.DateOf(p.Start)}
	end := p.Start
	for _, t := range p.Trials {
		if at := t.Start.Add(t.Length); at.After(end) {
			end = at
		}
	}
	for _, f := range p.Fronts {
		if _, err := front.Of(f.Kind); err != nil {
			return Spent{}, fmt.Errorf("front %q: %w", f.ID, err)
		}
		p.front(&s, f)
	}
	s.loadBalancers(p.Fronts, hours(p.Start, end))
	s.read(p.Reading, hourOf(end))
	p.write(&s)
	s.sort()
	return s, nil
}

// front adds what one front will use.
func (p Plan) front(s *Spent, f record.Front) {
	samples := p.samples(s, f)
	byHour := map[time.Time]*amounts{}
	for _, t := range p.Trials {
		if t.Front != f.ID {
			continue
		}
		hour := hourOf(t.Start)
		if byHour[hour] == nil {
			byHour[hour] = new(amounts)
		}
		a := byHour[hour]
		for kind, n := range t.Requests {
			sample, ok := samples[kind]
			if n > 0 && !ok {
				s.gap(requestMeter(f.Kind), fmt.Sprintf("front %s: requests[%d] was not rehearsed: what it causes is not known", f.ID, kind))
				continue
			}
			if n > 0 {
				a.add(&sample.amounts, pricing.Count(n).Div(sample.requests))
				s.behind(f, hour, sample, n)
			}
		}
		a.opened = a.opened.Add(pricing.Count(t.Connections))
		a.open = a.open.Add(pricing.Count(t.Connections).Mul(pricing.Ratio(int64(t.Length), int64(time.Second))))
	}
	for _, hour := range slices.SortedFunc(maps.Keys(byHour), time.Time.Compare) {
		s.meter(f, strings.HasPrefix(f.URL, "https:"), hour, byHour[hour])
	}
}

// rehearsed is a sample, counted.
type rehearsed struct {
	amounts
	counted []pricing.Item
}

// samples counts the samples of a front by kind of request. Connections are the
// plan's own.
func (p Plan) samples(s *Spent, f record.Front) map[int]rehearsed {
	byKind := map[int]rehearsed{}
	for _, sample := range p.Samples {
		if sample.Front != f.ID || len(sample.Hits) == 0 {
			continue
		}
		calls := p.Calls[f.ID]
		if sample.Counters != nil {
			calls = pricing.CallsCounted
		}
		c := newCount(sample.recording(f), f, calls)
		for _, t := range c.rec.Measured {
			c.reports(t)
			c.trial(t)
		}
		c.gaps(s)
		var r rehearsed
		for _, a := range c.hours {
			r.add(a, pricing.Count(1))
		}
		r.opened, r.open = pricing.Quantity{}, pricing.Quantity{}
		r.counted = c.counted(s)
		if r.requests.Sign() > 0 {
			byKind[sample.Request] = r
		}
		if sample.Note != "" {
			s.note(sample.Note)
		}
	}
	return byKind
}

// recording is a sample as a run of one trial.
func (x Sample) recording(f record.Front) *record.Recording {
	t := record.Trial{Front: f.ID, State: record.Done, Started: time.Unix(0, 0), Ended: time.Unix(1, 0)}
	return &record.Recording{Counters: x.Counters, Measured: []record.Measured{{Trial: t, Hits: x.Hits, Reports: x.Reports}}}
}

// behind adds what n requests cause behind their front.
func (s *Spent) behind(f record.Front, hour time.Time, r rehearsed, n int64) {
	for _, item := range r.counted {
		s.use(f.ID, f.Kind, item.Meter, item.Region, hour, item.Quantity.Mul(pricing.Count(n)).Div(r.requests))
	}
}
