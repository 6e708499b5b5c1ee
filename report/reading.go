package report

import (
	"errors"
	"fmt"
	"slices"

	"frontdoor/front"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/words"
)

// Reading is what it took to read a run's deployed fronts back, and what AWS bills for
// it at list price.
type Reading struct {
	record.Reading
	Cost    pricing.USD
	Partial bool // the price book has no rate for some of it
}

// readingOf is nil where every front was the lab's own.
func readingOf(rec *record.Recording, book *pricing.Book) (*Reading, error) {
	if rec.Meters == nil || rec.Meters.Reading == nil {
		return nil, nil
	}
	r := &Reading{Reading: *rec.Meters.Reading}
	for _, region := range r.Regions {
		bill, err := book.Bill(pricing.Usage{Items: pricing.ReadItems(region)}, pricing.BillOptions{AsOf: pricing.DateOf(rec.Started), FreeTier: pricing.FreeNone})
		var unknown *pricing.UnknownRateError
		switch {
		case errors.As(err, &unknown):
			r.Partial = true
		case err != nil:
			return nil, fmt.Errorf("price what reading took: %w", err)
		default:
			r.Cost, r.Partial = r.Cost.Add(bill.Total), r.Partial || bill.LowerBound || bill.Unavailable != ""
		}
	}
	return r, nil
}

// unasked is what Regions did not answer beside what is said of the fronts already.
func (r *Reading) unasked(fronts []Front) []string {
	var said, list []string
	for _, f := range fronts {
		said = append(said, f.Problems...)
	}
	for _, region := range r.Regions {
		for _, p := range region.Problems {
			if !slices.Contains(said, p) {
				list = append(list, fmt.Sprintf("Region %s: %s", region.Region, p))
			}
		}
	}
	return list
}

// String says it in one sentence.
func (r *Reading) String() string {
	var sum record.RegionReading
	for _, one := range r.Regions {
		sum.MetricsRequested += one.MetricsRequested
		sum.MetricCalls += one.MetricCalls
		sum.ListCalls += one.ListCalls
		sum.LogCalls += one.LogCalls
		sum.LogEvents += one.LogEvents
		sum.Queries += one.Queries
		sum.ScannedBytes += one.ScannedBytes
	}
	text := fmt.Sprintf("read back: %s in %s", words.Plural(sum.MetricsRequested, "metric"), words.Plural(sum.MetricCalls, "call"))
	if sum.LogCalls > 0 {
		text += fmt.Sprintf(", %s in %s of FilterLogEvents", words.Plural(sum.LogEvents, "log line"), words.Plural(sum.LogCalls, "page"))
	}
	if sum.Queries > 0 {
		text += fmt.Sprintf(", %s bytes of logs in %s of Logs Insights", words.Group(sum.ScannedBytes), words.Plural(sum.Queries, "scan"))
	}
	if sum.ListCalls > 0 {
		text += fmt.Sprintf(", %s to find functions at the edge", words.Plural(sum.ListCalls, "call"))
	}
	more := ""
	if r.Partial {
		more = " or more (the price book has no rate for some Regions)"
	}
	return fmt.Sprintf("%s; %s, waiting %.0f s: %s at list price%s", text, words.Plural(len(r.Regions), "Region"), r.WaitedS, words.Dollars(r.Cost), more)
}

// Joined is how many of a front's measured requests are joined to the REPORT lines of what
// they invoked, and what the month costs for what is known of the others.
type Joined struct {
	Known, Requests int64
	// ByCount: these are REPORT lines, and the invocations that CloudWatch counted. Answers
	// do not name what a function did that handed the request on.
	ByCount bool
	// The month's bill when no invocation that is not known took place, and when each did
	// and was billed as much as the longest that is known. Nil where nothing is to be known,
	// or no invocation is known at all.
	Low, High *pricing.USD
}

// String says it in one sentence.
func (j *Joined) String() string {
	if j.ByCount {
		return fmt.Sprintf("%s of %s that CloudWatch counted have REPORT lines (%s); which request caused which is not known", words.Group(j.Known), words.Plural(int(j.Requests), "invocation"), words.Hundredths(float64(j.Known)/float64(j.Requests)))
	}
	text := fmt.Sprintf("%s of %s are joined to REPORT lines (%s)", words.Group(j.Known), words.Plural(int(j.Requests), "measured request"), words.Hundredths(float64(j.Known)/float64(j.Requests)))
	switch {
	case j.Known == j.Requests:
	case j.Low == nil:
		text += "; what the others are billed is not known"
	default:
		text += fmt.Sprintf("; if the others invoked nothing the month is %s, if each took as long as the longest that is known, %s", words.Dollars(*j.Low), words.Dollars(*j.High))
	}
	return text
}

// joined is nil where REPORT lines were not asked for: of the lab's fronts the files were
// read, which are whole.
func (f *Front) joined(in Input, m *pricing.Measured, w pricing.Workload) error {
	meters := cloudWatchOf(in.Recording.Meters, f.ID)
	if meters == nil || meters.Reports == "" || meters.Reports == record.ReportsNone || w.Kind == front.CloudFrontFunction { // which has none
		return nil
	}
	j := &Joined{}
	if m.ByCount() {
		f.Joined = byCount(in.Recording, f.ID, m, meters)
		return nil
	}
	if j.Known, j.Requests = m.Joined(); j.Requests == 0 {
		return nil
	}
	f.Joined = j
	within, ok := m.Within(w)
	if !ok {
		return nil
	}
	bill, err := bills(in, within, in.Traffic.Expected)
	if err != nil || bill.Unavailable != "" || bill.Upper == nil {
		return err
	}
	j.Low, j.High = &bill.Total, &bill.Upper.Total
	return nil
}

// byCount compares the REPORT lines of the whole run with what CloudWatch counted; nil
// where it counted none. A line more than it counted is a count that came late.
func byCount(rec *record.Recording, id string, m *pricing.Measured, meters *record.FrontMeters) *Joined {
	i := slices.IndexFunc(rec.Fronts, func(f record.Front) bool { return f.ID == id })
	n := pricing.Invoked(rec.Fronts[i], meters)
	if n == nil || *n == 0 {
		return nil
	}
	return &Joined{Known: min(int64(len(m.Reports)), *n), Requests: *n, ByCount: true}
}

// cloudWatchOf is what CloudWatch said of a front; nil when it was not read.
func cloudWatchOf(meters *record.Meters, id string) *record.FrontMeters {
	if meters == nil {
		return nil
	}
	for i := range meters.Fronts {
		if meters.Fronts[i].Front == id {
			return &meters.Fronts[i]
		}
	}
	return nil
}
