package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"frontdoor/pricing"
)

// paid checks a bill against what a source published: every line of a front that
// costs something, and the total. Unlike a golden, -update leaves it alone.
//
//	paid costs.json FRONT TOTAL METER=USD...
func paid(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: paid costs.json FRONT TOTAL METER=USD...")
	}
	var costs struct {
		Fronts []struct {
			ID    string       `json:"id"`
			Total *pricing.USD `json:"total_usd"`
			Lines []struct {
				Meter  string      `json:"meter"`
				Amount pricing.USD `json:"amount_usd"`
			} `json:"lines"`
		} `json:"fronts"`
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &costs))
	for _, front := range costs.Fronts {
		if front.ID != args[1] {
			continue
		}
		var got []string
		for _, l := range front.Lines {
			if l.Amount.Sign() != 0 {
				got = append(got, fmt.Sprintf("%s=%s", l.Meter, l.Amount))
			}
		}
		want := slices.Clone(args[3:])
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || front.Total == nil || front.Total.String() != args[2] {
			ts.Fatalf("front %q costs %v = %s, want %v = %s", front.ID, got, front.Total, want, args[2])
		}
		return
	}
	ts.Fatalf("no front %q in %s", args[1], strings.TrimSpace(args[0]))
}
