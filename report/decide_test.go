package report

import (
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// doors is a run in which dear (an HTTP API) is faster than cheap (a function
// URL) by far, and slow (another HTTP API) slower than both. A million requests
// cost a dollar more at dear and slow.
func doors(t testing.TB) Input {
	cheap := doorOf("cheap", front.FunctionURL, 256, "arm64")
	dear := doorOf("dear", front.APIGatewayHTTP, 256, "arm64")
	slow := doorOf("slow", front.APIGatewayHTTP, 256, "arm64")
	rec := newRecorder(t, record.SourceLab, 12, dear, cheap, slow)
	for round := 1; round <= 12; round++ {
		more := 0.1 * float64(round)
		rec.trial(dear, round, nil, steady(40, 8_000, 20+more, 22+more, 20.5, 21))
		rec.trial(cheap, round, nil, steady(40, 8_000, 34, 36+more, 33, 35))
		rec.trial(slow, round, nil, steady(40, 8_000, 54, 56+more, 53, 55))
	}
	in := input(t, rec.recording(""))
	in.Traffic = Traffic{Low: 1_000_000, Expected: 1_000_000, High: 1_000_000}
	in.Choices.Metrics = []string{"p50"}
	return in
}

// What is proposed does not depend on which front the others are compared with,
// as long as it was compared with the cheapest.
func TestProposalAndReference(t *testing.T) {
	in := doors(t)
	tests := []struct{ reference, choice, because string }{
		{"", "dear", "it costs less than $10.00 a month more than cheap, the cheapest, and is faster at p50 (ratio 0.6"},
		{"cheap", "dear", "it costs less than $10.00 a month more than cheap, the cheapest, and is faster at p50 (ratio 0.6"},
		{"dear", "dear", "it costs less than $10.00 a month more than cheap, the cheapest, and is faster at p50 (ratio 0.6"},
		{AllPairs, "dear", "it costs less than $10.00 a month more than cheap, the cheapest, and is faster at p50 (ratio 0.6"},
		{"slow", "cheap", "it costs the least; slow is within $10.00 a month, and not clearly faster; dear is within $10.00 a month, and not compared with it"},
	}
	in.Choices.Reference = "cheap"
	straight := reportOf(t, in).Decision.Because // with the ratio and its interval
	for _, test := range tests {
		in.Choices.Reference = test.reference
		d := reportOf(t, in).Decision
		if test.choice == "dear" && d.Because != straight {
			t.Errorf("reference %q: %s; want %s", test.reference, d.Because, straight)
		}
		if d.Choice != test.choice || !strings.HasPrefix(d.Because, test.because) {
			t.Errorf("reference %q: %q is proposed: %s", test.reference, d.Choice, d.Because)
		}
	}
}
