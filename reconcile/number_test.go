package reconcile

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"frontdoor/pricing"
)

// The values are what math/big reads of the same text.
func TestDecimalIsExact(t *testing.T) {
	for _, text := range []string{"0", "1", "-1", "0.0000166667", "1.0E-7", "2.0E-4", "1.66667E-5", "-3.5e-10", "1.25E+2", "12e3", "1.2345E2", "0.00000000000000000001"} {
		want, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatal(text)
		}
		got, err := decimal(text, pricing.ParseUSD)
		if err != nil || got.Rat().Cmp(want) != 0 {
			t.Errorf("%s is %s: %v", text, got, err)
		}
	}
	for _, text := range []string{"", "abc", "1e", "e5", "1e99999999", "1e-99999999", "NaN", "0x10", "1/3", "1.2.3E4", "--1e2", "1,5", "Infinity"} {
		if got, err := decimal(text, pricing.ParseQuantity); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
}

// Whatever is read as a decimal is what math/big reads.
func FuzzDecimal(f *testing.F) {
	for _, text := range []string{"1.0E-7", "12e3", "-0.5", "1e60", "0.0e-60", "00.1E01"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := decimal(text, pricing.ParseQuantity)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		if !ok || want.Cmp(got.Rat()) != 0 {
			t.Fatalf("%q is %s, math/big says %v", text, got, want)
		}
	})
}

// The forms of AWS's exports: CUR's with milliseconds, FOCUS's, and the space of the
// AWS rows of the FOCUS 1.0 sample.
func TestParseTime(t *testing.T) {
	want := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	for _, text := range []string{"2026-11-22T15:00:00Z", "2026-11-22T15:00:00.000Z", "2026-11-22 15:00:00", "2026-11-22 15:00:00.000", "2026-11-22T15:00:00", "2026-11-22 15:00:00 UTC", "2026-11-22T16:00:00+01:00"} {
		if got, err := parseTime(text); err != nil || !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%q is %v: %v", text, got, err)
		}
	}
	if _, err := parseTime("22.11.2026"); err == nil || !strings.Contains(err.Error(), "22.11.2026") {
		t.Error(err)
	}
}
