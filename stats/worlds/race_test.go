//go:build race

package worlds

// The detector makes simulations five to ten times slower, and they share
// nothing but a counter.
const raced = true
