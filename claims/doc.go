// Package claims judges what the systems behind this project said of themselves:
// that a front is cheaper, that a cache helps, that nothing is billed when nothing
// runs. The register holds each claim, who made it and when, and the word that its
// verdict had when somebody looked at it by hand. Nothing else is stored: a verdict
// is a function of evidence, and every number in it is computed when it is asked
// for, from the price book, from rules of the fronts, from simulations, or from the
// record of a run. A claim whose evidence is not there is not judged, and says what
// it lacks.
package claims
