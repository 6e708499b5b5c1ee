// Package reconcile holds the estimate of a run against the bill that AWS sent for
// it, line by line, and says how much of the difference nothing explains.
//
//	Read            Charge: one line of CUR 2.0 or FOCUS 1.0 and 1.2, CSV or Parquet, streamed
//	  -> offers.MeterOf   its meter and Region, by the table that reads price lists
//	  -> Reconciler.Add   kept when it is the run's: by tag or resource, else by time and Region
//	spend.Of        uses of the run, by meter, Region and hour
//	  -> Reconciler.Result   Line: estimate, billed, difference, what explains it, and the rest
//
// Amounts are exact. Credits, tax, discounts, refunds and what Savings Plans move
// are apart and never part of a residual; lines of no meter of ours are listed, not
// dropped; what is billed and not estimated, or estimated and not billed, is a
// residual like any other.
package reconcile
