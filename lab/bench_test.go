package lab

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"frontdoor/front"
)

// BenchmarkFront measures whole requests through each front, logging, metering
// and metrics on, against the same client and a bare HTTP server in the same
// run: what the lab adds is the difference. Quote the ratio, not the figures.
func BenchmarkFront(b *testing.B) {
	b.Run("bare", func(b *testing.B) {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `"Hello from Lambda!"`) }))
		defer server.Close()
		for _, callers := range []int{1, 64} {
			b.Run(name64(callers), func(b *testing.B) { drive(b, server.URL, callers) })
		}
	})
	for _, kind := range front.Kinds() {
		b.Run(string(kind), func(b *testing.B) {
			l := serve(b, fronts(b, "hello", kind))
			for _, callers := range []int{1, 64} {
				b.Run(name64(callers), func(b *testing.B) { drive(b, l.Fronts()[0].URL, callers); l.Settle() })
			}
		})
	}
}

func name64(callers int) string {
	if callers == 1 {
		return "callers=1"
	}
	return "callers=64"
}

// drive sends b.N requests from a number of callers, each waiting for its answer.
func drive(b *testing.B, url string, callers int) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: callers}}
	defer client.CloseIdleConnections()
	get := func() {
		resp, err := client.Get(url)
		if err != nil {
			b.Error(err)
			return
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			b.Errorf("status %d", resp.StatusCode)
		}
	}
	var warm sync.WaitGroup
	for range callers {
		warm.Go(get)
	}
	warm.Wait()
	next := make(chan struct{}, b.N)
	for range b.N {
		next <- struct{}{}
	}
	close(next)
	waits := make([][]time.Duration, callers)
	var wg sync.WaitGroup
	b.ResetTimer()
	for i := range callers {
		wg.Go(func() {
			for range next {
				began := time.Now()
				get()
				waits[i] = append(waits[i], time.Since(began))
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	all := slices.Concat(waits...)
	slices.Sort(all)
	b.ReportMetric(float64(len(all))/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-us")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-us")
}
