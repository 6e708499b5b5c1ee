// Package offload runs the options of package frontdoor/offload in real time: the
// handlers as processes under the Lambda Runtime API, S3 and Akamai as emulators on
// loopback, and viewers who ask edge caches over HTTP until they have the new version.
//
// What it shows is behaviour: which requests are made, what is refused, whether
// viewers ever get what was published. Its times are this machine's.
package offload

import (
	"encoding/json"
	"time"

	"frontdoor/lab/bucket"
)

// Observed is offload.json: what happened on loopback.
type Observed struct {
	Source     string        `json:"source"` // "lab"
	ObjectSize int           `json:"object_bytes"`
	Edges      int           `json:"edges"`
	Parents    int           `json:"parents"`
	PurgeTakes time.Duration `json:"purge_takes_ns"`
	RetryWait  time.Duration `json:"retry_wait_ns"` // in place of Lambda's one and two minutes
	Options    []Option      `json:"options"`
}

// Option is one option under a number of changes.
type Option struct {
	Option  string   `json:"option"` // as package frontdoor/offload calls it
	Changes []Change `json:"changes"`
	// The counts are of the whole option, its first version and its idle job included.
	S3           bucket.Meters `json:"s3"`
	NetStorage   NetStorage    `json:"netstorage"`
	Purges       Purges        `json:"purges"`
	OriginFull   int           `json:"origin_200"` // what the topmost caches were answered
	OriginSame   int           `json:"origin_304"`
	OriginOther  int           `json:"origin_other"`
	IdleFull     int           `json:"idle_origin_200"` // of those, after an invalidation without a change
	IdleSame     int           `json:"idle_origin_304"`
	Invocations  int           `json:"invocations"`
	BilledMS     int64         `json:"billed_ms"`
	EdgeRequests int           `json:"edge_requests"`
}

// NetStorage is what the storage group counted.
type NetStorage struct {
	Calls         int   `json:"calls"`
	Refused       int   `json:"refused"`
	Uploads       int   `json:"uploads"`
	UploadedBytes int64 `json:"uploaded_bytes"`
}

// Purges is what Fast Purge counted.
type Purges struct {
	Requests  int `json:"requests"`
	Accepted  int `json:"accepted"`
	Throttled int `json:"throttled"`
	Refused   int `json:"refused"`
}

// Change is one new version.
type Change struct {
	Attempts   []Attempt     `json:"attempts,omitempty"`
	Fresh      bool          `json:"fresh"`          // every edge came to give the new version
	After      time.Duration `json:"fresh_after_ns"` // from the PUT until then, or until it was given up
	StaleReads int           `json:"stale_reads"`    // of the viewers that asked meanwhile
}

// Attempt is one invocation.
type Attempt struct {
	RequestID string          `json:"request_id"`
	Cold      bool            `json:"cold"`
	Error     string          `json:"error,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	BilledMS  int64           `json:"billed_ms"`
}
