package main

import (
	"reflect"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab"
	"frontdoor/scenarios"
)

// Every field of a scenario's API reaches the lab; an API that says nothing is one
// that everybody may call.
func TestGatewayOf(t *testing.T) {
	text := `version: 1
name: api
handler: hello
fronts:
  - id: api
    kind: apigw-rest-nonproxy
    gateway:
      endpoint: edge-optimized
      mapping: pass-through
      responses: [{pattern: a.*, status: 404}]
      api_key_required: true
      api_key: the-key-0123456789abc
      usage_plan: {burst: 250, rate: 100/s, quota: {limit: 10K, period: week}}
      throttle: {burst: 2, rate: 90/m}
      cors: {allow_origins: ["*"], allow_methods: [GET], allow_headers: [a], expose_headers: [b], max_age: 5m, allow_credentials: true}
      permission: false
requests: [{method: GET, expect: {body: any}}]
load: {rate: 1/s}
`
	s, err := scenarios.Parse("api.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	got := gatewayOf(s.Fronts[0].Gateway)
	want := lab.Gateway{
		EdgeOptimized: true, PassThrough: true, Selections: []front.Selection{{Pattern: "a.*", Status: 404}}, APIKey: "the-key-0123456789abc",
		Plan: &lab.Throttle{Burst: 250, Rate: 100}, Quota: &lab.Quota{Limit: 10_000, Period: "WEEK"}, Stage: &lab.Throttle{Burst: 2, Rate: 1.5},
		CORS:         &lab.CORS{Origins: []string{"*"}, Methods: []string{"GET"}, Headers: []string{"a"}, Expose: []string{"b"}, MaxAge: 5 * time.Minute, Credentials: true},
		NoPermission: true,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	v := reflect.ValueOf(want)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() && name != "Now" {
			t.Errorf("field %s is not tried", name)
		}
	}
	if got := gatewayOf(nil); !reflect.DeepEqual(got, lab.Gateway{}) {
		t.Errorf("without a gateway: %+v", got)
	}
}
