package record

import (
	"encoding/json"
	"path/filepath"
	"time"
)

const offloadFile = "offload.json"

// Offload is offload.json: what the options of an offload scenario did in real time
// on loopback. The scenario's simulation is not recorded: it follows from scenario and
// seed.
type Offload struct {
	Source     string          `json:"source"` // "lab"
	ObjectSize int             `json:"object_bytes"`
	Edges      int             `json:"edges"`
	Parents    int             `json:"parents"`
	PurgeTakes time.Duration   `json:"purge_takes_ns"`
	RetryWait  time.Duration   `json:"retry_wait_ns"` // in place of Lambda's one and two minutes
	Options    []OffloadOption `json:"options"`
}

// OffloadOption is one option under a number of changes, with what was counted from
// its first version to its end.
type OffloadOption struct {
	Option       string            `json:"option"`
	Changes      []OffloadChange   `json:"changes"`
	S3           OffloadS3         `json:"s3"`
	NetStorage   OffloadNetStorage `json:"netstorage"`
	Purges       OffloadPurges     `json:"purges"`
	OriginFull   int               `json:"origin_200"` // what the topmost caches were answered
	OriginSame   int               `json:"origin_304"`
	OriginOther  int               `json:"origin_other"`
	IdleFull     int               `json:"idle_origin_200"` // of those, after an invalidation without a change
	IdleSame     int               `json:"idle_origin_304"`
	Invocations  int               `json:"invocations"`
	BilledMS     int64             `json:"billed_ms"`
	EdgeRequests int               `json:"edge_requests"`
}

// OffloadS3 is what the bucket counted.
type OffloadS3 struct {
	Puts        int   `json:"puts"`
	Gets        int   `json:"gets"` // with a body
	NotModified int   `json:"not_modified"`
	Heads       int   `json:"heads"`
	Refused     int   `json:"refused"`
	SentBytes   int64 `json:"sent_bytes"`
}

// OffloadNetStorage is what NetStorage counted.
type OffloadNetStorage struct {
	Calls         int   `json:"calls"`
	Refused       int   `json:"refused"`
	Uploads       int   `json:"uploads"`
	UploadedBytes int64 `json:"uploaded_bytes"`
}

// OffloadPurges is what Fast Purge counted.
type OffloadPurges struct {
	Requests  int `json:"requests"`
	Accepted  int `json:"accepted"`
	Throttled int `json:"throttled"`
	Refused   int `json:"refused"`
}

// OffloadChange is one new version of the object.
type OffloadChange struct {
	Attempts   []OffloadAttempt `json:"attempts,omitempty"`
	Fresh      bool             `json:"fresh"`          // every edge came to give the new version
	After      time.Duration    `json:"fresh_after_ns"` // from the PUT until then, or until it was given up
	StaleReads int              `json:"stale_reads"`    // of the viewers that asked meanwhile
}

// OffloadAttempt is one invocation of the publishing function.
type OffloadAttempt struct {
	RequestID string          `json:"request_id"`
	Cold      bool            `json:"cold"`
	Error     string          `json:"error,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	BilledMS  int64           `json:"billed_ms"`
}

// WriteOffload writes what the options did on loopback.
func (w *Writer) WriteOffload(o Offload) error {
	return WriteWhole(filepath.Join(w.dir, offloadFile), jsonOf(o))
}
