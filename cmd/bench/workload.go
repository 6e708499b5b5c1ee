package main

import (
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/scenarios"
)

// loadedWorkload is a workload as read, and where it lies.
type loadedWorkload struct {
	*scenarios.Workload
	name string
	dir  string // of the file; recorded runs are found from there
}

func loadWorkload(nameOrPath string) (*loadedWorkload, error) {
	name, data, err := scenarios.OpenWorkload(nameOrPath)
	if err != nil {
		return nil, usage(err)
	}
	w, err := scenarios.ParseWorkload(name, data)
	if err != nil {
		return nil, usage(err)
	}
	return &loadedWorkload{Workload: w, name: name, dir: filepath.Dir(name)}, nil
}

// items are amounts as usage of an account. Region replaces the file's own, "" does not.
func (l *loadedWorkload) items(book *pricing.Book, amounts []scenarios.Amount, region string, day pricing.Date) ([]pricing.Item, error) {
	if region == "" {
		region = l.Region
	}
	var items []pricing.Item
	for _, a := range amounts {
		item := pricing.Item{Meter: pricing.Meter(a.Meter), Region: a.Region, Quantity: pricing.QuantityOf(a.Quantity.Rat())}
		if item.Region == "" {
			item.Region = region
			if slices.Equal(book.Regions(item.Meter), []string{pricing.Global}) {
				item.Region = pricing.Global
			}
		}
		if _, err := book.Rates(item.Meter, item.Region, day); err != nil {
			return nil, l.Error(a.Path, err.Error(), "")
		}
		items = append(items, item)
	}
	return items, nil
}

// front is a workload's front in pricing's form, with the inputs that are ranges.
func (l *loadedWorkload) front(i int, region string) (estimate.Front, []estimate.Uncertain, error) {
	f := l.Fronts[i]
	path := fmt.Sprintf("fronts[%d]", i)
	w := pricing.Workload{Front: f.ID, Kind: f.Kind, Region: f.Region, MemoryMB: int64(f.Memory), Architecture: f.Architecture, Traffic: trafficOf(f)}
	if region != "" && !f.Kind.Edge() {
		w.Region = region
	}
	if f.Kind.Edge() {
		n, err := pricing.EdgeInvocations(f.Events, exactly(f.CacheHitRatio.Expected.Rat()))
		if err != nil {
			return estimate.Front{}, nil, l.Error(path+".events", err.Error(), "")
		}
		w.Invocations = &n
		w.Traffic.ViewerZones = map[pricing.Zone]pricing.Quantity{}
		for zone, share := range f.Viewers {
			w.Traffic.ViewerZones[pricing.Zone(zone)] = exactly(share.Rat())
		}
		https := exactly(f.HTTPS.Rat())
		w.Traffic.HTTPSShare = &https
	}
	if f.LogSize != nil {
		w.LogBytes = bytesOf(f.LogSize.Expected)
	} else {
		w.NoLogs = "log_size is not given"
	}
	if d := f.DynamoDB; d != nil {
		w.DynamoDB = &pricing.DynamoDB{Region: d.Region, Reads: exactly(d.Reads.Rat()), Writes: exactly(d.Writes.Rat()), ReplicatedWrites: exactly(d.ReplicatedWrites.Rat())}
		if region != "" && d.Region == f.Region {
			w.DynamoDB.Region = w.Region
		}
	}
	if f.Duration != nil {
		durations, err := l.durationsOf(path+".duration", *f.Duration)
		if err != nil {
			return estimate.Front{}, nil, err
		}
		w.Duration = durations
		if f.Cold != nil {
			init, err := l.microseconds(path+".cold.init", f.Cold.Init)
			if err != nil {
				return estimate.Front{}, nil, err
			}
			w.Duration = pricing.WithCold{Warm: durations, Share: exactly(f.Cold.Share.Expected.Rat()), InitUS: init}
		}
	}
	ranges, err := l.ranges(path, f)
	out := estimate.Front{Workload: w, Low: int64(f.RequestsPerMonth.Low), High: int64(f.RequestsPerMonth.High)}
	return out, ranges, err
}

// trafficOf is the front's month at the expected values.
func trafficOf(f scenarios.WorkloadFront) pricing.Forecast {
	one := pricing.Count(1)
	share := one.Div(exactly(f.RequestsPerConnection.Expected.Rat()))
	life := pricing.Ratio(int64(f.ConnectionLifetime), 1_000_000_000)
	t := pricing.Forecast{
		RequestsPerMonth: int64(f.RequestsPerMonth.Expected), HoursPerMonth: exactly(f.HoursPerMonth.Rat()),
		NewConnectionShare: &share, ConnectionSeconds: &life, RulesPerRequest: int64(f.Rules), AvailabilityZones: int64(f.AvailabilityZones),
	}
	for _, weight := range f.HourlyProfile {
		t.HourlyProfile = append(t.HourlyProfile, exactly(weight.Rat()))
	}
	if f.RequestSize != nil {
		t.RequestBytes = bytesOf(f.RequestSize.Expected)
	}
	if f.ResponseSize != nil {
		t.ResponseBytes = bytesOf(f.ResponseSize.Expected)
	}
	if f.LogKeptGBMonths != nil {
		kept := exactly(f.LogKeptGBMonths.Rat())
		t.LogStoredGBMonths = &kept
	}
	return t
}

// ranges are the inputs of a front that are uncertain, requests apart.
func (l *loadedWorkload) ranges(path string, f scenarios.WorkloadFront) ([]estimate.Uncertain, error) {
	var ranges []estimate.Uncertain
	add := func(name string, low, expected, high *big.Rat, share bool, set func(*pricing.Workload, pricing.Quantity) error) error {
		if low.Cmp(high) == 0 {
			return nil
		}
		if !share && low.Sign() == 0 {
			return l.Error(path+"."+name, "the range begins at 0", "low above 0: what is uncertain is spread by factors")
		}
		ranges = append(ranges, estimate.Uncertain{Name: name, Fronts: []string{f.ID}, Share: share, Set: set,
			Low: exactly(low), Expected: exactly(expected), High: exactly(high)})
		return nil
	}
	bytes := func(name string, r *scenarios.Range[scenarios.Bytes], set func(*pricing.Workload, pricing.Quantity)) error {
		if r == nil {
			return nil
		}
		return add(name, big.NewRat(int64(r.Low), 1), big.NewRat(int64(r.Expected), 1), big.NewRat(int64(r.High), 1), false,
			func(w *pricing.Workload, q pricing.Quantity) error { set(w, q); return nil })
	}
	err := first(
		bytes("request_size", f.RequestSize, func(w *pricing.Workload, q pricing.Quantity) { w.Traffic.RequestBytes = &q }),
		bytes("response_size", f.ResponseSize, func(w *pricing.Workload, q pricing.Quantity) { w.Traffic.ResponseBytes = &q }),
		bytes("log_size", f.LogSize, func(w *pricing.Workload, q pricing.Quantity) { w.LogBytes = &q }),
		add("requests_per_connection", f.RequestsPerConnection.Low.Rat(), f.RequestsPerConnection.Expected.Rat(), f.RequestsPerConnection.High.Rat(), false, setConnections),
	)
	if f.Kind.Edge() {
		r := f.CacheHitRatio
		err = first(err, add("cache_hit_ratio", r.Low.Rat(), r.Expected.Rat(), r.High.Rat(), true, func(w *pricing.Workload, q pricing.Quantity) error {
			n, err := pricing.EdgeInvocations(f.Events, q)
			w.Invocations = &n
			return err
		}))
	}
	if f.Cold != nil && f.Duration != nil {
		r := f.Cold.Share
		err = first(err, add("cold.share", r.Low.Rat(), r.Expected.Rat(), r.High.Rat(), true, setColdShare))
	}
	if f.Duration != nil && f.Duration.Constant != nil {
		r := f.Duration.Constant
		err = first(err, add("duration", big.NewRat(int64(r.Low), 1000), big.NewRat(int64(r.Expected), 1000), big.NewRat(int64(r.High), 1000), false, setDuration))
	}
	return ranges, err
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
func joined(ranges []estimate.Uncertain) []estimate.Uncertain {
	var out []estimate.Uncertain
	for _, u := range ranges {
		i := slices.IndexFunc(out, func(o estimate.Uncertain) bool {
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
		if named[u.Name] > 1 { // one field, several ranges
			out[i].Name = u.Name + " of " + strings.Join(u.Fronts, ", ")
		}
	}
	return out
}

func exactly(r *big.Rat) pricing.Quantity { return pricing.QuantityOf(r) }

func bytesOf(b scenarios.Bytes) *pricing.Quantity {
	q := pricing.Count(int64(b))
	return &q
}
