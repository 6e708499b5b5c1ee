//go:build !race

package offload_test

// replicas is how many independent simulations a figure is taken from. Their own
// scatter is the Monte Carlo error.
const replicas = 16
