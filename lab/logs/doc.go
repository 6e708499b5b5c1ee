// Package logs is a CloudWatch Logs endpoint for the loopback interface, over the
// files that the lab's functions log to: an http.Handler that the AWS SDKs and the
// aws CLI read from in AWS JSON 1.1.
//
// It answers DescribeLogGroups, FilterLogEvents, StartQuery, GetQueryResults and
// StopQuery. One endpoint stands for every Region: the Region is the one in the SigV4
// credential scope of the request. What it does not serve it refuses by name: a query
// with a command or a function that it does not know is a MalformedQueryException, and
// never a result of another query.
//
// # Events
//
// An event is a line of a log file with its \n, as AWS divides what a function prints.
// The files hold no times: the lab knows when each invocation began and ended. START and
// what is printed have the time at which the invocation began (but a line that begins
// with a time of its own within the invocation has that one), END and REPORT the time
// at which it ended. What is printed ahead of START belongs to the invocation that
// follows. The events of an invocation under way are not there yet: on AWS they come
// late too.
//
// # Conventions
//
// AWS does not say how its percentiles are computed; here pct is the nearest rank.
// AWS's pattern of a term is a substring here, in the same case (unconfirmed: AWS
// documents examples alone).
package logs
