package scenarios

import (
	"reflect"
	"testing"
	"time"
)

// plan is the tutorial's: https://github.com/f0rk/meditations, tools/deploy.py.
const plan = `kind: apigw-rest-nonproxy
    gateway:
      mapping: pass-through
      responses: [{pattern: '.*"httpStatus":404.*', status: 404}]
      api_key_required: true
      api_key: meditations-0123456789
      usage_plan: {burst: 250, rate: 100/s, quota: {limit: 10K}}
      throttle: {burst: 5000, rate: 10000/s}
      cors: {allow_origins: ["*"], allow_methods: [POST], max_age: 5m}`

func TestParseGateway(t *testing.T) {
	got := with(t, "kind: apigw-rest", plan).Fronts[0].Gateway
	want := &Gateway{
		Endpoint: Regional, Mapping: MappingPassThrough, Responses: []SelectedResponse{{`.*"httpStatus":404.*`, 404}},
		APIKeyRequired: true, APIKey: "meditations-0123456789", UsagePlan: &UsagePlan{250, 100, &Quota{10_000, "day"}},
		Throttle: &Throttle{5000, 10_000}, CORS: &CORS{Origins: []string{"*"}, Methods: []string{"POST"}, MaxAge: Duration(5 * time.Minute)},
		Permission: true,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	if got := with(t, "kind: apigw-rest", "kind: apigw-http\n    gateway: {permission: false}").Fronts[0].Gateway; !reflect.DeepEqual(got, &Gateway{Endpoint: Regional, Mapping: MappingTemplate}) {
		t.Errorf("%+v", got)
	}
	if got := with(t, "rounds: 12", "rounds: 6").Fronts[0].Gateway; got != nil {
		t.Errorf("a front that says nothing has %+v", got)
	}
}

func gatewayMistakes() []mistake {
	const rest, http, alb = "kind: apigw-rest\n    gateway: ", "kind: apigw-http\n    gateway: ", "kind: alb\n    gateway: "
	const key = "api_key_required: true, api_key: meditations-0123456789"
	return []mistake{
		{"gateway of a load balancer", "kind: apigw-rest", alb + "{permission: false}", false,
			`f.yaml:7:14: fronts[0].gateway: kind alb is not one of API Gateway: want it with the kinds of API Gateway only`},
		{"gateway of a deployed front", "kind: apigw-rest", "kind: apigw-rest\n    url: https://x.example/prod\n    metrics: none\n    gateway: {permission: false}", false,
			`f.yaml:9:14: fronts[0].gateway: is the lab's to set, and url names a deployed front: want it without url only`},
		{"key of an HTTP API", "kind: apigw-rest", http + "{" + key + "}", false,
			`f.yaml:7:33: fronts[0].gateway.api_key_required: kind apigw-http has no such setting: want it with the REST kinds only`},
		{"edge-optimized HTTP API", "kind: apigw-rest", http + "{endpoint: edge-optimized}", false,
			`f.yaml:7:25: fronts[0].gateway.endpoint: kind apigw-http has no such setting: want it with the REST kinds only`},
		{"mapping of a proxy integration", "kind: apigw-rest", rest + "{mapping: pass-through}", false,
			`f.yaml:7:24: fronts[0].gateway.mapping: kind apigw-rest has no such setting: want it with kind apigw-rest-nonproxy only`},
		{"unknown endpoint", "kind: apigw-rest", rest + "{endpoint: private}", true,
			`f.yaml:7:25: fronts[0].gateway.endpoint: "private" is not known: want one of regional, edge-optimized`},
		{"key required and not given", "kind: apigw-rest", rest + "{api_key_required: true}", false,
			`f.yaml:7:14: fronts[0].gateway: field "api_key" is missing: want the key that api_key_required asks for`},
		{"key not required", "kind: apigw-rest", rest + "{api_key: meditations-0123456789}", false,
			`f.yaml:7:24: fronts[0].gateway.api_key: no method requires it: want it with api_key_required: true`},
		{"short key", "kind: apigw-rest", rest + "{api_key_required: true, api_key: short}", true,
			`f.yaml:7:48: fronts[0].gateway.api_key: "short" is not understood: want an API key of 20 to 128 letters and digits`},
		{"plan without a key", "kind: apigw-rest", rest + "{usage_plan: {burst: 250, rate: 100/s}}", false,
			`f.yaml:7:27: fronts[0].gateway.usage_plan: no method requires a key, and a plan knows callers by theirs: want it with api_key_required: true, or throttle`},
		{"half a plan", "kind: apigw-rest", rest + "{" + key + ", usage_plan: {burst: 250}}", false,
			`f.yaml:7:84: fronts[0].gateway.usage_plan: has half a rate limit: want both burst and rate`},
		{"empty plan", "kind: apigw-rest", rest + "{" + key + ", usage_plan: {}}", false,
			`f.yaml:7:84: fronts[0].gateway.usage_plan: limits nothing: want burst and rate, quota, or all three`},
		{"quota of an hour", "kind: apigw-rest", rest + "{" + key + ", usage_plan: {quota: {limit: 1, period: hour}}}", true,
			`f.yaml:7:111: fronts[0].gateway.usage_plan.quota.period: "hour" is not known: want one of day, week, month`},
		{"quota of nothing", "kind: apigw-rest", rest + "{" + key + ", usage_plan: {quota: {limit: 0}}}", false,
			`f.yaml:7:100: fronts[0].gateway.usage_plan.quota.limit: 0 is out of range: want a count such as 15M, 250K or 1500000, 1 or more`},
		{"throttle without a rate", "kind: apigw-rest", rest + "{throttle: {burst: 1}}", true,
			`f.yaml:7:25: fronts[0].gateway.throttle: field "rate" is missing: want requests per second such as 200/s, 90/m or 0.5/s`},
		{"two origins of a REST API", "kind: apigw-rest", rest + "{cors: {allow_origins: [https://a.example, https://b.example]}}", false,
			`f.yaml:7:37: fronts[0].gateway.cors.allow_origins: has 2 elements, and a REST API's OPTIONS method answers with a fixed text: want one origin, or *`},
		{"origin with no scheme", "kind: apigw-rest", rest + "{cors: {allow_origins: [a.example]}}", true,
			`f.yaml:7:38: fronts[0].gateway.cors.allow_origins[0]: "a.example" is not understood: want origins such as https://app.example.com, or *`},
		{"pattern that is none", "kind: apigw-rest", "kind: apigw-rest-nonproxy\n    gateway: {responses: [{pattern: '(', status: 404}]}", false,
			`f.yaml:7:37: fronts[0].gateway.responses[0].pattern: selection pattern "(": error parsing regexp: missing closing ): ` + "`(`" + `: want a regular expression`},
	}
}
