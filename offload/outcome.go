package offload

import (
	"time"

	"frontdoor/stats"
)

// Option is a way to keep the object at the edge.
type Option string

// The options, in the order of Evaluate. B comes in three forms, by the handler
// that publishes: as its last commit has it, as the article shows it, repaired.
const (
	Direct     Option = "direct"
	TTLOnly    Option = "ttl"
	A          Option = "a"
	AManual    Option = "a-manual"
	BHead      Option = "b-head"
	BPublished Option = "b-published"
	B          Option = "b"
)

// Options lists them.
func Options() []Option { return []Option{Direct, TTLOnly, A, AManual, BHead, BPublished, B} }

// Requests are those that an origin answered because a viewer read.
type Requests struct {
	Full        int64 `json:"status_200"`
	NotModified int64 `json:"status_304"`
	Bytes       int64 `json:"body_bytes"`
}

// Total is their number.
func (r Requests) Total() int64 { return r.Full + r.NotModified }

// Outcome is what an option did in the counted days.
type Outcome struct {
	Option Option `json:"option"`
	Days   int    `json:"days"`

	Reads      int64  `json:"reads"` // at the edges
	BytesRead  int64  `json:"bytes_read"`
	StaleReads int64  `json:"stale_reads"`
	Staleness  Spread `json:"staleness"` // over all reads; a current one has 0
	// Window is from a change until no cache need serve the version before it any
	// longer, over all changes. Nil where nothing ends it but the TTL.
	Window *Spread `json:"window,omitempty"`
	Late   int64   `json:"late_changes"`    // behind the day's invalidation
	Never  int64   `json:"never_published"` // changes that no purge and no upload made visible

	S3         Requests `json:"s3"`         // asked by caches or viewers
	NetStorage Requests `json:"netstorage"` // asked by caches

	Changes       int64   `json:"s3_puts"`
	FunctionGets  int64   `json:"function_gets"`  // S3 GETs of the publishing function, within the Region
	FunctionHeads int64   `json:"function_heads"` // and its HEADs: each form of it makes one for each GET
	Uploads       int64   `json:"uploads"`
	UploadBytes   int64   `json:"upload_bytes"` // refused uploads included: the body has left by then
	UploadsFailed int64   `json:"uploads_failed"`
	Purges        int64   `json:"purges"` // requests, refused ones included
	PurgesFailed  int64   `json:"purges_failed"`
	Throttled     int64   `json:"purges_throttled"` // of those, 429
	ManualPurges  int64   `json:"manual_purges"`
	Invocations   int64   `json:"invocations"`
	BilledMS      int64   `json:"billed_ms"`
	GBSeconds     float64 `json:"gb_seconds"`
	LogBytes      int64   `json:"log_bytes"`
	StoredBytes   int64   `json:"netstorage_bytes"` // in all replicas

	staleness, windows []float64 // seconds; not sorted
}

// Spread is quantiles of a duration.
type Spread struct {
	Mean time.Duration `json:"mean_ns"`
	P50  time.Duration `json:"p50_ns"`
	P95  time.Duration `json:"p95_ns"`
	P99  time.Duration `json:"p99_ns"`
	Max  time.Duration `json:"max_ns"`
}

// spreadOf takes seconds. Without any it is all 0.
func spreadOf(values []float64) Spread {
	if len(values) == 0 {
		return Spread{}
	}
	sorted := stats.Sorted(values)
	at := func(q float64) time.Duration { return toDuration(stats.Quantile(sorted, q)) }
	return Spread{toDuration(stats.Mean(values)), at(0.5), at(0.95), at(0.99), at(1)}
}

func toDuration(seconds float64) time.Duration { return time.Duration(seconds * float64(time.Second)) }

// OffloadRequests is the share of reads that asked nothing of AWS.
func (o *Outcome) OffloadRequests() float64 { return 1 - float64(o.S3.Total())/float64(o.Reads) }

// Egress is the bytes of bodies that left AWS: to caches, viewers and NetStorage.
func (o *Outcome) Egress() int64 { return o.S3.Bytes + o.UploadBytes }

// OffloadBytes is the share of the bytes read that did not leave AWS for it.
func (o *Outcome) OffloadBytes() float64 { return 1 - float64(o.Egress())/float64(o.BytesRead) }

// StaleShare is the share of reads that were given a superseded version.
func (o *Outcome) StaleShare() float64 { return float64(o.StaleReads) / float64(o.Reads) }
