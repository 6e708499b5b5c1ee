// Package offload simulates how an object in S3 is kept in Akamai's caches, on a
// virtual clock, and says what each way of doing it costs in requests, bytes and
// stale reads:
//
//	direct   no cache: every read asks S3
//	ttl      caches with a time to live, nothing else
//	a        a time to live, and a scheduled invalidation each day
//	a-manual the same, and somebody who purges when the object came late
//	b        publish to NetStorage and purge whenever the object changes
//
// Evaluate runs them over one history: the same changes, the same reads. It is a
// pure function of its parameters and seed. closed.go has the same quantities as
// formulas, where there are formulas; a test holds the two together.
//
// Everything here is simulated. The delays of B are assumptions until they are
// measured (see Publish).
package offload
