package scenarios

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

func parse(t *testing.T, text string) *Scenario {
	t.Helper()
	s, err := Parse("f.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func with(t *testing.T, old, new string) *Scenario {
	t.Helper()
	return parse(t, mistake{old: old, new: new}.text(t))
}

// TestParseDefaults states every default of a scenario that says as little as it
// can, as package documentation and issue discussions promise them.
func TestParseDefaults(t *testing.T) {
	got := with(t, "rounds: 12\n", "")
	got.decoder = nil
	function := Front{
		Memory: 128, Architecture: "x86_64", Region: "us-east-1",
		Timeout: Duration(3 * time.Second), Concurrency: 64,
	}
	rest, edge := function, function
	rest.ID, rest.Kind = "rest", front.APIGatewayREST
	edge.ID, edge.Kind = "edge", front.EdgeViewerRequest
	ten := Duration(10 * time.Second)
	want := &Scenario{
		Version: 1, Name: "base", Handler: "hello", Rounds: 12, Speed: 1,
		Fronts: []Front{rest, edge},
		Requests: []Request{{
			Weight: 1, Method: "GET", Path: "/",
			Expect: Expect{Expectation: Expectation{Status: 200, Body: Body{Contains: "Hello"}}},
		}},
		Load: Load{
			Rate: 200, Stages: []Stage{{Rate: 200, From: 200, To: 200, Duration: ten}},
			Arrivals: "poisson", Duration: ten, Warmup: Duration(2 * time.Second),
			Timeout: Duration(35 * time.Second), Connections: 64, KeepAlive: true, HTTP: "1.1",
		},
		Traffic: &Traffic{
			RequestsPerMonth: Forecast{15e6, 15e6, 15e6},
			NewConnections:   0.1, ConnectionLifetime: Duration(time.Minute),
			Viewers: map[string]Share{"us": 1}, HTTPS: 1,
			HourlyProfile: slices.Repeat([]float64{1}, 24), HoursPerMonth: 730,
		},
		Pricing: Pricing{FreeTier: "none"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v\n got traffic %+v\nwant traffic %+v", got, want, got.Traffic, want.Traffic)
	}
}

func TestParseQuantities(t *testing.T) {
	s := with(t, "rounds: 12", `  request_size: 6KB
  response_size: 1.5MiB
  new_connections: 12.5%
  viewers: {us: 0.6, eu: 40%}
pricing: {as_of: 2025-06-01, free_tier: always}
seed: 18446744073709551615`)
	if got := *s.Traffic.RequestSize; got != 6000 {
		t.Errorf("6KB is %d", got)
	}
	if got := *s.Traffic.ResponseSize; got != 1572864 {
		t.Errorf("1.5MiB is %d", got)
	}
	if got := s.Traffic.NewConnections; got != 0.125 {
		t.Errorf("12.5%% is %g", got)
	}
	if got := s.Traffic.Viewers; got["us"] != 0.6 || got["eu"] != 0.4 || len(got) != 2 {
		t.Errorf("viewers are %v", got)
	}
	if got := s.Pricing.AsOf.In(time.Now()); !got.Equal(time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("2025-06-01 is %s", got)
	}
	if *s.Seed != 1<<64-1 {
		t.Errorf("seed is %d", *s.Seed)
	}
}

func TestParseRates(t *testing.T) {
	for text, want := range map[string]Rate{"200/s": 200, "90/m": 1.5, "0.5/s": 0.5, "7200/h": 2, "1.25/s": 1.25} {
		if got := with(t, "200/s", text).Load.Rate; got != want {
			t.Errorf("%s is %g/s, want %g", text, got, want)
		}
	}
}

func TestParseCounts(t *testing.T) {
	for text, want := range map[string]Count{"15M": 15e6, "1.5B": 15e8, "250K": 250e3, "250000": 250e3, `"0"`: 0} {
		if got := with(t, "15M", text).Traffic.RequestsPerMonth.Expected; got != want {
			t.Errorf("%s is %d, want %d", text, got, want)
		}
	}
}

func TestDateIn(t *testing.T) {
	now := time.Date(2026, 11, 22, 23, 30, 0, 0, time.FixedZone("", -3600))
	if got, want := (Date{}).In(now), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("today is %s, want %s, the day in UTC", got, want)
	}
}

func TestScenarioFront(t *testing.T) {
	s := parse(t, base)
	if f, ok := s.Front("edge"); !ok || f.Kind != front.EdgeViewerRequest {
		t.Errorf("front edge is %+v, %t", f, ok)
	}
	if f, ok := s.Front("url"); ok {
		t.Errorf("there is a front url, %+v", f)
	}
}

// TestStrings checks that what is printed can be written into a scenario again.
func TestStrings(t *testing.T) {
	s := parse(t, strings.NewReplacer("rounds: 12", "pricing: {as_of: 2025-06-01}\ngates: [\" rate<1% \"]", "contains", "matches", "200/s", "90/m").Replace(base))
	got := []string{s.Load.Rate.String(), s.Load.Duration.String(), s.Pricing.AsOf.String(), Date{}.String(),
		s.Gates[0].String(), s.Requests[0].Expect.Body.Matches.String(), Pattern{}.String()}
	if want := []string{"1.5/s", "10s", "2025-06-01", "today", "rate < 1%", "Hello", ""}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParseRefusesLargeFiles(t *testing.T) {
	_, err := Parse("f.yaml", []byte(base+strings.Repeat("#", maxSize)))
	if want := "want 1 MiB or less"; err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestParseStages(t *testing.T) {
	l := with(t, "rate: 200/s\n  duration: 10s",
		"stages: [{from: 10/s, to: 30/s, duration: 4s}, {rate: 30/s, duration: 1m}]").Load
	if l.Duration != Duration(64*time.Second) || l.Warmup != Duration(5*time.Second) {
		t.Errorf("duration %s and warm-up %s, want 1m4s and 5s", l.Duration, l.Warmup)
	}
	if s := l.Stages[1]; s.From != 30 || s.To != 30 {
		t.Errorf("a steady stage goes from %s to %s", s.From, s.To)
	}
	if got := l.Planned(); got != 4*20+60*30 {
		t.Errorf("planned %g requests, want 1880", got)
	}
}

func TestParseDeployedFront(t *testing.T) {
	f := with(t, "kind: edge-viewer-request", `kind: edge-viewer-request
    url: https://d111111abcdef8.cloudfront.net/
    function: hello
    function_region: eu-central-1
    distribution: EDFDVBD6EXAMPLE`).Fronts[1]
	want := Front{
		ID: "edge", Kind: front.EdgeViewerRequest, Memory: 128, Architecture: "x86_64", Region: "us-east-1",
		Deployed: Deployed{
			URL: "https://d111111abcdef8.cloudfront.net", Metrics: MetricsCloudWatch,
			Function: "hello", FunctionRegion: "eu-central-1", Distribution: "EDFDVBD6EXAMPLE",
		},
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("\n got %+v\nwant %+v", f, want)
	}
}

// TestIdentifiers fails until a new kind of front has said what CloudWatch needs.
func TestIdentifiers(t *testing.T) {
	var f Front
	known := names(f.identifiers())
	for _, k := range front.Kinds() {
		needs := identifiersOf(k)
		if !slices.Contains(needs, "function") {
			t.Errorf("kind %s does not need its function's name", k)
		}
		for _, name := range needs {
			if !slices.Contains(known, name) {
				t.Errorf("kind %s needs %q, which is no field", k, name)
			}
		}
	}
}

// TestAssociationRefusal keeps the words those of the package that has their source.
func TestAssociationRefusal(t *testing.T) {
	err := front.CheckAssociation(front.EdgeViewerRequest, front.FunctionConfig{
		ARN: "arn:aws:lambda:us-east-1:123456789012:function:hello:7", MemoryMB: 128, EnvVars: []string{"TABLE"},
	})
	if err == nil || !strings.Contains(err.Error(), associationRefusal) {
		t.Errorf("CloudFront says %v, this package %q", err, associationRefusal)
	}
}

func TestParseCommands(t *testing.T) {
	s := with(t, "handler: hello", "command: [./bootstrap, -v]")
	if got := s.Fronts[0].Command; !slices.Equal(got, []string{"./bootstrap", "-v"}) {
		t.Errorf("front runs %q", got)
	}
	s = with(t, "kind: apigw-rest", "kind: apigw-rest\n    command: [./other]")
	if got := s.Fronts[0].Command; !slices.Equal(got, []string{"./other"}) || s.Fronts[1].Command != nil {
		t.Errorf("fronts run %q and %q", got, s.Fronts[1].Command)
	}
}

func TestParseWarnings(t *testing.T) {
	if w := parse(t, base).Warnings; len(w) != 0 {
		t.Errorf("unexpected warnings %v", w)
	}
	// 2/2^5 = 0.0625; 36 requests a round, 180 in all.
	s := parse(t, strings.NewReplacer("rounds: 12", "rounds: 5", "200/s", "3.6/s").Replace(base))
	want := []string{
		"f.yaml:14: load.duration: all rounds together plan 180 requests for each front: use 368 or more to bound p99",
		"f.yaml:18: rounds: over 5 rounds no difference can reach the 5 % level, the smallest p is 0.0625: use 6 or more, better 12",
	}
	var got []string
	for _, w := range s.Warnings {
		got = append(got, w.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("warnings\n got %q\nwant %q", got, want)
	}
	if s := with(t, "kind: apigw-rest", "kind: apigw-rest\n    url: http://127.0.0.1:8080\n    metrics: none"); len(s.Warnings) != 1 || s.Warnings[0].Field != "fronts[0].metrics" {
		t.Errorf("a front without metrics has the warnings %v", s.Warnings)
	}
}

// A cache is measured as full as it will be when the warm-up is as long as a session: five
// polls, 500 ms apart, take 2 s, which is the derived warm-up of 10 s too.
func TestPollingOfACacheWarmsUp(t *testing.T) {
	const cached = "kind: edge-viewer-request\n    cloudfront: {cache: {default_ttl: 5s, max_ttl: 5s}}"
	for _, c := range []struct {
		kind, warmup, want string
	}{
		{cached, "", ""},
		{cached, "\n  warmup: 2s", ""},
		{cached, "\n  warmup: 1999ms", "f.yaml:17: load.warmup: 1.999s is less than a session takes, so that first polls of some are missing and later ones find nothing in the cache: use 2s or more"},
		{"kind: edge-viewer-request\n    cloudfront: {cache: {default_ttl: 0s, max_ttl: 0s}}", "\n  warmup: 0s", ""},
		{"kind: edge-viewer-request", "\n  warmup: 0s", ""},
	} {
		s := parse(t, strings.NewReplacer("kind: edge-viewer-request", c.kind, "duration: 10s", "duration: 10s\n  polling: {every: 500ms, times: 5}"+c.warmup).Replace(base))
		got := ""
		for _, w := range s.Warnings {
			got += w.String()
		}
		if got != c.want {
			t.Errorf("%s%s: %q, want %q", c.kind, c.warmup, got, c.want)
		}
	}
}

// Viewers are priced where distance says that they are, unless traffic says it.
func TestViewersZone(t *testing.T) {
	for add, want := range map[string]string{"": "us", "distance: {viewer: ap-northeast-1}\n": "jp", "distance: {viewer: eu-central-1}\n": "eu"} {
		if got := with(t, "rounds: 12\n", "rounds: 12\n"+add); len(got.Traffic.Viewers) != 1 || got.Traffic.Viewers[want] != 1 {
			t.Errorf("%q: %v, want %s", add, got.Traffic.Viewers, want)
		}
	}
	if got := with(t, "expected: 15M\nrounds: 12\n", "expected: 15M\n  viewers: {in: 100%}\nrounds: 12\ndistance: {viewer: eu-west-1}\n"); got.Traffic.Viewers["in"] != 1 || len(got.Traffic.Viewers) != 1 {
		t.Errorf("%v", got.Traffic.Viewers)
	}
}
