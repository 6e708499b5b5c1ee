package main

import (
	"testing"

	"frontdoor/record"
)

// A lab that stands for AWS is given as URLs, and AWS billed nothing for it all the same.
func TestARunOnThisMachineIsTheLabs(t *testing.T) {
	for address, want := range map[string]bool{"http://127.0.0.1:8080": true, "http://[::1]:80/prod": true, "http://rest.localhost:1": true,
		"https://a1.execute-api.us-east-1.amazonaws.com/prod": false, "": false} {
		if got := here(record.Front{URL: address}); got != want {
			t.Errorf("%q: %t", address, got)
		}
		in, _, err := (&reconcileOptions{tolerance: "1%"}).input(&env{}, &viewOptions{}, &record.Recording{Run: record.Run{Source: record.SourceURL, Fronts: []record.Front{{URL: address}}}})
		if in.Lab != want {
			t.Errorf("%q: labelled as the lab's: %t (%v)", address, in.Lab, err)
		}
	}
}
