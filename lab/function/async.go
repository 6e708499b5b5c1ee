package function

import (
	"context"
	"time"
)

// retryWaits are what Lambda waits before it runs an event again whose function
// failed. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
func retryWaits() []time.Duration { return []time.Duration{time.Minute, 2 * time.Minute} }

// Async runs an event as an asynchronous invocation: one that fails is run again,
// twice, after the waits that Lambda makes. wait makes them; its error ends the
// attempts. The results are those of the attempts, in order.
func (f *Function) Async(ctx context.Context, event []byte, wait func(context.Context, time.Duration) error) ([]Result, error) {
	var results []Result
	waits := retryWaits()
	for {
		result, err := f.Invoke(ctx, event)
		if err != nil {
			return results, err
		}
		results = append(results, result)
		if result.Error == nil || len(waits) == 0 {
			return results, nil
		}
		if err := wait(ctx, waits[0]); err != nil {
			return results, err
		}
		waits = waits[1:]
	}
}
