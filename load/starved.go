package load

import (
	"context"
	"time"
)

// The watchman sleeps beat at a time and looks how much longer it took.
const (
	beat  = 5 * time.Millisecond
	grace = 10 * time.Millisecond // an oversleep below this is ordinary scheduling
)

// watchCPU measures the share of time in which this process was not let run,
// whatever the reason (a CPU quota, neighbours, a suspended machine): a sleep
// that ends late ends late because nobody ran the sleeper. The function
// returned stops the watch and gives the share, 0 to 1.
func watchCPU(ctx context.Context) func() float64 {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan float64, 1)
	go func() {
		start := time.Now()
		var lost time.Duration
		for last := start; ctx.Err() == nil; {
			time.Sleep(beat)
			now := time.Now()
			if over := now.Sub(last) - beat; over > grace {
				lost += over
			}
			last = now
		}
		done <- lost.Seconds() / max(time.Since(start).Seconds(), 1e-9)
	}()
	return func() float64 {
		cancel()
		return <-done
	}
}
