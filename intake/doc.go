// Package intake reads what other tools measured, so that it can be priced: results of
// vegeta, k6 and hey as hits, exports of CloudWatch Logs Insights and REPORT lines as
// reports.
//
// Nothing is made up. What a format does not have stays absent and is named (Capture.Lacks),
// and what it means for the figures is said (Capture.Notes): none of these tools writes
// down when a request was due, so that waiting for a free worker is in no figure.
package intake
