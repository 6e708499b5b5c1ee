package report

import (
	"frontdoor/record"
)

// samples are a front's measured requests as every later judgement needs them:
// by round, so that rounds can be drawn. Index 0 is round 1; a round that does
// not count is empty.
type samples struct {
	warm    [][]float64 // response time of successful requests in warm environments, ms
	all     [][]float64 // response time of all successful requests, ms
	service [][]float64 // as warm, from the moment there was a connection
	over    [][]float64 // service time less the function's own duration, warm, ms
	failed  [][]float64 // of each measured request: 1 when it failed
	billed  [][]float64 // billed ms of each measured invocation
	cold    [][]float64 // response time of cold starts, ms
	known   int         // requests whose answer said whether they were cold
	arms    [2][][]float64
	seen    map[string]bool // request ids: one that comes again is of an answer out of a cache

	unjoined bool // no request names its invocation: those of a trial are the trial's
}

// samplesOf sorts the requests of the rounds that count. Cold and warm are two
// populations: a mixture's quantiles say nothing of either.
func samplesOf(rounds int, trials []record.Measured, billed func(record.Report) float64, unjoined bool) samples {
	s := samples{unjoined: unjoined, seen: map[string]bool{}}
	for _, list := range []*[][]float64{&s.warm, &s.all, &s.service, &s.over, &s.failed, &s.billed, &s.cold, &s.arms[0], &s.arms[1]} {
		*list = make([][]float64, rounds)
	}
	for _, t := range trials {
		s.add(t, billed)
	}
	return s
}

func (s *samples) add(t record.Measured, billed func(record.Report) float64) {
	i := t.Round - 1
	if s.unjoined {
		for _, r := range t.Reports {
			s.billed[i] = append(s.billed[i], billed(r))
		}
	}
	reports := make(map[string]record.Report, len(t.Reports))
	for _, r := range t.Reports {
		reports[r.RequestID] = r
	}
	for _, h := range t.Hits {
		ids, known := h.Invocations()
		fresh := s.fresh(ids)
		if h.Warmup {
			continue
		}
		if h.Error != "" {
			s.failed[i] = append(s.failed[i], 1)
			continue
		}
		s.failed[i] = append(s.failed[i], 0)
		response := float64(h.Done-h.Due) / 1e6
		s.all[i] = append(s.all[i], response)
		if h.Cold >= 0 {
			s.known++
		}
		joined, spent := known && len(ids) > 0 && len(fresh) == len(ids), 0.0
		for _, id := range fresh {
			report, ok := reports[id]
			if joined = joined && ok; ok {
				s.billed[i] = append(s.billed[i], billed(report))
				spent += float64(report.DurationUS) / 1000
			}
		}
		if h.Cold == 1 {
			s.cold[i] = append(s.cold[i], response)
			continue
		}
		s.warm[i] = append(s.warm[i], response)
		service := float64(h.Done-h.Sent) / 1e6
		s.service[i] = append(s.service[i], service)
		if joined { // what the front adds to a request, and no connection's set-up, nor the wait for one
			s.over[i] = append(s.over[i], service-spent)
		}
		s.arms[t.Arm&1][i] = append(s.arms[t.Arm&1][i], response)
	}
}

// fresh are the invocations that the request itself caused.
func (s *samples) fresh(ids []string) []string {
	var list []string
	for _, id := range ids {
		if !s.seen[id] {
			s.seen[id] = true
			list = append(list, id)
		}
	}
	return list
}
