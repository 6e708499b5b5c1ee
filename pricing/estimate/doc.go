// Package estimate answers what front doors would cost, and which is the
// cheapest, from workloads alone: bills, where the choice changes with the
// month's requests or the function's duration, and what uncertain inputs do to
// it. Bills and crossings are exact; diagrams and simulations are in float64.
package estimate
