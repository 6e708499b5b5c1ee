package telemetry

import (
	"math"
	"time"

	"frontdoor/record"
)

// check compares the numbers with what was sent and with each other, and adds
// what does not agree to the subject's problems.
func check(s *subject, t table, steps []record.Steps, now time.Time) {
	s.checkFound()
	s.checkMissing(t, now)
	s.checkCoverage(t.invocations())
	s.checkDurations(t)
	for _, st := range steps {
		s.checkSteps(t, st)
	}
}

// checkFound says that a function at the edge is in no Region.
func (s *subject) checkFound() {
	if s.lost() && s.sent > 0 {
		s.problem("no Region knows the function %q: neither its metrics nor its log group, of %d Regions asked", s.front.Function, len(edgeRegions()))
	}
}

// late is how long after a minute its datapoints are not missed yet. AWS names no bound.
const late = time.Minute

// checkMissing names metrics that ought to have come, or that may still: what is computed
// by the minute is not there before the run's last minute is over, although everything else
// is.
func (s *subject) checkMissing(t table, now time.Time) {
	if s.sent == 0 {
		return
	}
	named := map[string]bool{}
	for i, m := range t {
		if id := m.Namespace + " " + m.Name; m.Datapoints == 0 && !s.wanted[i].Sparse && !named[id] {
			named[id] = true
			if now.Before(s.window.until.Add(late)) {
				s.problem("%s is not there yet in Region %q: the run's last minute ended at %s UTC, or will; bench read asks again", id, m.Region, s.window.until.UTC().Format("15:04"))
				continue
			}
			s.problem("%s never came from Region %q", id, m.Region)
		}
	}
}

// checkCoverage compares invocations with requests. Behind a cache there may
// be fewer, and nobody knows how many.
func (s *subject) checkCoverage(invocations *int64) {
	n := value(invocations)
	if n < int64(s.sent) && !s.cached() {
		s.problem("%d invocations for %d requests sent: some did not reach the function, or their datapoints are late", n, s.sent)
	}
	if s.cached() && value(s.requests) < int64(s.sent) {
		s.problem("CloudFront counted %d of %d requests sent: some did not arrive, or their datapoints are late", value(s.requests), s.sent)
	}
	if n > int64(s.sent) {
		s.problem("%d invocations for %d requests sent: the window holds other traffic", n, s.sent)
	}
}

func (s *subject) checkDurations(t table) {
	invocations, samples := t.invocations(), t.find("Duration", "SampleCount")
	if invocations != nil && samples != nil && float64(*invocations) != *samples {
		s.problem("%d invocations but %.0f durations", *invocations, *samples)
	}
}

// checkSteps checks that no duration was missed between the steps, and that
// what is billed lies between the sum of durations and a step each more.
func (s *subject) checkSteps(t table, st record.Steps) {
	samples, sum := t.find("Duration", "SampleCount"), t.find("Duration", "Sum")
	if samples == nil || sum == nil {
		return
	}
	total := st.TailCount
	for _, n := range st.Counts {
		total += n
	}
	if float64(total) != *samples {
		s.problem("steps of %d ms hold %d durations, CloudWatch counts %.0f", st.GranularityMS, total, *samples)
	}
	// Sums of floats in another order differ in their last digits.
	slack := 1e-9 * math.Abs(*sum)
	if float64(st.BilledMax) < *sum-slack {
		s.problem("steps of %d ms bill at most %d ms, less than the sum of durations, %.2f ms", st.GranularityMS, st.BilledMax, *sum)
	}
	if most := *sum + *samples*float64(st.GranularityMS); float64(st.BilledMin) > most+slack {
		s.problem("steps of %d ms bill at least %d ms, more than the sum of durations allows, %.2f ms", st.GranularityMS, st.BilledMin, most)
	}
}
