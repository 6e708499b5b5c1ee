package main

import (
	"path/filepath"

	"frontdoor/front"
	"frontdoor/lab"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// begin has the lab begin a trial of one of its fronts. end ends it and tells what
// happened.
func (m *measurement) begin(front string) (end func() []record.Event) {
	if f, _ := m.scenario.Front(front); !f.Lab() {
		return func() []record.Event { return nil }
	}
	over := m.lab.Begin(front)
	return func() []record.Event {
		var events []record.Event
		for _, e := range over() {
			events = append(events, record.Event{AtS: e.At.Seconds(), What: e.What, Region: e.Region})
		}
		return events
	}
}

// read takes the REPORT lines of a front's function that are new, from each Region of
// a domain.
func (m *measurement) read(f record.Front) ([]record.Report, error) {
	if sf, _ := m.scenario.Front(f.ID); sf.Domain == nil {
		return m.readFunctions(f)
	}
	group := lab.LogGroup(f.Function)
	var all []record.Report
	for _, region := range append([]string{f.Region}, f.Also...) {
		reports, err := m.logs.Next(filepath.Join(region, group))
		if err != nil {
			return nil, err
		}
		all = append(all, reports...)
	}
	return all, nil
}

// clockSpeed is the speed of the simulated clock, 0 when nothing runs on it.
func clockSpeed(s *scenarios.Scenario) float64 {
	for _, f := range s.Fronts {
		if f.Domain != nil || len(f.Outages) > 0 {
			return s.Speed
		}
	}
	return 0
}

// readFunctions takes those of a front's functions, which are several behind a
// distribution. A CloudFront Function writes none.
func (m *measurement) readFunctions(f record.Front) ([]record.Report, error) {
	functions := f.Further
	if f.Kind != front.CloudFrontFunction {
		functions = append([]record.Function{{Kind: f.Kind, Function: f.Function, In: f.FunctionIn}}, functions...)
	}
	var all []record.Report
	for _, one := range functions {
		if one.Kind == front.CloudFrontFunction {
			continue
		}
		reports, err := m.logs.Next(lab.LogFolder(one.Function, one.In))
		if err != nil {
			return nil, err
		}
		all = append(all, reports...)
	}
	return all, nil
}
