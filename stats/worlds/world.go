// Package worlds measures how often the comparisons of package stats are wrong.
// It makes sessions of equal and of unequal fronts in worlds whose truth is
// known, lets the comparison and some common habits judge them, and counts. The
// result is docs/error-rates.md; the tests hold the claims.
package worlds

import (
	"math"
	"math/rand/v2"
)

// World says how the times of requests come about. Within a trial (one front in
// one round) the logarithms are a Gaussian AR(1) series, so that times are
// lognormal with the median 1.
type World struct {
	Name   string
	Rho    float64 // correlation of neighbouring requests
	Bursty bool    // 3 % of requests take four times as long, in bursts of 20 on average
	Trial  float64 // standard deviation of the log factor of a trial
	// drift is the log factor of each trial in the order of time; nil for a world
	// that stands still.
	drift func(rng *rand.Rand, trials int) []float64
}

const (
	scatter     = 0.5 // of the log time of a request
	burstShare  = 0.03
	burstFactor = 4
	burstLength = 20
)

// Worlds are those that are measured.
func Worlds() []World {
	const rho, trial = 0.5, 0.03
	return []World{
		{Name: "independent"},
		{Name: "AR(1) .5", Rho: 0.5},
		{Name: "AR(1) .9", Rho: 0.9},
		{Name: "bursts", Bursty: true},
		{Name: "AR(1) .5, trials 5 %", Rho: rho, Trial: 0.05},
		{Name: "AR(1) .5, trials 3 %, linear drift 10 %", Rho: rho, Trial: trial, drift: linear},
		{Name: "AR(1) .5, trials 3 %, diurnal 20 %", Rho: rho, Trial: trial, drift: diurnal},
		{Name: "AR(1) .5, trials 3 %, random walk 15 %", Rho: rho, Trial: trial, drift: walk},
		{Name: "AR(1) .5, trials 3 %, every second 6 %", Rho: rho, Trial: trial, drift: oscillation},
	}
}

// Still reports whether the world does not drift, so that a front by itself has
// a true quantile.
func (w World) Still() bool { return w.drift == nil }

// Quantile is the true q-quantile of a world that stands still.
func (w World) Quantile(q float64) float64 {
	sd := math.Hypot(scatter, w.Trial)
	below := func(log float64) float64 {
		p := normal(log / sd)
		if w.Bursty {
			p = (1-burstShare)*p + burstShare*normal((log-math.Log(burstFactor))/sd)
		}
		return p
	}
	lo, hi := -10.0, 10.0
	for range 100 {
		if mid := (lo + hi) / 2; below(mid) < q {
			lo = mid
		} else {
			hi = mid
		}
	}
	return math.Exp(lo)
}

func normal(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// trial is n times of requests around a log level.
func (w World) trial(rng *rand.Rand, n int, level float64) []float64 {
	level += w.Trial * rng.NormFloat64()
	state, innovation := rng.NormFloat64(), math.Sqrt(1-w.Rho*w.Rho)
	slow := rng.Float64() < burstShare
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Exp(level + scatter*state)
		if w.Bursty && slow {
			values[i] *= burstFactor
		}
		state = w.Rho*state + innovation*rng.NormFloat64()
		if w.Bursty {
			slow = nextBurst(rng, slow)
		}
	}
	return values
}

// nextBurst is a Markov chain that is in a burst for burstShare of the time.
func nextBurst(rng *rand.Rand, slow bool) bool {
	if slow {
		return rng.Float64() >= 1.0/burstLength
	}
	return rng.Float64() < burstShare/(1-burstShare)/burstLength
}

// linear grows by 10 % over the session.
func linear(_ *rand.Rand, trials int) []float64 {
	d := make([]float64, trials)
	for i := range d {
		d[i] = math.Log(1.1) * float64(i) / float64(trials)
	}
	return d
}

// diurnal is one cycle with 20 % from trough to peak.
func diurnal(_ *rand.Rand, trials int) []float64 {
	d := make([]float64, trials)
	for i := range d {
		d[i] = math.Log(1.2) / 2 * math.Sin(2*math.Pi*float64(i)/float64(trials))
	}
	return d
}

// walk is 15 % from its start at the end of the session, in the root mean square.
func walk(rng *rand.Rand, trials int) []float64 {
	d := make([]float64, trials)
	for i := 1; i < trials; i++ {
		d[i] = d[i-1] + 0.15/math.Sqrt(float64(trials))*rng.NormFloat64()
	}
	return d
}

// oscillation is what defeats a fixed order of turns.
func oscillation(_ *rand.Rand, trials int) []float64 {
	d := make([]float64, trials)
	for i := 1; i < trials; i += 2 {
		d[i] = math.Log(1.06)
	}
	return d
}
