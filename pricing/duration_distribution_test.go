package pricing

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
)

// Expected values: the series summed term by term to 1e-30 by a program of its
// own, Python's math.fsum of math.erfc, in milliseconds:
//
//	g*fsum(erfc((log(k*g-later)-mu)/s/sqrt(2))/2 for k ...), v = log1p(cv**2), s = sqrt(v), mu = log(mean)-v/2
//
// with the terms at or above the timeout left out.
func TestLognormalAgainstTheWholeSeries(t *testing.T) {
	for _, c := range []struct {
		meanMS, cv    float64
		g             int64
		atMost, later int64 // us
		want          float64
	}{
		{52, .5, 50, 0, 0, 74.97664704135485},
		{52, .5, 1, 0, 0, 52.500000000000014},
		{52, 3, 1, 0, 0, 52.500207494365384},
		{52, 3, 50, 0, 0, 85.75415722876548},
		{50, 10, 1, 900e6, 0, 50.526251805104},
		{50, 10, 1, 900e6, 137250, 187.7453727023199},
		{300, 2, 100, 1000e3, 45000, 336.63183281811405},
		{1.3, .5, 1, 0, 0, 1.7789055310289505},
	} {
		d := smooth(t)(Lognormal(c.meanMS*1000, c.cv)).AtMost(c.atMost).Later(c.later)
		got := asFloat(billed(t, d, billing(c.g, false)).Low)
		if math.Abs(got/c.want-1) > 2e-12 {
			t.Errorf("mean %g cv %g at %d ms: %.13g, want %.13g", c.meanMS, c.cv, c.g, got, c.want)
		}
	}
}

// For exponential durations the series is geometric: g/(1-exp(-g/mean)).
func TestExponentialAgainstItsClosedForm(t *testing.T) {
	for _, meanMS := range []float64{.01, 1, 52, 900e3} {
		for _, g := range []int64{1, 50, 100} {
			got := asFloat(billed(t, smooth(t)(Exponential(meanMS*1000)), billing(g, false)).Low)
			if want := -float64(g) / math.Expm1(-float64(g)/meanMS); math.Abs(got/want-1) > 2e-12 {
				t.Errorf("mean %g at %d ms: %.13g, want %.13g", meanMS, g, got, want)
			}
		}
	}
}

// Far from 0 a normal's mean is a Fourier series of the sawtooth:
// mean + g/2 + g/pi * sum of sin(2 pi k mean/g) exp(-2 (pi k sd/g)^2) / k.
func TestNormalAgainstItsFourierSeries(t *testing.T) {
	for _, c := range []struct{ mean, sd, g float64 }{{52, 2.5, 50}, {52, 5, 50}, {148, 15, 100}, {49, .3, 50}, {30.3, .1, 1}, {800e3, 30, 1}} {
		want := c.mean + c.g/2
		for k := 1.; k < 1000; k++ {
			want += c.g / math.Pi * math.Sin(2*math.Pi*k*c.mean/c.g) * math.Exp(-2*math.Pow(math.Pi*k*c.sd/c.g, 2)) / k
		}
		got := asFloat(billed(t, smooth(t)(Normal(c.mean*1000, c.sd*1000)), billing(int64(c.g), false)).Low)
		if math.Abs(got/want-1) > 1e-11 {
			t.Errorf("normal %g, %g at %g ms: %.13g, want %.13g", c.mean, c.sd, c.g, got, want)
		}
	}
}

// Half a normal, kept above 0 of a mean next to nothing: P(D > x) is
// erfc(x/(sd sqrt 2)), all but 1e-23 of it within 5 steps of 2 sd; when the steps
// are small the mean is sd*sqrt(2/pi), and half a step.
func TestNormalIsKeptAboveZero(t *testing.T) {
	want := 0.
	for k := range 10 {
		want += 50 * math.Erfc(float64(k)*50/25/math.Sqrt2)
	}
	for sd, want := range map[float64]float64{25e3: want, 900e6: 900e3*math.Sqrt(2/math.Pi) + 25} {
		got := asFloat(billed(t, smooth(t)(Normal(1e-9, sd)), billing(50, false)).Low)
		if math.Abs(got/want-1) > 1e-9 {
			t.Errorf("half a normal, sd %g us: %.13g, want %.13g", sd, got, want)
		}
	}
}

// Expected values: a simulation of 2 million draws a row, durations rounded to
// 10 us as REPORT lines are, with the error of three ways to guess the billed
// mean. A row's figures are compared within half of their last digit, the
// rounding of the draws and the noise of 2 million of them.
func TestWhatGuessingFromTheMeanCosts(t *testing.T) {
	logn := func(mean, cv float64) Durations { return smooth(t)(Lognormal(mean*1000, cv)) }
	norm := func(mean, sd float64) Durations { return smooth(t)(Normal(mean*1000, sd*1000)) }
	twoModes := Mixture{{Ratio(7, 10), Constant(30000)}, {Ratio(3, 10), norm(103.33, 5)}}
	cold := Mixture{{Ratio(99, 100), logn(40.4, .2)}, {Ratio(1, 100), norm(1200, 100)}}
	for _, c := range []struct {
		name                  string
		d                     Durations
		mean                  float64 // ms
		g                     int64
		billed                string // ms
		ceil, half, untouched string // percent
	}{
		{"lognormal 52 cv .02", logn(52, .02), 52, 50, "98.7", "+1", "-22", "-47"},
		{"lognormal 48 cv .02", logn(48, .02), 48, 50, "51.0", "-2", "+43", "-6"},
		{"lognormal 52 cv .05", logn(52, .05), 52, 50, "88.8", "+13", "-13", "-41"},
		{"lognormal 52 cv .2", logn(52, .2), 52, 50, "77.0", "+30", "+0", "-32"},
		{"lognormal 52 cv .5", logn(52, .5), 52, 50, "75.0", "+33", "+3", "-31"},
		{"lognormal 52 cv 1", logn(52, 1), 52, 50, "78.2", "+28", "-2", "-34"},
		{"70 % 30 ms, 30 % about 103", twoModes, 52, 50, "76.2", "+31", "+1", "-32"},
		{"80 % about 49 ms, 20 % about 64", Mixture{{Ratio(8, 10), norm(49, .3)}, {Ratio(2, 10), norm(64, 3)}}, 52, 50, "60.0", "+67", "+28", "-13"},
		{"warm 40 ms, 1 % cold about 1.2 s", cold, 52, 50, "67.7", "+48", "+14", "-23"},
		{"lognormal 52 cv .5", logn(52, .5), 52, 100, "105.4", "-5", "-3", "-51"},
		{"lognormal 52 cv 1", logn(52, 1), 52, 100, "114.5", "-13", "-11", "-55"},
		{"70 % 30 ms, 30 % about 103", twoModes, 52, 100, "122.4", "-18", "-17", "-58"},
		{"lognormal 52 cv .2", logn(52, .2), 52, 1, "52.5", "-.9", "0.0", "-.9"},
		{"lognormal 3.2 cv .3", logn(3.2, .3), 3.2, 1, "3.70", "+8", "+.1", "-13"},
		{"lognormal 1.3 cv .5", logn(1.3, .5), 1.3, 1, "1.77", "+13", "+1.5", "-27"},
	} {
		got := asFloat(billed(t, c.d, billing(c.g, false)).Low)
		g := float64(c.g)
		noise := 0.00015*g + .006
		off := func(guess float64, printed string) {
			printedAs(t, c.name+", error of a guess", 100*(guess/got-1), printed, 100*noise/got)
		}
		printedAs(t, c.name, got, c.billed, noise)
		off(math.Ceil(c.mean/g)*g, c.ceil)
		off(c.mean+g/2, c.half)
		off(c.mean, c.untouched)
	}
}

// printedAs compares a value with a printed one: within half of its last digit,
// and the noise that it was printed with.
func printedAs(t *testing.T, name string, got float64, printed string, noise float64) {
	t.Helper()
	want, err := strconv.ParseFloat(printed, 64)
	if err != nil {
		t.Fatal(err)
	}
	_, decimals, _ := strings.Cut(printed, ".")
	if math.Abs(got-want) > .5*math.Pow10(-len(decimals))+noise {
		t.Errorf("%s: %.5g, want %s", name, got, printed)
	}
}

func BenchmarkLognormal(b *testing.B) {
	for _, cv := range []float64{.2, 1, 10} {
		b.Run(fmt.Sprint(cv), func(b *testing.B) {
			d := smooth(b)(Lognormal(52000, cv))
			for b.Loop() {
				billed(b, d, billing(1, false))
			}
		})
	}
}
