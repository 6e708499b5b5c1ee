package words

import (
	"math"
	"testing"

	"frontdoor/gate"
	"frontdoor/pricing"
	"frontdoor/stats"
)

func TestFigure(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", math.Inf(1): "-", math.Inf(-1): "-",
		0.0005: "0.000500", 0.00049996: "0.000500", 1e-9: "0.00000000100", 0.1: "0.100", 0.9996: "1.00",
		1: "1.00", 9.99: "9.99", 9.999: "10.0", 9.99999999999: "10.0", 12.34: "12.3", 99.94: "99.9", 99.96: "100",
		100: "100", 999.4: "999", 999.5: "1,000", 1234.5: "1,235", 1e9: "1,000,000,000", 1e19: "10,000,000,000,000,000,000",
		-3.14159: "-3.14", -999.5: "-1,000", -0.0005: "-0.000500", -1234567: "-1,234,567",
	} {
		if got := Figure(x); got != want {
			t.Errorf("Figure(%g) = %q, want %q", x, got, want)
		}
	}
	if got := Figure(math.NaN()); got != "-" {
		t.Errorf("Figure(NaN) = %q", got)
	}
}

func TestDollars(t *testing.T) {
	for amount, want := range map[string]string{
		"0": "$0.00", "0.0005": "$0.0005000", "0.00000625125": "$0.000006251", "0.0000000000001": "$0.0000000000001000",
		"0.87516533515625": "$0.8752", "0.99996": "$1.000", "1": "$1.000", "9.9994": "$9.999", "9.9996": "$10.00", "12.5": "$12.50",
		"46.8183253515625": "$46.82", "99.994": "$99.99", "99.996": "$100.00", "999.5": "$999.50", "999.999": "$1,000.00",
		"1234567.891": "$1,234,567.89", "1000000000": "$1,000,000,000.00", "98765432109876543210.126": "$98,765,432,109,876,543,210.13",
		"16.425": "$16.43", "-0.5": "-$0.5000", "-12.5": "-$12.50", "-1234.5": "-$1,234.50",
	} {
		u, err := pricing.ParseUSD(amount)
		check(t, err)
		if got := Dollars(u); got != want {
			t.Errorf("Dollars(%s) = %q, want %q", amount, got, want)
		}
	}
	if got := Dollars(pricing.USD{}); got != "$0.00" {
		t.Errorf("dollars of the zero value = %q", got)
	}
}

func TestQuantity(t *testing.T) {
	for exact, want := range map[string]string{
		"0": "0", "1": "1", "0.0900": "0.09", "100": "100", "1000": "1,000", "976.5625": "976.5625", "21000000000": "21,000,000,000", "1234567.25": "1,234,567.25",
		"14.30511474609375": "14.3051", "9.53701": "9.5370", "999.99996": "1,000.0000", "61440000000.00004": "61,440,000,000.0000",
		"0.1250": "0.125", "0.08940696716": "0.08941", "0.0001": "0.0001", "0.00001": "0.00001", "0.00001000004": "0.00001000", "0.0000123456": "0.00001235", "0.99999": "1.0000",
		"0.0099999": "0.01000", "0.000000000125": "0.000000000125", "-1": "-1", "-1234.5": "-1,234.5", "-0.00002": "-0.00002",
		"98765432109876543210.5": "98,765,432,109,876,543,210.5",
	} {
		q, err := pricing.ParseQuantity(exact)
		check(t, err)
		if got := Quantity(q); got != want {
			t.Errorf("Quantity(%s) = %q, want %q", exact, got, want)
		}
	}
	for _, c := range []struct {
		q    pricing.Quantity
		want string
	}{{pricing.Ratio(1, 3), "0.3333"}, {pricing.Ratio(2, 3000), "0.0006667"}, {pricing.Ratio(10_000_000, 3), "3,333,333.3333"}, {pricing.Quantity{}, "0"}} {
		if got := Quantity(c.q); got != c.want {
			t.Errorf("Quantity(%s) = %q, want %q", c.q, got, c.want)
		}
	}
}

func TestGroupAndCount(t *testing.T) {
	for n, want := range map[int64][2]string{
		0: {"0", "0"}, 1: {"1", "1"}, 999: {"999", "999"}, 1000: {"1,000", "1k"}, 1234: {"1,234", "1,234"}, 1500: {"1,500", "1.5k"},
		12_340: {"12,340", "12.34k"}, 300_000: {"300,000", "300k"}, 999_999: {"999,999", "999,999"}, 1_000_000: {"1,000,000", "1M"},
		7_500_000: {"7,500,000", "7.5M"}, 1_234_560: {"1,234,560", "1,234,560"}, 1e9: {"1,000,000,000", "1B"},
		999_999_999: {"999,999,999", "999,999,999"}, 2_500_000_000_000: {"2,500,000,000,000", "2,500,000,000,000"},
		-1: {"-1", "-1"}, -999: {"-999", "-999"}, -1000: {"-1,000", "-1,000"}, -123_456: {"-123,456", "-123,456"},
		math.MinInt64: {"-9,223,372,036,854,775,808", "-9,223,372,036,854,775,808"},
	} {
		if got := [2]string{Group(n), Count(n)}; got != want {
			t.Errorf("group and count of %d are %q, want %q", n, got, want)
		}
	}
}

func TestCells(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct{ got, want string }{
		{Interval(stats.Estimate{Point: 41.23, Lo: 40.05, Hi: 42.6, N: 9}), "41.2 [40.0, 42.6]"},
		{Interval(stats.Estimate{Point: 41.23, Lo: nan, Hi: nan, N: 9}), "41.2"},
		{Interval(stats.Estimate{Point: 41.23, Lo: nan, Hi: nan, N: 9, Refused: "too few"}), "too few"},
		{Interval(stats.Estimate{Point: nan, Lo: nan, Hi: nan, Refused: "no values"}), "-"},
		{PerRequest(0, 0), "-"}, {PerRequest(1200, 60), "20.0"}, {PerRequest(0, 60), "0"},
		{Optional(nil), "-"}, {Optional(new(0.0)), "0"}, {Optional(new(12.34)), "12.3"},
		{Plural(0, "round"), "0 rounds"}, {Plural(1, "round"), "1 round"}, {Plural(1200, "round"), "1,200 rounds"},
	} {
		if c.got != c.want {
			t.Errorf("cell is %q, want %q", c.got, c.want)
		}
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWordsOfVerdicts(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{MoreRounds(1), "about 1 more round"}, {MoreRounds(99), "about 99 more rounds"}, {MoreRounds(101), "about 110 more rounds"}, {MoreRounds(1598), "about 1,600 more rounds"},
		{Range([2]float64{1.1, 1.4}), " [$1.10, $1.40]"}, {Range([2]float64{1.10001, 1.1}), ""},
		{Percent(0.1234), "12.3 %"}, {Percent(math.NaN()), "-"}, {Change(0.82), "18.0 % lower"}, {Change(1.5), "50.0 % higher"}, {Change(1), "the same"},
		{P(0.03125), "0.0312"}, {P(1e-9), "< 0.0001"}, {P(math.NaN()), "-"},
		{USD(0), "$0.00"}, {USD(-12.5), "-$12.50"}, {USD(0.3459), "$0.3459"}, {USD(1234567), "$1,234,567.00"}, {USD(math.Inf(1)), "-"},
		{Quantile(0.5), "p50"}, {Quantile(0.999), "p99.9"},
		{Value(0.0042, gate.Time), "4.20 ms"}, {Value(0.0105, gate.Share), "1.05 %"}, {Value(1.5, gate.Money), "$1.500"}, {Value(600, gate.Count), "600"},
		{Measured(stats.Estimate{Point: 0.2, Lo: 0.19, Hi: 0.21}, gate.Time), "200 ms [190 ms, 210 ms]"},
		{Measured(stats.Estimate{Point: 0.2, Lo: math.NaN(), Hi: math.NaN()}, gate.Time), "200 ms"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
