package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// durationsOf is what a workload says of a front's durations, in pricing's form.
// Errors are the workload's, with their place in the file.
func (l *loadedWorkload) durationsOf(path string, t scenarios.Timing) (pricing.Durations, error) {
	if t.Constant != nil {
		n, err := l.microseconds(path, t.Constant.Expected)
		return pricing.Constant(n), err
	}
	if t.Summary != nil {
		return l.summaryOf(path, *t.Summary)
	}
	if t.Uniform != nil {
		low, errLow := l.microseconds(path+".uniform.low", t.Uniform.Low)
		high, errHigh := l.microseconds(path+".uniform.high", t.Uniform.High)
		return pricing.Uniform{LowUS: low, HighUS: high}, cmp.Or(errLow, errHigh)
	}
	switch {
	case t.Buckets != nil:
		return l.bucketsOf(path, t.Buckets)
	case t.Mixture != nil:
		return l.mixtureOf(path, t.Mixture)
	}
	d, err := modelOf(t)
	if err != nil {
		return nil, l.Error(path, err.Error(), "")
	}
	return d, nil
}

// microseconds is a duration that REPORT lines could have.
func (l *loadedWorkload) microseconds(path string, d scenarios.Duration) (int64, error) {
	if d%1000 != 0 {
		return 0, l.Error(path, fmt.Sprintf("%s is finer than a microsecond", time.Duration(d)), "whole microseconds")
	}
	return int64(d / 1000), nil
}

// modelOf is a smooth distribution.
func modelOf(t scenarios.Timing) (pricing.Distribution, error) {
	us := func(d scenarios.Duration) float64 { return float64(d) / 1000 }
	switch {
	case t.Lognormal != nil:
		cv, _ := t.Lognormal.CV.Rat().Float64()
		return pricing.Lognormal(us(t.Lognormal.Mean), cv)
	case t.Exponential != nil:
		return pricing.Exponential(us(t.Exponential.Mean))
	case t.Normal != nil:
		return pricing.Normal(us(t.Normal.Mean), us(t.Normal.SD))
	}
	return pricing.Distribution{}, fmt.Errorf("no form of a duration is given")
}

// summaryOf keeps nanoseconds: bounds are exact fractions.
func (l *loadedWorkload) summaryOf(path string, s scenarios.Summary) (pricing.Durations, error) {
	us := func(d *scenarios.Duration) *pricing.Quantity {
		if d == nil {
			return nil
		}
		q := pricing.Ratio(int64(*d), 1000)
		return &q
	}
	out := pricing.Summary{MeanUS: us(s.Mean), MinUS: us(s.Min), MaxUS: us(s.Max)}
	for _, p := range s.Percentiles() {
		out.Percentiles = append(out.Percentiles, pricing.Percentile{P: pricing.Ratio(int64(p.PerMille), 10), US: *us(&p.Duration)})
	}
	if _, err := out.BilledMS(anyRule()); err != nil {
		return nil, l.Error(path, err.Error(), "")
	}
	return out, nil
}

// anyRule finds what is wrong with durations before the day's rule is known.
func anyRule() pricing.Billing {
	return pricing.Billing{Granularity: pricing.Rule{Value: 1}, Init: pricing.Rule{Value: 1}}
}

func (l *loadedWorkload) bucketsOf(path string, buckets []scenarios.Bucket) (pricing.Durations, error) {
	out := pricing.Buckets{EdgesUS: []int64{0}}
	for _, b := range buckets {
		edge, err := l.microseconds(path+".buckets", b.UpTo)
		if err != nil {
			return nil, err
		}
		out.EdgesUS, out.Counts = append(out.EdgesUS, edge), append(out.Counts, int64(b.Count))
	}
	if _, err := out.BilledMS(anyRule()); err != nil {
		return nil, l.Error(path, err.Error(), "")
	}
	return out, nil
}

func (l *loadedWorkload) mixtureOf(path string, components []scenarios.Component) (pricing.Durations, error) {
	var out pricing.Mixture
	for i, c := range components {
		of, err := l.durationsOf(fmt.Sprintf("%s.mixture[%d].duration", path, i), c.Duration)
		if err != nil {
			return nil, err
		}
		out = append(out, pricing.Component{Share: pricing.QuantityOf(c.Share.Rat()), Of: of})
	}
	return out, nil
}

// timing sets a front's durations and says where they are from, "" when the
// workload gives them.
func (l *loadedWorkload) timing(path string, f scenarios.WorkloadFront, w *pricing.Workload) (from string, err error) {
	t := *f.Duration
	if t.Run != nil {
		if f.Cold != nil {
			return "", l.Error(path+".cold", "the recorded run has its own cold starts", "a run without cold, or another form of duration")
		}
		return l.recorded(path+".duration", *t.Run, w)
	}
	if w.Duration, err = l.durationsOf(path+".duration", t); err != nil {
		return "", err
	}
	if f.Cold != nil {
		init, err := l.microseconds(path+".cold.init", f.Cold.Init)
		if err != nil {
			return "", err
		}
		w.Duration = pricing.WithCold{Warm: w.Duration, Share: exactly(f.Cold.Share.Expected.Rat()), InitUS: init}
	}
	return model(t), nil
}

// model names the shape of durations that nobody saw.
func model(t scenarios.Timing) string {
	for _, m := range []struct {
		used bool
		name string
	}{{t.Lognormal != nil, "a lognormal distribution"}, {t.Exponential != nil, "an exponential distribution"}, {t.Normal != nil, "a normal distribution"},
		{t.Uniform != nil, "a uniform distribution"}, {t.Mixture != nil, "a mixture"}} {
		if m.used {
			return "modelled as " + m.name
		}
	}
	return ""
}

// recorded takes the REPORT lines of a front of a run, those of the rounds that
// count; the folder is found from where the workload lies.
func (l *loadedWorkload) recorded(path string, run scenarios.RecordedRun, w *pricing.Workload) (from string, err error) {
	dir := run.Path
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(l.dir, dir)
	}
	rec, err := record.Open(dir)
	if err != nil {
		return "", l.Error(path+".run", err.Error(), "the folder of a run")
	}
	i := slices.IndexFunc(rec.Fronts, func(f record.Front) bool { return f.ID == run.Front })
	if i < 0 {
		var ids []string
		for _, f := range rec.Fronts {
			ids = append(ids, f.ID)
		}
		return "", l.Error(path+".front", fmt.Sprintf("the run %q has no front %q", rec.ID, run.Front), fmt.Sprintf("one of %v", ids))
	}
	m, spoiled := measuredOf(rec, rec.Fronts[i])
	if len(m.Reports) == 0 {
		return "", l.Error(path+".run", fmt.Sprintf("no measured request of front %q in run %q has a REPORT line", run.Front, rec.ID), "a run with REPORT lines")
	}
	measured := m.Workload(w.Traffic)
	w.Duration, w.Missing = measured.Duration, measured.Missing
	l.recordedRun, l.lab = true, l.lab || rec.Source == record.SourceLab
	from = fmt.Sprintf("recorded in run %s", rec.ID)
	if rec.Source == record.SourceLab {
		from += " in the LAB (loopback), not on AWS"
	}
	if spoiled {
		from += "; its trials were spoiled by the generator, and all of them are taken"
	}
	if w.MemoryMB != m.MemoryMB || w.Architecture != m.Architecture {
		from += fmt.Sprintf("; there with %d MB and %s, priced as if %d MB and %s took as long", m.MemoryMB, m.Architecture, w.MemoryMB, w.Architecture)
	}
	return from, nil
}

// measuredOf is what the trials of a front say that count, or all that were
// done when none counts: what spoils latencies need not spoil durations.
func measuredOf(rec *record.Recording, f record.Front) (m pricing.Measured, spoiled bool) {
	for _, spoiled := range []bool{false, true} {
		var hits []record.Hit
		var reports []record.Report
		for _, trial := range rec.Of(f.ID) {
			if trial.State == record.Done && (spoiled || len(trial.Invalid) == 0) {
				hits, reports = append(hits, trial.Hits...), append(reports, trial.Reports...)
			}
		}
		if len(hits)+len(reports) > 0 { // an imported front may have reports alone
			return pricing.Measure(f, hits, reports), spoiled
		}
	}
	return pricing.Measure(f, nil, nil), true
}
