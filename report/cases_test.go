package report

import (
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
)

// golden is a report with files in testdata.
type golden struct {
	name   string
	report func(testing.TB) *Report
}

func goldens() []golden {
	return []golden{
		{"three-fronts", threeFronts}, {"interrupted", interrupted}, {"as-of-2018", asOf2018}, {"no-reports", noReports},
	}
}

// made keeps reports for tests that only read them: one takes half a second to
// make under the race detector.
var made = map[string]*Report{}

func (g golden) made(t testing.TB) *Report {
	t.Helper()
	if made[g.name] == nil {
		made[g.name] = g.report(t)
	}
	return made[g.name]
}

// steady is n requests after two warm-ups: response times as listed, over and
// over, and one Duration.
func steady(n int, us int64, ms ...float64) []one {
	requests := []one{{ms: 300, us: us, warmup: true}, {ms: 90, us: us, warmup: true}}
	for i := range n {
		requests = append(requests, one{ms: ms[i%len(ms)], us: us})
	}
	return requests
}

// threeFronts is the whole of a good run: 6 rounds of 2 warm-ups and 10
// measured requests at each of three fronts.
//
// rest, 1 GB. Response times of each round: 40 60 42 58 44 56 46 54 48 52. The
// first of round 1 is a cold start (540 ms), the last of rounds 2 and 3 fail, so
// that 57 are left: 40 five times, 52 four times, the others six times each.
//
//	p50: rank 29 of 57; 5+6+6+6+6 = 29 end with 48           48 ms
//	p90: rank 52 of 57; 51 are below 60                      60 ms
//	p99: 57 requests cannot bear it (368 wanted)             too few
//	billed, INIT left out: 12.3 ms are 13, 50 and 100 ms     13  50  100
//	billed with INIT: 59 x 13 + (12.3+420.2 -> 433) = 1200 over 60 = 20 ms
//	10M a month: Lambda 10M x 0.0000002                      2
//	  10M x 0.020 s x 1 GB = 200,000 GB-s x 0.0000166667     3.33334
//	  logs 10M x 1 KiB = 9.5367431640625 GB x 0.5            4.76837158203125
//	  REST 10M x 0.0000035                                  35
//	  egress 10M x 2 KiB = 19.073486328125 GB x 0.09         1.71661376953125
//	                                                        46.8183253515625
//	5M and 20M: half and twice of it                        23.409...  93.636...
//
// alb, 512 MB, arm64. 30 and 34 ms in turn: p50 30, p90 34, in every round the
// same, so that the intervals have no width. 60 ms are billed as 60, 100, 100.
//
//	10M a month: Lambda                                      2
//	  10M x 0.060 s x 0.5 GB = 300,000 GB-s x 0.0000133334   4.00002
//	  logs, egress: as above                                 6.4849853515625
//	  730 hours x 0.0225                                    16.425
//	  2 addresses x 730 hours x 0.005                        7.3
//	  LCU: 10M x 2560 bytes = 25.6 GB / 0.4 = 64 x 0.008     0.512
//	  (new connections: 10M x 0.1 / 3600 / 25 = 11 LCU-hours are less)
//	                                                        36.7220053515625
//	5M and 20M: 23.725 of it are fixed                      30.223...  49.719...
//
// edge, 128 MB, does not say whether a start was cold. 10 and 20 ms in turn, and
// 0.1 ms more in each round: p50 is the largest of the 30 small ones, 10.6. Of
// p90 (20.5) only round 6 is above, and 60 such requests are not worth 36.
//
//	10M a month: Lambda@Edge 10M x 0.0000006                 6
//	  3.2 ms -> 4 ms: 10M x 0.004 s x 1/8 GB x 0.00005001    0.25005
//	  logs                                                   4.76837158203125
//	  CloudFront 10M x 0.000001                             10
//	  egress 19.073486328125 GB x 0.085                      1.621246337890625
//	                                                        22.639667919921875
func threeFronts(t testing.TB) *Report {
	rest := doorOf("rest", front.APIGatewayREST, 1024, "x86_64")
	alb := doorOf("alb", front.ALB, 512, "arm64")
	edge := doorOf("edge", front.EdgeViewerRequest, 128, "x86_64")
	rec := newRecorder(t, record.SourceLab, 6, rest, alb, edge)
	for round := 1; round <= 6; round++ {
		first := steady(10, 12_300, 40, 60, 42, 58, 44, 56, 46, 54, 48, 52)
		switch round {
		case 1:
			first[2] = one{ms: 540, us: 12_300, cold: true, initUS: 420_200}
		case 2:
			first[11].failed = "status 502"
		case 3:
			first[11].failed = "body"
		}
		rec.trial(rest, round, nil, first)
		rec.trial(alb, round, nil, steady(10, 60_000, 30, 34))
		more := 0.1 * float64(round)
		last := steady(10, 3_200, 10+more, 20+more)
		for i := range last {
			last[i].mute = true
		}
		rec.trial(edge, round, nil, last)
	}
	check(t, rec.w.WriteMeters(record.Meters{Fronts: []record.FrontMeters{
		metersOf("rest", 72, new(12.3), new(12.3)), metersOf("alb", 72, new(60.0), new(60.0)), metersOf("edge", 72, new(3.2), new(3.2)),
	}}))
	in := input(t, rec.recording(""))
	in.Choices.Eras = true // the edge in 2020: 10M x 50 ms x 1/8 GB x 0.00005001 = 3.125625 in place of 0.25005
	return reportOf(t, in)
}

// interrupted is a run of 4 rounds that ended in the third: round 2 of url is
// invalid and visited again, round 2 of http is disturbed, round 3 was stopped at http and
// lost at url. Two rounds count at each front, so that there are no intervals;
// the 500 ms of the invalid trial and the 700 ms of the stopped one are in no
// figure. No forecast: 1M requests a month are assumed.
//
//	http: 20 and 22 ms in turn, 20 requests: p50 is the 10th, 20 ms
//	url:  24 and 26 ms, 24 ms
//	8.0 ms are billed as 8, 50 and 100 ms; 256 MB, arm64
//	1M a month: Lambda 1M x 0.0000002                        0.2
//	  1M x 0.008 s x 0.25 GB = 2000 GB-s x 0.0000133334      0.0266668
//	  logs 0.95367431640625 GB x 0.5                         0.476837158203125
//	  egress 1.9073486328125 GB x 0.09                       0.171661376953125
//	url                                                      0.87516533515625
//	http: and 1M x 0.000001                                  1.87516533515625
func interrupted(t testing.TB) *Report {
	http := doorOf("http", front.APIGatewayHTTP, 256, "arm64")
	url := doorOf("url", front.FunctionURL, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 4, http, url)
	rec.trial(http, 1, nil, steady(10, 8_000, 20, 22))
	rec.trial(url, 1, nil, steady(10, 8_000, 24, 26))
	rec.trial(url, 2, func(trial *record.Trial) {
		trial.Invalid = []string{"late p99 12.0 ms: over 5 ms", "starved 31 % of the time"}
	}, steady(10, 90_000, 500))
	rec.trial(http, 2, func(trial *record.Trial) { trial.Disturbed = []string{"late p99 2.1 ms: over 1 ms"} }, steady(10, 8_000, 20, 22))
	rec.trial(url, 2, func(trial *record.Trial) { trial.Attempt = 2 }, steady(10, 8_000, 24, 26))
	rec.trial(http, 3, func(trial *record.Trial) { trial.State = record.Interrupted }, steady(4, 90_000, 700))
	check(t, rec.w.Begin(rec.plan("url", 3, 1), at(3)))
	rec.plan("url", 4, 1)
	rec.plan("http", 4, 1)
	in := input(t, rec.recording("interrupt"))
	in.Traffic = Traffic{Low: 1_000_000, Expected: 1_000_000, High: 1_000_000, Assumed: true}
	in.Warnings = []string{`load.duration: 10 requests in a round are few: p99 needs 368`}
	return reportOf(t, in)
}

// asOf2018 prices a run under 2018-01-01 with the free tier of every account:
// 100 ms for Lambda, 50 ms at the edge, INIT free, and two fronts that did not
// exist. 10M requests a month, 1 GB (edge 128 MB).
//
//	                                    list               net
//	rest: Lambda 10M, 1M free           2                  1.8
//	  100 ms: 1M GB-s, 400,000 free    16.6667            10.00002
//	  logs, 5 GB free                   4.76837158203125   2.26837158203125
//	  REST                             35                 35
//	  egress, 1 GB free                 1.71661376953125   1.62661376953125
//	                                   60.1516853515625   50.6950053515625
//	edge: requests, none free           6                  6
//	  50 ms: 62,500 GB-s                3.125625           3.125625
//	  logs, 5 GB free                   4.76837158203125   2.26837158203125
//	  CloudFront, no free tier yet     10                 10
//	  egress                            1.621246337890625  1.621246337890625
//	                                   25.515242919921875 23.015242919921875
func asOf2018(t testing.TB) *Report {
	rest := doorOf("rest", front.APIGatewayREST, 1024, "x86_64")
	http := doorOf("http", front.APIGatewayHTTP, 1024, "x86_64")
	url := doorOf("url", front.FunctionURL, 1024, "x86_64")
	edge := doorOf("edge", front.EdgeViewerRequest, 128, "x86_64")
	rec := newRecorder(t, record.SourceLab, 6, rest, http, url, edge)
	for round := 1; round <= 6; round++ {
		for _, f := range []record.Front{rest, http, url} {
			rec.trial(f, round, nil, steady(10, 12_300, 30, 34))
		}
		rec.trial(edge, round, nil, steady(10, 3_200, 10, 20))
	}
	check(t, rec.w.WriteMeters(record.Meters{}))
	in := input(t, rec.recording(""))
	in.Traffic.Low, in.Traffic.High = in.Traffic.Expected, in.Traffic.Expected
	in.Choices.AsOf, in.Choices.FreeTier = pricing.NewDate(2018, time.January, 1), pricing.FreeAlways
	return reportOf(t, in)
}

// noReports is a run against deployed fronts that answer without request ids:
// nothing is known of billed durations and logs, of connections' lives neither,
// CloudWatch had no p99 for http and was not read for alb. 1M requests a month.
//
//	http: Lambda 0.2, HTTP API 1, egress 0.171661376953125   1.371661376953125
//	alb: Lambda 0.2, hours 16.425, addresses 7.3, egress
//	  LCU by bytes: 1M x 2560 = 2.56 GB / 0.4 = 6.4 x 0.008
//	  = 0.0512                                              24.147861376953125
func noReports(t testing.TB) *Report {
	http := doorOf("http", front.APIGatewayHTTP, 1024, "x86_64")
	alb := doorOf("alb", front.ALB, 512, "arm64")
	rec := newRecorder(t, record.SourceAWS, 6, http, alb)
	for round := 1; round <= 6; round++ {
		rec.trial(http, round, nil, steady(10, 0, 20, 22))
		rec.trial(alb, round, nil, steady(10, 0, 24, 26))
	}
	m := metersOf("http", 70, new(12.5), nil)
	m.Problems = []string{"AWS/Lambda Invocations is 70 and 72 requests were sent", "AWS/Lambda Duration p99 has no datapoint"}
	check(t, rec.w.WriteMeters(record.Meters{Fronts: []record.FrontMeters{m}}))
	in := input(t, rec.recording(""))
	in.Handler, in.Description = "", ""
	in.Forecast.ConnectionSeconds = nil
	in.Traffic = Traffic{Low: 1_000_000, Expected: 1_000_000, High: 1_000_000}
	return reportOf(t, in)
}

// metersOf is what CloudWatch said: p50 and p99 of Duration, nil for no datapoint.
func metersOf(id string, invocations int64, p50, p99 *float64) record.FrontMeters {
	metric := func(stat string, value *float64) record.Metric {
		m := record.Metric{Namespace: "AWS/Lambda", Name: "Duration", Dimensions: []record.Dimension{{Name: "FunctionName", Value: "golden-" + id}},
			Region: "us-east-1", Stat: stat, Unit: "Milliseconds", PeriodS: 60, Value: value}
		if value != nil {
			m.Datapoints = 6
		}
		return m
	}
	return record.FrontMeters{Front: id, From: at(0), Until: at(10),
		Coverage: record.Coverage{Sent: 72, Warmup: 12, Invocations: &invocations, WaitedS: 1.5},
		Metrics:  []record.Metric{metric("p50", p50), metric("p99", p99)},
		Steps:    []record.Steps{{GranularityMS: 100, Counts: []int64{invocations}, BilledMin: 100 * invocations, BilledMax: 100 * invocations}}}
}
