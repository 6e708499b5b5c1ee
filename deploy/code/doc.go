// Package code makes the deployment packages of functions: zip files that Lambda
// takes, the same bytes each time from the same source, named by their SHA-256. So a
// second deployment changes a function only where its code changed, and anybody can
// make the package again that a deployment names.
package code
