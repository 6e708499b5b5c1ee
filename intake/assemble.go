package intake

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"frontdoor/record"
)

// Options say how captures become rounds.
type Options struct {
	Warmup time.Duration // of each file of requests
	Split  time.Duration // length of a round; 0: a file is a round
}

// Round is one trial of a front.
type Round struct {
	Started, Ended time.Time
	Load           record.Load
	Hits           []record.Hit
	Reports        []record.Report // nil where there are none for the front at all
	warm           time.Time       // until when
}

// slack is how much later than its request's end the log may say an invocation ended: the
// two are by different clocks.
const slack = 2 * time.Second

// Assemble makes the rounds of one front of what its files hold, requests and invocations,
// and says what a reader should know. Every capture is dated by then.
func Assemble(captures []Capture, reports []Invocations, o Options) ([]Round, record.Imported, error) {
	a := assembly{options: o}
	for _, c := range captures {
		a.add(c)
	}
	if err := a.measured(captures); err != nil {
		return nil, a.imported, err
	}
	var err error
	switch {
	case len(captures)+len(reports) == 0:
		err = errors.New("there is nothing to import")
	case len(captures) == 0:
		err = a.alone(reports)
	case len(reports) > 0:
		err = a.join(captures, reports)
	}
	for _, r := range reports {
		a.note(r.Notes...)
	}
	return a.rounds, a.imported, err
}

// measured refuses files of which nothing would be measured.
func (a *assembly) measured(captures []Capture) error {
	for _, c := range captures {
		c.Warm(a.options.Warmup)
		if !slices.ContainsFunc(c.Hits, func(h record.Hit) bool { return !h.Warmup }) {
			return fmt.Errorf("a file of %s is all warm-up: want less than --warmup %s", c.Ended().Sub(c.Started).Round(time.Millisecond), a.options.Warmup)
		}
	}
	if a.options.Split > 0 && len(captures) > 0 && len(a.rounds) == 0 {
		return fmt.Errorf("no file of requests is as long as a round of %s", a.options.Split)
	}
	return nil
}

type assembly struct {
	options  Options
	rounds   []Round
	imported record.Imported
}

func (a *assembly) note(texts ...string) {
	for _, text := range texts {
		if !slices.Contains(a.imported.Notes, text) {
			a.imported.Notes = append(a.imported.Notes, text)
		}
	}
}

func (a *assembly) lack(list ...record.Lack) {
	for _, l := range list {
		if !slices.Contains(a.imported.Lacks, l) {
			a.imported.Lacks = append(a.imported.Lacks, l)
		}
	}
}

// add makes the rounds of one file of requests.
func (a *assembly) add(c Capture) {
	a.lack(c.Lacks...)
	a.note(c.Notes...)
	c.Warm(a.options.Warmup)
	parts := []Capture{c}
	if a.options.Split > 0 {
		var left int
		if parts, left = c.Split(a.options.Split); left > 0 {
			a.note(fmt.Sprintf("%d requests at the end of a file are no whole round of %s, and left out", left, a.options.Split))
		}
	}
	for i, p := range parts {
		r := Round{Started: p.Started, Ended: p.Ended(), Load: p.Load(), Hits: p.Hits}
		if i == 0 {
			r.warm = p.Started.Add(a.options.Warmup)
		}
		a.rounds = append(a.rounds, r)
	}
}

// join gives reports to rounds: by request id where requests have them, else file by file,
// else by time.
func (a *assembly) join(captures []Capture, reports []Invocations) error {
	for i := range a.rounds {
		a.rounds[i].Reports = []record.Report{}
	}
	switch {
	case !slices.Contains(a.imported.Lacks, record.LacksRequestIDs):
		a.byID(reports)
	case a.options.Split == 0 && len(reports) == len(captures):
		for i, r := range reports {
			a.rounds[i].Reports = r.after(a.rounds[i].warm)
		}
		a.count()
	default:
		if err := a.byTime(reports); err != nil {
			return err
		}
		a.count()
	}
	return nil
}

// after are the reports that did not end in the warm-up; one without a time may have.
func (all Invocations) after(warm time.Time) []record.Report {
	list := []record.Report{}
	for _, one := range all.List {
		if one.At.IsZero() || !one.At.Before(warm) {
			list = append(list, one.Report)
		}
	}
	return list
}

func (a *assembly) byID(reports []Invocations) {
	owner := map[string]int{}
	for i, r := range a.rounds {
		for _, h := range r.Hits {
			ids, _ := h.Invocations()
			for _, id := range ids {
				owner[id] = i
			}
		}
	}
	alone := 0
	for _, all := range reports {
		for _, one := range all.List {
			if i, ok := owner[one.RequestID]; ok {
				a.rounds[i].Reports = append(a.rounds[i].Reports, one.Report)
			} else {
				alone++
			}
		}
	}
	if alone > 0 {
		a.note(fmt.Sprintf("%d REPORT lines are of no request in the files, and left out", alone))
	}
}

// byTime gives a report to the round in which its invocation ended.
func (a *assembly) byTime(reports []Invocations) error {
	outside := 0
	for _, all := range reports {
		if _, _, dated := all.Dated(); !dated && len(a.rounds) > 1 {
			return fmt.Errorf("REPORT lines have no time and there are %d rounds: want a file of them for each file of requests, or an export with @timestamp", len(a.rounds))
		}
		for _, one := range all.List {
			i := slices.IndexFunc(a.rounds, func(r Round) bool {
				return one.At.IsZero() || !one.At.Before(r.Started) && one.At.Before(r.Ended.Add(slack))
			})
			if i < 0 || !one.At.IsZero() && one.At.Before(a.rounds[i].warm) {
				outside++
				continue
			}
			a.rounds[i].Reports = append(a.rounds[i].Reports, one.Report)
		}
	}
	if outside > 0 {
		a.note(fmt.Sprintf("%d REPORT lines are of no round's time or of its warm-up, and left out", outside))
	}
	return nil
}

// agreement is how far apart the numbers of requests and of REPORT lines may be: a client
// that gave up waiting, or a log line that was lost, is one in a hundred at most.
const agreement = 0.01

// count compares REPORT lines with the requests that were measured and answered.
func (a *assembly) count() {
	sent, reports := 0, 0
	for _, r := range a.rounds {
		reports += len(r.Reports)
		for _, h := range r.Hits {
			if !h.Warmup {
				sent++
			}
		}
	}
	text := fmt.Sprintf("requests name no invocation: %d REPORT lines are taken for those of %d requests", reports, sent)
	if d := float64(reports - sent); d > agreement*float64(sent) || -d > agreement*float64(sent) {
		text += fmt.Sprintf("; that is more than %.0f %% apart: they are of other calls too, or some are missing", 100*agreement)
	}
	a.note(text)
}

// alone makes rounds of invocations without requests.
func (a *assembly) alone(reports []Invocations) error {
	a.lack(record.LacksHits, record.LacksRequestIDs, record.LacksRequestBytes, record.LacksResponseBytes, record.LacksConnections)
	a.note("there are no requests: each invocation counts as one, and there are no latencies")
	for _, all := range reports {
		first, last, dated := all.Dated()
		if a.options.Split == 0 || !dated {
			if a.options.Split > 0 {
				return errors.New("REPORT lines have no time: they cannot be cut into rounds; want an export with @timestamp, or no --split")
			}
			a.round(first, last, all.Reports())
			continue
		}
		for from := first; !from.Add(a.options.Split).After(last); from = from.Add(a.options.Split) {
			if within := all.Between(from, from.Add(a.options.Split)); len(within) > 0 { // else nobody called
				a.round(from, from.Add(a.options.Split), within)
			}
		}
		if len(a.rounds) == 0 {
			return fmt.Errorf("no file of REPORT lines is as long as a round of %s", a.options.Split)
		}
	}
	return nil
}

func (a *assembly) round(from, until time.Time, reports []record.Report) {
	a.rounds = append(a.rounds, Round{Started: from, Ended: until, Reports: reports,
		Load: record.Load{Planned: len(reports), Sent: len(reports)}})
}
