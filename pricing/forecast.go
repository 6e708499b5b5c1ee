package pricing

import (
	"fmt"
	"slices"
)

// Forecast is a month of traffic. What is nil is taken from the run, or
// missing when the run cannot know it.
type Forecast struct {
	RequestsPerMonth int64    // 0 is a month in which nobody calls
	HoursPerMonth    Quantity // zero is 730, the hours of AWS's calculator; AWS's page examples use 720

	RequestBytes  *Quantity // line, headers and body, per request
	ResponseBytes *Quantity

	NewConnectionShare *Quantity  // requests that open a connection, 0 to 1
	ConnectionSeconds  *Quantity  // mean life of a connection
	HourlyProfile      []Quantity // 24 weights, hour 0 first; nil is flat
	RulesPerRequest    int64      // listener rules that ALB evaluates; 10 or fewer cost nothing
	AvailabilityZones  int64      // of an ALB, one public address in each; zero is 2, the least

	ViewerZones map[Zone]Quantity // CloudFront: share of requests by price zone, adding up to 1; nil is the zone where the function ran
	HTTPSShare  *Quantity         // CloudFront: 0 to 1; nil is 1

	LogStoredGBMonths *Quantity // logs kept, as stored (compressed), in the steady state; nil leaves storage out
}

// check refuses a forecast that no month can have.
func (f Forecast) check() error {
	if f.RequestsPerMonth < 0 {
		return fmt.Errorf("forecast: %d requests per month: want 0 or more", f.RequestsPerMonth)
	}
	if f.RulesPerRequest < 0 {
		return fmt.Errorf("forecast: %d rules per request: want 0 or more", f.RulesPerRequest)
	}
	if f.AvailabilityZones != 0 && f.AvailabilityZones < 2 {
		return fmt.Errorf("forecast: %d availability zones: want 2 or more", f.AvailabilityZones)
	}
	for _, q := range []struct {
		name  string
		value *Quantity
		share bool
	}{
		{"hours per month", &f.HoursPerMonth, false},
		{"request bytes", f.RequestBytes, false},
		{"response bytes", f.ResponseBytes, false},
		{"new connection share", f.NewConnectionShare, true},
		{"connection seconds", f.ConnectionSeconds, false},
		{"https share", f.HTTPSShare, true},
		{"log storage", f.LogStoredGBMonths, false},
	} {
		if q.value == nil {
			continue
		}
		if q.value.Sign() < 0 || q.share && q.value.Cmp(Count(1)) > 0 {
			return fmt.Errorf("forecast: %s is %s", q.name, q.value)
		}
	}
	if err := f.checkProfile(); err != nil {
		return err
	}
	return f.checkZones()
}

func (f Forecast) checkProfile() error {
	if f.HourlyProfile == nil {
		return nil
	}
	if len(f.HourlyProfile) != 24 {
		return fmt.Errorf("forecast: hourly profile has %d weights: want 24", len(f.HourlyProfile))
	}
	var sum Quantity
	for hour, w := range f.HourlyProfile {
		if w.Sign() < 0 {
			return fmt.Errorf("forecast: hourly profile: weight of hour %d is %s", hour, w)
		}
		sum = sum.Add(w)
	}
	if sum.Sign() == 0 {
		return fmt.Errorf("forecast: hourly profile: all weights are 0")
	}
	return nil
}

func (f Forecast) checkZones() error {
	if f.ViewerZones == nil {
		return nil
	}
	var sum Quantity
	for zone, share := range f.ViewerZones {
		if !slices.Contains(Zones(), zone) {
			return fmt.Errorf("forecast: unknown viewer zone %q: want one of %v", zone, Zones())
		}
		if share.Sign() < 0 {
			return fmt.Errorf("forecast: share of viewer zone %q is %s", zone, share)
		}
		sum = sum.Add(share)
	}
	if !sum.Equal(Count(1)) {
		return fmt.Errorf("forecast: viewer zones add up to %s: want 1", sum)
	}
	return nil
}

// hours is HoursPerMonth with its default.
func (f Forecast) hours() Quantity {
	if f.HoursPerMonth.Sign() == 0 {
		return Count(730)
	}
	return f.HoursPerMonth
}

// zones is AvailabilityZones with its default.
func (f Forecast) zones() int64 { return max(2, f.AvailabilityZones) }

// profile is the share of a day's requests in each hour.
func (f Forecast) profile() [24]Quantity {
	var shares [24]Quantity
	var sum Quantity
	for _, w := range f.HourlyProfile {
		sum = sum.Add(w)
	}
	for hour := range shares {
		shares[hour] = Ratio(1, 24)
		if f.HourlyProfile != nil {
			shares[hour] = f.HourlyProfile[hour].Div(sum)
		}
	}
	return shares
}
