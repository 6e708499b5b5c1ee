// Package akamai is a client of the two Akamai interfaces that publish an object
// at the edge: the NetStorage HTTP API, which stores it, and Fast Purge v3, which
// makes caches ask for it again.
//
// NetStorage has no Go module that can be pinned, so its signature is computed here
// (sign.go). Fast Purge is signed by Akamai's own module.
//
//	https://techdocs.akamai.com/netstorage-usage/reference/api
//	https://techdocs.akamai.com/purge-cache/reference/api
package akamai
