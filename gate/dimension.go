// Package gate is the language of conditions that decide the exit code, such as
// "p(95)<200" or "p(95)[alb] <= p(95)[http-api] + 5ms", and their judgement on
// measured figures. It does not know where the figures come from.
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
