package contract

import (
	"fmt"
	"slices"
	"time"

	"frontdoor/front"
)

// nearly is the share of a limit from which on a figure is worth a note. Lab
// figures are this machine's: an edge location is likelier slower than faster.
const nearly = 0.8

// patience of a Route 53 health checker: status within two seconds of connecting.
const healthCheck = 2 * time.Second

// initLimit is how long Lambda gives an on-demand function to initialise.
const initLimit = 10 * time.Second

// near compares time and memory of every invocation with the limits.
func (b *bench) near(s Subject) []Finding {
	var longest, cold, init time.Duration
	memory := 0
	for _, r := range b.reports {
		d := time.Duration(r.DurationUS) * time.Microsecond
		longest, memory = max(longest, d), max(memory, int(r.MaxMemMB))
		if r.InitUS > 0 {
			i := time.Duration(r.InitUS) * time.Microsecond
			init, cold = max(init, i), max(cold, i+d)
		}
	}
	k, timeout := b.door.Kind, min(s.Timeout, b.door.Limits.MaxTimeout)
	var out []Finding
	add := func(l Level, what, why, do, source string) {
		out = append(out, Finding{Level: l, Front: k, What: what, Why: why, Do: do, Source: source})
	}
	if longest >= share(timeout) {
		add(Note, fmt.Sprintf("LAB: the longest invocation took %v of the %v it has", longest.Round(time.Millisecond), timeout),
			"an edge or a cold dependency is slower than this machine", "measure it with bench run, or do less", limitPage(k))
	}
	if cold >= healthCheck && !k.Edge() {
		add(Note, fmt.Sprintf("LAB: a cold start took %v", cold.Round(time.Millisecond)),
			"a Route 53 health checker wants the status within 2 s of connecting: a cold function fails the check", "answer health checks with a function that starts fast, or keep one warm", healthPage)
	}
	if init >= initLimit {
		add(Breaks, fmt.Sprintf("LAB: initialisation took %v", init.Round(time.Millisecond)),
			"Lambda ends an initialisation after 10 s and starts it again within the invocation, whose timeout then counts", "load less before the first request", initPage)
	}
	return slices.Concat(out, nearMemory(k, memory, s.MemoryMB), nearSize(b.door, b.largest()))
}

// largest is the size of the largest result that the function returned.
func (b *bench) largest() int {
	n := 0
	for _, a := range b.asked {
		for _, x := range a.exchanges {
			n = max(n, len(x.Result))
		}
	}
	return n
}

// nearSize compares the largest answer with what the front carries. One over it was
// answered by the front, and is a finding of its case.
func nearSize(d front.Door, size int) []Finding {
	limit := d.Limits.ResponseBytes
	if limit == 0 || size > limit || float64(size) < nearly*float64(limit) {
		return nil
	}
	return []Finding{{
		Level: Note, Front: d.Kind, What: fmt.Sprintf("an answer had %d of the %d bytes that the front carries", size, limit),
		Why: "a larger one is answered with the front's error in its place", Do: "answer with a redirect to S3, or in pages", Source: limitPage(d.Kind),
	}}
}

// nearMemory: the lab measures memory and enforces nothing, where Lambda ends the
// process.
func nearMemory(k front.Kind, used, limit int) []Finding {
	f := Finding{
		Level: Note, Front: k, What: fmt.Sprintf("LAB: used up to %d MB of the %d MB it has", used, limit),
		Why: "Lambda ends a function that uses more than its memory; the lab only measures it", Do: "give it more memory, which viewer events at the edge do not allow, or use less", Source: limitPage(k),
	}
	switch {
	case used > limit:
		f.Level = Breaks
	case float64(used) < nearly*float64(limit):
		return nil
	}
	return []Finding{f}
}

func share(d time.Duration) time.Duration { return time.Duration(nearly * float64(d)) }
