// Package telemetry reads back what happened on the far side of the front
// doors: the metrics of each front and its function from CloudWatch, through
// the real AWS SDK, and the REPORT lines of the function's log.
//
// Metrics is the table of what is asked for; Collect asks, waits for late
// datapoints and checks what came. Against the lab it is the same code with
// another endpoint.
//
// # How a window is read
//
// CloudWatch keeps the metrics of services by the minute, stamped with the
// start of the invocation, so a window is whole minutes and covers the run with
// its warm-ups. Statistics that add up (Sum, SampleCount, TC, TS) are read by
// the minute and summed, Maximum and Minimum by the minute and combined.
// Percentiles and averages cannot be combined: they are read in one period over
// the whole window, and Metric.PeriodS names its length. That period starts at
// a multiple of itself, because CloudWatch does not promise how it aligns
// others, and may be longer than the window; when it holds more values than the
// window does, the statistic is left out and a problem says so.
//
// # How logs are read
//
// Reader.Invocations reads the REPORT lines of deployed functions through CloudWatch
// Logs, once for a whole run, and gives each to the trial that was told its request id.
// ReadReports reads the same lines from the lab's files, trial by trial. Both end in
// stream, so that the invocations are the same to the byte.
package telemetry
