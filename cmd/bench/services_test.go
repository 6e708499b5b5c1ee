package main

import (
	"testing"

	"frontdoor/lab"
	"frontdoor/scenarios"
)

// bench lab says where tables and buckets are, in columns as those of the fronts.
func TestStores(t *testing.T) {
	s := &scenarios.Scenario{
		Tables:  []scenarios.Table{{Name: "Jobs", Regions: []string{"ap-northeast-1", "us-east-1"}}},
		Buckets: []scenarios.S3Bucket{{Name: "web", Region: "eu-west-1"}},
	}
	f := lab.Served{Endpoints: map[string]string{"AWS_ENDPOINT_URL_DYNAMODB": "http://d", "AWS_ENDPOINT_URL_S3": "http://s"}}
	const want = "dynamodb Jobs          ap-northeast-1, us-east-1 http://d\n" +
		"s3 web                 eu-west-1            http://s\n"
	if got := stores(s, f); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
