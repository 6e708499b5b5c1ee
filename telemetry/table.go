package telemetry

import (
	"context"
	"fmt"
	"slices"

	"frontdoor/record"
)

// table is what was read of one front's Metrics, in their order.
type table []record.Metric

// find returns a statistic of the function's metrics; nil if it never came.
func (t table) find(name, stat string) *float64 {
	for _, m := range t {
		if m.Namespace == "AWS/Lambda" && m.Name == name && m.Stat == stat {
			return m.Value
		}
	}
	return nil
}

func (t table) invocations() *int64 { return whole(t.find("Invocations", "Sum")) }

// readTables reads the Metrics of every front.
func readTables(ctx context.Context, r *Reader, subjects []*subject) ([]table, error) {
	var asks []ask
	for _, s := range subjects {
		for _, w := range s.wanted {
			asks = append(asks, s.asks(w)...)
		}
	}
	replies, err := r.read(ctx, asks)
	if err != nil {
		return nil, err
	}
	tables := make([]table, len(subjects))
	for i, s := range subjects {
		for _, w := range s.wanted {
			n := len(s.asks(w))
			tables[i] = append(tables[i], s.metric(w, replies[:n]))
			replies = replies[n:]
		}
	}
	return tables, nil
}

// asks returns what must be asked to know w over the window: the minutes, or
// one period over all of it, which if longer than the window is followed by
// the number of values in the period and in the window.
func (s *subject) asks(w Wanted) []ask {
	if byMinute(w.Stat) {
		return []ask{{w, s.window, minuteS}}
	}
	cover := s.window.cover()
	list := []ask{{w, cover, cover.seconds()}}
	if cover != s.window {
		samples := w
		samples.Stat = "SampleCount"
		list = append(list, ask{samples, cover, cover.seconds()}, ask{samples, s.window, minuteS})
	}
	return list
}

func (s *subject) metric(w Wanted, replies []reply) record.Metric {
	m := record.Metric{Namespace: w.Namespace, Name: w.Name, Dimensions: w.Dimensions, Region: w.where(), Stat: w.Stat, Unit: w.Unit,
		PeriodS: minuteS, Value: combine(w.Stat, replies[0].values), Datapoints: len(replies[0].values)}
	if !byMinute(w.Stat) {
		m.PeriodS = s.window.cover().seconds()
		if why := misfit(replies); why != "" {
			m.Value = nil
			s.problem("%s of %s left out: %s", w.Stat, w.Name, why)
		}
	}
	for _, note := range replies[0].notes {
		if text := fmt.Sprintf("%s of %s: %s", w.Stat, w.Name, note); !slices.Contains(s.problems, text) {
			s.problem("%s", text)
		}
	}
	return m
}

// misfit says why a statistic that was read in one period does not stand for
// the window; "" if it does.
func misfit(replies []reply) string {
	if n := len(replies[0].values); n > 1 {
		return fmt.Sprintf("one period over the window came back as %d", n)
	}
	if len(replies) == 1 {
		return ""
	}
	around, inside := combine("SampleCount", replies[1].values), combine("SampleCount", replies[2].values)
	if around != nil && (inside == nil || *around != *inside) {
		return "the period around the window holds values from outside it"
	}
	return ""
}
