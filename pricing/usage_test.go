package pricing

import (
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// measuredOf is two requests of 256 and 768 bytes out, 1,024 bytes in each, on
// one connection; 10 and 20.5 ms of 512 MB; 300 bytes of logs in all.
func measuredOf(k front.Kind) *Measured {
	return &Measured{Front: "f", Kind: k, Region: "us-east-1", FunctionRegion: "us-east-1", MemoryMB: 512, Architecture: "x86_64",
		Requests: 2, NewConnections: 1, Answered: 2, BytesOut: 1024, BytesIn: 2048, Increments: 2, WithReport: 2, LogBytes: 300,
		Reports: []record.Report{{DurationUS: 10_000, InitUS: -1}, {DurationUS: 20_500, InitUS: 3_000}}}
}

func fullForecast() Forecast {
	seconds := Count(60)
	return Forecast{RequestsPerMonth: 1 << 30, ConnectionSeconds: &seconds}
}

func usageOf(t testing.TB, m *Measured, f Forecast, day Date) Usage {
	t.Helper()
	rules, err := shipped(t).Rules(day, InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	u, err := UsageOf(m.Workload(f), rules)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func showItems(items []Item) string {
	var out []string
	for _, i := range items {
		out = append(out, string(i.Meter)+" "+i.Region+" "+i.Quantity.String())
	}
	return strings.Join(out, "\n")
}

// 2^30 requests a month, so that bytes per request are binary GB per month.
// GB-seconds by hand: INIT is billed in 2026, (10 + 24)/2 = 17 ms x 0.5 GB =
// 8.5e-3; not before 2025-08, (10 + 21)/2 = 15.5 ms; at 100 ms, 50e-3.
func TestUsageOfEachFront(t *testing.T) {
	for _, c := range []struct {
		kind front.Kind
		day  string
		want string
	}{
		{front.FunctionURL, "2026-11-22", `lambda.requests us-east-1 1073741824
lambda.gb_seconds.x86 us-east-1 9126805.504
logs.ingested_gb.vended us-east-1 150
egress.internet_gb us-east-1 1024`},
		{front.APIGatewayREST, "2018-01-01", `lambda.requests us-east-1 1073741824
lambda.gb_seconds.x86 us-east-1 53687091.2
logs.ingested_gb.vended us-east-1 150
apigw.rest.requests us-east-1 1073741824
egress.internet_gb us-east-1 1024`},
		{front.APIGatewayHTTP, "2024-07-01", `lambda.requests us-east-1 1073741824
lambda.gb_seconds.x86 us-east-1 8321499.136
logs.ingested_gb.vended us-east-1 150
apigw.http.requests us-east-1 1073741824
egress.internet_gb us-east-1 1024`},
		// Connections bind: 2^30 x 0.5 / 90,000 = 5965.23 LCU-hours, bytes 2^30 x 1,536 / 1e9 / 0.4 = 4123.17.
		{front.ALB, "2026-11-22", `lambda.requests us-east-1 1073741824
lambda.gb_seconds.x86 us-east-1 9126805.504
logs.ingested_gb.vended us-east-1 150
alb.hours us-east-1 730
ipv4.hours us-east-1 1460
alb.lcu_hours us-east-1 5965.2323555556
egress.internet_gb us-east-1 1024`},
		{front.EdgeViewerRequest, "2026-11-22", `edge.requests us-east-1 1073741824
edge.gb_seconds us-east-1 9126805.504
logs.ingested_gb.vended us-east-1 150
cloudfront.requests.https.us global 1073741824
cloudfront.egress_gb.us global 1024`},
	} {
		got := usageOf(t, measuredOf(c.kind), fullForecast(), date(t, c.day))
		if showItems(got.Items) != c.want {
			t.Errorf("%s on %s:\n%s\nwant\n%s", c.kind, c.day, showItems(got.Items), c.want)
		}
		if len(got.Missing) != 0 {
			t.Errorf("%s: missing %v", c.kind, got.Missing)
		}
	}
}

// An origin-request function runs on a cache miss only: 1 invocation for 4
// requests that had a report, 2 requests without one left out.
func TestUsageOfOriginRequestCountsMisses(t *testing.T) {
	m := measuredOf(front.EdgeOriginRequest)
	m.Reports, m.LogBytes, m.WithReport, m.Requests = m.Reports[:1], 128, 4, 6
	m.Coverage.WithoutReport = 2
	u := usageOf(t, m, fullForecast(), NewDate(2026, time.November, 22))
	if got := showItems(u.Items[:3]); got != "edge.requests us-east-1 268435456\nedge.gb_seconds us-east-1 1342177.28\nlogs.ingested_gb.vended us-east-1 32" {
		t.Errorf("items are\n%s", got)
	}
	if len(u.Missing) != 1 || u.Missing[0].Meter != EdgeGBSeconds || !strings.HasPrefix(u.Missing[0].Reason, "2 of 6 measured requests have no REPORT line") {
		t.Errorf("missing are %q", u.Missing)
	}
	m.Reports, m.LogBytes, m.Coverage.WithoutReport = nil, 0, 0 // all from the cache
	u = usageOf(t, m, fullForecast(), NewDate(2026, time.November, 22))
	if got := showItems(u.Items[:3]); got != "edge.requests us-east-1 0\nedge.gb_seconds us-east-1 0\nlogs.ingested_gb.vended us-east-1 0" || len(u.Missing) != 0 {
		t.Errorf("items are\n%s\nmissing %v", got, u.Missing)
	}
}

// What the run did not measure is missing, never zero.
func TestUsageMissingIsNotZero(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  front.Kind
		spoil func(*Measured, *Forecast)
		want  []Meter
	}{
		{"no reports", front.FunctionURL, func(m *Measured, _ *Forecast) { m.Reports, m.WithReport = nil, 0 }, []Meter{LambdaGBSecondsX86, LogsIngestedGB}},
		{"no reports at the origin edge", front.EdgeOriginRequest, func(m *Measured, _ *Forecast) { m.Reports, m.WithReport = nil, 0 }, []Meter{EdgeRequests, EdgeGBSeconds, LogsIngestedGB}},
		{"no memory", front.FunctionURL, func(m *Measured, _ *Forecast) { m.MemoryMB = 0 }, []Meter{LambdaGBSecondsX86}},
		{"no architecture", front.FunctionURL, func(m *Measured, _ *Forecast) { m.Architecture = "" }, []Meter{LambdaGBSecondsX86}},
		{"no log bytes", front.FunctionURL, func(m *Measured, _ *Forecast) { m.LogBytes = 0 }, []Meter{LogsIngestedGB}},
		{"no answers, REST", front.APIGatewayREST, func(m *Measured, _ *Forecast) { m.Answered = 0 }, []Meter{EgressGB}},
		{"no answers, HTTP API", front.APIGatewayHTTP, func(m *Measured, _ *Forecast) { m.Answered = 0 }, []Meter{HTTPRequests, EgressGB}},
		{"no answers, edge", front.EdgeViewerRequest, func(m *Measured, _ *Forecast) { m.Answered = 0 }, []Meter{CloudFrontEgressGB}},
		{"no answers, ALB", front.ALB, func(m *Measured, _ *Forecast) { m.Answered = 0 }, []Meter{ALBLCUHours, EgressGB}},
		{"no connection life", front.ALB, func(_ *Measured, f *Forecast) { f.ConnectionSeconds = nil }, []Meter{ALBLCUHours}},
		{"no requests, ALB", front.ALB, func(m *Measured, _ *Forecast) { m.Requests = 0 }, []Meter{ALBLCUHours, ALBLCUHours}},
		{"no zone", front.EdgeViewerRequest, func(m *Measured, _ *Forecast) { m.FunctionRegion = "mars-1" }, []Meter{CloudFrontHTTPS, CloudFrontEgressGB}},
	} {
		m, f := measuredOf(c.kind), fullForecast()
		c.spoil(m, &f)
		u := usageOf(t, m, f, NewDate(2026, time.November, 22))
		var got []Meter
		for _, gap := range u.Missing {
			got = append(got, gap.Meter)
			if gap.Reason == "" {
				t.Errorf("%s: %s is missing without a reason", c.name, gap.Meter)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: missing are %v, want %v", c.name, got, c.want)
		}
		for _, item := range u.Items {
			if item.Quantity.Sign() == 0 {
				t.Errorf("%s: %s is zero", c.name, item.Meter)
			}
		}
	}
}

func TestUsageFollowsTheForecast(t *testing.T) {
	q := func(n int64) *Quantity { v := Count(n); return &v }
	half, stored := Ratio(1, 2), Count(7)
	f := fullForecast()
	f.RequestBytes, f.ResponseBytes = q(512<<10), q(4096)
	f.LogStoredGBMonths = &stored
	u := usageOf(t, measuredOf(front.APIGatewayHTTP), f, NewDate(2026, time.November, 22))
	// 516 KB are 2 increments; 4,096 bytes x 2^30 are 4,096 GB.
	if got := showItems(u.Items[2:]); got != `logs.ingested_gb.vended us-east-1 150
logs.storage_gb_months us-east-1 7
apigw.http.requests us-east-1 2147483648
egress.internet_gb us-east-1 4096` {
		t.Errorf("items are\n%s", got)
	}
	f = fullForecast()
	f.HTTPSShare = &half
	f.ViewerZones = map[Zone]Quantity{"jp": Ratio(3, 4), "us": Ratio(1, 4)}
	m := measuredOf(front.EdgeViewerRequest)
	m.FunctionRegion = "ap-northeast-1"
	u = usageOf(t, m, f, NewDate(2026, time.November, 22))
	if got := showItems(u.Items); got != `edge.requests ap-northeast-1 1073741824
edge.gb_seconds ap-northeast-1 9126805.504
logs.ingested_gb.vended ap-northeast-1 150
cloudfront.requests.https.us global 134217728
cloudfront.requests.http.us global 134217728
cloudfront.egress_gb.us global 256
cloudfront.requests.https.jp global 402653184
cloudfront.requests.http.jp global 402653184
cloudfront.egress_gb.jp global 768` {
		t.Errorf("items are\n%s", got)
	}
	f = fullForecast()
	f.NewConnectionShare, f.HoursPerMonth = q(1), Count(720)
	u = usageOf(t, measuredOf(front.ALB), f, NewDate(2026, time.November, 22))
	// 2^30 connections / 90,000 per LCU-hour.
	if got := showItems(u.Items[3:6]); got != "alb.hours us-east-1 720\nipv4.hours us-east-1 1440\nalb.lcu_hours us-east-1 11930.4647111111" {
		t.Errorf("items are\n%s", got)
	}
	if u.LCU == nil || u.LCU.Binding[0] != NewConnections {
		t.Errorf("LCU is %+v", u.LCU)
	}
}

func TestForecastRefuses(t *testing.T) {
	minus, two := Count(-1), Count(2)
	rules, err := shipped(t).Rules(NewDate(2026, time.November, 22), InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		spoil func(*Forecast)
		want  string
	}{
		{func(f *Forecast) { f.RequestsPerMonth = -1 }, "-1 requests per month"},
		{func(f *Forecast) { f.HoursPerMonth = minus }, "hours per month is -1"},
		{func(f *Forecast) { f.NewConnectionShare = &two }, "new connection share is 2"},
		{func(f *Forecast) { f.HTTPSShare = &minus }, "https share is -1"},
		{func(f *Forecast) { f.ResponseBytes = &minus }, "response bytes is -1"},
		{func(f *Forecast) { f.RulesPerRequest = -1 }, "-1 rules"},
		{func(f *Forecast) { f.HourlyProfile = make([]Quantity, 23) }, "23 weights"},
		{func(f *Forecast) { f.HourlyProfile = make([]Quantity, 24) }, "all weights are 0"},
		{func(f *Forecast) { f.HourlyProfile = append(make([]Quantity, 23), minus) }, "weight of hour 23 is -1"},
		{func(f *Forecast) { f.ViewerZones = map[Zone]Quantity{"us": Ratio(9, 10)} }, "viewer zones add up to 0.9: want 1"},
		{func(f *Forecast) { f.ViewerZones = map[Zone]Quantity{"mars": Count(1)} }, `unknown viewer zone "mars"`},
	} {
		f := fullForecast()
		c.spoil(&f)
		if _, err := UsageOf(measuredOf(front.ALB).Workload(f), rules); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error is %v, want %s", err, c.want)
		}
	}
	if _, err := UsageOf(measuredOf("backdoor").Workload(fullForecast()), rules); err == nil {
		t.Error("an unknown kind is metered")
	}
	if _, err := UsageOf(measuredOf(front.ALB).Workload(fullForecast()), Rules{}); err == nil {
		t.Error("usage without rules would bill no duration at all, and is taken")
	}
}

// CloudFront Functions have a price per invocation, counted by the lab or one for each
// request, and no duration: $0.10 per million
// (https://aws.amazon.com/cloudfront/pricing/, 2026). A function of Lambda@Edge beside
// one is billed as such: 2^30 requests as above, of which half cause an invocation of
// 17 ms in 0.5 GB, 4.25e-3 GB-seconds a request.
func TestUsageOfCloudFrontFunction(t *testing.T) {
	day := NewDate(2026, time.November, 22)
	const distribution = `cloudfront.requests.https.us global 1073741824
cloudfront.egress_gb.us global 1024`
	alone := measuredOf(front.CloudFrontFunction)
	alone.Reports, alone.LogBytes = nil, 0
	beside := measuredOf(front.CloudFrontFunction)
	beside.WithReport = 4
	rules, err := shipped(t).Rules(day, InitSwitch{})
	if err != nil {
		t.Fatal(err)
	}
	counters := []record.Counter{{Front: "f", Name: "cff.invocations", Region: "global", Value: 3}, {Front: "f", Name: "logs.bytes", Region: "us-east-1", Value: 300}}
	counted := CountedOf(counters, record.Front{ID: "f", Kind: front.CloudFrontFunction}, 2)
	for name, c := range map[string]struct {
		m       *Measured
		counted []Counted
		want    string
	}{
		"nothing counted": {alone, nil, "cff.invocations global 1073741824\n" + distribution},
		"counted":         {alone, counted, distribution + "\ncff.invocations global 1610612736\nlogs.ingested_gb.vended us-east-1 150"},
		"beside Lambda@Edge": {beside, counted, "edge.requests us-east-1 536870912\nedge.gb_seconds us-east-1 4563402.752\n" + distribution +
			"\ncff.invocations global 1610612736\nlogs.ingested_gb.vended us-east-1 150"},
	} {
		w := c.m.Workload(fullForecast())
		w.Counted = c.counted
		u, err := UsageOf(w, rules)
		if err != nil {
			t.Fatal(err)
		}
		if got := showItems(u.Items); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
		if missing := len(u.Missing) > 0; missing != (name == "nothing counted") { // its logs
			t.Errorf("%s: missing %v", name, u.Missing)
		}
	}
}
