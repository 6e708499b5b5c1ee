package stats

import "math"

// StudentT is the p-quantile of Student's t with df degrees of freedom, for
// p above one half; NaN when df < 1.
func StudentT(p float64, df int) float64 {
	if df < 1 || !(p > 0.5 && p < 1) {
		return math.NaN()
	}
	lo, hi := 0.0, 1.0
	for studentCDF(hi, df) < p {
		hi *= 2
	}
	for range 200 {
		mid := (lo + hi) / 2
		if studentCDF(mid, df) < p {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// studentCDF is the distribution function for t >= 0, by the finite series for
// whole degrees of freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4).
func studentCDF(t float64, df int) float64 {
	theta := math.Atan(t / math.Sqrt(float64(df)))
	sin, cos := math.Sincos(theta)
	sum := 0.0
	if df%2 == 1 {
		term := cos
		for k := 1; k <= df-2; k += 2 {
			sum += term
			term *= cos * cos * float64(k+1) / float64(k+2)
		}
		return 0.5 + (theta+sin*sum)/math.Pi
	}
	term := 1.0
	for k := 0; k <= df-2; k += 2 {
		sum += term
		term *= cos * cos * float64(k+1) / float64(k+2)
	}
	return 0.5 + sin*sum/2
}
