package report

// Lead is what stands above every report: what its latencies are, how they were
// measured, and at which prices.
type Lead struct{ Origin, Design, Prices string }

// LeadOf is the lead of a report.
func LeadOf(r *Report) Lead { return Lead{origin(r), design(r), priceLine(r)} }
