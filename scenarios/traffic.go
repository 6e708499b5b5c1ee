package scenarios

// Traffic is the forecast that a month is priced for.
type Traffic struct {
	RequestsPerMonth   Forecast
	RequestSize        *Bytes // nil: as measured
	ResponseSize       *Bytes // nil: as measured
	NewConnections     Share
	ConnectionLifetime Duration
	Viewers            map[string]Share // CloudFront's zone -> share of requests
	HTTPS              Share
	HourlyProfile      []float64 // 24 weights, UTC
	HoursPerMonth      float64
}

func (t *Traffic) fields() []field {
	return []field{
		{name: "requests_per_month", into: &t.RequestsPerMonth, required: true,
			doc:      "How many requests a month brings. With expected: 0 alone it is a month in which nobody calls.",
			examples: []string{`{"low": "7M", "expected": "15M", "high": "32M"}`}},
		{name: "request_size", into: &t.RequestSize, derived: "as measured", max: "20MB",
			doc: "Bytes of a request, with its headers."},
		{name: "response_size", into: &t.ResponseSize, derived: "as measured", max: "20MB",
			doc: "Bytes of an answer, with its headers."},
		{name: "new_connections", into: &t.NewConnections, def: "10%",
			doc: "The share of requests that open a connection of their own; load balancers bill connections. The default, ten requests to a connection, is an assumption."},
		{name: "connection_lifetime", into: &t.ConnectionLifetime, def: "60s", min: "1s", max: "24h",
			doc: "How long a connection stays open; load balancers bill open connections. The default is the idle timeout of a new Application Load Balancer."},
		{name: "viewers", into: &t.Viewers, derived: "all in us, or in the zone of distance.viewer", least: 1, keyEnum: zones(),
			doc:      "Where viewers are, by CloudFront's price zones: us United States, ca Canada, eu Europe, jp Japan, ap Asia Pacific, au Australia, in India, za South Africa, me Middle East, sa South America. The shares add up to 1.",
			examples: []string{`{"us": "60%", "eu": "40%"}`}},
		{name: "https", into: &t.HTTPS, def: "100%",
			doc: "The share of requests over HTTPS, which CloudFront prices apart."},
		{name: "hourly_profile", into: &t.HourlyProfile, derived: "the same in each hour", least: 24, most: 24, min: "0", max: "1000000",
			doc: "24 weights, one for each hour of a day (UTC): load balancers bill the busiest dimension hour by hour."},
		{name: "hours_per_month", into: &t.HoursPerMonth, def: "730", min: "1", max: "744",
			doc: "Hours in the month that is priced; 730 is a twelfth of a year."},
	}
}

func zones() []string {
	return []string{"us", "ca", "eu", "jp", "ap", "au", "in", "za", "me", "sa"}
}

// Forecast is a number with the range in which it is expected to lie.
type Forecast struct {
	Low, Expected, High Count
}

func (f *Forecast) fields() []field {
	return []field{
		{name: "low", into: &f.Low, derived: "expected",
			doc: "One month in ten is expected to bring less."},
		{name: "expected", into: &f.Expected, required: true,
			doc: "As likely more as less."},
		{name: "high", into: &f.High, derived: "expected",
			doc: "One month in ten is expected to bring more."},
	}
}

// DefaultTraffic is the forecast of a scenario that gives nothing but a number of
// requests: every other field at its default.
func DefaultTraffic() *Traffic {
	const text = "version: 1\nname: d\nhandler: d\nfronts: [{id: d, kind: alb}]\nrequests: [{method: GET, expect: {body: any}}]\n" +
		"load: {rate: 1/s}\ntraffic: {requests_per_month: {expected: 1M}}\n"
	s, err := Parse("default", []byte(text)) // the defaults stay in one place, the definitions
	if err != nil {
		panic(err) // a test reads it
	}
	return s.Traffic
}
