// Package gate is the language of conditions that decide the exit code, such as
// "p(95)<200" or "p(95)[alb] <= p(95)[http-api] + 5ms", and their judgement on
// measured figures. It does not know where the figures come from.
//
// # Grammar
//
//	gate   = sum op sum
//	sum    = term { ("+" | "-") term }
//	term   = number | metric [ "[" front "]" ]
//	number = digits [ "." digits ] [ "us" | "ms" | "s" | "%" ] | "$" digits [ "." digits ]
//	op     = "<" | "<=" | ">" | ">=" | "==" | "!="
//	metric = "p(" percent ")" | "avg" | "min" | "med" | "max"   response time
//	       | "overhead_p(" percent ")" | "overhead_p" percent   service time less the function's
//	       | "rate" | "count"                                   failed share, requests
//	       | "usd_per_million" | "usd_per_month"                money, "$1.50" or "1.50"
//
// All metrics of a gate measure the same: times are compared with times. A bare
// time is in milliseconds and "rate" is the share of requests that failed, both as
// in k6's thresholds; a metric without a front is meant for each front in turn.
package gate

// Dimension is what a metric measures; both sides of a gate have the same one.
type Dimension string

// The dimensions, as errors name them.
const (
	Time  Dimension = "a time"  // seconds
	Share Dimension = "a share" // 0 to 1
	Count Dimension = "a number of requests"
	Money Dimension = "an amount of money" // dollars
)
