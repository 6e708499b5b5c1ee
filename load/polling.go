package load

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// Polling makes requests come in sessions, each of which sends the same request
// Times times, Every apart, as a client does that waits for a job. The plan's rate
// stays that of all requests.
type Polling struct {
	Every       time.Duration
	Times       int    // 0: no polling
	Placeholder string // replaced by Prefix and the session's number in URL, header and body
	Prefix      string
}

func (p Polling) check(stages []Stage) error {
	switch {
	case p.Times == 0:
		return nil
	case p.Times < 0 || p.Every <= 0:
		return fmt.Errorf("polling %d times every %v: want both above zero", p.Times, p.Every)
	case len(stages) != 1 || stages[0].From != stages[0].To:
		return fmt.Errorf("polling over %d stages: want one steady rate", len(stages))
	}
	return nil
}

// length is the time from the first poll of a session to its last.
func (p Polling) length() time.Duration { return time.Duration(p.Times-1) * p.Every }

// polls fixes the arrivals of sessions. Sessions that began before the trial are in
// it with their later polls, so that the rate is the same from its first second to
// its last; those that outlast it lose theirs.
func (p Plan) polls(rng *rand.Rand, pick func() int32) []arrival {
	perSecond := p.Stages[0].From / float64(p.Polling.Times)
	end := p.Duration()
	var arrivals []arrival
	at := -p.Polling.length()
	for session := int32(0); ; session++ {
		at += time.Duration(p.gap(rng) / perSecond * float64(time.Second))
		if at >= end {
			break
		}
		request := pick()
		for k := range p.Polling.Times {
			if due := at + time.Duration(k)*p.Polling.Every; due >= 0 && due < end {
				arrivals = append(arrivals, arrival{due: due, request: request, session: session, warmup: due < p.Warmup})
			}
		}
	}
	slices.SortStableFunc(arrivals, func(a, b arrival) int { return cmp.Compare(a.due, b.due) })
	return arrivals
}

// named is the target with the session's name in place of the placeholder, which a
// query has in its encoded form. The target given is left as it was.
func (p Polling) named(t vegeta.Target, session int32) vegeta.Target {
	name := p.name(session)
	put := strings.NewReplacer(p.Placeholder, name, url.QueryEscape(p.Placeholder), name).Replace
	t.URL = put(t.URL)
	if len(t.Body) > 0 {
		t.Body = []byte(put(string(t.Body)))
	}
	t.Header = t.Header.Clone()
	for _, values := range t.Header {
		for i, v := range values {
			values[i] = put(v)
		}
	}
	return t
}
