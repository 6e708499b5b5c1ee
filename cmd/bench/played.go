package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdoor/guard"
	"frontdoor/load"
	"frontdoor/record"
	"frontdoor/tables"
)

// playing is what is written for one trial, while it is measured; nil is nothing.
type playing struct {
	lines []tables.Line
	made  []tables.Made
	tried []record.Event // of the run's first trial: its tables were tried
	end   func() []tables.Made
}

// tryTables refuses a run whose tables could not be written, before there is a folder.
func (m *measurement) tryTables(ctx context.Context) error {
	if !m.scenario.played() {
		return nil
	}
	for _, t := range m.scenario.timed() {
		if err := m.checkTableHere(ctx, t); err != nil {
			return usage(err)
		}
		err := m.tables.Try(ctx, t)
		var missing *tables.NoTable
		if errors.As(err, &missing) {
			return usage(fmt.Errorf("nothing was sent: %w, in which the scenario's items change\nhint: bench deploy %s makes it, and region of the table in the scenario says where it is", err, m.scenario.argument()))
		}
		if err != nil {
			return fmt.Errorf("nothing was sent, for items of the scenario's table could not be changed: %w", err)
		}
		m.tried = append(m.tried, record.Event{What: record.TableTried, Region: t.Region, Write: &record.Write{Table: t.Name, Units: tables.TryUnits}})
	}
	return nil
}

// checkTableHere refuses to write at AWS for fronts of this machine, and on this machine
// for those of AWS: their functions read elsewhere.
func (m *measurement) checkTableHere(ctx context.Context, t tables.Table) error {
	endpoint, err := m.tables.Endpoint(ctx, t.Region)
	if err != nil {
		return err
	}
	here := guard.Loopback(hostOf(endpoint))
	m.settles = m.settles || !here
	for _, f := range m.scenario.Fronts {
		switch front := guard.Loopback(hostOf(f.URL)); {
		case front && !here:
			return fmt.Errorf("front %q is on this machine, and the table %q would be written elsewhere: AWS_ENDPOINT_URL_DYNAMODB does not say that it is here\nhint: paste the export lines that bench lab printed", f.ID, t.Name)
		case here && !front:
			return fmt.Errorf("front %q is not on this machine, and the table %q would be written here, at %s\nhint: unset AWS_ENDPOINT_URL_DYNAMODB, or AWS_ENDPOINT_URL", f.ID, t.Name, endpoint)
		}
	}
	return nil
}

// settle is how long a trial waits between its seeds and its first request, where they go
// to AWS: an eventually consistent read may miss a write before it, usually for no longer
// than a second
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html).
const settle = time.Second

// seed puts back the items that the trial begins with, and has the others written once
// its load begins.
func (m *measurement) seed(ctx context.Context, sends *load.Plan) (*playing, error) {
	if !m.scenario.played() {
		return nil, nil
	}
	lines, err := m.scenario.itemLines(*sends)
	if err != nil {
		return nil, err
	}
	p := &playing{lines: lines, tried: m.tried}
	m.tried = nil
	p.made, err = m.tables.Seed(ctx, lines)
	if err != nil {
		return p, err
	}
	if m.settles {
		select {
		case <-ctx.Done():
		case <-time.After(settle):
		}
	}
	sends.Begun = func(begun time.Time) { p.end = m.tables.Play(ctx, begun, lines) }
	return p, nil
}

// unseeded keeps what was written for a trial that was not begun, for an item was not. An
// interrupt is no error of it.
func (m *measurement) unseeded(ctx context.Context, i int, t record.Trial, p *playing, sends load.Plan, err error) error {
	count, _ := sends.Count() // it was drawn before
	t.State, t.Load, t.Started = record.Interrupted, &record.Load{Planned: int(count.Sum())}, m.env.now().UTC()
	t.Ended = t.Started
	p.into(&t, m.env.known.Redact)
	if ctx.Err() != nil {
		err = nil
	}
	return errors.Join(err, m.writer.Keep(i, t, nil))
}

// stop ends what is written.
func (p *playing) stop() {
	if p != nil && p.end != nil {
		p.made = append(p.made, p.end()...)
		p.end = nil
	}
}

// into puts what was written into the trial, with what it lacked.
func (p *playing) into(t *record.Trial, redact func(string) string) {
	if p == nil {
		return
	}
	for _, e := range p.tried {
		if len(p.made) > 0 {
			e.AtS = microseconds(p.made[0].Sent)
		}
		t.Events = append(t.Events, e)
	}
	failed := ""
	for _, one := range p.made {
		e := p.event(one, redact)
		if e.Write.Error != "" {
			failed = e.Write.Error
		}
		t.Events = append(t.Events, e)
	}
	if t.State == record.Done {
		invalid, disturbed := judgeWrites(p.lines, p.made, failed)
		t.Invalid, t.Disturbed = append(t.Invalid, invalid...), append(t.Disturbed, disturbed...)
	}
}

func (p *playing) event(m tables.Made, redact func(string) string) record.Event {
	l := p.lines[m.Line]
	v := l.Versions[m.Version]
	w := &record.Write{Table: l.Table.Name, Key: l.Key, Version: v.Number, DueS: microseconds(v.Due), LateS: microseconds(m.Late(p.lines)), Units: m.Units}
	e := record.Event{AtS: microseconds(m.Sent), What: record.ItemWritten, Region: l.Table.Region, Write: w}
	if m.Attempts > 1 {
		w.Attempts = m.Attempts
	}
	if m.Err != nil {
		e.What, w.Error = record.ItemFailed, redact(withoutHint(m.Err))
	}
	return e
}

// microseconds is a time in seconds, to the microsecond: finer no write is known.
func microseconds(d time.Duration) float64 { return d.Round(time.Microsecond).Seconds() }

// staleSpoils is the share of requests that may have read another version than the
// scenario's, above which the trial does not count: that of a generator which misses its
// rate.
const staleSpoils = 0.02

// judgeWrites says why a trial must not be believed whose items were not written at their
// times, or what disturbed it.
func judgeWrites(lines []tables.Line, made []tables.Made, failed string) (invalid, disturbed []string) {
	stale, reads := tables.Stale(lines, made)
	if stale == 0 {
		if failed != "" {
			disturbed = append(disturbed, record.Items+"one was not written, and nobody asked for it: "+failed)
		}
		return nil, disturbed
	}
	text := fmt.Sprintf(record.Items+"%d of %d requests may have found another version than the scenario has: bench wrote it too late", stale, reads)
	if failed != "" {
		text += ", or not at all: " + failed
	}
	if float64(stale) > staleSpoils*float64(reads) {
		return []string{text}, nil
	}
	return nil, []string{text}
}
