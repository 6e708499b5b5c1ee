// Package route53 is what Route 53 decides, on a clock of its own: which record
// answers a query, how long a resolver keeps the answer, and when a health check
// changes its mind. Nothing in it waits and nothing reads the time of day: callers
// say what time it is, so that hours of DNS take microseconds in a test, and run as
// much faster than life as a lab likes.
//
// What a health check measures of an endpoint (connecting, answering) is measured in
// real time by Probe, and judged by AWS's limits in real time, however fast the clock
// of the lab runs.
package route53
