package function

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"
)

// BenchmarkInvoke measures whole invocations, logging and billing on: events to
// a stock aws-lambda-go function through the Runtime API and back. It reports
// invocations per second and quantiles of what a caller waits.
func BenchmarkInvoke(b *testing.B) {
	for _, c := range []struct{ callers, environments int }{{1, 1}, {4, 4}, {64, 4}} {
		b.Run(fmt.Sprintf("callers=%d/environments=%d", c.callers, c.environments), func(b *testing.B) {
			f, _ := start(b, "echo", func(cfg *Config) { cfg.Concurrency = c.environments; cfg.Observe = nil })
			warm(f, c.environments)
			waits := make([][]time.Duration, c.callers)
			slots := make(chan struct{}, c.environments) // callers beyond the environments queue, as behind a load balancer
			next := make(chan struct{}, b.N)
			for range b.N {
				next <- struct{}{}
			}
			close(next)
			var callers sync.WaitGroup
			b.ResetTimer()
			for i := range c.callers {
				callers.Go(func() {
					for range next {
						began := time.Now()
						slots <- struct{}{}
						r, err := f.Invoke(context.Background(), []byte(`{"hello":"world"}`))
						<-slots
						if err != nil || r.Error != nil {
							b.Errorf("invoke: %v %v", err, r.Error)
							return
						}
						waits[i] = append(waits[i], time.Since(began))
					}
				})
			}
			callers.Wait()
			b.StopTimer()
			all := slices.Concat(waits...)
			slices.Sort(all)
			b.ReportMetric(float64(len(all))/b.Elapsed().Seconds(), "invocations/s")
			b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-us")
			b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-us")
		})
	}
}

// warm brings up n environments.
func warm(f *Function, n int) {
	var envs []*environment
	for range n {
		env, _, err := f.take(context.Background())
		if err != nil {
			break
		}
		envs = append(envs, env)
	}
	for _, env := range envs {
		env.invoke(context.Background(), []byte(`{}`), 1)
	}
	f.Settle()
}
