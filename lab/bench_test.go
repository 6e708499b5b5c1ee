package lab

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// BenchmarkFront measures whole requests through each front, logging, metering
// and metrics on, and what the lab adds over a bare HTTP server that answers the
// same, measured with the same client just before. On a shared machine quote
// ratios of one run, not figures.
func BenchmarkFront(b *testing.B) {
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `"Hello from Lambda!"`) }))
	defer bare.Close()
	for _, kind := range answering() {
		for _, callers := range []int{1, 64} {
			b.Run(string(kind)+"/callers="+strconv.Itoa(callers), func(b *testing.B) {
				l := serve(b, fronts(b, "hello", kind))
				without := drive(b, bare.URL, callers, 2000)
				b.ResetTimer()
				with := drive(b, l.Fronts()[0].URL, callers, b.N)
				b.StopTimer()
				l.Settle()
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "invocations/s")
				for name, q := range map[string]int{"p50": 50, "p99": 99} {
					b.ReportMetric(float64(percentile(with, q).Microseconds()), name+"-us")
					b.ReportMetric(float64((percentile(with, q) - percentile(without, q)).Microseconds()), "added-"+name+"-us")
				}
			})
		}
	}
}

func percentile(sorted []time.Duration, percent int) time.Duration {
	return sorted[len(sorted)*percent/100]
}

// drive sends n requests from a number of callers, each waiting for its answer,
// and returns what they waited, sorted. Connections and environments are there
// before it measures.
func drive(b *testing.B, url string, callers, n int) []time.Duration {
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
	tickets := make(chan struct{}, n)
	for range n {
		tickets <- struct{}{}
	}
	close(tickets)
	waits := make([][]time.Duration, callers)
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			for range tickets {
				began := time.Now()
				get()
				waits[i] = append(waits[i], time.Since(began))
			}
		})
	}
	wg.Wait()
	all := slices.Concat(waits...)
	slices.Sort(all)
	return all
}
