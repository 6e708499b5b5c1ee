package scenarios

import (
	"errors"
	"strings"
	"testing"
)

// doors and counted are right workloads; each mistake below changes one place of the
// first of them that has it.
const doors = `version: 1
name: doors
defaults:
  requests_per_month: 15M
  memory: 128MB
fronts:
  - id: lb
    kind: alb
    duration: 52ms
  - id: edge
    kind: edge-viewer-request
    duration: 5ms
`

const counted = `version: 1
region: eu-west-1
usage:
  lambda.requests: 3M
  lambda.gb_seconds.x86: 540000
account:
  egress.internet_gb@us-east-1: 20480
`

func workloadText(t testing.TB, m mistake) string {
	t.Helper()
	for _, right := range []string{doors, counted} {
		if strings.Contains(right, m.old) {
			return strings.Replace(right, m.old, m.new, 1)
		}
	}
	t.Fatalf("neither workload has %q", m.old)
	return ""
}

func workloadMistakes() []mistake {
	return []mistake{
		{"usage and fronts", "name: doors", "usage: {lambda.requests: 1}", true,
			`f.yaml:7:3: fronts: usage is given too: want either usage or fronts`},
		{"neither usage nor fronts", "usage:\n  lambda.requests: 3M\n  lambda.gb_seconds.x86: 540000\n", "", true,
			`f.yaml:1:1: usage and fronts are both missing: want either usage, a month's quantities by meter, or fronts`},
		{"no usage", "usage:\n  lambda.requests: 3M\n  lambda.gb_seconds.x86: 540000\n", "usage: {}\n", true,
			`f.yaml:3:8: usage: has no meter: want a mapping of meters, such as lambda.requests or egress.internet_gb@eu-west-1, to numbers such as 3M, 1.5e9, 540000 or 0.25`},
		{"usage as a list", "usage:\n  lambda.requests: 3M\n  lambda.gb_seconds.x86: 540000\n", "usage: [lambda.requests]\n", true,
			`f.yaml:3:8: usage: is a list: want a mapping of meters, such as lambda.requests or egress.internet_gb@eu-west-1, to numbers such as 3M, 1.5e9, 540000 or 0.25`},
		{"negative quantity", "lambda.requests: 3M", "lambda.requests: -3M", true,
			`f.yaml:4:20: usage.lambda.requests: "-3M" is below zero: want a number such as 3M, 1.5e9, 540000 or 0.25`},
		{"quantity with a small suffix", "lambda.requests: 3M", "lambda.requests: 3m", true,
			`f.yaml:4:20: usage.lambda.requests: "3m" is not understood: want a number such as 3M, 1.5e9, 540000 or 0.25`},
		{"quantity in octal", "lambda.requests: 3M", "lambda.requests: 0300", false,
			`f.yaml:4:20: usage.lambda.requests: 0300 is not understood: want a number such as 3M, 1.5e9, 540000 or 0.25`},
		{"quantity with underscores", "lambda.requests: 3M", "lambda.requests: 3_000", false,
			`f.yaml:4:20: usage.lambda.requests: 3_000 is not understood: want a number such as 3M, 1.5e9, 540000 or 0.25`},
		{"quantity without end", "lambda.requests: 3M", "lambda.requests: .inf", false,
			`f.yaml:4:20: usage.lambda.requests: .inf is not understood: want a number such as 3M, 1.5e9, 540000 or 0.25`},
		{"quantity missing", "lambda.requests: 3M", "lambda.requests:", true,
			`f.yaml:4:19: usage.lambda.requests: is empty: want a number such as 3M, 1.5e9, 540000 or 0.25, or leave the field out`},
		{"quantity as a range", "lambda.requests: 3M", "lambda.requests: {low: 1, expected: 2}", true,
			`f.yaml:4:20: usage.lambda.requests: is a mapping: want a number such as 3M, 1.5e9, 540000 or 0.25`},
		{"meter in capitals", "lambda.requests: 3M", "Lambda.Requests: 3M", true,
			`f.yaml:4:3: usage: "Lambda.Requests" is not understood: want a meter such as lambda.requests, or meter@Region such as egress.internet_gb@eu-west-1`},
		{"meter without a service", "lambda.requests: 3M", "requests: 3M", true,
			`f.yaml:4:3: usage: "requests" is not understood: want a meter such as lambda.requests, or meter@Region such as egress.internet_gb@eu-west-1`},
		{"meter in no Region", "lambda.requests: 3M", "lambda.requests@europe: 3M", true,
			`f.yaml:4:3: usage: "lambda.requests@europe" is not understood: want a meter such as lambda.requests, or meter@Region such as egress.internet_gb@eu-west-1`},
		{"meter twice", "lambda.requests: 3M", "lambda.requests: 3M\n  lambda.requests: 4M", false,
			`f.yaml:5:3: usage: "lambda.requests" is given twice, first on line 4: want each name once`},
		{"meter twice in one Region", "lambda.requests: 3M", "lambda.requests: 3M\n  lambda.requests@eu-west-1: 4M", false,
			`f.yaml:5:3: usage.lambda.requests@eu-west-1: is lambda.requests in eu-west-1, as usage.lambda.requests is: want each meter once in each Region`},
		{"account as a number", "account:\n  egress.internet_gb@us-east-1: 20480", "account: 20480", true,
			`f.yaml:6:10: account: 20480 is a number: want a mapping of meters, such as lambda.requests or egress.internet_gb@eu-west-1, to numbers such as 3M, 1.5e9, 540000 or 0.25`},
		{"defaults without fronts", "account:\n  egress.internet_gb@us-east-1: 20480", "defaults: {memory: 128MB}", false,
			`f.yaml:6:11: defaults: usage has no fronts to take them: want defaults with fronts only`},
		{"requests of fronts at the top", "name: doors", "requests_per_month: 3M", false,
			`f.yaml:2:21: requests_per_month: fronts have their own: want it with usage only, and in defaults or each front otherwise`},
		{"part of a request beside usage", "region: eu-west-1", "requests_per_month: 0.5", false,
			`f.yaml:2:21: requests_per_month: 0.5 is not a whole number: want a whole number such as 15M, 1e6 or 250000, 1 or more`},
		{"no request beside usage", "region: eu-west-1", "requests_per_month: 0", false,
			`f.yaml:2:21: requests_per_month: 0 is out of range: want a whole number such as 15M, 1e6 or 250000, 1 or more`},
		{"Region of the workload", "region: eu-west-1", "region: Ireland", true,
			`f.yaml:2:9: region: "Ireland" is not understood: want an AWS Region such as us-east-1`},
		{"version later", "version: 1", "version: 2", true,
			`f.yaml:1:10: version: 2 is a version that this program does not read: want 1`},
		{"version not first", "version: 1\nname: doors", "name: doors\nversion: 1", false,
			`f.yaml:1:1: does not begin with its version: want version: 1 as the first field`},
		{"unknown field", "name: doors", "nmae: doors", true,
			`f.yaml:2:1: unknown field "nmae": want one of version, name, description, region, usage, requests_per_month, account, defaults, fronts`},
		{"unknown default", "memory: 128MB", "memroy: 128MB", true,
			`f.yaml:5:3: defaults: unknown field "memroy", did you mean "memory": want one of region, architecture, memory, duration, requests_per_month, hourly_profile, hours_per_month, request_size, response_size, requests_per_connection, connection_lifetime, rules, availability_zones, viewers, https, cache_hit_ratio, events, cold, log_size, log_kept_gb_months, dynamodb`},
		{"id in defaults", "memory: 128MB", "id: lb", true,
			`f.yaml:5:3: defaults: unknown field "id": want one of region, architecture, memory, duration, requests_per_month, hourly_profile, hours_per_month, request_size, response_size, requests_per_connection, connection_lifetime, rules, availability_zones, viewers, https, cache_hit_ratio, events, cold, log_size, log_kept_gb_months, dynamodb`},
		{"wrong default", "memory: 128MB", "memory: 128", true,
			`f.yaml:5:11: defaults.memory: 128 has no unit: want memory such as 128MB or 1769MB, from 128MB to 10240MB`},
		{"no fronts", "name: doors\ndefaults:\n  requests_per_month: 15M\n  memory: 128MB\nfronts:\n  - id: lb\n    kind: alb\n    duration: 52ms\n  - id: edge\n    kind: edge-viewer-request\n    duration: 5ms\n", "fronts: []\n", true,
			`f.yaml:2:9: fronts: has 0 elements: want a list of 1 or more mappings with id, kind, region, architecture, memory, duration, requests_per_month, hourly_profile, hours_per_month, request_size, response_size, requests_per_connection, connection_lifetime, rules, availability_zones, viewers, https, cache_hit_ratio, events, cold, log_size, log_kept_gb_months, dynamodb`},
		{"id twice", "id: edge", "id: lb", false,
			`f.yaml:10:9: fronts[1].id: "lb" is the id of fronts[0] too: want an id of its own for each front`},
		{"id missing", "id: edge\n    ", "", true,
			`f.yaml:10:5: fronts[1]: field "id" is missing: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"unknown kind", "kind: alb", "kind: elb", true,
			`f.yaml:8:11: fronts[0].kind: "elb" is not known, did you mean "alb": want one of ` + strings.Join(kinds(), ", ")},
		{"no requests", "requests_per_month: 15M\n  ", "", false,
			`f.yaml:6:5: fronts[0]: field "requests_per_month" is missing: want a whole number such as 15M, 1e6 or 250000, 1 or more, or a range {low, expected, high} of such, here or in defaults`},
		{"requests out of order", "requests_per_month: 15M", "requests_per_month: {low: 16M, expected: 15M}", false,
			`f.yaml:4:29: defaults.requests_per_month.low: "16M" is more than expected, "15M": want low <= expected <= high`},
		{"requests out of order above", "requests_per_month: 15M", "requests_per_month: {high: 14M, expected: 15M}", false,
			`f.yaml:4:30: defaults.requests_per_month.high: "14M" is less than expected, "15M": want low <= expected <= high`},
		{"requests without the expected", "requests_per_month: 15M", "requests_per_month: {low: 1M, high: 2M}", true,
			`f.yaml:4:23: defaults.requests_per_month: field "expected" is missing: want a whole number such as 15M, 1e6 or 250000, 1 or more`},
		{"requests as a list", "requests_per_month: 15M", "requests_per_month: [1M, 2M]", true,
			`f.yaml:4:23: defaults.requests_per_month: is a list: want a whole number such as 15M, 1e6 or 250000, 1 or more, or a range {low, expected, high} of such`},
		{"part of a request", "requests_per_month: 15M", "requests_per_month: 1.5", false,
			`f.yaml:4:23: defaults.requests_per_month: 1.5 is not a whole number: want a whole number such as 15M, 1e6 or 250000, 1 or more`},
		{"requests beyond 64 bits", "requests_per_month: 15M", "requests_per_month: 1e19", false,
			`f.yaml:4:23: defaults.requests_per_month: 1e19 is too large: want a whole number such as 15M, 1e6 or 250000, 1 or more`},
		{"low of no request", "requests_per_month: 15M", "requests_per_month: {low: 0, expected: 1}", false,
			`f.yaml:4:29: defaults.requests_per_month.low: 0 is out of range: want a whole number such as 15M, 1e6 or 250000, 1 or more`},
		{"memory beyond the edge, from defaults", "memory: 128MB", "memory: 256MB", false,
			`f.yaml:5:11: fronts[1].memory: "256MB" is more than kind edge-viewer-request has: want 128MB or less`},
		{"memory beyond the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    memory: 256MB", false,
			`f.yaml:12:13: fronts[1].memory: "256MB" is more than kind edge-viewer-request has: want 128MB or less`},
		{"memory beyond a viewer event", "kind: edge-viewer-request", "kind: edge-origin-request\n    memory: 256MB\n    events: [origin-request, viewer-response]", false,
			`f.yaml:12:13: fronts[1].memory: "256MB" is more than a function at a viewer event has: want 128MB or less`},
		{"arm64 at the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    architecture: arm64", false,
			`f.yaml:12:19: fronts[1].architecture: "arm64" is not what Lambda@Edge runs on: want x86_64`},
		{"Region of the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    region: eu-west-1", false,
			`f.yaml:12:13: fronts[1].region: "eu-west-1" is not where a Lambda@Edge function is made: want us-east-1`},
		{"rules at the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    rules: 3", false,
			`f.yaml:12:12: fronts[1].rules: kind edge-viewer-request has no such setting: want it with kind alb only`},
		{"viewers of a load balancer", "kind: alb", "kind: alb\n    viewers: {us: 100%}", false,
			`f.yaml:9:14: fronts[0].viewers: kind alb has no such setting: want it with the edge kinds only`},
		{"one Availability Zone", "kind: alb", "kind: alb\n    availability_zones: 1", true,
			`f.yaml:9:25: fronts[0].availability_zones: 1 is out of range: want a whole number, from 2 to 6`},
		{"unknown zone", "kind: edge-viewer-request", "kind: edge-viewer-request\n    viewers: {uk: 100%}", true,
			`f.yaml:12:15: fronts[1].viewers: "uk" is not known: want keys out of us, ca, eu, jp, ap, au, in, za, me, sa`},
		{"viewers that do not add up", "kind: edge-viewer-request", "kind: edge-viewer-request\n    viewers: {us: 33.3%, eu: 33.3%, jp: 33.3%}", false,
			`f.yaml:12:14: fronts[1].viewers: the shares add up to 0.999: want shares that add up to 1`},
		{"share above one", "kind: edge-viewer-request", "kind: edge-viewer-request\n    https: 1.01", true,
			`f.yaml:12:12: fronts[1].https: 1.01 is not a share of the whole: want a number from 0 to 1, or a percentage such as 20%`},
		{"cache hit ratio out of order", "kind: edge-viewer-request", "kind: edge-viewer-request\n    cache_hit_ratio: {low: 50%, expected: 0.4}", false,
			`f.yaml:12:28: fronts[1].cache_hit_ratio.low: "50%" is more than expected, 0.4: want low <= expected <= high`},
		{"unknown event", "kind: edge-viewer-request", "kind: edge-viewer-request\n    events: [viewer-requests]", true,
			`f.yaml:12:14: fronts[1].events[0]: "viewer-requests" is not known, did you mean "viewer-request": want one of viewer-request, origin-request, origin-response, viewer-response`},
		{"event of another kind", "kind: edge-viewer-request", "kind: edge-viewer-request\n    events: [origin-request]", false,
			`f.yaml:12:13: fronts[1].events: viewer-request is not among them, and the kind is edge-viewer-request: want viewer-request, with or without others`},
		{"event twice", "kind: edge-viewer-request", "kind: edge-viewer-request\n    events: [viewer-request, viewer-request]", false,
			`f.yaml:12:30: fronts[1].events[1]: "viewer-request" is there already: want each event once`},
		{"duration beyond the edge", "duration: 5ms", "duration: 5001ms", false,
			`f.yaml:12:15: fronts[1].duration: 5.001s is longer than a function may run at viewer-request: want 5s or less`},
		{"range beyond the edge", "duration: 5ms", "duration: {expected: 1s, high: 6s}", false,
			`f.yaml:12:15: fronts[1].duration: 6s is longer than a function may run at viewer-request: want 5s or less`},
		{"summary beyond the edge", "duration: 5ms", "duration: {mean: 1s, max: 6s}", false,
			`f.yaml:12:15: fronts[1].duration: 6s is longer than a function may run at viewer-request: want 5s or less`},
		{"bucket beyond the edge", "duration: 5ms", "duration: {buckets: {1s: 5, 6s: 0, 7s: 1}}", false,
			`f.yaml:12:15: fronts[1].duration: 6s is longer than a function may run at viewer-request: want 5s or less`},
		{"mixture beyond the edge", "duration: 5ms", "duration: {mixture: [{share: 0.5, duration: 1s}, {share: 0.5, duration: 6s}]}", false,
			`f.yaml:12:77: fronts[1].duration.mixture[1].duration: 6s is longer than a function may run at viewer-request: want 5s or less`},
		{"bare duration", "52ms", "52", true,
			`f.yaml:9:15: fronts[0].duration: 52 has no unit: want a duration such as 30s, 1m30s or 400ms, from 1us to 900s`},
		{"duration of nothing", "52ms", "0ms", false,
			`f.yaml:9:15: fronts[0].duration: "0ms" is out of range: want a duration such as 30s, 1m30s or 400ms, from 1us to 900s`},
		{"duration beyond Lambda", "52ms", "901s", false,
			`f.yaml:9:15: fronts[0].duration: "901s" is out of range: want a duration such as 30s, 1m30s or 400ms, from 1us to 900s`},
		{"duration as a list", "52ms", "[52ms]", true,
			`f.yaml:9:15: fronts[0].duration: is a list: want a duration such as 52ms, or a mapping with low, expected, high, or with any of mean, min, max, p50, p90, p95, p99, p99.9, or with one of lognormal, exponential, uniform, normal, buckets, mixture, run`},
		{"empty duration", "52ms", "{}", true,
			`f.yaml:9:15: fronts[0].duration: is an empty mapping: want a duration such as 52ms, or a mapping with low, expected, high, or with any of mean, min, max, p50, p90, p95, p99, p99.9, or with one of lognormal, exponential, uniform, normal, buckets, mixture, run`},
		{"unknown form of a duration", "52ms", "{lognornal: {mean: 52ms, cv: 1}}", true,
			`f.yaml:9:16: fronts[0].duration: unknown field "lognornal", did you mean "lognormal": want a duration such as 52ms, or a mapping with low, expected, high, or with any of mean, min, max, p50, p90, p95, p99, p99.9, or with one of lognormal, exponential, uniform, normal, buckets, mixture, run`},
		{"unknown percentile", "52ms", "{p75: 52ms}", true,
			`f.yaml:9:16: fronts[0].duration: unknown field "p75", did you mean "p95": want a duration such as 52ms, or a mapping with low, expected, high, or with any of mean, min, max, p50, p90, p95, p99, p99.9, or with one of lognormal, exponential, uniform, normal, buckets, mixture, run`},
		{"two forms of a duration", "52ms", "{mean: 52ms, exponential: {mean: 52ms}}", true,
			`f.yaml:9:28: fronts[0].duration: unknown field "exponential": want one of mean, min, max, p50, p90, p95, p99, p99.9`},
		{"range of durations out of order", "52ms", "{low: 60ms, expected: 52ms}", false,
			`f.yaml:9:21: fronts[0].duration.low: "60ms" is more than expected, "52ms": want low <= expected <= high`},
		{"percentiles that decrease", "52ms", "{p50: 60ms, p99: 52ms}", false,
			`f.yaml:9:32: fronts[0].duration.p99: 52ms is less than p50, 60ms: want p50 <= p99`},
		{"min above max", "52ms", "{min: 60ms, max: 52ms}", false,
			`f.yaml:9:32: fronts[0].duration.max: 52ms is less than min, 60ms: want min <= max`},
		{"mean below min", "52ms", "{mean: 50ms, min: 52ms}", false,
			`f.yaml:9:22: fronts[0].duration.mean: 50ms is less than min, 52ms: want min <= mean`},
		{"percentile above max", "52ms", "{p99.9: 60ms, max: 52ms}", false,
			`f.yaml:9:34: fronts[0].duration.max: 52ms is less than p99.9, 60ms: want p99.9 <= max`},
		{"lognormal without cv", "52ms", "{lognormal: {mean: 52ms}}", true,
			`f.yaml:9:27: fronts[0].duration.lognormal: field "cv" is missing: want a number such as 3M, 1.5e9, 540000 or 0.25, 1000 or less`},
		{"lognormal without spread", "52ms", "{lognormal: {mean: 52ms, cv: 0.0}}", false,
			`f.yaml:9:44: fronts[0].duration.lognormal.cv: 0 is no spread: want a number above 0, or a plain duration in place of the distribution`},
		{"uniform out of order", "52ms", "{uniform: {low: 9ms, high: 1ms}}", false,
			`f.yaml:9:31: fronts[0].duration.uniform.low: 9ms is more than high, 1ms: want low <= high`},
		{"normal with cv", "52ms", "{normal: {mean: 52ms, cv: 1}}", true,
			`f.yaml:9:37: fronts[0].duration.normal: unknown field "cv": want one of mean, sd`},
		{"mixture that does not add up", "52ms", "{mixture: [{share: 70%, duration: 30ms}, {share: 20%, duration: 80ms}]}", false,
			`f.yaml:9:25: fronts[0].duration.mixture: the shares add up to 0.9: want shares that add up to 1`},
		{"mixture in a mixture", "52ms", "{mixture: [{share: 100%, duration: {mixture: [{share: 100%, duration: 30ms}]}}]}", true,
			`f.yaml:9:51: fronts[0].duration.mixture[0].duration: unknown field "mixture": want a duration such as 52ms, or a mapping with low, expected, high, or with any of mean, min, max, p50, p90, p95, p99, p99.9, or with one of lognormal, exponential, uniform, normal, buckets`},
		{"run in a mixture", "52ms", "{mixture: [{share: 100%, duration: {run: runs/a}}]}", true,
			`f.yaml:9:51: fronts[0].duration.mixture[0].duration: unknown field "run": want a duration such as 52ms, or a mapping with low, expected, high, or with any of mean, min, max, p50, p90, p95, p99, p99.9, or with one of lognormal, exponential, uniform, normal, buckets`},
		{"mistake in a mixture", "52ms", "{mixture: [{share: 100%, duration: {p50: 2ms, p90: 1ms}}]}", false,
			`f.yaml:9:66: fronts[0].duration.mixture[0].duration.p90: 1ms is less than p50, 2ms: want p50 <= p90`},
		{"buckets that do not increase", "52ms", "{buckets: {100ms: 200, 0.05s: 800}}", false,
			`f.yaml:9:38: fronts[0].duration.buckets: "0.05s" is not above the edge before, 100ms: want edges that increase`},
		{"buckets that count nothing", "52ms", "{buckets: {50ms: 0, 100ms: 0}}", false,
			`f.yaml:9:25: fronts[0].duration.buckets: counts no invocation: want a count above 0`},
		{"bucket without unit", "52ms", "{buckets: {\"50\": 1}}", true,
			`f.yaml:9:26: fronts[0].duration.buckets: "50" is not a duration: want a duration such as 30s, 1m30s or 400ms, from 1us to 900s`},
		{"part of an invocation", "52ms", "{buckets: {50ms: 0.5}}", false,
			`f.yaml:9:32: fronts[0].duration.buckets["50ms"]: 0.5 is not a whole number: want a whole number such as 15M, 1e6 or 250000, 1e12 or less`},
		{"run without a path", "52ms", "{run: \"\"}", true,
			`f.yaml:9:21: fronts[0].duration.run: "" is not understood: want the path of a run's folder`},
		{"front of no run", "52ms", "{front: lb}", true,
			`f.yaml:9:15: fronts[0].duration: field "run" is missing: want the path of a run's folder`},
		{"size without unit", "kind: alb", "kind: alb\n    response_size: 6000", true,
			`f.yaml:9:20: fronts[0].response_size: 6000 has no unit: want a size such as 6KB (6,000 bytes), 6KiB (6,144 bytes) or 1MiB, 20MB or less`},
		{"size out of order", "kind: alb", "kind: alb\n    response_size: {low: 6KiB, expected: 6KB}", false,
			`f.yaml:9:26: fronts[0].response_size.low: "6KiB" is more than expected, "6KB": want low <= expected <= high`},
		{"part of a connection", "kind: alb", "kind: alb\n    requests_per_connection: 0.5", false,
			`f.yaml:9:30: fronts[0].requests_per_connection: 0.5 is out of range: want a number such as 3M, 1.5e9, 540000 or 0.25, 1 or more`},
		{"short profile", "kind: alb", "kind: alb\n    hourly_profile: [1, 2]", true,
			`f.yaml:9:21: fronts[0].hourly_profile: has 2 elements: want a list of 24 numbers such as 3M, 1.5e9, 540000 or 0.25, from 0 to 1000000`},
		{"profile of zeros", "kind: alb", "kind: alb\n    hourly_profile: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]", false,
			`f.yaml:9:21: fronts[0].hourly_profile: every weight is 0: want at least one weight above 0`},
		{"month too long", "kind: alb", "kind: alb\n    hours_per_month: 744.000000000000000001", false,
			`f.yaml:9:22: fronts[0].hours_per_month: 744.000000000000000001 is out of range: want a number such as 3M, 1.5e9, 540000 or 0.25, from 1 to 744`},
		{"cold without init", "kind: alb", "kind: alb\n    cold: {share: 1%}", true,
			`f.yaml:9:11: fronts[0].cold: field "init" is missing: want a duration such as 30s, 1m30s or 400ms, from 1us to 900s`},
		{"negative units", "kind: alb", "kind: alb\n    dynamodb: {reads: -1}", true,
			`f.yaml:9:23: fronts[0].dynamodb.reads: -1 is below zero: want a number such as 3M, 1.5e9, 540000 or 0.25`},
		{"empty mapping of DynamoDB", "kind: alb", "kind: alb\n    dynamodb:", true,
			`f.yaml:9:14: fronts[0].dynamodb: is empty: want a mapping with reads, writes, replicated_writes, region, or leave the field out`},
		{"origin event of a CloudFront Function", "kind: alb", "kind: cloudfront-function\n    events: [viewer-request, origin-request]", false,
			`f.yaml:9:30: fronts[0].events[1]: "origin-request" is not an event of CloudFront Functions: want viewer-request or viewer-response`},
		{"event of a CloudFront Function twice", "kind: alb", "kind: cloudfront-function\n    events: [viewer-request, viewer-request]", false,
			`f.yaml:9:30: fronts[0].events[1]: "viewer-request" is there already: want each event once`},
		{"table of a CloudFront Function", "kind: alb", "kind: cloudfront-function\n    dynamodb: {reads: 1}", false,
			`f.yaml:9:15: fronts[0].dynamodb: a CloudFront Function has no access to a network: want it with another kind`},
		{"memory at viewer-response", "kind: alb", "kind: edge-viewer-response\n    memory: 256MB", false,
			`f.yaml:9:13: fronts[0].memory: "256MB" is more than kind edge-viewer-response has: want 128MB or less`},
		{"second document", "name: doors", "---\nversion: 1", false,
			`f.yaml:2:1: a second document begins: want one workload in one file`},
		{"bad YAML", "name: doors", "name: [doors", false,
			`f.yaml:2: this is not YAML: did not find expected ',' or ']': want YAML such as bench's own workloads`},
	}
}

func TestParseWorkloadMistakes(t *testing.T) {
	for _, m := range workloadMistakes() {
		t.Run(m.name, func(t *testing.T) {
			w, err := ParseWorkload("f.yaml", []byte(workloadText(t, m)))
			if err == nil {
				t.Fatalf("parsed: %+v", w)
			}
			if got := err.Error(); got != m.want {
				t.Errorf("error\n got %s\nwant %s", got, m.want)
			}
			var e *Error
			if !errors.As(err, &e) {
				t.Errorf("error is a %T", err)
			}
		})
	}
}

func TestWorkloadSchemaRefusesStructuralMistakes(t *testing.T) {
	schema := compile(t, WorkloadSchema)
	for _, right := range []string{doors, counted} {
		if err := schema.Validate(instance(t, []byte(right))); err != nil {
			t.Fatalf("a right workload: %v", err)
		}
	}
	refused := 0
	for _, m := range workloadMistakes() {
		if !m.structural {
			continue
		}
		refused++
		if err := schema.Validate(instance(t, []byte(workloadText(t, m)))); err == nil {
			t.Errorf("%s: accepted", m.name)
		}
	}
	if refused < 25 {
		t.Errorf("only %d mistakes are structural", refused)
	}
}
