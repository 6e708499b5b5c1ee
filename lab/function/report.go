package function

import (
	"fmt"
	"strings"
	"time"
)

// resolution of the durations in a REPORT line.
const resolution = 10 * time.Microsecond

// report meters a finished invocation, writes its END and REPORT lines, and
// tells the observer.
//
// Billed Duration is the Duration, with the Init Duration of a cold start,
// rounded up to the next millisecond: the rule since 2025-08-01
// (https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/).
// Other eras are a matter of pricing, which works from the durations.
func (env *environment) report(inv *invocation, duration time.Duration, status string) {
	m := Invocation{
		RequestID: inv.id, Started: inv.sent, Duration: roundUp(duration, resolution), Status: status, Concurrent: inv.concurrent,
	}
	env.mu.Lock()
	if inv.errored && m.Status == "" {
		m.Status = "error"
	}
	if !env.served {
		env.served = true
		m.Init = roundUp(env.init, resolution)
	}
	env.mu.Unlock()
	m.Billed = int64(roundUp(m.Duration+m.Init, time.Millisecond) / time.Millisecond)
	m.MaxMemory = env.memory.peakMB()
	env.printf("END RequestId: %s\n%s\n", inv.id, reportLine(m, env.f.cfg.MemoryMB))
	if env.f.cfg.Observe != nil {
		env.f.cfg.Observe(m)
	}
}

// reportLine is AWS's REPORT line, in AWS's field order: Init Duration comes
// last and on cold starts only, a status after it, a tab after each field.
func reportLine(m Invocation, memory int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "REPORT RequestId: %s\tDuration: %s ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB\t",
		m.RequestID, hundredths(m.Duration), m.Billed, memory, m.MaxMemory)
	if m.Init > 0 {
		fmt.Fprintf(&b, "Init Duration: %s ms\t", hundredths(m.Init))
	}
	if m.Status != "" {
		fmt.Fprintf(&b, "Status: %s\t", m.Status)
	}
	return b.String()
}

func hundredths(d time.Duration) string {
	n := d / resolution
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

func roundUp(d, unit time.Duration) time.Duration {
	return (d + unit - 1) / unit * unit
}

// printf appends to the environment's log stream. A full disk is found out by
// the reader of the logs, which then misses invocations and says so.
func (env *environment) printf(format string, args ...any) {
	if env.log != nil {
		_, _ = fmt.Fprintf(env.log, format, args...)
	}
}
