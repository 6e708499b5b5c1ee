package load

import (
	"slices"
	"strconv"
	"time"
)

// Session is one session of polling in a trial.
type Session struct {
	Name    string          // what stands for Polling.Placeholder
	Request int             // the kind that it sends, an index into Plan.Requests
	Polls   []time.Duration // when they are due after the trial's start, in order; the first one of a session that began before the trial is not its first
}

// Sessions works out, of a plan that polls, which sessions the trial has: its schedule is
// fixed by its seed. Without polling there are none. The error is that of Attack.
func (p Plan) Sessions() ([]Session, error) {
	if err := p.check(); err != nil || p.Polling.Times == 0 {
		return nil, err
	}
	arrivals, err := p.schedule()
	if err != nil {
		return nil, err
	}
	var sessions []Session
	at := map[int32]int{}
	for _, a := range arrivals {
		i, known := at[a.session]
		if !known {
			i = len(sessions)
			at[a.session] = i
			sessions = append(sessions, Session{Name: p.Polling.name(a.session), Request: int(a.request)})
		}
		sessions[i].Polls = append(sessions[i].Polls, a.due)
	}
	return slices.Clip(sessions), nil
}

// name is what stands for the placeholder in the requests of a session.
func (p Polling) name(session int32) string { return p.Prefix + strconv.Itoa(int(session)) }
