package scenarios

import (
	"slices"
	"strings"
	"time"
)

// normalise fills in the defaults that depend on other fields.
func (s *Scenario) normalise(at map[string]*node) {
	if s.Offload != nil {
		return
	}
	s.Load.normalise(at["load.warmup"] != nil)
	for i := range s.Fronts {
		s.Fronts[i].normalise(s)
	}
	for i := range s.Tables {
		s.Tables[i].normalise()
	}
	for i := range s.Requests {
		s.Requests[i].normalise()
	}
	if t := s.Traffic; t != nil {
		if t.Viewers == nil {
			t.Viewers = map[string]Share{s.Distance.zone(): 1}
		}
		if at["traffic.requests_per_month.low"] == nil {
			t.RequestsPerMonth.Low = t.RequestsPerMonth.Expected
		}
		if at["traffic.requests_per_month.high"] == nil {
			t.RequestsPerMonth.High = t.RequestsPerMonth.Expected
		}
		if t.HourlyProfile == nil {
			t.HourlyProfile = slices.Repeat([]float64{1}, 24)
		}
	}
}

func (l *Load) normalise(warmup bool) {
	if l.Stages == nil {
		if l.Duration == 0 {
			l.Duration = Duration(30 * time.Second)
		}
		l.Stages = []Stage{{Rate: l.Rate, Duration: l.Duration}}
	}
	l.Duration = 0
	for i, s := range l.Stages {
		if s.Rate > 0 {
			l.Stages[i].From, l.Stages[i].To = s.Rate, s.Rate
		}
		l.Duration += s.Duration
	}
	if !warmup {
		l.Warmup = min(l.Duration/5, Duration(5*time.Second))
	}
}

func (f *Front) normalise(s *Scenario) {
	if f.Command == nil {
		f.Command = slices.Clone(s.Command)
	}
	if f.Concurrency == 0 {
		f.Concurrency = min(s.Load.Connections, 1000)
	}
	if d := f.Domain; d != nil {
		f.Region = d.Records[0].Region
		if d.Name == "" {
			d.Name = f.ID + ".myapp.com"
		}
		if d.Alias {
			d.TTL = Duration(time.Minute)
		}
	}
	if f.Lab() {
		if f.Viewer == "" && s.Distance != nil {
			f.Viewer = s.Distance.Viewer
		}
		return
	}
	f.deployed()
	f.Command, f.Timeout, f.Concurrency = nil, 0, 0 // the lab's alone
}

// deployed fills in the defaults of a deployed front.
func (f *Front) deployed() {
	f.URL = strings.TrimRight(f.URL, "/")
	if f.Metrics == "" {
		f.Metrics = MetricsCloudWatch
	}
	if f.FunctionRegion == "" && !f.Kind.Edge() {
		f.FunctionRegion = f.Region
	}
	f.Auth = f.Auth.on(f.Kind, f.Region)
}
