package report

import (
	"maps"
	"slices"
	"testing"

	"frontdoor/record"
)

// A round is one sample, however often it was tried.
func TestOneAttemptOfARoundCounts(t *testing.T) {
	bad := []string{"late"}
	trial := func(round, attempt int, state record.State, invalid []string) record.Measured {
		return record.Measured{Trial: record.Trial{Round: round, Attempt: attempt, State: state, Invalid: invalid}}
	}
	trials := []record.Measured{
		trial(1, 1, record.Done, bad), trial(1, 2, record.Done, nil), // 0, 1
		trial(2, 1, record.Done, bad), trial(2, 2, record.Done, bad), // 2, 3
		trial(3, 1, record.Done, nil), trial(4, 1, record.Interrupted, nil), // 4, 5
	}
	for invalidToo, want := range map[bool][]int{false: {1, 4}, true: {1, 3, 4}} {
		if got := slices.Sorted(maps.Keys(counted(trials, invalidToo))); !slices.Equal(got, want) {
			t.Errorf("invalid too %v: trials %v count, want %v", invalidToo, got, want)
		}
	}
}
