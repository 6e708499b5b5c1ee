package estimate

import (
	"fmt"

	"frontdoor/front"
	"frontdoor/pricing"
)

// cannot says why a front cannot carry a workload: its answers or its
// invocations are over a limit of the door even on average. A mean within the
// limits says nothing about single requests.
func cannot(w pricing.Workload, u pricing.Usage) (string, error) {
	door, err := front.Of(w.Kind)
	if err != nil {
		return "", err
	}
	limits := door.Limits
	if size := w.Traffic.RequestBytes; size != nil && limits.RequestBytes > 0 && size.Cmp(pricing.Count(int64(limits.RequestBytes))) > 0 {
		return fmt.Sprintf("its requests of %s bytes are over the door's limit of %d", size, limits.RequestBytes), nil
	}
	if size := w.Traffic.ResponseBytes; size != nil && size.Cmp(pricing.Count(int64(limits.ResponseBytes))) > 0 {
		return fmt.Sprintf("its answers of %s bytes are over the door's limit of %d", size, limits.ResponseBytes), nil
	}
	longest := limits.MaxTimeout.Milliseconds()
	if w.Kind == front.CloudFrontFunction { // whose duration is not billed, and not known in advance
		return "", nil
	}
	if u.BilledMS.Low.Cmp(pricing.Count(longest)) <= 0 {
		return "", nil
	}
	// The timeout is that of the handler alone: INIT, which may be billed with
	// it, has one of its own.
	rule := u.Rules.Of(w.Kind)
	rule.Init.Value = 0
	handler, err := w.Duration.BilledMS(rule)
	if err != nil || handler.Low.Cmp(pricing.Count(longest)) <= 0 {
		return "", err
	}
	return fmt.Sprintf("its invocations of %s ms are over the door's limit of %d ms", handler.Low, longest), nil
}

// unable is the cost of what a front cannot do, in diagrams, sweeps and
// simulations: more than any month costs, and few enough digits to be averaged.
// It rises with requests more than any price does, so that nobody overtakes.
const (
	unable           = 1e30
	unablePerRequest = 1e12
)

// never is the cost curve of a front that cannot carry the workload.
func never() pricing.FloatCurve {
	return pricing.FloatCurve{From: []float64{0}, Intercept: []float64{unable}, Slope: []float64{unablePerRequest}}
}

// Unable reports whether a cost stands for a front that cannot carry the
// workload, or, when it is a mean over worlds, cannot in some of them.
func Unable(cost float64) bool { return cost >= unable/1e6 }

// longest is the billed duration, in milliseconds, that every candidate allows.
func longest(candidates []candidate) (int64, error) {
	most := int64(mostBilledMS)
	for _, c := range candidates {
		if c.Workload.Kind == front.CloudFrontFunction {
			continue
		}
		door, err := front.Of(c.Workload.Kind)
		if err != nil {
			return 0, err
		}
		most = min(most, door.Limits.MaxTimeout.Milliseconds())
	}
	return most, nil
}
