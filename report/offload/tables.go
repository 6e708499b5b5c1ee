package offload

import (
	"fmt"
	"strconv"
	"time"

	"frontdoor/offload"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/words"
)

// section is a table with its title and what is to be known to read it.
type section struct {
	id, title, note string
	grid            report.Grid
}

// sections are the tables, in the order in which they are read.
func (r *Report) sections() []section {
	list := []section{r.requests(), r.staleness(), r.work(), r.costs(), r.prices()}
	if r.Observed != nil {
		list = append(list, r.loopback())
	}
	return list
}

func group(n int64) string { return words.Group(n) }

// requests are what reaches AWS.
func (r *Report) requests() section {
	s := section{id: "requests", title: "What reaches AWS", grid: report.Grid{Left: 1, Header: []string{"option", "reads", "S3 200", "S3 304", "a day", "bytes out", "requests offloaded", "bytes offloaded"}},
		note: fmt.Sprintf("SIMULATED. %d days. Bytes out are bodies that leave AWS: to caches and viewers, and in uploads to NetStorage.", r.Params.Days)}
	for _, o := range r.Result.Outcomes {
		s.grid.Rows = append(s.grid.Rows, []string{
			string(o.Option), group(o.Reads), group(o.S3.Full), group(o.S3.NotModified), words.Figure(float64(o.S3.Total()) / float64(o.Days)), group(o.Egress()),
			words.Hundredths(o.OffloadRequests()), words.Hundredths(o.OffloadBytes()),
		})
	}
	return s
}

// work is what an option does to keep its copies current.
func (r *Report) work() section {
	s := section{id: "work", title: "What it takes", grid: report.Grid{Left: 1, Header: []string{"option", "changes", "invocations", "GB-s", "S3 GET", "HEAD", "uploads", "refused", "purges", "429", "by hand", "NetStorage 200", "304", "GB stored"}},
		note: "SIMULATED. S3 GET and HEAD are the publishing function's, within the Region. Purges are requests; by hand: of those. NetStorage is asked by caches, and stores every replica (GB of 10^9 bytes)."}
	for _, o := range r.Result.Outcomes {
		row := []string{string(o.Option)}
		row = append(row, group(o.Changes), group(o.Invocations), words.Figure(o.GBSeconds))
		for _, n := range []int64{o.FunctionGets, o.FunctionHeads, o.Uploads, o.UploadsFailed, o.Purges, o.Throttled, o.ManualPurges, o.NetStorage.Full, o.NetStorage.NotModified} {
			row = append(row, group(n))
		}
		s.grid.Rows = append(s.grid.Rows, append(row, words.Figure(float64(o.StoredBytes)/1e9)))
	}
	return s
}

// staleness is what viewers are given.
func (r *Report) staleness() section {
	s := section{id: "staleness", title: "How stale it is", grid: report.Grid{Left: 1, Header: []string{"option", "stale reads", "share", "p50", "p95", "p99", "max", "window p50", "window p99", "never published"}},
		note: "SIMULATED. Staleness is since the version served was superseded, over all reads; a current one has 0. A window is from a change until no cache need serve the version before it: \"-\" where the TTL alone ends it, or nothing does."}
	for _, o := range r.Result.Outcomes {
		p50, p99, never := "-", "-", "-"
		if o.Window != nil {
			p50, p99 = short(o.Window.P50), short(o.Window.P99)
		}
		if o.Uploads > 0 || o.Invocations > 0 {
			never = fmt.Sprintf("%d of %d", o.Never, o.Changes)
		}
		s.grid.Rows = append(s.grid.Rows, []string{
			string(o.Option), group(o.StaleReads), words.Hundredths(o.StaleShare()), short(o.Staleness.P50), short(o.Staleness.P95), short(o.Staleness.P99), short(o.Staleness.Max), p50, p99, never,
		})
	}
	return s
}

// costs are the bills, a column for each meter that AWS bills.
func (r *Report) costs() section {
	s := section{id: "costs", title: "30 days, USD", grid: report.Grid{Left: 1, Header: []string{"option", "S3 PUT", "S3 GET", "egress", "Lambda", "GB-s", "logs", "AWS", "Akamai"}},
		note: r.priceLine()}
	cell := func(b pricing.Bill, m pricing.Meter) string { return words.Dollars(amount(b, m)) }
	for _, b := range r.Bills {
		akamai := "-"
		if b.Option != offload.Direct {
			akamai = "contract"
			if !b.LowerBound {
				akamai = words.Dollars(b.Total.Sub(aws(b.Bill)))
			}
		}
		s.grid.Rows = append(s.grid.Rows, []string{
			string(b.Option), cell(b.Bill, pricing.S3Puts), cell(b.Bill, pricing.S3Gets), cell(b.Bill, pricing.EgressGB), cell(b.Bill, pricing.LambdaRequests),
			cell(b.Bill, pricing.LambdaGBSecondsX86), cell(b.Bill, pricing.LogsIngestedGB), words.Dollars(aws(b.Bill)), akamai,
		})
	}
	return s
}

func (r *Report) priceLine() string {
	book := ""
	if r.BookName != "" && r.BookName != "shipped" {
		book = " (" + r.BookName + ")"
	}
	return fmt.Sprintf("USD list prices of %s as of %s%s; free tier %s. S3 GET has the function's HEADs too. Akamai publishes no prices: a book of your own (--book) with the meters akamai.* prices its part.", r.Region, r.AsOf, book, r.FreeTier)
}

// prices are those at which options cost the same, and the formulas beside the simulation.
func (r *Report) prices() section {
	s := section{id: "break-even", title: "Where the options cost the same, and the formulas", grid: report.Grid{Left: 1, Header: []string{"quantity", "simulated", "formula"}},
		note: fmt.Sprintf("The formulas are of 30 days with one change on %s of them, one invocation for each and one request at each topmost cache behind each invalidation; they have no HEADs, logs and PUTs.", words.Hundredths(1-r.Params.Changes.Miss))}
	add := func(name, simulated, formula string) {
		s.grid.Rows = append(s.grid.Rows, []string{name, simulated, formula})
	}
	a, b := r.of(offload.A), r.of(offload.B)
	outA, _ := r.Result.Of(offload.A)
	add("a: requests to S3 a day", words.Figure(float64(outA.S3.Total())/float64(outA.Days)), words.Figure(r.Closed.Requests))
	if outA.Window != nil {
		add("a: mean window", short(outA.Window.Mean), short(time.Duration(r.Closed.Window*1e9)))
	}
	add("a: AWS, USD", words.Dollars(aws(a)), words.Dollars(r.Closed.A))
	add("b: AWS, USD", words.Dollars(aws(b)), words.Dollars(r.Closed.B))
	netstorage := "none: b costs more than a without it"
	if r.BreakEven.NetStorage != nil {
		netstorage = words.Dollars(*r.BreakEven.NetStorage)
	}
	formula := "none"
	if r.Closed.BreakEven.Sign() > 0 {
		formula = words.Dollars(r.Closed.BreakEven)
	}
	add("NetStorage, USD/GB-month: b costs no more than a", netstorage, formula)
	if r.Params.Parents > 0 && r.Params.Parents < r.Params.Edges {
		add("the same, if a had no parents", "-", words.Dollars(r.Closed.BreakEvenFlat))
	}
	for _, o := range r.Result.Outcomes {
		if price, ok := r.BreakEven.Delivered[o.Option]; ok {
			add(fmt.Sprintf("Akamai, USD/GB delivered: %s costs no more than S3 alone", o.Option), words.Dollars(price), "-")
		}
	}
	return s
}

// loopback is what was observed.
func (r *Report) loopback() section {
	o := r.Observed
	s := section{id: "loopback", title: "On loopback, with the real handlers", grid: report.Grid{Left: 1, Header: []string{"option", "changes", "fresh", "slowest", "attempts", "failed", "S3 GET", "HEAD", "uploads", "refused", "purges", "origin 200", "304", "billed ms"}},
		note: fmt.Sprintf("LAB: this machine, emulators of S3, NetStorage and Fast Purge; %s, %s, an object of %s bytes. A purge is done %s behind its 201; Lambda's waits before a retry are %s here. Fresh: changes that reached every edge; slowest: of those, from the PUT. Uploads: stored, the first version and the repaired handler's notes included; refused: calls of NetStorage, its answer 404 to a note that is not there included.", words.Plural(o.Edges, "edge"), words.Plural(o.Parents, "parent"), group(int64(o.ObjectSize)), words.Span(o.PurgeTakes), words.Span(o.RetryWait))}
	for _, x := range o.Options {
		s.grid.Rows = append(s.grid.Rows, observed(x))
	}
	return s
}

func observed(x record.OffloadOption) []string {
	fresh, attempts, failed := 0, 0, 0
	var slowest time.Duration
	for _, c := range x.Changes {
		if c.Fresh {
			fresh++
			slowest = max(slowest, c.After)
		}
		for _, a := range c.Attempts {
			attempts++
			if a.Error != "" {
				failed++
			}
		}
	}
	late := "-"
	if fresh > 0 {
		late = short(slowest)
	}
	row := []string{x.Option, strconv.Itoa(len(x.Changes)), strconv.Itoa(fresh), late}
	for _, n := range []int{attempts, failed, x.S3.Gets, x.S3.Heads, x.NetStorage.Uploads, x.NetStorage.Refused, x.Purges.Requests, x.OriginFull, x.OriginSame, int(x.BilledMS)} {
		row = append(row, group(int64(n)))
	}
	return row
}
