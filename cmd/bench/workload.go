package main

import (
	"fmt"
	"math/big"
	"path/filepath"
	"slices"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/pricing/estimate"
	"frontdoor/scenarios"
)

// loadedWorkload is a workload as read, and where it lies.
type loadedWorkload struct {
	*scenarios.Workload
	name string
	dir  string // of the file; recorded runs are found from there

	recordedRun, lab bool // durations were recorded, and some of them in the lab
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

// front is a workload's front in pricing's form, with the inputs that may change the choice.
func (l *loadedWorkload) front(i int, region string) (estimate.Front, []estimate.Variable, error) {
	f := l.Fronts[i]
	path := fmt.Sprintf("fronts[%d]", i)
	w := pricing.Workload{Front: f.ID, Kind: f.Kind, Region: f.Region, MemoryMB: int64(f.Memory), Architecture: f.Architecture, Traffic: trafficOf(f)}
	if region != "" && !f.Kind.CloudFront() {
		w.Region = region
	}
	if f.Kind.CloudFront() {
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
	from := ""
	if f.Duration != nil {
		var err error
		if from, err = l.timing(path, f, &w); err != nil {
			return estimate.Front{}, nil, err
		}
	}
	variables, err := l.variables(path, f)
	out := estimate.Front{Workload: w, Low: int64(f.RequestsPerMonth.Low), High: int64(f.RequestsPerMonth.High), Durations: from}
	return out, variables, err
}

// priced refuses Regions that the book does not know.
func (l *loadedWorkload) priced(book *pricing.Book, i int, w pricing.Workload) error {
	path, function := fmt.Sprintf("fronts[%d]", i), pricing.LambdaRequests
	switch {
	case w.Kind.Edge():
		function = pricing.EdgeRequests
	case w.Kind == front.CloudFrontFunction:
		return nil // its meter is the world's
	}
	if problem, want := unpriced(book, function, w.Region); problem != "" {
		return l.Error(path+".region", problem, want)
	}
	if w.DynamoDB == nil {
		return nil
	}
	if problem, want := unpriced(book, pricing.DynamoDBReadUnits, w.DynamoDB.Region); problem != "" {
		return l.Error(path+".dynamodb.region", problem, want)
	}
	return nil
}

// anyBill refuses a day on which there is nothing to price.
func (l *loadedWorkload) anyBill(book *pricing.Book, e *estimate.Estimate) error {
	var first pricing.Date
	which := 0
	for i, f := range e.Fronts {
		if f.Bill.Unavailable == "" {
			return nil
		}
		if day, _, err := book.Began(f.Bill.Kind); err == nil && (first.IsZero() || day.Before(first)) {
			first, which = day, i
		}
	}
	f := e.Fronts[which]
	return fmt.Errorf("%s: no front has a bill: the first to begin is %q: %s", l.name, f.ID, f.Bill.Unavailable)
}

// trafficOf is the front's month at the expected values.
func trafficOf(f scenarios.WorkloadFront) pricing.Forecast {
	one := pricing.Count(1)
	share := one.Div(exactly(f.RequestsPerConnection.Expected.Rat()))
	life := pricing.Ratio(int64(f.ConnectionLifetime), 1_000_000_000)
	t := pricing.Forecast{
		RequestsPerMonth: int64(f.RequestsPerMonth.Expected), HoursPerMonth: exactly(f.HoursPerMonth.Rat()),
		NewConnectionShare: &share, ConnectionSeconds: &life, RulesPerRequest: int64(f.Rules), RequestBytes: bytesOf(f.RequestSize.Expected), AvailabilityZones: int64(f.AvailabilityZones),
	}
	for _, weight := range f.HourlyProfile {
		t.HourlyProfile = append(t.HourlyProfile, exactly(weight.Rat()))
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

func exactly(r *big.Rat) pricing.Quantity { return pricing.QuantityOf(r) }

func bytesOf(b scenarios.Bytes) *pricing.Quantity {
	q := pricing.Count(int64(b))
	return &q
}
