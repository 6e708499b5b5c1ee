package cdn

import (
	"context"
	"time"
)

// Copy is one version of an object.
type Copy struct {
	Version  int // of a simulation, which has no body
	Body     []byte
	Size     int64     // bytes
	Modified time.Time // Last-Modified, in whole seconds; zero when the origin names none
	ETag     string    // "" when the origin names none
}

// Answer is what an origin, or a cache on the way to it, says of an object.
type Answer struct {
	Status int           // 200 with Copy; 304 when the copy asked about is still good; else the origin's refusal
	Copy   Copy          // of a 200; of a 304 from a cache too
	Age    time.Duration // since the origin vouched for it
	Hit    bool          // answered without asking further
}

// Origin gives an object. since, if not nil, is the copy that the caller holds: the
// origin may answer 304. An error means that no answer came.
type Origin interface {
	Get(ctx context.Context, now time.Time, key string, since *Copy) (Answer, error)
}

// Unchanged is an origin's answer to If-Modified-Since: it compares whole seconds,
// so two versions of one second are one to it. A copy without a time is never
// unchanged. https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3
func Unchanged(current Copy, since *Copy) bool {
	return since != nil && !since.Modified.IsZero() && !current.Modified.Truncate(time.Second).After(since.Modified)
}
