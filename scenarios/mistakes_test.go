package scenarios

import (
	"errors"
	"slices"
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
	return append(slices.Concat(gatewayMistakes(), cloudfrontMistakes(), dataMistakes(), measuringMistakes()), []mistake{
		{"Node.js in a Region", "kind: apigw-rest", "kind: apigw-rest\n    runtime: nodejs", false,
			`f.yaml:7:14: fronts[0].runtime: "nodejs" is for Lambda@Edge, and kind apigw-rest runs in a Region: want go, or an edge kind`},
		{"runtime of a command", "kind: edge-viewer-request", "kind: edge-viewer-request\n    runtime: nodejs\n    command: [x]", false,
			`f.yaml:9:14: fronts[1].runtime: chooses the version of a built-in handler, and command is given: want either runtime or command`},
		{"auth in the lab", "kind: apigw-rest", "kind: apigw-rest\n    auth: {iam: {}}", false,
			`f.yaml:7:11: fronts[0].auth: names a deployed front, and no url is given: want it together with url`},
		{"auth that names no way", "kind: apigw-rest", live + "\n    metrics: none\n    auth: {}", true,
			`f.yaml:9:11: fronts[0].auth: names no way: want api_key, bearer, iam or cognito`},
		{"unknown runtime", "kind: edge-viewer-request", "kind: edge-viewer-request\n    runtime: node", true,
			`f.yaml:9:14: fronts[1].runtime: "node" is not known, did you mean "nodejs": want one of go, nodejs`},
		{"runtime of a deployed front", "kind: apigw-rest", live + "\n    metrics: none\n    runtime: nodejs", false,
			`f.yaml:9:14: fronts[0].runtime: is the lab's to set, and url names a deployed front: want it without url only`},
		{"a viewer without distance", "kind: apigw-rest", "kind: apigw-rest\n    viewer: eu-west-1", false,
			`f.yaml:7:13: fronts[0].viewer: is somewhere, and there is no distance: want distance: {} beside fronts, or no viewer`},
		{"a viewer nowhere", "rounds: 12", "rounds: 12\ndistance: {viewer: Dublin}", true,
			`f.yaml:19:20: distance.viewer: "Dublin" is not understood: want an AWS Region such as us-east-1`},
		{"a viewer where nobody measured", "rounds: 12", "rounds: 12\ndistance: {viewer: ap-south-1, matrix: april-2017}", false,
			`f.yaml:19:20: distance.viewer: "ap-south-1" is not in the matrix "april-2017": want one of ap-northeast-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2`},
		{"a front where nobody measured", "handler: hello\nfronts:\n  - id: rest\n    kind: apigw-rest", "handler: hello\ndistance: {}\nfronts:\n  - id: rest\n    kind: apigw-rest\n    region: me-south-1", false,
			`f.yaml:8:13: fronts[0].region: "me-south-1" is not in the matrix "recent": want one of ap-northeast-1, ap-south-1, ap-southeast-1, ap-southeast-2, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2`},
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
		{"unknown field", "handler: hello", "handlr: hello", true,
			`f.yaml:3:1: unknown field "handlr", did you mean "handler": want one of version, name, description, handler, command, fronts, requests, load, distance, tables, buckets, speed, rounds, seed, traffic, pricing, gates, claims, offload`},
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
		{"bad expression", "contains: Hello", `matches: "a("`, false,
			"f.yaml:11:30: requests[0].expect.body.matches: \"a(\" is not a regular expression, missing closing ): `a(`: want a regular expression such as \"^OK [0-9]+$\""},
		{"negative seed", "rounds: 12", "seed: -1", true,
			`f.yaml:18:7: seed: -1 is not a whole number: want a whole number`},
		{"mapping for text", "name: base", "name: {a: b}", true,
			`f.yaml:2:7: name: is a mapping: want a name of at most 64 small letters, digits and hyphens, such as http-api`},
		{"date for text", "name: base", "name: 2025-06-01", true,
			`f.yaml:2:7: name: 2025-06-01 is a date: want a name of at most 64 small letters, digits and hyphens, such as http-api, in quotes if it is meant as text`},
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
