// Package akamai is Akamai on loopback: the NetStorage HTTP API with replicas that lag,
// Fast Purge v3 with its rate limits, and edge caches that ask an origin over HTTP.
//
// It verifies what Akamai's documents say is verified, and shares no code with the
// client in frontdoor/akamai, so that neither hides the other's mistakes. What no
// document confirms is marked "(unconfirmed)" and can be configured. Time comes from
// a Clock: a test that stands still can hold a purge that is accepted and not yet
// done.
//
//	https://techdocs.akamai.com/netstorage-usage/reference/api
//	https://techdocs.akamai.com/purge-cache/reference/api
package akamai
