package pricing

// Durations is what is known of how long a function's invocations take.
type Durations interface {
	// BilledMS bounds the mean billed milliseconds of an invocation: each one is
	// rounded up by itself under rule before anything is averaged.
	BilledMS(rule Billing) (Bounds, error)
	// Later is the same with us microseconds more in each invocation.
	Later(us int64) Durations
}

// Bounds is a quantity that is known to lie between two; Low equals High when
// it is known exactly.
type Bounds struct{ Low, High Quantity }

// Exactly bounds q from both sides with itself.
func Exactly(q Quantity) Bounds { return Bounds{q, q} }

// Exact reports whether there is nothing between the bounds.
func (b Bounds) Exact() bool { return b.Low.Equal(b.High) }
