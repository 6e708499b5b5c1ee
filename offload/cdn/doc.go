// Package cdn is the state of a content delivery network without its network:
// caches in two tiers with a time to live, purges that mark copies stale or evict
// them, and the rate limits of purge requests. Time is an argument everywhere, so
// one code runs thirty simulated days in milliseconds (package offload) and serves
// real requests on loopback (package lab/akamai).
package cdn
