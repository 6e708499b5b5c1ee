// Package pricing turns what was measured into money: exact, dated, with the
// source of every rate.
//
//	record.Front, hits, reports
//	  -> Measure       Measured: sums over measured requests, nothing rounded
//	  -> Book.Rules    Rules: granularity and INIT billing on the day
//	  -> UsageOf       Usage: a month of meters, scaled to a Forecast
//	  -> Book.Bill     Bill: graduated lines, free quantities at $0, exact total
//	  -> Bill.Rounded  the same bill as AWS's bills or its pages would print it
//
// Book.Price goes all the way. Durations are rounded for each invocation under
// the rules of the day and only then averaged; quantities and dollars are
// rationals until they are printed. A meter that the run could not read is in
// Missing and makes the bill a lower bound; it is never $0. A front, or a part
// of it, that did not exist on the day makes the bill Unavailable. A rate is
// used outside the span in which a source confirms it, and then reads
// "unconfirmed".
//
// Books are tables in books/*.csv: rates (one row for each meter, Region and
// band), eras (billing rules), free quantities, and the first day of each kind
// of front.
package pricing
