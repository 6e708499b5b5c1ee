package main

import (
	"math/big"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/scenarios"
)

// variables are the inputs of a front that may change the choice, requests
// apart, each with its unit.
func (l *loadedWorkload) variables(path string, f scenarios.WorkloadFront) ([]estimate.Variable, error) {
	v := variables{front: f.ID, fail: func(field string) error {
		return l.Error(path+"."+field, "the range begins at 0", "low above 0: what is uncertain is spread by factors")
	}}
	v.bytes("request_size", f.RequestSize, func(w *pricing.Workload, q pricing.Quantity) { w.Traffic.RequestBytes = &q })
	v.bytes("response_size", f.ResponseSize, func(w *pricing.Workload, q pricing.Quantity) { w.Traffic.ResponseBytes = &q })
	v.bytes("log_size", f.LogSize, func(w *pricing.Workload, q pricing.Quantity) { w.LogBytes = &q })
	r := f.RequestsPerConnection
	v.add("requests_per_connection", "", r.Low.Rat(), r.Expected.Rat(), r.High.Rat(), false, setConnections)
	if slices.ContainsFunc(f.Events, func(e string) bool { return strings.HasPrefix(e, "origin") }) { // viewer events come hit or miss
		r := f.CacheHitRatio
		v.add("cache_hit_ratio", "", r.Low.Rat(), r.Expected.Rat(), r.High.Rat(), true, func(w *pricing.Workload, q pricing.Quantity) error {
			n, err := pricing.EdgeInvocations(f.Events, q)
			w.Invocations = &n
			return err
		})
	}
	if f.Cold != nil && f.Duration != nil {
		r := f.Cold.Share
		v.add("cold.share", "", r.Low.Rat(), r.Expected.Rat(), r.High.Rat(), true, setColdShare)
	}
	if f.Duration != nil && f.Duration.Constant != nil {
		r := f.Duration.Constant
		v.add("duration", "us", big.NewRat(int64(r.Low), 1000), big.NewRat(int64(r.Expected), 1000), big.NewRat(int64(r.High), 1000), false, setDuration)
	}
	return v.list, v.err
}

// variables collects the inputs of one front; the first wrong one sets err.
type variables struct {
	front string
	fail  func(field string) error
	list  []estimate.Variable
	err   error
}

func (v *variables) add(field, unit string, low, expected, high *big.Rat, share bool, set func(*pricing.Workload, pricing.Quantity) error) {
	if !share && low.Sign() == 0 && low.Cmp(high) != 0 && v.err == nil {
		v.err = v.fail(field)
	}
	name := field
	if unit != "" {
		name += " (" + unit + ")"
	}
	v.list = append(v.list, estimate.Variable{Name: name, Fronts: []string{v.front}, Share: share, Set: set,
		Low: exactly(low), Expected: exactly(expected), High: exactly(high)})
}

func (v *variables) bytes(field string, r *scenarios.Range[scenarios.Bytes], set func(*pricing.Workload, pricing.Quantity)) {
	if r == nil {
		return
	}
	v.add(field, "B", big.NewRat(int64(r.Low), 1), big.NewRat(int64(r.Expected), 1), big.NewRat(int64(r.High), 1), false,
		func(w *pricing.Workload, q pricing.Quantity) error { set(w, q); return nil })
}

func setConnections(w *pricing.Workload, perConnection pricing.Quantity) error {
	share := pricing.Count(1)
	if perConnection.Cmp(share) > 0 {
		share = share.Div(perConnection)
	}
	w.Traffic.NewConnectionShare = &share
	return nil
}

func setColdShare(w *pricing.Workload, share pricing.Quantity) error {
	if d, ok := w.Duration.(pricing.WithCold); ok {
		d.Share = share
		w.Duration = d
	}
	return nil
}

// setDuration sets the warm duration, in microseconds.
func setDuration(w *pricing.Workload, us pricing.Quantity) error {
	w.Duration = pricing.WithWarm(w.Duration, pricing.Constant(max(1, int64(us.Float()+0.5))))
	return nil
}

// joined makes one input of those that fronts share: the same field with the
// same range, as it comes from defaults.
func joined(all []estimate.Variable) []estimate.Variable {
	var out []estimate.Variable
	for _, u := range all {
		i := slices.IndexFunc(out, func(o estimate.Variable) bool {
			return o.Name == u.Name && o.Low.Equal(u.Low) && o.Expected.Equal(u.Expected) && o.High.Equal(u.High)
		})
		if i < 0 {
			out = append(out, u)
			continue
		}
		set, before, id := u.Set, out[i].Set, u.Fronts[0]
		out[i].Fronts = append(out[i].Fronts, id)
		out[i].Set = func(w *pricing.Workload, q pricing.Quantity) error {
			if w.Front == id {
				return set(w, q)
			}
			return before(w, q)
		}
	}
	named := map[string]int{}
	for _, u := range out {
		named[u.Name]++
	}
	for i, u := range out {
		if named[u.Name] > 1 { // one field, several variables
			out[i].Name = u.Name + " of " + strings.Join(u.Fronts, ", ")
		}
	}
	return out
}
