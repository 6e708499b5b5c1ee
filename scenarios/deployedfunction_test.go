package scenarios

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
)

// further has a front with functions at three events, two makes of them.
const further = `version: 1
name: further
handler: hello
fronts:
  - id: e
    kind: edge-origin-request
    cloudfront:
      functions: [{event: viewer-request, handler: hello, runtime: cloudfront}, {event: origin-response, handler: hello}]
requests: [{method: GET, expect: {body: any}}]
load: {rate: 10/s, duration: 1s}
`

const furtherTarget = `version: 1
scenario: further
fronts:
  - id: e
    url: https://d1.cloudfront.net
    function: own
    distribution: EDFDVBD6EXAMPLE
`

const furtherFunctions = `    functions:
      - {event: origin-response, function: headers, function_region: eu-west-1}
      - {event: viewer-request, function: script}
`

// The further functions of a distribution are those of the targets, each of the kind that
// the scenario has at its event, and they are written as they were read.
func TestDeployedFunctions(t *testing.T) {
	targets := parseTargets(t, furtherTarget+furtherFunctions)
	on, err := parse(t, further).On(targets)
	if err != nil {
		t.Fatal(err)
	}
	e := on.Fronts[0]
	want := []DeployedFunction{{"origin-response", "headers", "eu-west-1"}, {"viewer-request", "script", ""}}
	if !slices.Equal(e.Functions, want) {
		t.Errorf("%+v, want %+v", e.Functions, want)
	}
	for event, kind := range map[string]front.Kind{"viewer-request": front.CloudFrontFunction, "origin-response": front.EdgeOriginResponse, "viewer-response": ""} {
		if got := e.FurtherKind(event); got != kind {
			t.Errorf("at %s is %q, want %q", event, got, kind)
		}
	}
	if text := string(FormatTargets(*targets)); !strings.Contains(text, furtherFunctions) {
		t.Errorf("written as\n%s", text)
	}
}

func TestDeployedFunctionsMistakes(t *testing.T) {
	for _, c := range []struct{ name, lines, want string }{
		{"none", "", `t.yaml:4:5: fronts[0]: no function is named at viewer-request, where the scenario's front has one: want functions, with one for each of its cloudfront.functions, or metrics: none`},
		{"one is missing", "    functions: [{event: viewer-request, function: a}]\n", `t.yaml:4:5: fronts[0]: no function is named at origin-response`},
		{"one too many", furtherFunctions + "      - {event: viewer-response, function: c}\n", `t.yaml:11:17: fronts[0].functions[2].event: the scenario's front has no further function at viewer-response: want its cloudfront.functions alone`},
		{"one twice", furtherFunctions + "      - {event: viewer-request, function: c}\n", `t.yaml:11:17: fronts[0].functions[2].event: viewer-request has a function already: want each event once`},
		{"no metrics", "    metrics: none\n", ""},
	} {
		_, err := parse(t, further).On(parseTargets(t, furtherTarget+c.lines))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := ParseTargets("t.yaml", []byte(furtherTarget+"    functions: [{event: viewer-request, function: 'us-east-1.a'}]\n")); err == nil || !strings.Contains(err.Error(), `"us-east-1.a" is not understood: want a function name such as headers, without account, version or the prefix`) {
		t.Errorf("a name with its prefix: %v", err)
	}
}
