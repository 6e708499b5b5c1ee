package scenarios

import (
	"errors"
	"strings"
	"testing"
)

// base is a right scenario; each mistake below changes one place of it.
const base = `version: 1
name: base
handler: hello
fronts:
  - id: rest
    kind: apigw-rest
  - id: edge
    kind: edge-viewer-request
requests:
  - method: GET
    expect: {body: {contains: Hello}}
load:
  rate: 200/s
  duration: 10s
traffic:
  requests_per_month: 
    expected: 15M
rounds: 12
`

// mistake replaces old (the first time it occurs) by new in base. structural
// mistakes are those that the JSON Schema must refuse too.
type mistake struct {
	name       string
	old, new   string
	structural bool
	want       string
}

func (m mistake) text(t *testing.T) string {
	t.Helper()
	if !strings.Contains(base, m.old) {
		t.Fatalf("base has no %q", m.old)
	}
	return strings.Replace(base, m.old, m.new, 1)
}

func mistakes() []mistake {
	const live = "kind: apigw-rest\n    url: https://x.example/prod"
	return append(append(gatewayMistakes(), cloudfrontMistakes()...), []mistake{
		{"rate of zero", "200/s", "0/s", true,
			`f.yaml:13:9: load.rate: "0/s" is not a rate above zero: want requests per second such as 200/s, 90/m or 0.5/s`},
		{"negative rate", "200/s", "-5/s", true,
			`f.yaml:13:9: load.rate: "-5/s" is not a rate above zero: want requests per second such as 200/s, 90/m or 0.5/s`},
		{"bare rate", "200/s", "200", true,
			`f.yaml:13:9: load.rate: 200 has no unit: want requests per second such as 200/s, 90/m or 0.5/s`},
		{"Node.js in a Region", "kind: apigw-rest", "kind: apigw-rest\n    runtime: nodejs", false,
			`f.yaml:7:14: fronts[0].runtime: "nodejs" is for Lambda@Edge, and kind apigw-rest runs in a Region: want go, or an edge kind`},
		{"runtime of a command", "kind: edge-viewer-request", "kind: edge-viewer-request\n    runtime: nodejs\n    command: [x]", false,
			`f.yaml:9:14: fronts[1].runtime: chooses the version of a built-in handler, and command is given: want either runtime or command`},
		{"auth in the lab", "kind: apigw-rest", "kind: apigw-rest\n    auth: {iam: {}}", false,
			`f.yaml:7:11: fronts[0].auth: names a deployed front, and no url is given: want it together with url`},
		{"auth that names no way", "kind: apigw-rest", live + "\n    metrics: none\n    auth: {}", true,
			`f.yaml:9:11: fronts[0].auth: names no way: want api_key, bearer, iam or cognito`},
		{"a secret for a deployed front", "kind: apigw-rest\n  - id: edge\n    kind: edge-viewer-request\nrequests:\n  - method: GET", live + "\n    metrics: none\nrequests:\n  - method: GET\n    headers: {x-api-key: abc}", false,
			`f.yaml:11:26: requests[0].headers["x-api-key"]: X-Api-Key is a secret, and the front "rest" is deployed: want none of it: the file is recorded with the run: let auth: of the front name where the secret is found`},
		{"unknown runtime", "kind: edge-viewer-request", "kind: edge-viewer-request\n    runtime: node", true,
			`f.yaml:9:14: fronts[1].runtime: "node" is not known, did you mean "nodejs": want one of go, nodejs`},
		{"runtime of a deployed front", "kind: apigw-rest", live + "\n    metrics: none\n    runtime: nodejs", false,
			`f.yaml:9:14: fronts[0].runtime: is the lab's to set, and url names a deployed front: want it without url only`},
		{"rate beyond reason", "200/s", "2000000/s", false,
			`f.yaml:13:9: load.rate: 2e+06/s is out of range: want 1000000/s or less`},
		{"polling without a number", "duration: 10s", "duration: 10s\n  polling: {every: 1s}", true,
			`f.yaml:15:12: load.polling: field "times" is missing: want a whole number, from 2 to 100000`},
		{"polling once", "duration: 10s", "duration: 10s\n  polling: {every: 1s, times: 1}", true,
			`f.yaml:15:31: load.polling.times: 1 is out of range: want a whole number, from 2 to 100000`},
		{"polling longer than the trial", "duration: 10s", "duration: 10s\n  polling: {every: 1s, times: 12}", false,
			`f.yaml:15:12: load.polling: a session takes 11s, and a trial measures 10s: want a session that ends within load.duration`},
		{"polling over stages", "  rate: 200/s\n  duration: 10s", "  stages: [{rate: 200/s, duration: 10s}]\n  polling: {every: 1s, times: 3}", false,
			`f.yaml:13:11: load.stages: polling is given too: want rate with polling: sessions begin at a steady rate`},
		{"a session without polling", "- method: GET", "- method: GET\n    query: {job_id: \"{session}\"}", false,
			`f.yaml:10:5: requests[0]: has {session}, and load has no polling: want load.polling, which makes the sessions that it names`},
		{"an expectation of an unknown front", "Hello}}", "Hello}, fronts: {alb: {status: 422, body: any}}}", false,
			`f.yaml:11:53: requests[0].expect.fronts["alb"]: names the front "alb", which is not there: want one of rest, edge`},
		{"an expectation of a front without a body", "Hello}}", "Hello}, fronts: {edge: {status: 422}}}", true,
			`f.yaml:11:54: requests[0].expect.fronts["edge"]: field "body" is missing: want any, or a mapping with one or more of contains, equals, json, matches`},
		{"a table without a key", "rounds: 12", "tables: [{name: Jobs}]", true,
			`f.yaml:18:10: tables[0]: field "key" is missing: want the name of an attribute`},
		{"a table with a short name", "rounds: 12", "tables: [{name: J, key: Id}]", true,
			`f.yaml:18:17: tables[0].name: "J" is not understood: want 3 to 255 letters, digits, dots, hyphens and underscores`},
		{"two tables of a name", "rounds: 12", "tables: [{name: Jobs, key: Id}, {name: Jobs, key: Id}]", false,
			`f.yaml:18:40: tables[1].name: "Jobs" is the name of tables[0] too: want a name of its own for each table, and regions for one that is in several`},
		{"a table in a Region and in Regions", "rounds: 12", "tables: [{name: Jobs, key: Id, region: eu-west-1, regions: [eu-west-1, us-east-1]}]", false,
			`f.yaml:18:60: tables[0].regions: region is given too: want either region or regions`},
		{"a global table of one Region", "rounds: 12", "tables: [{name: Jobs, key: Id, regions: [eu-west-1]}]", true,
			`f.yaml:18:41: tables[0].regions: has 1 elements: want a list of 2 or more AWS Regions such as us-east-1`},
		{"a global table with a Region twice", "rounds: 12", "tables: [{name: Jobs, key: Id, regions: [eu-west-1, eu-west-1]}]", false,
			`f.yaml:18:53: tables[0].regions[1]: "eu-west-1" is given twice: want each Region once`},
		{"the lag of one Region", "rounds: 12", "tables: [{name: Jobs, key: Id, replication_lag: 2s}]", false,
			`f.yaml:18:49: tables[0].replication_lag: is of a global table, and this one is in one Region: want regions, or no replication_lag`},
		{"an item without its key", "rounds: 12", "tables: [{name: Jobs, key: Id, items: [{Id: a}, {x: b}]}]", false,
			`f.yaml:18:49: tables[0].items[1]: has no "Id" of type S, a key of the table: want text that is not empty for Id`},
		{"an item with a number for its key", "rounds: 12", "tables: [{name: Jobs, key: Id, items: [{Id: 7}]}]", false,
			`f.yaml:18:40: tables[0].items[0]: has no "Id" of type S, a key of the table: want text that is not empty for Id`},
		{"an item without its sort key", "rounds: 12", "tables: [{name: Jobs, key: Id, sort_key: At, sort_key_type: N, items: [{Id: a, At: b}]}]", false,
			`f.yaml:18:72: tables[0].items[0]: has no "At" of type N, a key of the table: want a number for At`},
		{"an item with a date", "rounds: 12", "tables: [{name: Jobs, key: Id, items: [{Id: a, x: [{y: 2026-11-29}]}]}]", false,
			`f.yaml:18:56: tables[0].items[0]["x"][0]["y"]: 2026-11-29 is a date: want text in quotes, a number, true, false, null, a list or a mapping`},
		{"a number of 39 digits", "rounds: 12", "tables: [{name: Jobs, key: Id, items: [{Id: a, n: 123456789012345678901234567890123456789}]}]", false,
			`f.yaml:18:51: tables[0].items[0]["n"]: 123456789012345678901234567890123456789 is not understood: want a number of at most 38 digits, in quotes if it is meant as text`},
		{"an attribute twice", "rounds: 12", "tables: [{name: Jobs, key: Id, items: [{Id: a, Id: b}]}]", false,
			`f.yaml:18:48: tables[0].items[0]: "Id" is given twice, first on line 18: want each name once`},
		{"an item that is none", "rounds: 12", "tables: [{name: Jobs, key: Id, items: [a]}]", true,
			`f.yaml:18:40: tables[0].items[0]: "a" is text: want a mapping of attributes to text, numbers, true, false, null, lists and mappings of such`},
		{"a timeline of a number", "rounds: 12", "tables: [{name: Jobs, key: Id, key_type: N, timelines: [{key: x, versions: [{item: {}}]}]}]", false,
			`f.yaml:18:57: tables[0].timelines[0]: is of a table whose key is not one text: want a table with key_type S and without sort_key`},
		{"a timeline of no pattern", "rounds: 12", "tables: [{name: Jobs, key: Id, timelines: [{key: \"[\", versions: [{item: {}}]}]}]", false,
			`f.yaml:18:50: tables[0].timelines[0].key: "[" is not a pattern: want brackets in pairs, or a backslash before each`},
		{"a timeline without versions", "rounds: 12", "tables: [{name: Jobs, key: Id, timelines: [{key: x, versions: []}]}]", true,
			`f.yaml:18:63: tables[0].timelines[0].versions: has 0 elements: want a list of 1 or more mappings with after, item`},
		{"a timeline back in time", "rounds: 12", "tables: [{name: Jobs, key: Id, timelines: [{key: x, versions: [{after: 2s, item: {}}, {after: 1s, item: {}}]}]}]", false,
			`f.yaml:18:95: tables[0].timelines[0].versions[1].after: 1s is before the version before it: want versions in the order of their times`},
		{"a version with the key", "rounds: 12", "tables: [{name: Jobs, key: Id, timelines: [{key: x, versions: [{item: {Id: x}}]}]}]", false,
			`f.yaml:18:71: tables[0].timelines[0].versions[0].item: has "Id", the table's key: want the other attributes: the key is the one that was read`},
		{"a bucket with capitals", "rounds: 12", "buckets: [{name: Web}]", true,
			`f.yaml:18:18: buckets[0].name: "Web" is not understood: want 3 to 63 small letters, digits, dots and hyphens`},
		{"a bucket with two dots", "rounds: 12", "buckets: [{name: a..b}]", false,
			`f.yaml:18:18: buckets[0].name: "a..b" has two dots in a row: want 3 to 63 small letters, digits, dots and hyphens`},
		{"two buckets of a name", "rounds: 12", "buckets: [{name: web}, {name: web}]", false,
			`f.yaml:18:31: buckets[1].name: "web" is the name of buckets[0] too: want a name of its own for each bucket`},
		{"an object with a slash", "rounds: 12", "buckets: [{name: web, objects: [{key: /a, content: a}]}]", true,
			`f.yaml:18:39: buckets[0].objects[0].key: "/a" is not understood: want a key that does not begin with a slash, such as css/main.css`},
		{"an object without content", "rounds: 12", "buckets: [{name: web, objects: [{key: a}]}]", true,
			`f.yaml:18:33: buckets[0].objects[0]: has no content: want content, or the file that has it`},
		{"an object with two contents", "rounds: 12", "buckets: [{name: web, objects: [{key: a, content: a, file: a}]}]", true,
			`f.yaml:18:60: buckets[0].objects[0].file: content is given too: want either content or file`},
		{"an object twice", "rounds: 12", "buckets: [{name: web, objects: [{key: a, content: a}, {key: a, content: b}]}]", false,
			`f.yaml:18:61: buckets[0].objects[1].key: "a" is the key of buckets[0].objects[0] too: want each key once`},
		{"a bucket far away from the matrix", "rounds: 12", "distance: {}\nbuckets: [{name: web, region: cn-north-1}]", false,
			`f.yaml:19:11: buckets[0]: "cn-north-1" is not in the matrix "recent": want one of ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2`},
		{"a table far away from the matrix", "rounds: 12", "distance: {}\ntables: [{name: Jobs, key: Id, region: cn-north-1}]", false,
			`f.yaml:19:10: tables[0]: "cn-north-1" is not in the matrix "recent": want one of ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2`},
		{"a viewer without distance", "kind: apigw-rest", "kind: apigw-rest\n    viewer: eu-west-1", false,
			`f.yaml:7:13: fronts[0].viewer: is somewhere, and there is no distance: want distance: {} beside fronts, or no viewer`},
		{"a viewer nowhere", "rounds: 12", "rounds: 12\ndistance: {viewer: Dublin}", true,
			`f.yaml:19:20: distance.viewer: "Dublin" is not understood: want an AWS Region such as us-east-1`},
		{"a viewer where nobody measured", "rounds: 12", "rounds: 12\ndistance: {viewer: ap-south-1, matrix: april-2017}", false,
			`f.yaml:19:20: distance.viewer: "ap-south-1" is not in the matrix "april-2017": want one of ap-northeast-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2`},
		{"a front where nobody measured", "handler: hello\nfronts:\n  - id: rest\n    kind: apigw-rest", "handler: hello\ndistance: {}\nfronts:\n  - id: rest\n    kind: apigw-rest\n    region: me-south-1", false,
			`f.yaml:8:13: fronts[0].region: "me-south-1" is not in the matrix "recent": want one of ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2`},
		{"a table where nobody measured", "rounds: 12", "rounds: 12\ndistance: {}\ntables: [{name: Jobs, region: me-south-1, key: id}]", false,
			`f.yaml:20:10: tables[0]: "me-south-1" is not in the matrix "recent": want one of ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2`},
		{"an unknown matrix", "rounds: 12", "rounds: 12\ndistance: {matrix: 1969}", true,
			`f.yaml:19:20: distance.matrix: 1969 is a number: want one of recent, april-2017, in quotes if it is meant as text`},
		{"a version of TLS", "rounds: 12", "rounds: 12\ndistance: {tls: \"1.1\"}", true,
			`f.yaml:19:17: distance.tls: "1.1" is not known, did you mean "1.2": want one of 1.2, 1.3`},
		{"a domain of nowhere", "kind: apigw-rest", "kind: apigw-rest\n    domain: {}", true,
			`f.yaml:7:13: fronts[0].domain: field "records" is missing: want a list of 1 or more mappings with region, weight`},
		{"a domain by latency without distance", "kind: apigw-rest", "kind: apigw-rest\n    domain: {records: [{region: us-east-1}]}", false,
			`f.yaml:7:13: fronts[0].domain: routes by latency, and there is no distance: want distance: {} beside fronts, or another routing`},
		{"a domain with a Region of its own", "kind: apigw-rest", "kind: apigw-rest\n    region: us-east-1\n    domain: {routing: failover, records: [{region: us-east-1}]}", false,
			`f.yaml:7:13: fronts[0].region: a domain has Regions of its own: want the Regions in domain.records only`},
		{"a domain at the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    domain: {routing: failover, records: [{region: us-east-1}]}", false,
			`f.yaml:9:13: fronts[1].domain: kind edge-viewer-request has no custom domain name in several Regions: want it with an API of API Gateway or a load balancer`},
		{"a record twice", "kind: apigw-rest", "kind: apigw-rest\n    domain: {routing: failover, records: [{region: us-east-1}, {region: us-east-1}]}", false,
			`f.yaml:7:73: fronts[0].domain.records[1].region: "us-east-1" has a record already: want each Region once`},
		{"a weight of no routing", "kind: apigw-rest", "kind: apigw-rest\n    domain: {routing: failover, records: [{region: us-east-1, weight: 2}]}", false,
			`f.yaml:7:71: fronts[0].domain.records[0].weight: routing is failover: want it with routing: weighted only`},
		{"an alias with a TTL", "kind: apigw-rest", "kind: apigw-rest\n    domain: {routing: failover, alias: true, ttl: 30s, records: [{region: us-east-1}]}", false,
			`f.yaml:7:51: fronts[0].domain.ttl: an alias has no TTL of its own: want no ttl: an alias of an API has 60s`},
		{"a domain before there were regional endpoints", "kind: apigw-rest", "kind: apigw-rest\n    domain: {created: 2016-06-29, routing: failover, records: [{region: us-east-1}]}", false,
			`f.yaml:7:73: fronts[0].domain.records[0].region: custom domain name "rest.myapp.com" in us-east-1: BadRequestException: regional endpoints do not exist yet on 2016-06-29: want regional endpoints from 2017-11 on, each Region once`},
		{"F22 an edge-optimized name in a second Region", "kind: apigw-rest", "kind: apigw-rest\n    gateway: {endpoint: edge-optimized}\n    domain: {created: 2016-06-29, routing: failover, records: [{region: eu-west-1}, {region: us-east-1}]}", false,
			`f.yaml:8:94: fronts[0].domain.records[1].region: custom domain name "rest.myapp.com" in us-east-1: BadRequestException: The domain name you provided is already associated with an existing CloudFront distribution. Remove the domain name from the existing CloudFront distribution or use a different domain name.: want regional endpoints from 2017-11 on, each Region once`},
		{"a name of two domains", "  - id: edge\n    kind: edge-viewer-request", "    domain: {name: a.example.com, routing: failover, records: [{region: us-east-1}]}\n  - id: two\n    kind: alb\n    domain: {name: a.example.com, routing: failover, records: [{region: us-east-1}]}", false,
			`f.yaml:7:20: fronts[0].domain.name: "a.example.com" is the name of fronts[1] too: want a name of its own for each domain`},
		{"a health check every 20 s", "kind: apigw-rest", "kind: apigw-rest\n    domain: {routing: failover, records: [{region: us-east-1}], health_check: {interval: 20s}}", false,
			`f.yaml:7:90: fronts[0].domain.health_check.interval: 20s is not an interval of Route 53: want 10s or 30s`},
		{"a health check of two programs", "kind: apigw-rest", "kind: apigw-rest\n    domain: {routing: failover, records: [{region: us-east-1}], health_check: {command: [x], status: ok}}", false,
			`f.yaml:7:89: fronts[0].domain.health_check.command: a built-in handler is given too: want either command or handler`},
		{"a health check by nobody", "kind: apigw-rest", "kind: apigw-rest\n    domain: {routing: failover, records: [{region: us-east-1}], health_check: {handler: helo}}", false,
			`f.yaml:7:89: fronts[0].domain.health_check.handler: "helo" is not known, did you mean "hello": want one of hello, meditate`},
		{"an outage elsewhere", "kind: apigw-rest", "kind: apigw-rest\n    outages: [{region: eu-west-1, from: 1s}]", false,
			`f.yaml:7:24: fronts[0].outages[0].region: the front is not in "eu-west-1": want one of us-east-1`},
		{"an outage that ends before it begins", "kind: apigw-rest", "kind: apigw-rest\n    outages: [{region: us-east-1, from: 2s, until: 1s}]", false,
			`f.yaml:7:52: fronts[0].outages[0].until: 1s is not after it begins, 2s: want a later time`},
		{"an outage of a check that is not there", "kind: apigw-rest", "kind: apigw-rest\n    outages: [{region: us-east-1, what: health, from: 2s}]", false,
			`f.yaml:7:41: fronts[0].outages[0].what: there is no health check: want domain.health_check, or what: region`},
		{"an answer of a Region that is down", "kind: apigw-rest", "kind: apigw-rest\n    outages: [{region: us-east-1, answer: x, from: 2s}]", false,
			`f.yaml:7:43: fronts[0].outages[0].answer: a Region that is down answers nothing: want it with what: health only`},
		{"an outage at the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    outages: [{region: us-east-1, from: 2s}]", false,
			`f.yaml:9:14: fronts[1].outages: kind edge-viewer-request is at the edge, in no Region that could fail: want them with the other kinds only`},
		{"a speed of nothing", "rounds: 12", "rounds: 12\nspeed: 60", false,
			`f.yaml:19:8: speed: nothing runs on the simulated clock: want it with a domain or outages only`},
		{"no request in a trial", "200/s", "1/h", false,
			`f.yaml:14:13: load.duration: 10s plans 0.0028 requests: want a trial of one request or more`},
		{"bare duration", "10s", "10", true,
			`f.yaml:14:13: load.duration: 10 has no unit: want a duration such as 30s, 1m30s or 400ms, from 100ms to 24h`},
		{"negative duration", "10s", "-10s", true,
			`f.yaml:14:13: load.duration: "-10s" is not a duration: want a duration such as 30s, 1m30s or 400ms, from 100ms to 24h`},
		{"duration too short", "10s", "1ms", false,
			`f.yaml:14:13: load.duration: "1ms" is out of range: want a duration such as 30s, 1m30s or 400ms, from 100ms to 24h`},
		{"warm-up as long as the measurement", "duration: 10s", "duration: 10s\n  warmup: 10s", false,
			`f.yaml:15:11: load.warmup: 10s is as long as the measurement, 10s, or longer: want a warm-up shorter than the measurement`},
		{"rate and stages", "duration: 10s", "stages: [{rate: 1/s, duration: 10s}]", true,
			`f.yaml:14:11: load.stages: rate is given too: want either rate or stages`},
		{"neither rate nor stages", "  rate: 200/s\n", "", true,
			`f.yaml:13:3: load: rate and stages are both missing: want one of them, such as rate: 200/s`},
		{"duration with stages", "rate: 200/s", "stages: [{rate: 1/s, duration: 10s}]", false,
			`f.yaml:14:13: load.duration: stages are given too: want duration with rate only: stages have their own`},
		{"stage with rate and ramp", "rate: 200/s\n  duration: 10s", "stages: [{rate: 1/s, from: 1/s, duration: 10s}]", true,
			`f.yaml:13:19: load.stages[0].rate: a ramp is given too: want either rate, or from and to`},
		{"half a ramp", "rate: 200/s\n  duration: 10s", "stages: [{from: 1/s, duration: 10s}]", true,
			`f.yaml:13:12: load.stages[0]: has half a ramp: want both from and to`},
		{"stage without rate", "rate: 200/s\n  duration: 10s", "stages: [{duration: 10s}]", true,
			`f.yaml:13:12: load.stages[0]: has no rate: want either rate, or from and to`},
		{"stage without duration", "rate: 200/s\n  duration: 10s", "stages: [{rate: 1/s}]", true,
			`f.yaml:13:12: load.stages[0]: field "duration" is missing: want a duration such as 30s, 1m30s or 400ms, from 100ms to 24h`},
		{"no stages", "rate: 200/s\n  duration: 10s", "stages: []", true,
			`f.yaml:13:11: load.stages: has 0 elements: want a list of 1 or more mappings with rate, from, to, duration`},
		{"HTTP version as a number", "duration: 10s", "http: 2", true,
			`f.yaml:14:9: load.http: 2 is a number: want one of 1.1, 2, 3, in quotes if it is meant as text`},
		{"HTTP/2 without TLS", "kind: apigw-rest\n  - id: edge\n    kind: edge-viewer-request\nrequests:\n  - method: GET\n    expect: {body: {contains: Hello}}\nload:\n", "kind: apigw-rest\n    metrics: none\n    url: http://x.example\nrequests:\n  - method: GET\n    expect: {body: {contains: Hello}}\nload:\n  http: \"2\"\n", false,
			`f.yaml:13:9: load.http: front "rest" (fronts[0]) is not reached over https, which HTTP/2 needs: want "1.1", or an https url for every front`},
		{"HTTP/3 for each request", "duration: 10s", "http: \"3\"\n  keepalive: false", false,
			`f.yaml:15:14: load.keepalive: HTTP/3 keeps to one connection: want keepalive: true with http: "3"`},
		{"unknown arrivals", "duration: 10s", "arrivals: poison", true,
			`f.yaml:14:13: load.arrivals: "poison" is not known, did you mean "poisson": want one of poisson, constant`},
		{"no connections", "duration: 10s", "connections: 0", true,
			`f.yaml:14:16: load.connections: 0 is out of range: want a whole number, from 1 to 10000`},
		{"truth value of YAML 1.1", "duration: 10s", "keepalive: yes", true,
			`f.yaml:14:14: load.keepalive: "yes" is text: want true or false`},
		{"unknown field", "handler: hello", "handlr: hello", true,
			`f.yaml:3:1: unknown field "handlr", did you mean "handler": want one of version, name, description, handler, command, fronts, requests, load, distance, tables, buckets, speed, rounds, seed, traffic, pricing, gates, claims, offload`},
		{"unknown field inside", "rate: 200/s", "speed: 200/s", true,
			`f.yaml:13:3: load: unknown field "speed": want one of rate, stages, arrivals, polling, duration, warmup, timeout, connections, keepalive, http, tls`},
		{"field twice", "rounds: 12", "rounds: 12\nname: again", false,
			`f.yaml:19:1: "name" is given twice, first on line 2: want each name once`},
		{"field missing", "name: base\n", "", true,
			`f.yaml:1:1: field "name" is missing: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"field empty", "name: base", "name:", true,
			`f.yaml:2:6: name: is empty: want a name of at most 64 small letters, digits and hyphens, such as http-api, or leave the field out`},
		{"name with spaces", "name: base", "name: My Base", true,
			`f.yaml:2:7: name: "My Base" is not understood: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"name that YAML reads as a number", "name: base", "name: 1.5", true,
			`f.yaml:2:7: name: 1.5 is a number: want a name of at most 64 small letters, digits and hyphens, such as http-api, in quotes if it is meant as text`},
		{"list for text", "name: base", "name: [base]", true,
			`f.yaml:2:7: name: is a list: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"version later", "version: 1", "version: 2", true,
			`f.yaml:1:10: version: 2 is a version that this program does not read: want 1`},
		{"version in words", "version: 1", "version: one", true,
			`f.yaml:1:10: version: "one" is text: want 1`},
		{"version not first", "version: 1\nname: base", "name: base\nversion: 1", false,
			`f.yaml:1:1: does not begin with its version: want version: 1 as the first field`},
		{"unknown handler", "handler: hello", "handler: helo", false,
			`f.yaml:3:10: handler: "helo" is not known, did you mean "hello": want one of hello, meditate`},
		{"handler and command", "handler: hello", "handler: hello\ncommand: [./bootstrap]", true,
			`f.yaml:4:10: command: handler is given too: want either handler or command`},
		{"nothing to run", "handler: hello\n", "", false,
			`f.yaml:4:5: fronts[0]: has nothing to run: want handler or command, for all fronts or for this one, or the url of a deployed front`},
		{"command as text", "handler: hello", "command: ./bootstrap", true,
			`f.yaml:3:10: command: "./bootstrap" is text: want a list of 1 or more words of a command`},
		{"unknown kind", "apigw-rest", "apigw-rst", true,
			`f.yaml:6:11: fronts[0].kind: "apigw-rst" is not known, did you mean "apigw-rest": want one of ` + strings.Join(kinds(), ", ")},
		{"id twice", "id: edge", "id: rest", false,
			`f.yaml:7:9: fronts[1].id: "rest" is the id of fronts[0] too: want an id of its own for each front`},
		{"memory without unit", "kind: apigw-rest", "kind: apigw-rest\n    memory: 128", true,
			`f.yaml:7:13: fronts[0].memory: 128 has no unit: want memory such as 128MB or 1769MB, from 128MB to 10240MB`},
		{"memory beyond Lambda", "kind: apigw-rest", "kind: apigw-rest\n    memory: 10241MB", false,
			`f.yaml:7:13: fronts[0].memory: "10241MB" is out of range: want memory such as 128MB or 1769MB, from 128MB to 10240MB`},
		{"memory beyond the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    memory: 256MB", false,
			`f.yaml:9:13: fronts[1].memory: "256MB" is more than kind edge-viewer-request has: want 128MB or less`},
		{"time beyond the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    timeout: 6s", false,
			`f.yaml:9:14: fronts[1].timeout: 6s is longer than kind edge-viewer-request may run: want 5s or less`},
		{"environment at the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    environment: {TABLE: jobs}", false,
			`f.yaml:9:18: fronts[1].environment: CloudFront refuses the association: "The function cannot have environment variables": want constants in the code`},
		{"arm64 at the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    architecture: arm64", false,
			`f.yaml:9:19: fronts[1].architecture: "arm64" is not what Lambda@Edge runs on: want x86_64`},
		{"Region of the edge", "kind: edge-viewer-request", "kind: edge-viewer-request\n    region: eu-west-1", false,
			`f.yaml:9:13: fronts[1].region: CloudFront refuses the association: "The function must be in region 'us-east-1'. ARN: arn:aws:lambda:eu-west-1:123456789012:function:bench-edge:1": want us-east-1`},
		{"number in the environment", "kind: apigw-rest", "kind: apigw-rest\n    environment: {PORT: 80}", true,
			`f.yaml:7:25: fronts[0].environment["PORT"]: 80 is a number: want text, in quotes if it is meant as text`},
		{"multi-value headers elsewhere", "kind: apigw-rest", "kind: apigw-rest\n    multi_value_headers: true", false,
			`f.yaml:7:26: fronts[0].multi_value_headers: kind apigw-rest has no such setting: want it with kind alb only`},
		{"identifier without url", "kind: apigw-rest", "kind: apigw-rest\n    function: hello", false,
			`f.yaml:7:15: fronts[0].function: names a deployed front, and no url is given: want it together with url`},
		{"identifier missing", "kind: apigw-rest", live + "\n    function: hello\n    stage: prod", false,
			`f.yaml:5:5: fronts[0]: field "api_name" is missing: want function, api_name, stage, which CloudWatch needs for kind apigw-rest, or metrics: none`},
		{"identifier of another kind", "kind: apigw-rest", live + "\n    metrics: none\n    api_id: abc", false,
			`f.yaml:9:13: fronts[0].api_id: kind apigw-rest has no such identifier: want only function, api_name, stage`},
		{"lab setting of a deployed front", "kind: apigw-rest", live + "\n    metrics: none\n    timeout: 3s", false,
			`f.yaml:9:14: fronts[0].timeout: is the lab's to set, and url names a deployed front: want it without url only`},
		{"url with a query", "kind: apigw-rest", live + "?a=b\n    metrics: none", false,
			`f.yaml:7:10: fronts[0].url: "https://x.example/prod" has a query, which is not shown: want scheme, host and path alone, such as https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod`},
		{"no body check", "{body: {contains: Hello}}", "{status: 200}", true,
			`f.yaml:11:13: requests[0].expect: field "body" is missing: want any, or a mapping with one or more of contains, equals, json, matches`},
		{"empty body check", "{contains: Hello}", "{}", true,
			`f.yaml:11:20: requests[0].expect.body: has no check: want any, or a mapping with one or more of contains, equals, json, matches`},
		{"empty text to contain", "contains: Hello", `contains: ""`, true,
			`f.yaml:11:31: requests[0].expect.body.contains: "" is not understood: want text of one character or more`},
		{"bad expression", "contains: Hello", `matches: "a("`, false,
			"f.yaml:11:30: requests[0].expect.body.matches: \"a(\" is not a regular expression, missing closing ): `a(`: want a regular expression such as \"^OK [0-9]+$\""},
		{"bad JSON pointer", "contains: Hello", `json: {"/a~2": 1}`, true,
			`f.yaml:11:28: requests[0].expect.body.json: "/a~2" is not understood: want names of fields, or JSON pointers such as /items/0/id`},
		{"body of HEAD", "method: GET", "method: HEAD", false,
			`f.yaml:11:20: requests[0].expect.body: a HEAD request's answer has no body to check: want any`},
		{"query in the path", "method: GET", "method: GET\n    path: /a?b=c", true,
			`f.yaml:11:11: requests[0].path: "/a?b=c" is not understood: want a percent-encoded path without a query that begins with /, such as /a%20b for /a b`},
		{"path that is not encoded", "method: GET", "method: GET\n    path: \"/a b/ü//x/../y\"", true,
			`f.yaml:11:11: requests[0].path: "/a b/ü//x/../y" is not understood: want a percent-encoded path without a query that begins with /, such as /a%20b for /a b`},
		{"header of the client's own", "method: GET", "method: GET\n    headers: {Content-Length: \"5\"}", false,
			`f.yaml:11:31: requests[0].headers["Content-Length"]: Content-Length is not yours to set: want no such header: the client computes it`},
		{"weight of zero", "method: GET", "method: GET\n    weight: 0", true,
			`f.yaml:11:13: requests[0].weight: 0 is out of range: want a whole number, from 1 to 1000000`},
		{"status out of range", "{body:", "{status: 99, body:", true,
			`f.yaml:11:22: requests[0].expect.status: 99 is out of range: want a whole number, from 200 to 599`},
		{"rounds of zero", "rounds: 12", "rounds: 0", true,
			`f.yaml:18:9: rounds: 0 is out of range: want a whole number, from 1 to 1000`},
		{"rounds in octal", "rounds: 12", "rounds: 012", false,
			`f.yaml:18:9: rounds: 012 is not a whole number: want a whole number, from 1 to 1000`},
		{"negative seed", "rounds: 12", "seed: -1", true,
			`f.yaml:18:7: seed: -1 is not a whole number: want a whole number`},
		{"a range from nothing", "expected: 15M", "expected: 15M\n    low: 0", false,
			`f.yaml:18:10: traffic.requests_per_month.low: 0 begins a range, whose months lie apart by factors: want 1 or more; expected: 0 alone is a month in which nobody calls`},
		{"forecast out of order", "expected: 15M", "expected: 15M\n    low: 16M", false,
			`f.yaml:18:10: traffic.requests_per_month.low: 16000000 is more than expected, 15000000: want low <= expected <= high`},
		{"count with a decimal unit unknown", "expected: 15M", "expected: 15m", true,
			`f.yaml:17:15: traffic.requests_per_month.expected: "15m" is not understood: want a count such as 15M, 250K or 1500000`},
		{"share above one", "rounds: 12", "  https: 120%", true,
			`f.yaml:18:10: traffic.https: "120%" is not a share of the whole: want a number from 0 to 1, or a percentage such as 20%`},
		{"shares that do not add up", "rounds: 12", "  viewers: {us: 50%, eu: 0.4}", false,
			`f.yaml:18:12: traffic.viewers: the shares add up to 0.9: want shares that add up to 1`},
		{"unknown zone", "rounds: 12", "  viewers: {uk: 100%}", true,
			`f.yaml:18:13: traffic.viewers: "uk" is not known: want keys out of us, ca, eu, jp, ap, au, in, za, me, sa`},
		{"short profile", "rounds: 12", "  hourly_profile: [1, 2]", true,
			`f.yaml:18:19: traffic.hourly_profile: has 2 elements: want a list of 24 numbers, from 0 to 1000000`},
		{"size without unit", "rounds: 12", "  response_size: 6000", true,
			`f.yaml:18:18: traffic.response_size: 6000 has no unit: want a size such as 6KB (6,000 bytes), 6KiB (6,144 bytes) or 1MiB, 20MB or less`},
		{"part of a byte", "rounds: 12", "  response_size: 0.5B", false,
			`f.yaml:18:18: traffic.response_size: "0.5B" is not a whole number of bytes: want a size such as 6KB (6,000 bytes), 6KiB (6,144 bytes) or 1MiB, 20MB or less`},
		{"no such day", "rounds: 12", "pricing: {as_of: 2025-02-30}", false,
			`f.yaml:18:18: pricing.as_of: "2025-02-30" is not a date: want a day such as 2025-06-01, or today`},
		{"gate without comparison", "rounds: 12", "gates: [p(95)]", true,
			`f.yaml:18:9: gates[0]: "p(95)" ends where a comparison (<, <=, >, >=, ==, !=) belongs: want a gate such as "p(95)<200", "rate<0.01" or "p(95)[alb] <= p(95)[http-api] + 5ms"`},
		{"gate on an unknown front", "rounds: 12", `gates: ["p(95)[rst] < 200"]`, false,
			`f.yaml:18:9: gates[0]: "p(95)[rst] < 200" names the front "rst", which is not there, did you mean "rest": want one of rest, edge`},
		{"forecast out of order above", "expected: 15M", "expected: 15M\n    high: 14M", false,
			`f.yaml:18:11: traffic.requests_per_month.high: 14000000 is less than expected, 15000000: want low <= expected <= high`},
		{"profile of zeros", "rounds: 12", "  hourly_profile: [" + strings.Repeat("0, ", 23) + "0]", false,
			`f.yaml:18:19: traffic.hourly_profile: every weight is 0: want at least one weight above 0`},
		{"count in octal", "expected: 15M", "expected: 0017", false,
			`f.yaml:17:15: traffic.requests_per_month.expected: 0017 is not understood: want a count such as 15M, 250K or 1500000`},
		{"count beyond 64 bits", "expected: 15M", "expected: 999999999999999B", false,
			`f.yaml:17:15: traffic.requests_per_month.expected: "999999999999999B" is too large: want a count such as 15M, 250K or 1500000`},
		{"mapping for text", "name: base", "name: {a: b}", true,
			`f.yaml:2:7: name: is a mapping: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"date for text", "name: base", "name: 2025-06-01", true,
			`f.yaml:2:7: name: 2025-06-01 is a date: want a name of at most 64 small letters, digits and hyphens, such as http-api, in quotes if it is meant as text`},
		{"list for a mapping", "{contains: Hello}", "{json: [a]}", true,
			`f.yaml:11:27: requests[0].expect.body.json: is a list: want a mapping of names of fields, or JSON pointers such as /items/0/id to text, a number, true, false or null`},
		{"number as a key", "{contains: Hello}", "{json: {1: a}}", false,
			`f.yaml:11:28: requests[0].expect.body.json: a key 1 is a number: want a name before the colon, in quotes if it is meant as text`},
		{"key twice in a mapping", "{contains: Hello}", "{json: {a: 1, a: 2}}", false,
			`f.yaml:11:34: requests[0].expect.body.json: "a" is given twice, first on line 11: want each name once`},
		{"merge key", "name: base", "name: base\n<<: {}", false,
			`f.yaml:3:1: has a merge key, <<: want the fields themselves: the format has no anchors and aliases`},
		{"key of many parts", "name: base", "name: base\n? [a]\n: b", false,
			`f.yaml:3:3: a key is a list: want a name before the colon`},
		{"no fronts", "fronts:\n  - id: rest\n    kind: apigw-rest\n  - id: edge\n    kind: edge-viewer-request\n", "fronts: []\n", true,
			`f.yaml:4:9: fronts: has 0 elements: want a list of 1 or more mappings with ` + strings.Join(names((&Front{}).fields()), ", ")},
		{"control character", "name: base", "name: ba\x00se", false,
			`f.yaml:2:9: control character 0x00: want a text file in UTF-8`},
		{"long text", "name: base", "name: " + strings.Repeat("é", 100), true,
			`f.yaml:2:7: name: "` + strings.Repeat("é", 28) + `..." is not understood: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"name of 65 letters", "name: base", "name: " + strings.Repeat("a", 65), true,
			`f.yaml:2:7: name: "` + strings.Repeat("a", 57) + `..." is not understood: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"anchor", "name: base", "name: &n base", false,
			`f.yaml:2:7: name: has an anchor, &n: want the value alone: the format has no anchors and aliases`},
		{"tag", "name: base", "name: !!str 5", false,
			`f.yaml:2:7: name: has a YAML tag, !!str: want the value alone, in quotes if it is text`},
		{"second document", "rounds: 12", "rounds: 12\n---\nversion: 1", false,
			`f.yaml:19:1: a second document begins: want one scenario in one file`},
		{"tab", "  rate: 200/s", "\trate: 200/s", false,
			`f.yaml:13:1: a tab indents the line, which YAML does not allow: want spaces`},
		{"unknown claim", "rounds: 12", "rounds: 12\nclaims: [price]", true,
			`f.yaml:19:10: claims[0]: "price" is not understood: want an id of a claim, such as C4`},
		{"claim twice", "rounds: 12", "rounds: 12\nclaims: [C4, C5, C4]", false,
			`f.yaml:19:18: claims[2]: "C4" is claims[0] too: want each claim once`},
		{"bad YAML", "rounds: 12", "rounds: [12", false,
			`f.yaml:18: this is not YAML: did not find expected ',' or ']': want YAML such as bench's own scenarios`},
		{"not UTF-8", "name: base", "name: b\xffse", false,
			`f.yaml:2:8: byte 0xff is not UTF-8: want a text file in UTF-8`},
	}...)
}

func TestParseMistakes(t *testing.T) {
	for _, m := range mistakes() {
		t.Run(m.name, func(t *testing.T) {
			s, err := Parse("f.yaml", []byte(m.text(t)), "hello", "meditate")
			if err == nil {
				t.Fatalf("parsed: %+v", s)
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

func TestParseRefusesWhatIsNoMapping(t *testing.T) {
	for text, want := range map[string]string{
		"":         "f.yaml:1:1: the file is empty: want a scenario that begins with version: 1",
		"# only\n": "f.yaml:1:1: the file is empty: want a scenario that begins with version: 1",
		"hello":    `f.yaml:1:1: "hello" is text: want a mapping with version: 1 as the first field`,
		"[1, 2]":   "f.yaml:1:1: is a list: want a mapping with version: 1 as the first field",
		"{}":       "f.yaml:1:1: does not begin with its version: want version: 1 as the first field",
	} {
		if _, err := Parse("f.yaml", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("Parse(%q)\n got %v\nwant %s", text, err, want)
		}
	}
}

// TestParseFirstInFileOrder has two mistakes of each class; the first one counts,
// whatever the order of the tables.
func TestParseFirstInFileOrder(t *testing.T) {
	fields := strings.NewReplacer("200/s", "0/s", "rounds: 12", "rounds: 0").Replace(base)
	rules := strings.NewReplacer("id: edge", "id: rest", "handler: hello", "handler: helo").Replace(base)
	for text, want := range map[string]string{fields: "load.rate", rules: "handler"} {
		_, err := Parse("f.yaml", []byte(text), "hello")
		var e *Error
		if !errors.As(err, &e) || e.Field != want {
			t.Errorf("first mistake: got %v, want one of %s", err, want)
		}
	}
}
