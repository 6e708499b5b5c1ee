// Package pricing turns a month of use into money: exact, dated, with the
// source of every rate.
//
//	record.Front, hits, reports
//	  -> Measure            Measured: sums over measured requests, nothing rounded
//	  -> Measured.Workload  Workload: a month of one front; or one that is assumed
//	  -> Book.Rules         Rules: granularity and INIT billing on the day
//	  -> UsageOf            Usage: a month of meters
//	  -> Book.Bill          Bill: graduated lines, free quantities at $0, exact total
//	  -> Bill.Rounded       the same bill as AWS's bills or its pages would print it
//	  -> Book.Curve         Curve: the bill's total along requests or billed duration
//
// Book.Price goes from a workload to its bill. Durations are rounded for each
// invocation under the rules of the day and only then averaged; what is known of
// them by statistics only gives bounds (Durations), and a second bill at the
// upper one. Quantities and dollars are fractions until they are printed. A meter
// whose quantity or price is not known is in Missing and makes the bill a lower
// bound; it is never $0. A front, or a part of it, that did not exist on the day
// makes the bill Unavailable. A rate that AWS confirmed on another day reads
// "carried"; one that rests on anything but AWS's word reads "unconfirmed".
//
// Books are tables in books/*.csv: rates (one row for each meter, Region and
// band), eras (billing rules), free quantities, and the first day of each kind
// of front. A user's book is laid over the shipped one with Book.Over.
package pricing
