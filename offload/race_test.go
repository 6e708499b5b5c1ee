//go:build race

package offload_test

// replicas is how many independent simulations a figure is taken from. Their own
// scatter is the Monte Carlo error; the race detector makes each ten times as long, and
// fewer of them a wider error.
const replicas = 6
